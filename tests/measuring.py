"""How well mails are understood: counts of right and wrong, for the documentation, the tests, and by hand."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from intake.triage import Triage, triage
from tests.training.corpus import KINDS, Labelled, mails

Read = tuple[Labelled, Triage]


@dataclass(slots=True)
class Count:
    """What was found and what was meant."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def add(self, *, found: bool, meant: bool) -> None:
        """Count one."""
        self.right += found and meant
        self.false += found and not meant
        self.missed += meant and not found

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}, recall {self.recall:.3f}, F1 {self.f1:.3f}"

    @property
    def precision(self) -> float:
        """Of what was found, the share that was meant."""
        return self.right / (self.right + self.false or 1)

    @property
    def recall(self) -> float:
        """Of what was meant, the share that was found."""
        return self.right / (self.right + self.missed or 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (2 * self.right + self.false + self.missed or 1)


@dataclass(slots=True)
class Score:
    """All counts of some mails."""

    mails: int = 0
    kinds: dict[str, Count] = field(default_factory=lambda: {kind: Count() for kind in KINDS})
    requests: Count = field(default_factory=Count)
    shown: Count = field(default_factory=Count)

    @property
    def micro(self) -> Count:
        """All kinds together."""
        counts = self.kinds.values()
        return Count(sum(c.right for c in counts), sum(c.false for c in counts), sum(c.missed for c in counts))


def read(chosen: Iterable[Labelled]) -> list[Read]:
    """Understand mails."""
    return [(mail, triage(mail.subject, mail.text)) for mail in chosen]


def score(readings: Sequence[Read]) -> Score:
    """Count."""
    counted = Score(len(readings))
    for mail, found in readings:
        kinds = {each.kind for each in found.requests}
        for kind, count in counted.kinds.items():
            count.add(found=kind in kinds, meant=kind in mail.requests)
        counted.requests.add(found=bool(kinds), meant=bool(mail.requests))
        counted.shown.add(found=bool(kinds or found.possible), meant=bool(mail.requests))
    return counted


def lines(counted: Score) -> Iterator[str]:
    """A score in words."""
    yield f"{counted.mails} mails"
    yield f"kinds: {counted.micro}"
    yield f"requests: {counted.requests}; with possible ones: {counted.shown}"
    yield from (f"  {kind:16} {count}" for kind, count in counted.kinds.items())


if __name__ == "__main__":
    part = [mail for mail in mails() if mail.held_out != ("--train" in sys.argv)]
    for name in ("all", *sorted({mail.language for mail in part})):
        some = [mail for mail in part if name in {"all", mail.language}]
        sys.stdout.write(name + ": " + "\n".join(list(lines(score(read(some))))[: None if name == "all" else 3]) + "\n")
