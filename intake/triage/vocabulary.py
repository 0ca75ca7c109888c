"""Which of many words and phrases stand in a text, found by its words instead of by looking for each in turn."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

KNOWN: Final = 20_000
"""Words whose answer is remembered: the few thousand that most texts are made of."""
WORD: Final = 30
"""Letters of such a word; longer ones are links and lines of Chinese."""


class Vocabulary:
    """A closed set of phrases, in lower case.

    A phrase can only stand in a text of which one word holds the phrase's longest word: that is looked up, and the few
    phrases left are looked for.
    """

    __slots__ = ("_known", "_phrases", "_starts")

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases: dict[str, set[str]] = {}
        for phrase in phrases:
            self._phrases.setdefault(max(phrase.split(), key=len), set()).add(phrase)
        self._starts: dict[str, set[str]] = {}
        for word in self._phrases:
            self._starts.setdefault(word[:2], set()).add(word)
        self._known = lru_cache(maxsize=KNOWN)(self._held)

    def found(self, low: str) -> frozenset[str]:
        """The phrases that stand in a text, also inside its words.

        Args:
            low: the text in lower case.
        """
        words = set(low.split())
        long = [word for word in words if len(word) >= WORD]
        held = set().union(*map(self._known, words.difference(long)), *map(self._held, long))
        return frozenset(phrase for word in held for phrase in self._phrases[word] if phrase == word or phrase in low)

    def _held(self, word: str) -> tuple[str, ...]:
        """The phrases' longest words that stand in a word."""
        starts = self._starts
        near = {word[at : at + 2] for at in range(len(word) - 1)} & starts.keys()
        return tuple(each for start in near for each in starts[start] if each in word)
