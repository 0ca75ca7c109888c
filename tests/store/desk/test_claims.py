"""Whose case it is, also when six people want it in the same moment."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import timedelta

import pytest

from store import desk, errors, queries
from store.ledger import Event
from store.office import Office
from store.rules.lifecycle import Role, Status
from store.settings import Business
from store.values import Actor, CaseFile
from tests.builders import MANAGER, OUTSIDER, READER, STAFF1, STAFF2, StillClock, arrive, office_at

ROUNDS = 40
SIX = tuple(Actor(f"U0PERSON{number}", Role.STAFF) for number in range(6))


def all_claim(offices: Sequence[Office], ref: str) -> list[CaseFile | errors.AlreadyClaimed]:
    """Six people press Claim at the same moment; what each of them gets."""
    start = threading.Barrier(len(SIX))
    got: list[CaseFile | errors.AlreadyClaimed] = []

    def press(office: Office, person: Actor) -> None:
        start.wait()
        try:
            got.append(desk.claim(office, ref, person))
        except errors.AlreadyClaimed as refused:
            got.append(refused)

    people = [
        threading.Thread(target=press, args=(offices[number % len(offices)], person))
        for number, person in enumerate(SIX)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return got


def one_wins_each_round(offices: Sequence[Office], rounds: int) -> None:
    for _ in range(rounds):
        ref = arrive(offices[0]).ref
        got = all_claim(offices, ref)
        (won,) = [each for each in got if isinstance(each, CaseFile)]
        told = [each for each in got if isinstance(each, errors.AlreadyClaimed)]

        assert won.owner in {person.id for person in SIX}
        assert len(told) == 5
        assert all(won.owner in str(refused) and ref in str(refused) for refused in told)
        assert queries.case(offices[0], ref).owner == won.owner
        assert [line.by for line in queries.history(offices[0], ref) if line.event is Event.CLAIMED] == [won.owner]
    assert queries.audit(offices[0]) == ()


def test_of_six_people_one_gets_the_case_and_five_are_told_who(any_office: Office) -> None:
    one_wins_each_round([any_office], ROUNDS)


def test_of_six_people_in_three_processes_one_gets_the_case(
    any_url: str, clock: StillClock, business: Business
) -> None:
    offices = [office_at(any_url, clock, business) for _ in range(3)]
    one_wins_each_round(offices, 10 if offices[0].database.is_sqlite else ROUNDS)
    for office in offices:
        office.close()


def test_a_claimed_case_says_whose_it_is_and_since_when(office: Office, clock: StillClock) -> None:
    ref = arrive(office).ref
    case = desk.claim(office, ref, STAFF1)
    clock.advance(timedelta(hours=1))

    assert (case.owner, case.owned_since, case.status) == (STAFF1.id, clock() - timedelta(hours=1), Status.CLAIMED)
    with pytest.raises(errors.AlreadyClaimed, match=r"PR-1001 has been with U0STAFF1 since 12 Jan 2027, 18:00 UTC\."):
        desk.claim(office, ref, STAFF2)


def test_a_refusal_can_name_people_in_the_readers_own_way(office: Office) -> None:
    ref = arrive(office).ref
    desk.claim(office, ref, STAFF1)
    with pytest.raises(errors.AlreadyClaimed) as refused:
        desk.claim(office, ref, STAFF2)

    said = refused.value.sentence(owner=lambda person: f"<@{person}>", since=lambda moment: f"{moment:%H} o'clock")
    assert said == "PR-1001 has been with <@U0STAFF1> since 18 o'clock."


def test_a_released_case_is_anybodys(any_office: Office) -> None:
    ref = arrive(any_office).ref
    desk.claim(any_office, ref, STAFF1)
    released = desk.release(any_office, ref, STAFF1)

    assert (released.owner, released.owned_since, released.status) == (None, None, Status.NEW)
    assert desk.claim(any_office, ref, STAFF2).owner == STAFF2.id


def test_a_manager_hands_a_case_over(any_office: Office) -> None:
    ref = arrive(any_office).ref
    desk.assign(any_office, ref, STAFF1, MANAGER)
    case = desk.assign(any_office, ref, STAFF2, STAFF1)

    assert (case.owner, case.status) == (STAFF2.id, Status.CLAIMED)
    assert queries.history(any_office, ref)[-1].facts == {"to": STAFF2.id}


@pytest.mark.parametrize("somebody", [OUTSIDER, READER])
def test_a_case_is_given_to_staff_only(office: Office, somebody: Actor) -> None:
    ref = arrive(office).ref

    with pytest.raises(errors.NotStaff, match=f"{somebody.id} does not have the staff role here, so {ref}"):
        desk.assign(office, ref, somebody, MANAGER)
    assert queries.case(office, ref).owner is None


def test_a_case_that_is_not_there_cannot_be_claimed(any_office: Office) -> None:
    for ref in ("PR-1001", "1001", "PR-999999999999"):
        with pytest.raises(errors.NoSuchCase, match=r"There is no case PR-\d+\. `list` shows the open ones\."):
            desk.claim(any_office, ref, STAFF1)
    with pytest.raises(errors.NoSuchCase, match="There is no case the third one"):
        desk.claim(any_office, "the third one", STAFF1)
