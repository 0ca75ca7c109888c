"""A year's requests, counted for the metrics of section 7102."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, col, select

from store.models import Case, Request
from store.office import Office
from store.packs import PackError
from store.rules.deadlines import local_day
from store.rules.kinds import Kind
from store.rules.metrics import Counted, Metrics
from store.rules.metrics import metrics as count
from store.rules.outcomes import Outcome
from store.rules.team import Manner
from store.rules.terms import Measure

BATCH = 1_000


def metrics(office: Office, year: int | None = None, law: str | None = None) -> Metrics:
    """Count the requests that came in in a year; the cost grows with their number, the room it needs does not.

    Args:
        office: database, clock, business.
        year: by the business's calendar; the present one without it.
        law: the short name of a law, to count only what stands under it.

    Raises:
        PackError: there is no such law.
    """
    today = office.today()
    pack = office.pack(law or office.business.law)
    published = pack.figure(Measure.METRICS_CONSUMERS)
    titles: dict[str, str] = {}
    with office.database.reading() as session:
        return count(
            year or today.year,
            _counted(office, session, year or today.year, law, titles),
            counted_on=today,
            law=law,
            always=published.kinds if published else (),
            titles=titles,
        )


def _counted(office: Office, session: Session, year: int, law: str | None, titles: dict[str, str]) -> Iterator[Counted]:
    chosen = (
        select(
            Request.kind, Request.outcome, Request.bases, Request.received_on, Request.settled_at, Case.law, Case.manner
        )  # type: ignore[call-overload] # seven columns
        .join(Case, col(Case.id) == col(Request.case_id))
        .where(col(Request.received_on).between(date(year, 1, 1), date(year, 12, 31)))
        .execution_options(yield_per=BATCH)
    )
    zone = office.business.zone
    for kind, outcome, bases, received_on, settled_at, of, manner in session.exec(
        chosen.where(Case.law == law) if law else chosen
    ):
        grounds = _bases(bases)
        for ground in grounds:
            if ground not in titles:
                titles[ground] = _title(office, of, ground)
        yield Counted(
            kind=Kind(kind),
            outcome=Outcome(outcome) if outcome else None,
            bases=grounds,
            manner=Manner(manner),
            days=(local_day(settled_at, zone) - received_on).days if settled_at else None,
        )


@functools.lru_cache(maxsize=1_000)
def _bases(listed: str) -> tuple[str, ...]:
    return tuple(json.loads(listed))


def _title(office: Office, law: str, basis: str) -> str:
    """What the law calls a ground; its id, where the law or the ground is no longer there."""
    try:
        bases = office.pack(law).bases
    except PackError:
        return basis
    return next((each.title for each in bases if each.id == basis), basis)
