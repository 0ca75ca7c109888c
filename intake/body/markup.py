"""What elements and their attributes mean: blocks, hidden text, and the quotes of known mail programs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import Final

Attributes = Mapping[str, str | None]

BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend",
    "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead",
    "tr", "ul",
})  # fmt: skip
APART: Final = frozenset({"p", "blockquote", "table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre"})
UNSEEN: Final = frozenset({
    "script", "style", "head", "title", "template", "noscript", "svg", "object", "embed", "iframe", "applet",
    "audio", "video", "canvas", "math", "meta", "link", "base", "map", "select", "textarea", "-comment",
})  # fmt: skip
QUOTE_CLASSES: Final = re.compile(
    "gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|tutanota_quote|zmail_extra|gmx_quote|aol_quote"
    "|moz-email-headers-table"
)
QUOTE_IDS: Final = (
    "olk_src_body_section",
    "mail-editor-reference-message-container",
    "isreplycontent",
    "yahoo_quoted",
    "replysplit",
)
REST_IDS: Final = (
    "divrplyfwdmsg",
    "stopspelling",
    "appendonsend",
    "ms-outlook-mobile-signature-quote",
    "x_divrplyfwdmsg",
)
_HIDDEN: Final = re.compile(
    r";(?:display:none|visibility:hidden|mso-hide:all|font-size:0(?:px|pt|em|%)?(?=;|!|$)"
    r"|opacity:0(?=;|!|$)|max-height:0(?:px)?(?=;|!|$))"
)
# Outlook's line over a quoted mail: a top border in one of its greys, with three points of padding.
_OUTLOOK_RULE: Final = re.compile(
    r"border-top:solid(?:#?(?:b5c4df|e1e1e1|windowtext"
    r"|rgb\(2\d\d,2\d\d,2\d\d\)))?[^;]{0,30}1\.0pt[^;]{0,30};(?:[^;]{1,60};)?padding:3\.0pt"
)


class Quote(Enum):
    """Whether an element holds a quote, begins one that lasts to the end of the mail, or neither."""

    NONE = 0
    INSIDE = 1
    REST = 2


def is_hidden(given: Attributes) -> bool:
    """Whether an element with these attributes is not shown to the reader."""
    if "hidden" in given:
        return True
    style = given.get("style")
    return bool(style) and _HIDDEN.search(";" + "".join(str(style).lower().split())) is not None


def quote_of(tag: str, given: Attributes) -> Quote:
    """What an element says about quoting, by the marks mail programs leave.

    Args:
        tag: its name.
        given: its attributes.
    """
    identity = (given.get("id") or "").lower()
    if identity and identity.startswith(REST_IDS):
        return Quote.REST
    style = given.get("style")
    if tag == "div" and style and "border-top" in style and _OUTLOOK_RULE.search("".join(style.lower().split())):
        return Quote.REST
    if tag == "blockquote":
        return Quote.INSIDE if (given.get("type") or "").lower() == "cite" or given.get("cite") else Quote.NONE
    classes = (given.get("class") or "").lower()
    if identity.startswith(QUOTE_IDS) or QUOTE_CLASSES.search(classes):
        return Quote.INSIDE
    return Quote.NONE
