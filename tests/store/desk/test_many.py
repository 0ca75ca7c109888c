"""Several cases at once: which fit, and a whole case that is no request."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from store import desk, queries
from store.errors import NotYours, RoleMissing, WrongStatus
from store.ledger import Event
from store.office import Office
from store.picking import MOST, Picked, Wanted, Whose
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.outcomes import Outcome
from tests.builders import MORNING, READER, STAFF1, STAFF2, arrive, everything, letters


def test_cases_are_picked_by_owner_kind_domain_and_day(any_office: Office) -> None:
    office = any_office
    old = arrive(office, (Kind.DELETE,), "a@One.example", MORNING - timedelta(days=9))
    mine = desk.claim(office, arrive(office, (Kind.OPT_OUT, Kind.DELETE), "b@one.example").ref, STAFF1)
    other = desk.claim(office, arrive(office, (Kind.CORRECT,), "c@two.example").ref, STAFF2)
    settled = next(line for line in mine.requests if line.kind is Kind.OPT_OUT)
    desk.resolve(office, mine.ref, settled.id, Outcome.WITHDRAWN, STAFF1)

    def found(**said: object) -> tuple[int, ...]:
        return queries.pick(office, Wanted(**{"whose": Whose.ANYBODY, **said}), STAFF1.id).ids  # type: ignore[arg-type]

    assert found() == (old.id, mine.id, other.id)
    assert found(whose=Whose.UNCLAIMED) == (old.id,)
    assert found(whose=Whose.MINE) == (mine.id,)
    assert found(kinds=(Kind.DELETE,)) == (old.id, mine.id)
    assert found(kinds=(Kind.OPT_OUT,)) == ()
    assert found(domain=" ONE.example ") == found(domain="@one.example") == (old.id, mine.id)
    assert found(since=date(2027, 1, 12)) == (mine.id, other.id)
    assert found(until=date(2027, 1, 11)) == (old.id,)
    assert found(since=date(2027, 1, 3), until=date(2027, 1, 3)) == (old.id,)


def test_at_most_a_hundred_are_picked_and_all_are_counted(office: Office) -> None:
    for number in range(MOST + 2):
        arrive(office, sender=f"r{number}@example.net")
    picked = queries.pick(office, Wanted(), STAFF1.id)

    assert (len(picked.ids), picked.count) == (MOST, MOST + 2)
    assert queries.pick(office, Wanted(domain="nowhere.example"), STAFF1.id) == Picked((), 0)


def test_a_whole_case_is_no_request(any_office: Office) -> None:
    office = any_office
    case = arrive(office, (Kind.DELETE, Kind.OPT_OUT))
    done = desk.dismiss(office, case.ref, STAFF1)
    events = [line.event for line in queries.history(office, case.ref)]

    assert (done.status, done.owner) == (Status.CLOSED, STAFF1.id)
    assert {line.outcome for line in done.requests} == {Outcome.NOT_A_REQUEST}
    assert events.count(Event.CLAIMED) == 1
    assert events.count(Event.RESOLVED) == 2
    assert len(letters(office, case.ref)) == 3
    with pytest.raises(WrongStatus):
        desk.dismiss(office, case.ref, STAFF1)


def test_what_is_not_ones_own_is_not_dismissed(office: Office) -> None:
    fresh, taken = arrive(office), desk.claim(office, arrive(office).ref, STAFF2)
    before = everything(office)

    with pytest.raises(NotYours):
        desk.dismiss(office, taken.ref, STAFF1)
    with pytest.raises(RoleMissing):
        desk.dismiss(office, fresh.ref, READER)
    assert everything(office) == before
