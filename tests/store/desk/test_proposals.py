"""Unverified when its time ends: proposed for denial, told, and denied by nobody but a person (section 7021(b))."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlmodel import col, select

from store import desk, queries
from store.ledger import Event
from store.models import Reminder
from store.office import Office
from store.rules.kinds import Kind
from store.values import CaseFile
from tests.builders import STAFF1, StillClock, arrive

LAST_MORNING = datetime(2027, 2, 26, 17, 0, tzinfo=UTC)
"""Nine in the morning of day 45 of what came on 12 January 2027: a Friday."""


def proposals(office: Office, ref: str) -> int:
    return [line.event for line in queries.history(office, ref)].count(Event.DENIAL_PROPOSED)


def on_the_last_day(office: Office, ref: str, clock: StillClock) -> CaseFile:
    clock.move_to(LAST_MORNING)
    desk.remind(office)
    return queries.case(office, ref)


def last_note(office: Office) -> str:
    with office.database.reading() as session:
        made = session.exec(select(Reminder.id).order_by(col(Reminder.id).desc())).first()
    return queries.reminder(office, made or 0).unverified


def test_on_day_45_an_unverified_request_is_proposed_and_stays_open(office: Office, clock: StillClock) -> None:
    ref = arrive(office).ref
    clock.move_to(LAST_MORNING - timedelta(days=1))
    desk.remind(office)
    before = queries.case(office, ref).requests[0].denial_proposed
    case = on_the_last_day(office, ref, clock)
    note = last_note(office)
    clock.advance(timedelta(days=60))
    desk.remind(office)

    assert (before, case.requests[0].denial_proposed) == (False, True)
    assert case.requests[0].open
    assert queries.case(office, ref).requests[0].open
    assert proposals(office, ref) == 1
    assert note == "Cal. Code Regs. tit. 11, § 7021(b)"


def test_a_verified_request_is_not_proposed(office: Office, clock: StillClock) -> None:
    ref = arrive(office).ref
    desk.claim(office, ref, STAFF1)
    desk.verify(office, ref, ("order_number", "postal_address", "phone"), STAFF1)
    case = on_the_last_day(office, ref, clock)

    assert (case.requests[0].reached, case.requests[0].denial_proposed) == (True, False)
    assert (proposals(office, ref), last_note(office)) == (0, "")


def test_an_opt_out_is_never_proposed_section_7060_b(office: Office, clock: StillClock) -> None:
    ref = arrive(office, [Kind.OPT_OUT]).ref
    case = on_the_last_day(office, ref, clock)

    assert (case.requests[0].denial_proposed, proposals(office, ref), last_note(office)) == (False, 0, "")


def test_who_verifies_after_all_is_not_proposed_any_more(office: Office, clock: StillClock) -> None:
    ref = arrive(office).ref
    desk.claim(office, ref, STAFF1)
    on_the_last_day(office, ref, clock)
    case = desk.verify(office, ref, ("order_number", "postal_address", "phone"), STAFF1)

    assert not case.requests[0].denial_proposed
    assert last_note(office) == ""


def test_an_extension_gives_the_verification_its_time_back(office: Office, clock: StillClock) -> None:
    case = arrive(office)
    desk.claim(office, case.ref, STAFF1)
    on_the_last_day(office, case.ref, clock)
    extended = desk.extend(office, case.ref, case.requests[0].id, "You sent us proof today.", STAFF1)
    clock.advance(timedelta(days=30))
    desk.remind(office)
    midway = queries.case(office, case.ref).requests[0].denial_proposed
    clock.move_to(LAST_MORNING + timedelta(days=45))
    desk.remind(office)

    assert (extended.requests[0].denial_proposed, midway) == (False, False)
    assert queries.case(office, case.ref).requests[0].denial_proposed
    assert proposals(office, case.ref) == 2
