"""The page reads mrkdwn as Slack does, and lets nothing else through."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bot.sandbox.accounts import Accounts
from bot.sandbox.mrkdwn import Mrkdwn

NOW = datetime(2026, 11, 23, 17, tzinfo=UTC)
STAMP = int(datetime(2026, 12, 15, 17, 30, tzinfo=UTC).timestamp())
READER = Mrkdwn(Accounts(), {"C0REQUESTS": "privacy-requests"}, "America/Los_Angeles", NOW)
ALLOWED = {"a", "b", "blockquote", "br", "code", "div", "em", "pre", "s", "span", "strong", "time"}


@pytest.mark.parametrize(
    ("mrkdwn", "html"),
    [
        ("*bold* _it_ ~no~ `x*y*`", "<strong>bold</strong> <em>it</em> <s>no</s> <code>x*y*</code>"),
        ("*both _at once_*", "<strong>both <em>at once</em></strong>"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("&lt;b&gt; &amp; &amp;amp;", "&lt;b&gt; &amp; &amp;amp;"),
        ("<@U0SAMRIVERA>", '<span class="mention">@Sam Rivera</span>'),
        ("<#C0REQUESTS>", '<span class="mention">#privacy-requests</span>'),
        ("<!subteam^S0PRIVSTAFF>", '<span class="mention">@privacy-staff</span>'),
        ("<!here>", '<span class="mention">@here</span>'),
        (
            "<https://x.test/?a=1&amp;b=2|the rule>",
            '<a href="https://x.test/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">the rule</a>',
        ),
        ("<javascript:alert(1)|click>", "&lt;javascript:alert(1)|click&gt;"),
        (f"<!date^{STAMP}^due {{date_short}} at {{time}}|then>", "<time>due Dec 15, 2026 at 9:30 AM</time>"),
        (f"<!date^{int(NOW.timestamp())}^{{date_pretty}}|then>", "<time>today</time>"),
        ("<!date^never^{date}|then>", "<time>then</time>"),
        (":warning:", '<span class="emoji" role="img" aria-label="warning">⚠️</span>'),
        (":no_such_emoji:", ":no_such_emoji:"),
    ],
)
def test_a_line_is_rendered_as_slack_would(mrkdwn: str, html: str) -> None:
    assert READER.block(mrkdwn) == f'<div class="line">{html}</div>'


def test_quotes_bullets_and_code_stand_apart() -> None:
    html = READER.block("Said:\n&gt; one\n&gt; *two*\n• first\n```a < b\n*c*```")

    assert html == (
        '<div class="line">Said:</div><blockquote>one<br><strong>two</strong></blockquote>'
        '<div class="bullet">first</div><pre>a &lt; b\n*c*</pre>'
    )


def test_plain_text_keeps_its_lines_and_is_no_markup() -> None:
    assert READER.plain("*a*\n<b> &lt;") == "*a*<br>&lt;b&gt; &amp;lt;"


@given(st.text(alphabet=st.sampled_from("<>&;ltgamp*_~`:|@#!^\"'/=ab \n"), max_size=200))
def test_no_text_makes_markup_of_its_own(text: str) -> None:
    for html in (READER.block(text), READER.plain(text)):
        tree = LexborHTMLParser(f"<body>{html}")
        nodes = list(tree.css("body *"))

        assert {node.tag for node in nodes} <= ALLOWED
        assert all(
            name in ("class", "href", "target", "rel", "role", "aria-label")
            for node in nodes
            for name in node.attributes
        )
        assert all(
            (node.attributes["href"] or "").startswith(("http://", "https://", "mailto:")) for node in tree.css("a")
        )
