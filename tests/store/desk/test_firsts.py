"""A duplicate names the request that it repeats, which keeps its date and its right."""

from __future__ import annotations

import pytest

from store import desk, errors, queries
from store.ledger import Event
from store.office import Office
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.rules.requesters import Requester
from store.values import CaseFile
from tests.builders import STAFF1, arrive, letters


def repeats(office: Office, case: CaseFile, first: str = "", note: str = "") -> CaseFile:
    desk.claim(office, case.ref, STAFF1)
    line = case.requests[0].id
    return desk.resolve(office, case.ref, line, Outcome.DUPLICATE, STAFF1, first=first, note=note)


def newest(office: Office, case: CaseFile) -> str:
    body = letters(office, case.ref)[-1].get_body(("plain",))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")


def withdrawn(office: Office, case: CaseFile) -> CaseFile:
    desk.claim(office, case.ref, STAFF1)
    return desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)


def test_the_oldest_that_asked_for_the_same_is_the_first_and_stays_as_it_is(any_office: Office) -> None:
    arrive(any_office, [Kind.OPT_OUT])
    first = arrive(any_office)
    arrive(any_office)
    after = repeats(any_office, arrive(any_office), note="We are at it.")
    (told,) = [line for line in queries.history(any_office, after.ref) if line.event is Event.RESOLVED]

    assert after.requests[0].first == first.ref == told.facts["first"]
    assert queries.case(any_office, first.ref).requests == first.requests
    assert f"has the reference {first.ref}" in newest(any_office, after)
    assert "by February 26, 2027" in newest(any_office, after)
    assert "We are at it." in newest(any_office, after)


def test_a_person_names_another_first(office: Office) -> None:
    arrive(office)
    second = arrive(office)

    assert repeats(office, arrive(office), first="pr 1002").requests[0].first == second.ref


def test_of_a_first_that_was_answered_it_is_said_so(office: Office) -> None:
    first = desk.claim(office, arrive(office, [Kind.OPT_OUT]).ref, STAFF1)
    desk.resolve(office, first.ref, first.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)
    after = repeats(office, arrive(office, [Kind.OPT_OUT]))

    assert "and have answered it" in newest(office, after)


@pytest.mark.parametrize("first", ["", "PR-1001", "PR-1002", "PR-1003", "PR-1004"])
def test_no_other_right_no_refused_one_no_other_persons_and_no_later_one_is_a_first(office: Office, first: str) -> None:
    arrive(office, [Kind.OPT_OUT])
    withdrawn(office, arrive(office))
    arrive(office, sender="omar@example.org")
    case = arrive(office)
    arrive(office)

    with pytest.raises(errors.NoFirst, match=r"no such earlier case of this address asked for the same \(delete\)"):
        repeats(office, case, first)


def test_what_is_no_reference_is_said_to_be_none(office: Office) -> None:
    arrive(office)

    with pytest.raises(errors.NoSuchCase):
        repeats(office, arrive(office), "the first one")


@pytest.mark.parametrize("said", [{"requester": Requester.AGENT}, {"sender": ""}])
def test_of_an_agents_clients_and_of_nobodys_a_person_says_which(office: Office, said: dict[str, object]) -> None:
    first = arrive(office, **said)  # type: ignore[arg-type] # one field of an arrival
    case = arrive(office, **said)  # type: ignore[arg-type] # one field of an arrival

    with pytest.raises(errors.NoFirst):
        repeats(office, case)
    after = desk.resolve(office, case.ref, case.requests[0].id, Outcome.DUPLICATE, STAFF1, first=first.ref)
    assert after.requests[0].first == first.ref


def test_a_link_names_the_first_too_and_reopening_forgets_it(any_office: Office) -> None:
    first, second = arrive(any_office), arrive(any_office)
    linked = desk.link(any_office, second.ref, STAFF1)
    reopened = desk.reopen(any_office, second.ref, second.requests[0].id, "It is another one.", STAFF1)

    assert (linked.requests[0].first, reopened.requests[0].first) == (first.ref, "")
