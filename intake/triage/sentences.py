"""A text cut into sentences that keep their place in it."""

# ruff: noqa: RUF001 - letters, dashes and colons of other scripts are the very matter here

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 600
"""Letters of one sentence that are looked at together."""
MOST: Final = 300
"""Sentences of one mail that are looked at."""

# A full stop ends a sentence unless a number follows ("Art. 15"); empty lines and list items always begin a new one.
_END: Final = re.compile(
    r"[.!?…](?=[\"'»”)]?\s+(?!\d))|[。！？]|\n[ \t]*\n|\n(?=[ \t]*(?:[-*•·–]|\d{1,2}[.)]|[a-z]\))\s)"
)


_ABBREVIATIONS: Final = frozenset({
    "art", "abs", "bzw", "ggf", "vgl", "usw", "inc", "ltd", "mrs", "sec", "nr", "no", "mr",
    "ms", "dr", "čl", "odst", "ust", "ivm", "lit", "st", "co", "sr", "al",
})  # fmt: skip
_LAST_WORD: Final = re.compile(r"[^\W\d_]+$")


class Sentence(NamedTuple):
    """A stretch of the text: the letters that stand at that place, but for full stops that end nothing."""

    text: str
    start: int


def cut(text: str) -> Iterator[Sentence]:
    """The sentences of a text, at most `MOST`, none longer than `LONGEST`."""
    text = _without_inner_stops(text)
    at = given = 0
    for end in _END.finditer(text):
        for sentence in _pieces(text, at, end.end()):
            yield sentence
            given += 1
        at = end.end()
        if given >= MOST:
            return
    yield from _pieces(text, at, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[Sentence]:
    for at in range(start, min(end, start + 20 * LONGEST), LONGEST):
        piece = text[at : min(end, at + LONGEST)]
        if piece.strip():
            yield Sentence(piece, at)


def _without_inner_stops(text: str) -> str:
    """Full stops that end no sentence as middle dots: "Art. 15", "bzw. er", "1798.105", "example.org"."""
    pieces = text.split(".")
    if len(pieces) == 1:
        return text
    joined = [pieces[0]]
    for before, after in pairwise(pieces):
        inner = after[:1].isalnum() and before[-1:].isalnum()
        joined.append("·" if inner or (after[:1].isspace() and _is_abbreviation(before)) else ".")
        joined.append(after)
    return "".join(joined)


def _is_abbreviation(before: str) -> bool:
    word = _LAST_WORD.search(before[-6:])
    return word is not None and (len(word[0]) == 1 or word[0].lower() in _ABBREVIATIONS)
