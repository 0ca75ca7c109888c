"""What of a stretch of text is weighed: its words and their pieces, its concepts, and the rules that match in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Final, NamedTuple

from intake.triage.concepts import Tag

NEAR: Final = 5
"""Words up to which two concepts stand near each other, so that their order counts."""
FAR: Final = 15
"""Words up to which two concepts count together."""
ROW: Final = 8
"""Words within which three concepts stand in a row."""
BESIDE: Final = 2
"""Words around a concept that are weighed together with it."""
EDGE: Final = 2
"""Words with which a stretch begins and ends."""
STEPS: Final = 5
LONG: Final = 6


class _Mark(NamedTuple):
    """What concepts give: from which word, up to the one behind its last."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Features:
    """A stretch as the weights see it.

    Attributes:
        words: folded; their pieces and pairs count for less in a longer stretch.
        marks: concepts and rules, which count the same in any: "#..." and "@...".
    """

    words: tuple[str, ...]
    marks: frozenset[str]


class Text:
    """The words of a whole mail with their concepts, from which its stretches take their features.

    Args:
        words: folded.
        tags: their concepts, in the words' order.
    """

    def __init__(self, words: Sequence[str], tags: Sequence[Tag]) -> None:
        self._words = words
        self._tags = tags
        self._marks: list[list[_Mark]] = [[] for _ in words]
        for mark in (*_beside(tags, words), *_pairs(tags), *_rows(tags)):
            self._marks[mark.start].append(mark)

    def features(self, first: int, last: int, ruled: Iterable[tuple[str, float]], *, asks: bool) -> Features:
        """The features of a stretch.

        Args:
            first: its first word.
            last: the one behind its last.
            ruled: the kinds that rules found in it, each with the weight of the rule.
            asks: whether a question mark stands in it.
        """
        marks = {mark.name for several in self._marks[first:last] for mark in several if mark.end <= last}
        marks.add(f"#len{min(LONG, (last - first) // 4)}")
        marks.update(self._edges(first, last))
        if asks:
            marks |= {"#?", *(f"#?{concept}" for concept in self._concepts(first, last))}
        for kind, weight in ruled:
            marks |= {f"@{kind}", f"@{kind}{int(weight * STEPS)}"}
        return Features(tuple(self._words[first:last]), frozenset(marks))

    def _concepts(self, first: int, last: int) -> set[str]:
        tags = self._tags
        return {concept for _, concept in tags[bisect_left(tags, (first,)) : bisect_left(tags, (last,))]}

    def _edges(self, first: int, last: int) -> Iterator[str]:
        """The concepts with which a stretch begins and ends."""
        yield from (f"#^{concept}" for concept in self._concepts(first, min(last, first + EDGE)))
        yield from (f"#${concept}" for concept in self._concepts(max(first, last - EDGE), last))


def _beside(tags: Sequence[Tag], words: Sequence[str]) -> Iterator[_Mark]:
    """Each concept, alone and with what stands beside it."""
    for at, concept in tags:
        yield _Mark(at, at + 1, f"#{concept}")
        for there in range(max(0, at - BESIDE), min(len(words), at + BESIDE + 1)):
            if there != at:
                yield _Mark(min(at, there), max(at, there) + 1, f"#{concept}~{words[there]}")


def _pairs(tags: Sequence[Tag]) -> Iterator[_Mark]:
    """Two concepts: in their order where they stand near each other, and in any order where they stand not too far."""
    for number, (here, one) in enumerate(tags):
        for there, other in islice(tags, number + 1, None):
            if there - here > FAR:
                break
            if one == other:
                continue
            if there - here <= NEAR:
                yield _Mark(here, there + 1, f"#{one}>{other}")
            yield _Mark(here, there + 1, f"#{one}+{other}" if one < other else f"#{other}+{one}")


def _rows(tags: Sequence[Tag]) -> Iterator[_Mark]:
    """Three concepts of three words, one after the other."""
    held: dict[int, list[str]] = {}
    for at, concept in tags:
        held.setdefault(at, []).append(concept)
    places = list(held)
    for first, second, third in zip(places, places[1:], places[2:], strict=False):
        if third - first <= ROW:
            for one, other, last in product(held[first], held[second], held[third]):
                yield _Mark(first, third + 1, f"#{one}>{other}>{last}")
