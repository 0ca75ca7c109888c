"""A copy that nobody could be sure to give to the right person becomes a request for the categories (7024(a))."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import desk, errors
from store.ledger import Event
from store.office import Office
from store.rules.kinds import Kind
from store.rules.lifecycle import Move, Status
from store.rules.outcomes import Outcome
from tests.builders import STAFF1, STAFF2, StillClock, arrive, everything, letters
from tests.store.desk.test_verification import asked, told


def test_rosas_copy_becomes_a_request_for_the_categories_on_its_own_date(any_office: Office, clock: StillClock) -> None:
    case = asked(any_office, Kind.KNOW_SPECIFIC)
    clock.advance(timedelta(days=20))
    desk.verify(any_office, case.ref, ["order_number", "phone"], STAFF1)
    after = desk.reevaluate(any_office, case.ref, STAFF1)
    line, before = after.requests[0], case.requests[0]

    assert (line.kind, line.reevaluated_from) == (Kind.KNOW_CATEGORIES, Kind.KNOW_SPECIFIC)
    assert (line.received_on, line.due) == (before.received_on, before.due)
    assert (line.verification.points_needed, line.reached) == (2, True)
    assert told(any_office, case.ref, Event.REEVALUATED) == [{"kind": "know_specific", "to": "know_categories"}]
    assert letters(any_office, case.ref)[-1]["Subject"]
    closed = desk.resolve(any_office, case.ref, line.id, Outcome.COMPLIED_IN_FULL, STAFF1)
    assert closed.status is Status.CLOSED


def test_an_extension_that_was_announced_stays(office: Office) -> None:
    case = asked(office, Kind.KNOW_SPECIFIC)
    extended = desk.extend(office, case.ref, case.requests[0].id, "The archive is slow.", STAFF1)

    assert desk.reevaluate(office, case.ref, STAFF1).requests[0].extended_to == extended.requests[0].extended_to


def test_a_verified_copy_stays_a_copy(office: Office) -> None:
    case = asked(office, Kind.KNOW_SPECIFIC)
    verified = desk.verify(office, case.ref, ["order_number", "phone", "birth_year"], STAFF1, declared=True)

    assert Move.REEVALUATE not in verified.offered
    with pytest.raises(errors.NotReevaluable):
        desk.reevaluate(office, case.ref, STAFF1)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.KNOW_SPECIFIC])
def test_the_law_puts_nothing_in_the_place_of_other_rights(office: Office, kind: Kind) -> None:
    case = desk.claim(office, arrive(office, (kind,)).ref, STAFF1)

    assert Move.REEVALUATE not in case.offered
    with pytest.raises(errors.NotReevaluable):
        desk.reevaluate(office, case.ref, STAFF1)


def test_who_asked_for_the_categories_too_is_told_so(office: Office) -> None:
    case = asked(office, Kind.KNOW_SPECIFIC, Kind.KNOW_CATEGORIES)
    before = everything(office)

    with pytest.raises(errors.DecisionFaulty, match="asks for that already"):
        desk.reevaluate(office, case.ref, STAFF1)
    assert everything(office) == before


def test_only_the_owner_decides_it(office: Office) -> None:
    case = asked(office, Kind.KNOW_SPECIFIC)

    with pytest.raises(errors.NotYours):
        desk.reevaluate(office, case.ref, STAFF2)
