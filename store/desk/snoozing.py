"""Letting a case sleep: what is ordinary is not told meanwhile, what cannot wait always is."""

from __future__ import annotations

from datetime import date

from store.casefile import aim_of
from store.desk.cases import requests_of, set_reminder
from store.desk.work import Verb, Work
from store.errors import SnoozeOver, SnoozeTooLong
from store.ledger import Event
from store.models import Case
from store.rules.kinds import Kind
from store.rules.lifecycle import Move
from store.values import THE_DESK, Actor, CaseFile


@Verb
def snooze(work: Work, ref: str, until: date, by: Actor) -> CaseFile:
    """Let a case sleep until a day: no ordinary reminder, and not among the unclaimed.

    No date changes by it. The reminder of the last safe working day, those of overdue requests, and escalations come
    all the same, and a word of the consumer's wakes it.

    Args:
        work: the transaction.
        ref: the case.
        until: the day on which it wakes, in the business's zone.
        by: its owner or a manager; anybody of staff where nobody has it.

    Raises:
        SnoozeOver: that day has come.
        SnoozeTooLong: that day is later than the last safe working day of one of its requests.
        DeskError: it is closed, or it is not this person's case.
    """
    case = work.case(ref)
    work.step(case, Move.SNOOZE, by)
    if until <= work.today:
        raise SnoozeOver(ref=case.ref, until=until)
    safe, kind = _last_safe_day(work, case)
    if until > safe:
        raise SnoozeTooLong(ref=case.ref, safe=safe, kind=kind.plain)
    case.snoozed_until, case.snoozed_by = until, by.id
    _look_again(work, case)
    work.record(case, Event.SNOOZED, by, until=until.isoformat())
    return work.read(case)


@Verb
def wake(work: Work, ref: str, by: Actor) -> CaseFile:
    """End a case's sleep before its day.

    Raises:
        NotSnoozed: it is awake.
        DeskError: there is no such case, or this is no staff.
    """
    case = work.case(ref)
    work.step(case, Move.WAKE, by)
    wake_up(work, case, by)
    return work.read(case)


def wake_up(work: Work, case: Case, by: Actor = THE_DESK) -> None:
    """End a case's sleep, if it sleeps, and write that down."""
    if case.snoozed_until is None:
        return
    was_asleep = work.today < case.snoozed_until
    case.snoozed_until, case.snoozed_by = None, None
    work.session.add(case)
    if was_asleep:
        _look_again(work, case)
        work.record(case, Event.WOKEN, by)


def _look_again(work: Work, case: Case) -> None:
    for request in requests_of(work, case):
        if request.outcome is None:
            set_reminder(work, request)


def _last_safe_day(work: Work, case: Case) -> tuple[date, Kind]:
    """The earliest last safe working day of an open request, by the strictest reading where there is one; and whose."""
    aims = [
        (aim_of(work.office, case.law, each), Kind(each.kind)) for each in requests_of(work, case) if not each.outcome
    ]
    return min((aim.alarm or aim.safe, kind) for aim, kind in aims)
