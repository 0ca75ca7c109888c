"""How well the held-out mails are understood: counts for the tests, and the tables of docs/understanding.md.

`python -m tests.measuring` writes these tables anew; `make train` does so, too.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from intake.triage import Triage, triage
from tests.training.corpus import KINDS, Labelled, mails

PAGE = Path(__file__).parent.parent / "docs" / "understanding.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
LANGUAGES = ("en", "es", "zh", "ko", "vi", "tl", "de", "fr", "pt")
NONE = "none"
FACTS = ("disposition", "role", "law", "priority", "language")
OF_REQUESTS = ("role", "priority")
"""Facts that only matter of a request."""

Read = tuple[Labelled, Triage]


@dataclass(slots=True)
class Count:
    """What was found and what was meant."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def __str__(self) -> str:
        return f"{self.precision:.3f} | {self.recall:.3f} | {self.f1:.3f}"

    def add(self, *, found: bool, meant: bool) -> None:
        """Count one."""
        self.right += found and meant
        self.false += found and not meant
        self.missed += meant and not found

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
    """All counts of some mails; `shown` are requests of which staff see at least a possible one."""

    kinds: dict[str, Count] = field(default_factory=lambda: {kind: Count() for kind in KINDS})
    requests: Count = field(default_factory=Count)
    shown: Count = field(default_factory=Count)

    @property
    def micro(self) -> Count:
        """All kinds together."""
        counts = self.kinds.values()
        return Count(sum(c.right for c in counts), sum(c.false for c in counts), sum(c.missed for c in counts))


@cache
def held_out() -> tuple[Read, ...]:
    """All held-out mails, understood."""
    return tuple((mail, triage(mail.subject, mail.text)) for mail in mails() if mail.held_out)


def families() -> list[Read]:
    """The held-out families of the mails that were written for training and measuring."""
    return [read for read in held_out() if not read[0].unseen]


def everyday() -> list[Read]:
    """The everyday mails, none of which, nor any like it by the same hand, was trained on."""
    return [read for read in held_out() if read[0].unseen]


def score(readings: Iterable[Read]) -> Score:
    """Count."""
    counted = Score()
    for mail, found in readings:
        kinds = {each.kind for each in found.requests}
        for kind, count in counted.kinds.items():
            count.add(found=kind in kinds, meant=kind in mail.requests)
        counted.requests.add(found=bool(kinds), meant=bool(mail.requests))
        counted.shown.add(found=bool(kinds or found.possible), meant=bool(mail.requests))
    return counted


def agreement(readings: Sequence[Read], fact: str) -> float:
    """The share of mails of which a fact is told as whoever wrote them did."""
    chosen = [read for read in readings if fact not in OF_REQUESTS or read[0].requests]
    same = sum(str(getattr(mail, fact)) == str(getattr(found, fact)) for mail, found in chosen)
    return same / (len(chosen) or 1)


def confusion(readings: Iterable[Read]) -> Counter[tuple[str, str]]:
    """How often a kind that was meant was taken for which; a right one for itself."""
    counted: Counter[tuple[str, str]] = Counter()
    for mail, understood in readings:
        found = {each.kind for each in understood.requests}
        false = sorted(found - mail.requests) or [NONE]
        counted.update((kind, kind) for kind in mail.requests & found)
        counted.update((kind, other) for kind in mail.requests - found for other in false)
        if not mail.requests:
            counted.update((NONE, other) for other in false)
    return counted


def tables() -> str:
    """The tables of the page, in Markdown."""
    parts = {"The held-out families": families(), "Everyday mails": everyday()}
    return "\n".join(line for name, readings in parts.items() for line in (f"### {name}", "", *_part(readings)))


def _part(readings: Sequence[Read]) -> Iterator[str]:
    counted = score(readings)
    yield f"{len(readings)} mails, {sum(bool(mail.requests) for mail, _ in readings)} of them requests."
    yield ""
    yield "| | precision | recall | F1 |"
    yield "|---|---|---|---|"
    yield f"| all kinds | {counted.micro} |"
    yield f"| is it a request at all | {counted.requests} |"
    yield f"| … or possibly one | {counted.shown} |"
    yield from (f"| `{kind}` | {count} |" for kind, count in counted.kinds.items())
    yield ""
    yield "| language | mails | F1 of the kinds | precision, requests | recall, requests |"
    yield "|---|---|---|---|---|"
    for language in LANGUAGES:
        some = [read for read in readings if read[0].language == language]
        own = score(some)
        asked = own.requests
        yield f"| {language} | {len(some)} | {own.micro.f1:.3f} | {asked.precision:.3f} | {asked.recall:.3f} |"
    yield ""
    yield "| told as labelled | share |"
    yield "|---|---|"
    yield from (f"| {fact} | {agreement(readings, fact):.3f} |" for fact in FACTS)
    yield ""
    yield from _confusions(readings)


def _confusions(readings: Sequence[Read]) -> Iterator[str]:
    """For each language, what a meant kind was taken for."""
    yield "| language | meant | found |"
    yield "|---|---|---|"
    for language in LANGUAGES:
        counted = confusion(read for read in readings if read[0].language == language)
        for meant in (*KINDS, NONE):
            found = [f"{other} {counted[meant, other]}" for other in (*KINDS, NONE) if counted[meant, other]]
            if found:
                yield f"| {language} | {meant} | {', '.join(found)} |"
    yield ""


def written(page: str) -> str:
    """The page with its tables made anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{tables()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(PAGE.parent.parent)}: {score(families()).micro} | {score(everyday()).micro}\n")
