"""What of a stretch of text is weighed: its words and their pieces, its concepts, and the rules that match in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from intake.triage.concepts import Tag

TAGS: Final = 32
"""Concepts of a stretch that are weighed."""
NEAR: Final = 5
"""Words up to which two concepts stand near each other, so that their order counts."""
FAR: Final = 15
"""Words up to which two concepts count together."""
ROW: Final = 8
"""Words within which three concepts stand in a row."""
BESIDE: Final = 2
"""Words around a concept that are weighed together with it."""
STEPS: Final = 5
LONG: Final = 6


@dataclass(frozen=True, slots=True)
class Features:
    """A stretch as the weights see it.

    Attributes:
        words: folded; their pieces and pairs count for less in a longer stretch.
        marks: concepts and rules, which count the same in any: "#..." and "@...".
    """

    words: tuple[str, ...]
    marks: frozenset[str]


def features(words: Sequence[str], tags: Sequence[Tag], ruled: Iterable[tuple[str, float]], *, asks: bool) -> Features:
    """The features of a stretch.

    Args:
        words: its words, folded.
        tags: their concepts.
        ruled: the kinds that rules found in it, each with the weight of the rule.
        asks: whether a question mark stands in it.
    """
    chosen = tags[:TAGS]
    marks = {f"#len{min(LONG, len(words) // 4)}", *_concepts(chosen, words), *_pairs(chosen), *_rows(chosen)}
    if asks:
        marks |= {"#?", *(f"#?{concept}" for _, concept in chosen)}
    for kind, weight in ruled:
        marks |= {f"@{kind}", f"@{kind}{int(weight * STEPS)}"}
    return Features(tuple(words), frozenset(marks))


def _concepts(tags: Sequence[Tag], words: Sequence[str]) -> Iterator[str]:
    """Each concept, alone and with what stands beside it, and where in the stretch it stands."""
    last = len(words) - 1
    for at, concept in tags:
        yield f"#{concept}"
        if at <= 1:
            yield f"#^{concept}"
        if at >= last - 1:
            yield f"#${concept}"
        for there in range(max(0, at - BESIDE), min(last, at + BESIDE) + 1):
            if there != at:
                yield f"#{concept}~{words[there]}"


def _pairs(tags: Sequence[Tag]) -> Iterator[str]:
    """Two concepts: in their order where they stand near each other, and in any order where they stand not too far."""
    for (here, one), (there, other) in combinations(tags, 2):
        if one == other or there - here > FAR:
            continue
        if there - here <= NEAR:
            yield f"#{one}>{other}"
        yield f"#{one}+{other}" if one < other else f"#{other}+{one}"


def _rows(tags: Sequence[Tag]) -> Iterator[str]:
    """Three concepts of three words, one after the other."""
    held: dict[int, list[str]] = {}
    for at, concept in tags:
        held.setdefault(at, []).append(concept)
    places = list(held)
    for first, second, third in zip(places, places[1:], places[2:], strict=False):
        if third - first <= ROW:
            yield from (f"#{a}>{b}>{c}" for a in held[first] for b in held[second] for c in held[third])
