"""Words tagged with what they mean, whatever the language: what is learned in one language then works in another.

The lexicon is one text file a language: a concept a line, then its entries: whole words, stems ("delet*") and phrases
of a few of these. Chinese characters are words of their own, so that its entries are phrases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import Final, NamedTuple

from intake.triage import grams

FOLDER: Final = "lexicon"
KNOWN: Final = 20_000
STEM: Final = "*"

Rest = tuple[tuple[str, ...], str]
"""What follows the first word of a phrase, and its concept."""


class Tag(NamedTuple):
    """A concept, and the number of the word it stands at."""

    at: int
    concept: str


@dataclass(slots=True)
class _Entry:
    """What begins with a word: its own concepts, and phrases by their second word, or the stem of it."""

    concepts: set[str] = field(default_factory=set)
    phrases: dict[str, list[Rest]] = field(default_factory=dict)
    stems: list[Rest] = field(default_factory=list)

    def add(self, other: _Entry) -> None:
        """Take over what another holds."""
        self.concepts |= other.concepts
        for second, several in other.phrases.items():
            self.phrases.setdefault(second, []).extend(several)
        self.stems += other.stems


class Lexicon:
    """All entries of all languages.

    Args:
        lines: "CONCEPT: entry | entry", of any number of languages.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._words: dict[str, _Entry] = {}
        self._stems: dict[str, _Entry] = {}
        for line in lines:
            concept, _, entries = line.partition(":")
            for entry in entries.split("|"):
                self._take(concept.strip(), *_parts(entry))
        self._of = lru_cache(maxsize=KNOWN)(self._look_up)

    def tags(self, words: Sequence[str]) -> list[Tag]:
        """Which concepts stand where.

        Args:
            words: as `grams.words` gives them.

        Returns:
            In the words' order.
        """
        found: dict[Tag, None] = {}
        for at, word in enumerate(words):
            entry = self._of(word)
            if entry is None:
                continue
            for concept in sorted(entry.concepts):
                found[Tag(at, concept)] = None
            following = words[at + 1] if at + 1 < len(words) else ""
            for rest, concept in (*entry.phrases.get(following, ()), *entry.stems):
                if len(rest) < len(words) - at and all(map(_fits, rest, words[at + 1 : at + 1 + len(rest)])):
                    found[Tag(at, concept)] = None
        return list(found)

    def _take(self, concept: str, first: str = "", *rest: str) -> None:
        known = self._stems if first.endswith(STEM) else self._words
        entry = known.setdefault(first.removesuffix(STEM), _Entry())
        if not rest:
            entry.concepts.add(concept)
        elif rest[0].endswith(STEM):
            entry.stems.append((rest, concept))
        else:
            entry.phrases.setdefault(rest[0], []).append((rest, concept))

    def _look_up(self, word: str) -> _Entry | None:
        known = [self._stems.get(word[:size]) for size in range(1, len(word) + 1)]
        held = [each for each in (self._words.get(word), *known) if each]
        if not held:
            return None
        entry = _Entry()
        for each in held:
            entry.add(each)
        return entry


def _parts(entry: str) -> list[str]:
    """The words of an entry as a text's own, each stem with its mark: "get* rid" is "get*" and "rid"."""
    parts: list[str] = []
    for piece in entry.replace(STEM, STEM + " ").lower().split():
        if piece.isascii() and piece.removesuffix(STEM).isalpha():
            parts.append(piece)
            continue
        words = [word.text for word in grams.words(piece, len(piece))]
        if words and piece.endswith(STEM):
            words[-1] += STEM
        parts += words
    return parts


def _fits(entry: str, word: str) -> bool:
    return word.startswith(entry[:-1]) if entry.endswith(STEM) else word == entry


@cache
def lexicon() -> Lexicon:
    """The lexicon that is shipped; read once."""
    folder = resources.files("intake.triage").joinpath(FOLDER)
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".txt")), key=lambda each: each.name)
    return Lexicon([line for file in files for line in file.read_text(encoding="utf-8").splitlines() if ":" in line])
