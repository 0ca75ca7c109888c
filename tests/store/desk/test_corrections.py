"""What people's corrections teach: counts of rights and languages, and not a word of anybody's mail (7101(d))."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest
from sqlmodel import select

from store import desk, queries
from store.models import Correction
from store.office import Office
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.rules.requesters import Requester
from store.values import Person, Review, Tally, Wish
from tests.builders import ROSA, STAFF1, STAFF2, arrival, arrive, kept


def read_as(*kinds: Kind) -> tuple[Wish, ...]:
    """What the desk itself read in a mail."""
    return tuple(Wish(kind, (f"words for {kind}",), 0.9) for kind in kinds)


def counted(office: Office) -> list[tuple[str, str, str, int]]:
    """All that was counted."""
    with office.database.reading() as session:
        rows = session.exec(select(Correction)).all()
        return sorted((row.read, row.meant, row.language, row.times) for row in rows)


def held(office: Office, *kinds: Kind, language: str = "en") -> int:
    """A mail in the holding pen in which these rights were read."""
    arrived = arrival(wishes=read_as(*kinds), language=language)
    mail_id = kept(office, arrived)
    desk.hold(office, mail_id, arrived, reason="It only names a case.")
    return mail_id


def test_a_reclassified_request_is_counted_once(any_office: Office) -> None:
    for _ in range(2):
        case = desk.claim(any_office, arrive(any_office, wishes=read_as(Kind.DELETE)).ref, STAFF1)
        desk.reclassify(any_office, case.ref, case.requests[0].id, Kind.CORRECT, STAFF1)
        desk.reclassify(any_office, case.ref, case.requests[0].id, Kind.LIMIT, STAFF1)

    assert counted(any_office) == [("delete", "correct", "en", 2)]


def test_what_a_person_said_is_no_reading_of_ours(office: Office) -> None:
    case = desk.claim(office, arrive(office, [Kind.DELETE]).ref, STAFF1)
    desk.reclassify(office, case.ref, case.requests[0].id, Kind.CORRECT, STAFF1)

    assert counted(office) == []


def test_no_request_after_all_is_a_false_alarm_and_another_outcome_is_none(any_office: Office) -> None:
    case = desk.claim(any_office, arrive(any_office, wishes=read_as(Kind.DELETE, Kind.OPT_OUT)).ref, STAFF1)
    first, second = case.requests
    desk.resolve(any_office, case.ref, first.id, Outcome.NOT_A_REQUEST, STAFF1)
    desk.resolve(any_office, case.ref, second.id, Outcome.WITHDRAWN, STAFF1)

    assert counted(any_office) == [("delete", "", "en", 1)]


@pytest.mark.parametrize(
    ("read", "meant", "counts"),
    [
        ((Kind.DELETE,), (Kind.DELETE,), [("delete", "delete", "es", 1)]),
        ((), (Kind.DELETE,), [("", "delete", "es", 1)]),
        ((Kind.DELETE,), (Kind.CORRECT,), [("", "correct", "es", 1), ("delete", "", "es", 1)]),
    ],
    ids=["read rightly", "missed", "another one"],
)
def test_a_held_mail_tells_what_was_missed_and_what_was_too_much(
    any_office: Office, read: Sequence[Kind], meant: Sequence[Kind], counts: list[tuple[str, str, str, int]]
) -> None:
    desk.place_as_new(any_office, held(any_office, *read, language="es"), meant, STAFF1)

    assert counted(any_office) == counts


def test_a_mail_set_aside_was_a_false_alarm(any_office: Office) -> None:
    desk.set_aside(any_office, held(any_office, Kind.OPT_OUT), STAFF1)
    desk.set_aside(any_office, held(any_office), STAFF1)

    assert counted(any_office) == [("opt_out", "", "en", 1)]


def test_a_mail_that_could_not_be_read_teaches_nothing(office: Office) -> None:
    mail_id = desk.keep(office, b"?", "hash", road="smtp", envelope="{}", received_at=office.clock()).mail_id
    desk.quarantine(office, mail_id, reason="Reading it failed.")
    desk.set_aside(office, mail_id, STAFF1)

    assert counted(office) == []


def test_what_is_refused_or_rehearsed_is_not_counted(office: Office) -> None:
    case = desk.claim(office, arrive(office, wishes=read_as(Kind.DELETE)).ref, STAFF1)
    desk.reclassify.rehearse(office, case.ref, case.requests[0].id, Kind.CORRECT, STAFF1)

    assert counted(office) == []
    assert queries.case(office, case.ref).requests[0].score == 0.9


def test_corrections_at_the_same_moment_are_all_counted(any_office: Office) -> None:
    mails = [held(any_office, Kind.DELETE, Kind.OPT_OUT, Kind.LIMIT) for _ in range(12)]
    start = threading.Barrier(4)

    def work(mine: Sequence[int]) -> None:
        start.wait()
        for mail_id in mine:
            desk.set_aside(any_office, mail_id, STAFF2)

    people = [threading.Thread(target=work, args=(mails[number::4],)) for number in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert [times for *_, times in counted(any_office)] == [12, 12, 12]


def test_the_review_says_where_the_reading_errs(any_office: Office) -> None:
    arrive(any_office, wishes=read_as(Kind.DELETE))
    spanish = arrive(any_office, wishes=read_as(Kind.DELETE, Kind.OPT_OUT), language="es")
    desk.claim(any_office, spanish.ref, STAFF1)
    desk.reclassify(any_office, spanish.ref, spanish.requests[0].id, Kind.CORRECT, STAFF1)
    desk.place_as_new(any_office, held(any_office, Kind.LIMIT), [Kind.DELETE], STAFF1)

    assert queries.corrections(any_office) == Review(
        kinds=(
            Tally("delete", 2, 1, ((Kind.CORRECT, 1),), 0, 1),
            Tally("correct", 0, 0, (), 0, 0),
            Tally("opt_out", 1, 1, (), 0, 0),
            Tally("limit", 1, 0, (), 1, 0),
        ),
        languages=(
            Tally("en", 2, 1, (), 1, 1),
            Tally("es", 2, 1, ((Kind.CORRECT, 1),), 0, 0),
        ),
    )


def test_a_held_right_that_a_person_confirms_was_read_rightly(any_office: Office) -> None:
    desk.place_as_new(any_office, held(any_office, Kind.DELETE), [Kind.DELETE], STAFF1)

    assert queries.corrections(any_office).kinds == (Tally("delete", 1, 1, (), 0, 0),)


@pytest.mark.parametrize("kinds", [(), (Kind.DELETE,)], ids=["as it was read", "as a person says"])
def test_a_letter_for_several_people_counts_once(any_office: Office, kinds: Sequence[Kind]) -> None:
    people = (Person("Jane Roe", ""), Person("John Doe", ""), Person("Jim Poe", ""))
    arrived = arrival(wishes=read_as(Kind.DELETE), people=people, requester=Requester.AGENT)
    mail_id = kept(any_office, arrived)
    desk.hold(any_office, mail_id, arrived, reason="An agent asks for 3 people.")
    desk.open_each(any_office, mail_id, STAFF1, kinds)

    assert queries.corrections(any_office).kinds == (Tally("delete", 1, 1, (), 0, 0),)


def test_a_letter_for_several_people_that_was_misread_is_corrected_once(any_office: Office) -> None:
    arrived = arrival(
        wishes=read_as(Kind.DELETE), people=(Person("Jane Roe", ""), Person("Jim Poe", "")), requester=Requester.AGENT
    )
    mail_id = kept(any_office, arrived)
    desk.hold(any_office, mail_id, arrived, reason="An agent asks for 2 people.")
    for case in desk.open_each(any_office, mail_id, STAFF1):
        desk.claim(any_office, case.ref, STAFF1)
        desk.reclassify(any_office, case.ref, case.requests[0].id, Kind.CORRECT, STAFF1)

    assert counted(any_office) == [("delete", "correct", "en", 1)]


def test_the_review_of_an_empty_desk_is_empty(office: Office) -> None:
    assert queries.corrections(office) == Review((), ())


def test_no_word_of_a_mail_is_in_the_counts(office: Office) -> None:
    desk.set_aside(office, held(office, Kind.DELETE), STAFF1)
    written = str(counted(office))

    assert ROSA not in written
    assert "words for" not in written
