"""What a business publishes of a year's requests (section 7102): counts, nothing personal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import mean, median

from store.rules.kinds import Kind
from store.rules.team import Manner
from store.rules.terms import Outcome

SUBSTANTIVE = (Outcome.COMPLIED_IN_FULL, Outcome.COMPLIED_IN_PART, Outcome.DENIED)
"""The endings that answer what was asked; only of these the days are counted."""
KNOW = (Kind.KNOW_SPECIFIC, Kind.KNOW_CATEGORIES)

DEFINITIONS = (
    (
        "Received",
        "requests that came in from 1 January to 31 December; what was found to be no request is left out",
    ),
    ("Complied with in whole", "everything that was asked was done"),
    ("Complied with in part", "a part was done, and the rest denied on at least one of the grounds below"),
    ("Denied", "nothing was done, on at least one of the grounds below, such as that the identity was not verified"),
    ("Withdrawn", "the consumer took the request back before it was answered"),
    ("Duplicate", "the consumer had asked for the same before, and that first request was answered"),
    ("Waiting", "not answered yet on the day on which this was counted"),
    ("Days", "calendar days from the day of receipt, which is day 0, to the answer: one that complied or denied"),
    ("Grounds", "how often a ground was given for a denial in whole or in part; one denial may have several"),
)
"""What the columns mean, as the published page says it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One request as it is counted; `days` went by from receipt to its end, None while it waits."""

    kind: Kind
    outcome: Outcome | None
    bases: tuple[str, ...]
    days: int | None
    manner: Manner = Manner.EMAIL


@dataclass(frozen=True, slots=True)
class Row:
    """The requests of one kind, or of several together.

    Attributes:
        name: what a person reads.
        kinds: which requests it counts.
        received: how many.
        endings: how many of them ended how.
        waiting: how many have not ended.
        median_days: to a substantive answer, None where there was none.
        mean_days: the same, rounded to a tenth.
        bases: how often a ground was given, by its id, the most frequent first.
    """

    name: str
    kinds: tuple[Kind, ...]
    received: int
    endings: Mapping[Outcome, int]
    waiting: int
    median_days: float | None
    mean_days: float | None
    bases: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Metrics:
    """A year's requests.

    Attributes:
        year: in which they came in, by the business's calendar.
        law: the law they stand under; all of them without it.
        counted_on: the day of counting, in the business's zone.
        rows: a row a kind, those to know also together.
        total: all of them.
        not_requests: what had been taken for a request and was none; counted nowhere else.
        titles: the grounds' names by their ids.
        manners: in which ways how many of them came, the most frequent first (section 7101(b)).
    """

    year: int
    law: str | None
    counted_on: date
    rows: tuple[Row, ...]
    total: Row
    not_requests: int
    titles: Mapping[str, str]
    manners: tuple[tuple[Manner, int], ...] = ()

    @property
    def unfinished(self) -> bool:
        """Yes or no: the year is not over yet."""
        return self.counted_on.year <= self.year


def metrics(
    year: int,
    requests: Iterable[Counted],
    *,
    counted_on: date,
    law: str | None = None,
    always: Collection[Kind] = (),
    titles: Mapping[str, str],
) -> Metrics:
    """Count a year's requests.

    Args:
        year: in which they came in.
        requests: all of them, each looked at once.
        counted_on: the present day in the business's zone.
        law: the law they stand under, where only one law's are counted.
        always: the kinds that have a row even when nobody asked.
        titles: the grounds' names by their ids; may be filled while the requests are read.
    """
    tallies = {kind: _Tally() for kind in Kind}
    manners: Counter[Manner] = Counter()
    not_requests = 0
    for request in requests:
        if request.outcome is Outcome.NOT_A_REQUEST:
            not_requests += 1
        else:
            tallies[request.kind].add(request)
            manners[request.manner] += 1
    shown = [kind for kind in Kind if kind in always or tallies[kind].received]
    rows = [tallies[kind].row(_heading(kind.plain), (kind,)) for kind in shown]
    if any(kind in KNOW for kind in shown):
        rows.insert(0, _together([tallies[kind] for kind in KNOW]).row("Requests to know, both kinds", KNOW))
    total = _together(tallies.values()).row("All requests", tuple(Kind))
    came = tuple(sorted(manners.items(), key=lambda each: (-each[1], each[0])))
    return Metrics(year, law, counted_on, tuple(rows), total, not_requests, titles, came)


@dataclass(slots=True)
class _Tally:
    """A row while it is counted: the days as how often each number of them, so that a year needs little room."""

    endings: Counter[Outcome | None] = field(default_factory=Counter)
    bases: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)

    @property
    def received(self) -> int:
        return self.endings.total()

    def add(self, request: Counted) -> None:
        self.endings[request.outcome] += 1
        self.bases.update(request.bases)
        if request.outcome in SUBSTANTIVE and request.days is not None:
            self.days[request.days] += 1

    def row(self, name: str, kinds: tuple[Kind, ...]) -> Row:
        answered = list(self.days.elements())
        return Row(
            name=name,
            kinds=kinds,
            received=self.received,
            endings={outcome: self.endings[outcome] for outcome in Outcome if outcome is not Outcome.NOT_A_REQUEST},
            waiting=self.endings[None],
            median_days=median(answered) if answered else None,
            mean_days=round(mean(answered), 1) if answered else None,
            bases=tuple(sorted(self.bases.items(), key=lambda each: (-each[1], each[0]))),
        )


def _together(tallies: Iterable[_Tally]) -> _Tally:
    whole = _Tally()
    for tally in tallies:
        whole.endings.update(tally.endings)
        whole.bases.update(tally.bases)
        whole.days.update(tally.days)
    return whole


def _heading(words: str) -> str:
    return words[0].upper() + words[1:]
