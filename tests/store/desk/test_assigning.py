"""Cases given out by themselves."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from store import desk, queries
from store.errors import WrongStatus
from store.ledger import Event
from store.office import Office
from store.rules.assigning import Assigning, Rule
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.team import Wishes
from tests.builders import MANAGER, OUTSIDER, READER, STAFF1, STAFF2, arrive

PEOPLE = (STAFF1, STAFF2, READER, OUTSIDER)
IN_TURN, LEAST = Assigning(Rule.ROUND_ROBIN), Assigning(Rule.LEAST_LOADED)


def owners(office: Office, number: int, assigning: Assigning) -> list[str | None]:
    given = [desk.give_out(office, arrive(office).ref, PEOPLE, assigning) for _ in range(number)]
    return [case.owner if case else None for case in given]


def test_staff_are_given_cases_in_turn_and_nobody_else_is(any_office: Office) -> None:
    assert owners(any_office, 3, IN_TURN) == [STAFF1.id, STAFF2.id, STAFF1.id]


def test_whoever_has_the_fewest_is_given_the_next(any_office: Office) -> None:
    for _ in range(2):
        desk.claim(any_office, arrive(any_office).ref, STAFF1)

    assert owners(any_office, 3, LEAST) == [STAFF2.id, STAFF2.id, STAFF1.id]


def test_what_is_given_is_claimed_and_written_down(any_office: Office) -> None:
    ref = arrive(any_office).ref
    waiting = queries.never_owned(any_office)
    case = desk.give_out(any_office, ref, PEOPLE, LEAST)
    line = queries.history(any_office, ref)[-1]

    assert case is not None
    assert case.status is Status.CLAIMED
    assert (line.event, line.by, line.facts) == (
        Event.GIVEN,
        "rightsdesk",
        {"to": STAFF1.id, "rule": "least_loaded"},
    )
    assert waiting == (ref,)
    assert queries.never_owned(any_office) == ()
    with pytest.raises(WrongStatus):
        desk.give_out(any_office, ref, PEOPLE, LEAST)


def test_what_somebody_gave_back_is_left_for_anyone(any_office: Office) -> None:
    ref = arrive(any_office).ref
    desk.claim(any_office, ref, STAFF1)
    desk.release(any_office, ref, STAFF1)

    assert queries.never_owned(any_office) == ()


def test_language_and_kind_decide_where_they_are_named(any_office: Office) -> None:
    desk.choose(any_office, Wishes(language="es"), STAFF2)
    spanish = [arrive(any_office, language="es").ref for _ in range(2)]
    copies = arrive(any_office, [Kind.KNOW_SPECIFIC]).ref
    assigning = Assigning(Rule.ROUND_ROBIN, kinds={Kind.KNOW_SPECIFIC: [STAFF2.id]})
    given = [desk.give_out(any_office, ref, PEOPLE, assigning) for ref in (*spanish, copies)]

    assert [case.owner for case in given if case] == [STAFF2.id] * 3


def test_who_is_away_is_given_nothing_and_whoever_covers_takes_their_turn(any_office: Office) -> None:
    desk.choose(any_office, Wishes(away_until=any_office.today()), STAFF1, MANAGER)
    nobody = owners(any_office, 2, IN_TURN)
    with_cover = desk.give_out(any_office, arrive(any_office).ref, (STAFF1, MANAGER), Assigning(Rule.ROUND_ROBIN))

    assert nobody == [STAFF2.id, STAFF2.id]
    assert with_cover is not None
    assert with_cover.owner == MANAGER.id


def test_where_nobody_is_there_it_stays_unclaimed(any_office: Office) -> None:
    desk.choose(any_office, Wishes(away_until=any_office.today() + timedelta(days=3)), STAFF1)
    ref = arrive(any_office).ref
    given = desk.give_out(any_office, ref, (STAFF1, OUTSIDER), IN_TURN)

    assert given is None
    assert queries.case(any_office, ref).owner is None
    assert queries.never_owned(any_office) == (ref,)


def test_two_processes_give_a_case_once(any_office: Office) -> None:
    ref, start, refused = arrive(any_office).ref, threading.Barrier(2), []

    def give() -> None:
        start.wait()
        try:
            desk.give_out(any_office, ref, PEOPLE, IN_TURN)
        except WrongStatus as refusal:
            refused.append(refusal)

    giving = [threading.Thread(target=give) for _ in range(2)]
    for each in giving:
        each.start()
    for each in giving:
        each.join()

    assert len(refused) == 1
    assert [line.event for line in queries.history(any_office, ref)].count(Event.GIVEN) == 1
