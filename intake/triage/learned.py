"""What was learned from the labelled mails, as weights of features: read here, made by `make train`.

One file, `learned.bin`: a line that names the format, a line of JSON, the features in UTF-8, one a line, and for each
of them one signed byte per output, all features of an output together scaled by one number. The sum of a stretch's
features is its score for an output; a mail's score is that of its best stretch. From all its scores together, a small
table gives the chance that an output holds.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from operator import mul
from struct import Struct
from typing import Final

from intake.triage import grams
from intake.triage.features import Features

MAGIC: Final = b"rightsdesk triage 1"
FILE: Final = "learned.bin"
KNOWN: Final = 20_000
"""Words whose weights are remembered."""
MARK_WEIGHT: Final = 0.4
"""What a concept or a rule counts, where a stretch of one word counts 1 for each piece of it."""
LANE: Final = 24
"""Bits of an output's sum: enough for sixty thousand features of one byte."""
HALF: Final = 1 << (LANE - 1)
MASK: Final = (1 << LANE) - 1
STEEPEST: Final = 8.0
"""A score beyond this says no more."""


@dataclass(frozen=True, slots=True)
class Output:
    """One thing that is told of a mail.

    Attributes:
        name: a kind of request, "request" for any, or "reply".
        scale: what one step of a byte is worth.
        bias: the score of a stretch without features.
        table: what each output's best score adds, in the outputs' order.
        offset: added to that; squeezed, it is the chance.
        threshold: the chance from which on it holds.
        floor: the chance from which on it is possible.
    """

    name: str
    scale: float
    bias: float
    table: tuple[float, ...]
    offset: float
    threshold: float
    floor: float


class Weights:
    """The weights of all features.

    Args:
        content: the file.

    Raises:
        ValueError: it is no such file.
    """

    def __init__(self, content: bytes) -> None:
        magic, _, rest = content.partition(b"\n")
        if magic != MAGIC:
            raise ValueError(f"{FILE} is not in the format {MAGIC.decode()!r}. Run make train.")
        head, _, rest = rest.partition(b"\n")
        facts = json.loads(head)
        self.digest: Final[str] = facts["digest"]
        self.outputs: Final = tuple(Output(**{**each, "table": tuple(each["table"])}) for each in facts["outputs"])
        names = rest[: facts["size"]].decode().split("\n")
        self._rows = _Rows(names, rest[facts["size"] :], len(self.outputs))
        self._word = lru_cache(maxsize=KNOWN)(self._weigh_word)

    def scores(self, stretch: Features) -> tuple[float, ...]:
        """The score of a stretch for each output."""
        rows = self._rows
        pairs = rows.known({*grams.pairs(stretch.words)})
        words = rows.apart(sum(map(self._word, {*stretch.words})) + sum(map(rows.__getitem__, pairs)))
        marks = rows.apart(sum(map(rows.__getitem__, rows.known(stretch.marks))))
        share = max(1, len(stretch.words)) ** -0.5
        return tuple(
            output.bias + output.scale * (word * share + mark * MARK_WEIGHT)
            for output, word, mark in zip(self.outputs, words, marks, strict=True)
        )

    def chances(self, best: Sequence[float]) -> dict[str, float]:
        """The chance of each output, 0 to 1.

        Args:
            best: the best score of any stretch, per output.
        """
        bounded = [max(-STEEPEST, min(STEEPEST, each)) for each in best]
        return {output.name: squeeze(output.offset + sum(map(mul, output.table, bounded))) for output in self.outputs}

    def _weigh_word(self, word: str) -> int:
        return sum(map(self._rows.__getitem__, self._rows.known({*grams.pieces(word)})))


class _Rows(dict[str, int]):
    """Each feature's bytes side by side in one number, so that one addition adds those of all outputs.

    A row is put together when it is first asked for: most are never.
    """

    def __init__(self, names: Sequence[str], content: bytes, outputs: int) -> None:
        super().__init__()
        self._at = dict(zip(names, range(len(names)), strict=True))
        self._content = content
        self._row = Struct(f"{outputs}b")

    def __missing__(self, feature: str) -> int:
        row = self._row.unpack_from(self._content, self._at[feature] * self._row.size)
        self[feature] = sum(byte << (LANE * number) for number, byte in enumerate(row))
        return self[feature]

    def known(self, features: AbstractSet[str]) -> AbstractSet[str]:
        """Those that have a row."""
        return features & self._at.keys()

    def apart(self, total: int) -> list[int]:
        """The sums of the outputs, taken out of the sum of some rows."""
        sums: list[int] = []
        for _ in range(self._row.size):
            low = ((total + HALF) & MASK) - HALF
            sums.append(low)
            total = (total - low) >> LANE
        return sums


def squeeze(value: float) -> float:
    """The logistic function."""
    return 1.0 / (1.0 + math.exp(-max(-STEEPEST * 4, min(STEEPEST * 4, value))))


@cache
def weights() -> Weights:
    """The weights that are shipped; read once."""
    return Weights(resources.files("intake.triage").joinpath(FILE).read_bytes())
