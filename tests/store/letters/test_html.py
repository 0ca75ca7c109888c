"""The HTML part of a letter: the same words, simple, and nothing fetched from anywhere."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from selectolax.lexbor import LexborHTMLParser

from store.letters import compose, contexts, sealed_message
from store.letters.markup import markup
from store.letters.samples import frame, samples
from store.letters.wording import LANGUAGES
from store.office import Office
from store.settings import Business
from tests.builders import arrive, letters
from tests.store.letters.test_letters import envelope

EVERY = [(name, language) for name in samples() for language in LANGUAGES]
FETCHED = re.compile(r"(?i)<(img|link|script|iframe|object|embed|video|audio|base|form)|src=|url\(|@import|\son\w+=")


def words(text: str) -> list[str]:
    """The words of a text, without the signs that only a plain one has."""
    return [word for word in text.split() if word not in {"-", "--"}]


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_both_parts_of_every_letter_say_the_same_and_nothing_is_fetched(name: str, language: str) -> None:
    for context in samples()[name]:
        draft = compose(name, language, frame(Business()), dict(context))
        tree = LexborHTMLParser(draft.html)

        assert words(tree.body.text(separator=" ") if tree.body else "") == words(draft.body)
        assert not FETCHED.search(draft.html)
        assert [link.attributes["href"] for link in tree.css("a")] == ["https://shop.test/privacy"]
        assert f'<html lang="{language}">' in draft.html


def test_a_letter_has_two_parts_the_plain_one_first(office: Office) -> None:
    (letter,) = letters(office, arrive(office).ref)

    assert letter.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert not list(letter.iter_attachments())


def test_lines_with_a_hyphen_are_a_list_and_the_code_stands_by_itself() -> None:
    text = "Please:\n- one\n- two\nand\n\n    7KQ4-MX2P\n\n--\nYours"

    assert str(markup(text)) == (
        "<p>Please:</p>\n<ul><li>one</li><li>two</li></ul>\n<p>and</p>\n<pre>7KQ4-MX2P</pre>\n<hr>\n<p>Yours</p>"
    )


def test_what_somebody_types_is_never_markup() -> None:
    evil = '<script>alert(1)</script> & <img src=x>\n- <b>\n    <i>\nhttps://x.test/?a="><b>&c'
    draft = compose("reply", "en", frame(Business(), subject="</title><script>"), contexts.reply(evil))

    assert "<script" not in draft.html
    assert "<img" not in draft.html
    assert "<b>" not in draft.html
    assert "&lt;script&gt;alert(1)" in draft.html
    assert LexborHTMLParser(draft.html).css_first("title").text() == "Re: </title><script> [PR-1001]"  # type: ignore[union-attr] # every page has one


@pytest.mark.parametrize(
    ("said", "link"),
    [
        ("See https://shop.test/a.", "https://shop.test/a"),
        ("(https://shop.test/a?b=1&c=2)", "https://shop.test/a?b=1&amp;c=2"),
        ("at http://shop.test, too", "http://shop.test"),
    ],
)
def test_an_address_of_the_web_is_a_link_without_the_stop_after_it(said: str, link: str) -> None:
    assert f'<a href="{link}">{link}</a>' in str(markup(said))


def test_no_other_scheme_is_a_link() -> None:
    assert "<a" not in str(markup("javascript:alert(1) data:text/html,x ftp://x.test"))


def test_a_draft_without_html_is_sent_as_plain_text() -> None:
    from store.values import Draft

    content = sealed_message(Draft("reply", "Hi", "Grüße\n"), envelope())
    letter = message_from_bytes(content, _class=EmailMessage, policy=default)

    assert letter.get_content_type() == "text/plain"
    assert letter.get_content() == "Grüße\r\n"
