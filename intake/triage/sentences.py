"""A text cut into sentences that keep their place in it."""

# ruff: noqa: RUF001 - letters, dashes and colons of other scripts are the very matter here

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake.triage.clues import Said

LONGEST: Final = 600
"""Letters of one sentence that are looked at together."""
MOST: Final = 300
"""Sentences of one mail that are looked at."""
LONGEST_CUT: Final = 4
"""Letters of the longest abbreviation."""

# A full stop ends a sentence unless a number follows ("Art. 15"); empty lines and list items always begin a new one.
_END: Final = re.compile(
    r"[.!?…。！？\n](?:(?<=[.!?…])(?=[\"'»”)]?\s+(?!\d))|(?<=[。！？])"
    r"|(?<=\n)[ \t]*\n|(?<=\n)(?=[ \t]*(?:[-*•·–]|\d{1,2}[.)]|[a-z]\))\s))"
)
_ABBREVIATIONS: Final = frozenset({
    "art", "abs", "bzw", "ggf", "vgl", "usw", "inc", "ltd", "mrs", "sec", "nr", "no", "mr",
    "ms", "dr", "čl", "odst", "ust", "ivm", "lit", "st", "co", "sr", "al",
})  # fmt: skip
_LAST_WORD: Final = re.compile(r"[^\W\d_]+$")


def spans(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Where the sentences begin and end, without the blanks around them; none longer than `LONGEST`.

    Args:
        text: at most some ten thousand letters.
        start: where the first may begin.
    """
    ends = [end for found in _END.finditer(text, start) if not _is_cut_short(text, end := found.end())]
    found: list[tuple[int, int]] = []
    for end in (*ends, len(text)):
        for cut in range(start, end, LONGEST):
            piece = text[cut : min(cut + LONGEST, end)]
            bare = piece.strip()
            if bare:
                begin = cut + len(piece) - len(piece.lstrip())
                found.append((begin, begin + len(bare)))
        start = end
    return found


def around(said: Said, words: Iterable[str]) -> list[tuple[tuple[int, int], list[str]]]:
    """Where the sentences begin and end in which any of some words stand, each with these words.

    Args:
        said: the text.
        words: in lower case.

    Returns:
        At most `MOST` in their order, none longer than `LONGEST`.
    """
    text = said.text
    ends = [end for found in _END.finditer(text) if not _is_cut_short(text, end := found.end())]
    ends.append(len(text))
    held: dict[tuple[int, int], list[str]] = {}
    for word in words:
        at = said.low.find(word)
        while at >= 0:
            number = bisect_right(ends, at)
            start = ends[number - 1] if number else 0
            start += (at - start) // LONGEST * LONGEST
            end = min(ends[number], start + LONGEST)
            whole = at + len(word) <= end
            if whole:
                held.setdefault((start, end), []).append(word)
            at = said.low.find(word, end if whole else at + 1)
    return sorted(held.items())[:MOST]


def _is_cut_short(text: str, end: int) -> bool:
    """Whether a sentence goes on after the abbreviation whose full stop seems to end it."""
    return text[end - 1] == "." and _is_abbreviation(text, end - 1) and text[end].isspace()


def without_inner_stops(text: str) -> str:
    """A sentence with full stops that end nothing as middle dots: "Art. 15", "bzw. er", "1798.105", "example.org"."""
    if text.find(".", 0, -1) < 0:
        return text
    pieces = text.split(".")
    joined = [pieces[0]]
    at = len(pieces[0])
    for before, after in pairwise(pieces):
        inner = after[:1].isalnum() and before[-1:].isalnum()
        joined.append("·" if inner or (after[:1].isspace() and _is_abbreviation(text, at)) else ".")
        joined.append(after)
        at += 1 + len(after)
    return "".join(joined)


def _is_abbreviation(text: str, stop: int) -> bool:
    """Whether the full stop at that place stands after one letter or a word that is always cut short."""
    if stop > LONGEST_CUT and text[stop - LONGEST_CUT - 1 : stop].isalpha():
        return False
    word = _LAST_WORD.search(text, max(0, stop - LONGEST_CUT - 1), stop)
    return word is not None and (len(word[0]) == 1 or word[0].lower() in _ABBREVIATIONS)
