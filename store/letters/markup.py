"""From a letter's text to simple HTML: paragraphs, lists, links. Nothing in it is fetched from anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from markupsafe import Markup, escape

Shape = Literal["item", "literal", "rule", "line"]

_BLANK = re.compile(r"\n[ \t]*\n")
_LINK = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)]")


def markup(text: str) -> Markup:
    """A letter's text as HTML: lines that begin with a hyphen as a list, indented ones as they stand.

    Args:
        text: the whole letter.
    """
    return Markup("\n").join(piece for block in _BLANK.split(text.strip("\n")) for piece in _pieces(block))


def _pieces(block: str) -> Iterator[Markup]:
    for shape, lines in groupby(block.splitlines(), key=_shape):
        match shape:
            case "item":
                items = Markup("").join(Markup("<li>{}</li>").format(_linked(line[2:])) for line in lines)
                yield Markup("<ul>{}</ul>").format(items)
            case "literal":
                yield Markup("<pre>{}</pre>").format("\n".join(line.strip() for line in lines))
            case "rule":
                yield Markup("<hr>")
            case _:
                yield Markup("<p>{}</p>").format(Markup("<br>\n").join(map(_linked, lines)))


def _shape(line: str) -> Shape:
    if line.startswith("- "):
        return "item"
    if line.startswith("    "):
        return "literal"
    return "rule" if line.rstrip() == "--" else "line"


def _linked(line: str) -> Markup:
    pieces, end = [Markup("")], 0
    for found in _LINK.finditer(line):
        pieces += [escape(line[end : found.start()]), Markup('<a href="{0}">{0}</a>').format(found[0])]
        end = found.end()
    return Markup("").join([*pieces, escape(line[end:])])
