"""An owner who has not moved: nobody of the team has done anything about a case for so many days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, exists, or_, select

from store.desk.telling import tell
from store.desk.work import Verb, Work
from store.ledger import Event
from store.models import Bookmark, Case, Entry
from store.office import INSTALLED_AT
from store.rules.lifecycle import Status
from store.rules.states import PostKind
from store.values import CONSUMER, THE_DESK
from store.waiting import waits_for_the_consumer
from store.wishes import covering

BATCH = 100
IDLE_LOOK = "look for idle owners"
NOBODY = (THE_DESK.id, CONSUMER.id)


@Verb
def remind_idle(work: Work, slot: datetime, days: int, limit: int = BATCH) -> int:
    """Tell the owners of cases in which nothing was done for so many days: each case once in so many days.

    A case that sleeps, or in which the next word is the consumer's, is not idle.

    Args:
        work: the transaction.
        slot: the moment at which to look, aware: all cases are looked at once for each.
        days: how many, at least 1.
        limit: at most so many cases.

    Returns:
        How many cases were found; as many as `limit` means that more may be waiting.
    """
    work.session.get(Bookmark, INSTALLED_AT, with_for_update=True)  # always there: processes take turns at it
    after = _reached(work.session, slot)
    if after is None:
        return 0
    since = work.now - timedelta(days=days)
    idle = select(Case).where(col(Case.id) > after, *_is_idle(since, work.today))
    cases = work.session.exec(idle.order_by(col(Case.id)).limit(limit).with_for_update()).all()
    for case in cases:
        to = covering(work.session, case.owner, work.today) or case.owner
        entry_id = work.record(case, Event.IDLE, THE_DESK, told=False, to=to, days=days)
        tell(work, case, PostKind.LINE, str(entry_id), last_day=date.max)
    reached = str(cases[-1].id) if len(cases) == limit else "all"
    work.session.merge(Bookmark(name=IDLE_LOOK, value=f"{slot.isoformat()} {reached}"))
    return len(cases)


def _reached(session: Session, slot: datetime) -> int | None:
    """Up to which case this slot's look has come; None where it, or a later one, is done."""
    kept = session.get(Bookmark, IDLE_LOOK)
    if kept is None:
        return 0
    when, _, reached = kept.value.partition(" ")
    last = datetime.fromisoformat(when)
    if last < slot:
        return 0
    return int(reached) if last == slot and reached != "all" else None


def _is_idle(since: datetime, today: date) -> tuple[Any, ...]:
    somebody_moved = exists().where(
        col(Entry.chain) == col(Case.id),
        col(Entry.at) > since,
        or_(col(Entry.by).not_in(NOBODY), col(Entry.event) == Event.IDLE),
    )
    awake = or_(col(Case.snoozed_until).is_(None), col(Case.snoozed_until) <= today)
    is_owned = (col(Case.status) != Status.CLOSED, col(Case.owner).is_not(None), col(Case.owned_since) <= since)
    return (*is_owned, awake, ~somebody_moved, ~waits_for_the_consumer())
