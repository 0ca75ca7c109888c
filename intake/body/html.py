"""HTML to text that a person can read, with the quotes its structure tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from intake.body.layout import LINKS, Indented, Layout, Link, Page
from intake.body.markup import APART, BLOCKS, UNSEEN, Attributes, Quote, is_hidden, quote_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

NODES: Final = 60_000
"""Nodes of one page that are visited."""
FEW: Final = 4_000
"""Tags with which a page is laid out however they nest: 50 ms at most."""
DEPTH: Final = 400
"""Levels of nesting at which a page is no longer laid out but stripped of its tags: the parser would take seconds."""

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]{0,2000}>")
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_NEVER_CLOSED: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "td", "th", "tr", "option",
})  # fmt: skip


class _Open(NamedTuple):
    """An element whose end has not come yet, and where in the text it began."""

    node: LexborNode
    tag: str
    given: Attributes
    quote: bool
    line: int
    column: int


def page_of(html: str, defects: tuple[str, ...] = ()) -> Page:
    """Lay out a page as text.

    Hidden text, scripts and pictures are dropped; links show their words, and are listed with their targets.

    Args:
        html: the page's source.
        defects: what was already found wrong with it.
    """
    if html.count("<") > FEW and _deepest(html) > DEPTH:
        return Page(_SPACES.sub(" ", _TAG.sub(" ", html)).strip(), defects=(*defects, "HTML nested too deep"))
    from selectolax.lexbor import LexborHTMLParser  # imported late: most mails are plain text

    layout = Layout()
    root = LexborHTMLParser(html).root
    if root is not None:
        _walk(root, layout)
    return layout.page(defects)


def _deepest(html: str) -> int:
    """How deep elements nest, about: a scan of the tags, since the parser's cost grows with the square of it."""
    depth = deepest = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() not in _NEVER_CLOSED:
            depth = max(0, depth + (-1 if tag[1] else 1))
            deepest = max(deepest, depth)
    return deepest


def _walk(root: LexborNode, layout: Layout) -> None:
    """Visit the tree without recursion: enter, children, leave."""
    node = root
    leaving: list[_Open] = []
    for _ in range(NODES):
        tag = node.tag or ""
        if tag == "-text":
            layout.put(node.text_content or "")
        elif tag not in UNSEEN and not ((given := node.attributes) and is_hidden(given)):
            entered = _enter(node, tag, given, layout)
            child = node.first_child
            if child is not None:
                leaving.append(entered)
                node = child
                continue
            _leave(entered, layout)
        following = node.next
        while following is None:
            if not leaving:
                return
            left = leaving.pop()
            _leave(left, layout)
            following = left.node.next
        node = following


def _enter(node: LexborNode, tag: str, given: Attributes, layout: Layout) -> _Open:
    if tag == "br":
        layout.new_line()
    elif tag in BLOCKS:
        layout.block(apart=tag in APART)
    elif tag in {"td", "th"} and layout.lines[-1].strip():
        layout.put(" ")
    quote = quote_of(tag, given) if given else Quote.NONE
    layout.inside += quote is Quote.INSIDE
    layout.rest |= quote is Quote.REST
    layout.preformatted += tag == "pre"
    return _Open(node, tag, given, quote is Quote.INSIDE, len(layout.lines) - 1, len(layout.lines[-1]))


def _leave(left: _Open, layout: Layout) -> None:
    layout.inside -= left.quote
    layout.preformatted -= left.tag == "pre"
    match left.tag:
        case "blockquote" if not (left.quote or layout.inside or layout.rest) and len(layout.maybe) < LINKS:
            by_hand = "gmail_quote" in (left.given.get("class") or "")  # Gmail's own indent button
            layout.maybe.append(Indented(range(left.line, len(layout.lines)), by_hand))
        case "a" if len(layout.links) < LINKS:
            href = (left.given.get("href") or "").strip()
            shown = layout.lines[-1][left.column :] if left.line == len(layout.lines) - 1 else ""
            if href and not href.startswith(("#", "javascript:")):
                layout.links.append(Link(shown.strip(), href[:2_000]))
    if left.tag in BLOCKS and left.tag != "hr":
        layout.block(apart=left.tag in APART)
