from __future__ import annotations

import pytest

from intake import body
from intake.mime import parse


def page(html: str) -> body.Body:
    return body.read(parse(b"Content-Type: text/html; charset=utf-8\n\n" + html.encode()))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two", "one\ntwo"),
        ("<b>glu</b>ed, <i>not</i> split", "glued, not split"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<ul><li>first</li><li>second</li></ul>", "first\nsecond"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("a&amp;b &lt;c&gt;", "a&b <c>"),
        ("<title>no</title><style>p{}</style><script>no()</script>yes", "yes"),
        ('<span style="DISPLAY : none">no</span><div hidden>no</div>yes', "yes"),
        ("<!-- no -->yes", "yes"),
        ('yes<img src="https://t.example/p.gif" width=1 height=1 alt="">', "yes"),
        ('<p style="font-size: 0px">no</p><p style="opacity:0">no</p>yes<input type=hidden value=no>', "yes"),
        ("yes<noscript>no</noscript><template>no</template><svg><text>no</text></svg>", "yes"),
        ('<a href="https://shop.example/">https://shop.example/</a>', "https://shop.example/"),
    ],
)
def test_html_becomes_text_a_person_can_read(html: str, text: str) -> None:
    assert page(html).text == text


def test_what_lies_in_another_mail_is_read_when_the_mail_has_no_words_of_its_own() -> None:
    empty = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n\n--b\nContent-Type: message/rfc822\n\n"

    assert body.read(parse(empty + b"Subject: inside\n\nPlease erase me.\n--b--")).text == "Please erase me."


def test_links_show_their_words_and_are_listed_with_their_targets() -> None:
    found = page('Read <a href="https://shop.example/p?x=1">our policy</a>.')

    assert found.text == "Read our policy."
    assert found.links == (body.Link("our policy", "https://shop.example/p?x=1"),)


def test_a_plain_part_that_only_says_use_html_gives_way() -> None:
    mail = parse(
        b"Content-Type: multipart/alternative; boundary=b\n\n--b\n\nYour mail client cannot show html.\n"
        b"--b\nContent-Type: text/html\n\n<p>" + b"Please erase my data. " * 30 + b"</p>\n--b--"
    )

    assert body.read(mail).text.startswith("Please erase my data.")


def test_texts_of_several_parts_are_read_one_after_the_other() -> None:
    mail = parse(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n--b--")

    assert body.read(mail).text == "one\ntwo"


def test_a_text_file_that_was_attached_is_not_the_mail_s_text() -> None:
    mail = parse(
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n"
        b"--b\nContent-Disposition: attachment; filename=a.txt\n\ntwo\n--b--"
    )

    assert body.read(mail).text == "one"


def test_a_flowed_text_is_joined_when_its_blanks_are_no_part_of_it() -> None:
    mail = parse(b"Content-Type: text/plain; format=flowed; delsp=yes\n\ndele \nted\n")

    assert body.read(mail).text == "deleted\n"
