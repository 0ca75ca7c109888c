"""The labelled mails as a matrix: a line a stretch, a column a feature, weighed as `intake.triage.learned` does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from intake.triage import grams
from intake.triage.features import Features
from intake.triage.learned import MARK_WEIGHT
from intake.triage.weighing import evidence_in, said_in, stretches
from tests.training.corpus import Labelled

RAREST = 3
"""Stretches a feature must stand in to be learned."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """All stretches of some mails.

    Attributes:
        matrix: stretches by features.
        owner: of each stretch the number of its mail; sorted.
        names: of each column the feature.
    """

    matrix: csr_matrix
    owner: np.ndarray
    names: list[str]

    def of(self, mails: np.ndarray) -> tuple[csr_matrix, np.ndarray]:
        """The lines of some mails only, and each one's place among these mails.

        Args:
            mails: their numbers, sorted.
        """
        chosen = np.isin(self.owner, mails)
        return self.matrix[chosen], np.searchsorted(mails, self.owner[chosen])


def stretches_of(mails: Sequence[Labelled]) -> Stretches:
    """Cut mails into stretches, and count what stands in them."""
    cut = [_cut(mail) for mail in mails]
    owner = np.repeat(np.arange(len(mails)), [len(each) for each in cut])
    lines = [dict(_weighed(each)) for several in cut for each in several]
    seen = Counter(name for line in lines for name in line)
    names = sorted(name for name, times in seen.items() if times >= RAREST)
    column = {name: number for number, name in enumerate(names)}
    held = ((at, column.get(name), value) for at, line in enumerate(lines) for name, value in line.items())
    known = [each for each in held if each[1] is not None]
    rows, columns, values = (np.array(each) for each in zip(*known, strict=True))
    return Stretches(csr_matrix((values, (rows, columns)), shape=(len(lines), len(names))), owner, names)


def _cut(mail: Labelled) -> list[Features]:
    said, title = said_in(mail.subject, mail.text)
    return [each.features for each in stretches(said, title, list(evidence_in(said, title)))]


def _weighed(stretch: Features) -> Iterator[tuple[str, float]]:
    """Every feature of a stretch with what it counts there: a piece once for each word that holds it."""
    share = max(1, len(stretch.words)) ** -0.5
    counted = Counter(piece for word in dict.fromkeys(stretch.words) for piece in grams.pieces(word))
    counted.update({*grams.pairs(stretch.words)})
    yield from ((name, times * share) for name, times in counted.items())
    yield from ((mark, MARK_WEIGHT) for mark in sorted(stretch.marks))
