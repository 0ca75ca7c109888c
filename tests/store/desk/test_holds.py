"""A legal hold: a manager's word that nothing of a case may be destroyed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import desk, queries
from store.errors import AlreadyHeld, ContentDestroyed, HoldUnexplained, NotHeld, RoleMissing
from store.ledger import Event
from store.office import Office
from store.rules.outcomes import Outcome
from store.settings import Retention
from tests.builders import MANAGER, STAFF1, StillClock, arrive, everything

REASON = "Alvarez v. Example Shop, filed in May"


def closed(office: Office) -> str:
    case = arrive(office)
    desk.claim(office, case.ref, STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)
    for job in desk.lease_letters(office, "postman"):
        desk.letter_sent(office, job.id, "postman")
    for job in desk.lease_letters(office, "postman"):
        desk.letter_sent(office, job.id, "postman")
    return case.ref


def test_a_manager_holds_a_case_and_whoever_reads_it_sees_why(any_office: Office, clock: StillClock) -> None:
    ref = arrive(any_office).ref
    held = desk.hold_case(any_office, ref, f"  {REASON} ", MANAGER)
    opened = desk.read(any_office, ref, STAFF1)

    assert (held.held_since, held.held_by) == (clock(), MANAGER.id)
    assert opened.hold == REASON


def test_the_reason_stands_nowhere_but_sealed(office: Office) -> None:
    ref = arrive(office).ref
    desk.hold_case(office, ref, REASON, MANAGER)

    assert REASON not in str(everything(office))
    assert queries.history(office, ref)[-1].facts == {}


def test_a_hold_without_a_reason_is_none(office: Office) -> None:
    ref = arrive(office).ref

    with pytest.raises(HoldUnexplained, match=f"Say why {ref} is held"):
        desk.hold_case(office, ref, "  ", MANAGER)
    assert queries.case(office, ref).held_since is None


def test_whoever_comes_second_is_told_who_held_it(office: Office) -> None:
    ref = arrive(office).ref
    desk.hold_case(office, ref, REASON, MANAGER)

    with pytest.raises(AlreadyHeld, match=f"{ref} is under a legal hold already, set by {MANAGER.id}, 12 Jan 2027"):
        desk.hold_case(office, ref, REASON, MANAGER)


def test_its_owner_cannot_hold_or_lift(office: Office) -> None:
    ref = arrive(office).ref
    desk.claim(office, ref, STAFF1)
    with pytest.raises(RoleMissing, match="manager"):
        desk.hold_case(office, ref, REASON, STAFF1)
    desk.hold_case(office, ref, REASON, MANAGER)

    with pytest.raises(RoleMissing, match="manager"):
        desk.lift_hold(office, ref, STAFF1)


def test_what_is_held_stays_and_goes_once_it_is_lifted(any_office: Office, clock: StillClock) -> None:
    ref = closed(any_office)
    desk.hold_case(any_office, ref, REASON, MANAGER)
    clock.advance(timedelta(days=1_200))
    while_held = desk.sweep(any_office, Retention())
    opened = desk.read(any_office, ref, STAFF1)
    lifted = desk.lift_hold(any_office, ref, MANAGER)
    afterwards = desk.sweep(any_office, Retention())

    assert (while_held.anything, while_held.held) == (False, 1)
    assert opened.mails
    assert lifted.held_since is None
    assert (afterwards.cases, afterwards.records, afterwards.held) == (1, 1, 0)


def test_no_hold_is_lifted_where_there_is_none(office: Office) -> None:
    ref = arrive(office).ref

    with pytest.raises(NotHeld, match=f"{ref} is under no legal hold"):
        desk.lift_hold(office, ref, MANAGER)


def test_the_record_can_be_held_when_the_content_is_gone(any_office: Office, clock: StillClock) -> None:
    ref = closed(any_office)
    clock.advance(timedelta(days=400))
    desk.sweep(any_office, Retention())
    desk.hold_case(any_office, ref, REASON, MANAGER)
    clock.advance(timedelta(days=1_000))
    swept = desk.sweep(any_office, Retention())

    with pytest.raises(ContentDestroyed):
        desk.read(any_office, ref, STAFF1)
    assert swept.records == 0
    assert [line.event for line in queries.history(any_office, ref)][-2:] == [Event.CONTENT_DESTROYED, Event.HELD]
