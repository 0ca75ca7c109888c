"""A clue: a pattern looked for only around its trigger words, since most texts hold none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

REACH: Final = 120
"""Letters around a trigger in which a match lies: patterns repeat only within small bounds."""
SPOTS: Final = 20
"""Places of triggers from which on the whole text is searched at once."""

_DOTTED: Final = "\u0130"


@dataclass(frozen=True, slots=True)
class Said:
    """A text, the same in lower case, letter by letter, and which of the words that anybody waits for stand in it."""

    text: str
    low: str
    phrases: frozenset[str]

    def part(self, start: int, end: int | None = None) -> Said:
        """What is said between two places."""
        low = self.low[start:end]
        return Said(self.text[start:end], low, frozenset(filter(low.__contains__, self.phrases)))


def lowered(text: str) -> str:
    """A text in lower case, each letter in its place: only the Turkish capital I with a dot would become two."""
    return text.replace(_DOTTED, "i").lower()


@dataclass(frozen=True, slots=True)
class Clue:
    """What a match means, and how it is found."""

    meaning: str
    triggers: frozenset[str]
    source: str

    def find(self, said: Said) -> str:
        """The words that match, or ""."""
        if self.triggers.isdisjoint(said.phrases):
            return ""
        found = self.match(said)
        return said.text[found.start() : found.end()] if found else ""

    def match(self, said: Said) -> re.Match[str] | None:
        """The first match, in the text in lower case."""
        pattern = _compiled(self.source)
        spots = sorted(_spots(said.low, self.triggers & said.phrases))
        if len(spots) >= SPOTS:
            return pattern.search(said.low)
        near = (pattern.search(said.low, max(0, spot - REACH), spot + REACH) for spot in spots)
        return next((found for found in near if found), None)


def _spots(low: str, triggers: Iterable[str]) -> Iterator[int]:
    for trigger in triggers:
        at = low.find(trigger)
        for _ in range(SPOTS):
            if at < 0:
                break
            yield at
            at = low.find(trigger, at + 1)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    """Compiled at its first use: compiling all of them would make every start slow."""
    return re.compile(source)


def triggers_of(*clues: tuple[Clue, ...]) -> frozenset[str]:
    """All words that such clues wait for."""
    return frozenset(trigger for several in clues for each in several for trigger in each.triggers)


def clue(meaning: str, triggers: str, pattern: str) -> Clue:
    """Make a clue.

    Args:
        meaning: what a match says.
        triggers: lower-case words or stems separated by "|", one of which every match contains.
        pattern: a regular expression for text in lower case.
    """
    return Clue(meaning, frozenset(triggers.split("|")), pattern)
