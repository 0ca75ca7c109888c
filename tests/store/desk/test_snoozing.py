"""A case that sleeps: what waits, and what never does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, select

from store import desk, queries
from store.errors import NotSnoozed, NotYours, SnoozeOver, SnoozeTooLong, WrongStatus
from store.ledger import Event
from store.models import Reminder, Request
from store.office import Office
from store.queries import Which
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from tests.builders import MANAGER, STAFF1, STAFF2, StillClock, arrive, write_again

DUE = date(2027, 2, 26)
"""A Friday: what came on 12 January is due on it, and it is its own last safe working day."""


def rungs(office: Office) -> list[int]:
    with office.database.reading() as session:
        return list(session.exec(select(Reminder.rung).order_by(col(Reminder.id))))


def every_twelve_hours(office: Office, clock: StillClock, until: datetime) -> None:
    while clock() < until:
        clock.advance(timedelta(hours=12))
        desk.remind(office)


def at_nine(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 17, 0, tzinfo=UTC)


def test_a_sleeping_case_is_told_of_on_its_last_safe_day_and_after_it(any_office: Office) -> None:
    clock = any_office.clock
    assert isinstance(clock, StillClock)
    ref = arrive(any_office).ref
    asleep = desk.snooze(any_office, ref, DUE, STAFF1)
    every_twelve_hours(any_office, clock, at_nine(DUE + timedelta(days=2)))

    assert (asleep.snoozed_until, asleep.snoozed_by) == (DUE, STAFF1.id)
    assert rungs(any_office) == [0, -1, -2]


def test_on_the_day_it_wakes_it_is_told_what_it_missed_last(office: Office, clock: StillClock) -> None:
    ref = arrive(office).ref
    desk.snooze(office, ref, date(2027, 2, 21), STAFF1)
    clock.move_to(at_nine(date(2027, 2, 20)))
    desk.remind(office)
    slept = rungs(office)
    clock.move_to(at_nine(date(2027, 2, 21)))
    desk.remind(office)

    assert slept == []
    assert rungs(office) == [7]
    assert queries.case(office, ref).snoozed_until is None


def test_the_strictest_reading_bounds_the_sleep(office: Office, clock: StillClock) -> None:
    case = arrive(office, (Kind.OPT_OUT,))
    with pytest.raises(SnoozeTooLong, match="opt"):
        desk.snooze(office, case.ref, date(2027, 1, 28), STAFF1)
    desk.snooze(office, case.ref, date(2027, 1, 27), STAFF1)
    every_twelve_hours(office, clock, at_nine(date(2027, 1, 27)))

    assert rungs(office) == [7]  # the same morning as that reading's own


def test_the_earliest_of_several_dates_bounds_the_sleep(office: Office) -> None:
    case = arrive(office, (Kind.DELETE, Kind.OPT_OUT))

    with pytest.raises(SnoozeTooLong):
        desk.snooze(office, case.ref, DUE, STAFF1)


def test_it_cannot_sleep_until_today(office: Office) -> None:
    with pytest.raises(SnoozeOver, match="12 Jan 2027 has come already"):
        desk.snooze(office, arrive(office).ref, date(2027, 1, 12), STAFF1)


def test_it_is_not_among_the_unclaimed_until_it_wakes(any_office: Office) -> None:
    clock = any_office.clock
    assert isinstance(clock, StillClock)
    ref = arrive(any_office).ref
    desk.snooze(any_office, ref, date(2027, 1, 20), STAFF1)
    listed, counted = queries.cases(any_office, Which.UNCLAIMED), queries.digest(any_office).unclaimed_count
    still_open = queries.cases(any_office, Which.OPEN)
    clock.advance(timedelta(days=8))

    assert (listed, counted) == ((), 0)
    assert [case.ref for case in still_open] == [ref]
    assert [case.ref for case in queries.cases(any_office, Which.UNCLAIMED)] == [ref]
    assert queries.digest(any_office).unclaimed_count == 1


def test_staff_wake_it_and_whoever_finds_it_awake_is_told(office: Office) -> None:
    ref = arrive(office).ref
    desk.snooze(office, ref, date(2027, 2, 25), STAFF1)
    awake = desk.wake(office, ref, STAFF2)
    with office.database.reading() as session:
        looked_at = session.exec(select(Request.next_reminder_at)).one()

    assert awake.snoozed_until is None
    assert looked_at == at_nine(date(2027, 2, 12))
    with pytest.raises(NotSnoozed):
        desk.wake(office, ref, STAFF1)


def test_only_the_owner_lets_a_claimed_case_sleep(office: Office) -> None:
    ref = arrive(office).ref
    desk.claim(office, ref, STAFF1)

    with pytest.raises(NotYours):
        desk.snooze(office, ref, DUE, STAFF2)
    assert desk.snooze(office, ref, DUE, MANAGER).snoozed_by == MANAGER.id


def test_a_word_of_the_consumers_wakes_it(office: Office) -> None:
    ref = arrive(office).ref
    desk.snooze(office, ref, DUE, STAFF1)
    awake = write_again(office, ref, "One word more.")

    assert awake.snoozed_until is None
    assert [line.event for line in queries.history(office, ref)][-2:] == [Event.ATTACHED, Event.WOKEN]


def test_a_sleep_that_is_over_is_not_ended_twice(office: Office, clock: StillClock) -> None:
    ref = arrive(office).ref
    desk.snooze(office, ref, date(2027, 1, 20), STAFF1)
    clock.advance(timedelta(days=9))
    write_again(office, ref, "One word more.")

    assert Event.WOKEN not in [line.event for line in queries.history(office, ref)]


def test_what_is_settled_meanwhile_is_not_looked_at(office: Office) -> None:
    case = arrive(office, (Kind.DELETE, Kind.OPT_OUT))
    desk.claim(office, case.ref, STAFF1)
    desk.resolve(office, case.ref, case.requests[1].id, Outcome.COMPLIED_IN_FULL, STAFF1)

    assert desk.snooze(office, case.ref, DUE, STAFF1).snoozed_until == DUE


def test_closing_ends_it_and_a_closed_case_does_not_sleep(office: Office) -> None:
    case = arrive(office)
    desk.claim(office, case.ref, STAFF1)
    desk.snooze(office, case.ref, DUE, STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)
    again = desk.reopen(office, case.ref, case.requests[0].id, "Sorry.", STAFF1)

    assert again.snoozed_until is None
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)
    with pytest.raises(WrongStatus):
        desk.snooze(office, case.ref, DUE, STAFF1)
