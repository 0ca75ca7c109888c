"""No loop with another program: who was acknowledged a while ago waits, and nobody else does."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from store import desk, queries
from store.ledger import Event
from store.office import Office
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.settings import Business, load
from store.values import CaseFile
from tests.builders import STAFF1, StillClock, arrive, letters

POSTMAN = "postman-1"


@pytest.fixture
def business() -> Business:
    return load(Business, {"business": {"answers_per_day": 3}})


def clock_of(office: Office) -> StillClock:
    assert isinstance(office.clock, StillClock)
    return office.clock


def sent_now(office: Office) -> int:
    """Send everything that may go, and count it."""
    count = 0
    while jobs := desk.lease_letters(office, POSTMAN):
        count += sum(desk.letter_sent(office, job.id, POSTMAN) for job in jobs)
    return count


def news(office: Office, case: CaseFile) -> list[str]:
    return [line.event for line in queries.history(office, case.ref)]


def test_the_same_request_again_is_acknowledged_when_its_pause_is_over(any_office: Office) -> None:
    arrive(any_office)
    again = arrive(any_office)
    at_once = sent_now(any_office)
    clock_of(any_office).advance(timedelta(hours=4))

    assert (at_once, sent_now(any_office)) == (1, 1)
    assert Event.LETTER_PUT_OFF in news(any_office, again)


@pytest.mark.parametrize("other", ["rosa.alvarez+shop@example.net", "Rosa.Alvarez@EXAMPLE.net"])
def test_another_writing_of_an_address_is_no_other_mailbox(office: Office, other: str) -> None:
    arrive(office)
    arrive(office, sender=other)

    assert sent_now(office) == 1


def test_two_processes_at_once_acknowledge_an_address_once(postgres_office: Office) -> None:
    start = threading.Barrier(4)

    def write() -> None:
        start.wait()
        arrive(postgres_office)

    writing = [threading.Thread(target=write) for _ in range(4)]
    for each in writing:
        each.start()
    for each in writing:
        each.join()

    assert sent_now(postgres_office) == 1


def test_another_right_and_another_person_are_acknowledged_at_once(office: Office) -> None:
    arrive(office)
    arrive(office, (Kind.OPT_OUT,))
    arrive(office, sender="somebody.else@example.net")

    assert sent_now(office) == 3


def test_an_address_gets_so_many_a_day_and_no_more(office: Office) -> None:
    for kind in (Kind.DELETE, Kind.OPT_OUT, Kind.CORRECT, Kind.KNOW_SPECIFIC):
        arrive(office, (kind,))
    at_once = sent_now(office)
    clock_of(office).advance(timedelta(hours=23))
    before = sent_now(office)
    clock_of(office).advance(timedelta(hours=1))

    assert (at_once, before, sent_now(office)) == (3, 0, 1)


def test_an_answer_that_would_come_after_its_last_day_is_withheld_and_said_so(office: Office) -> None:
    cases = [arrive(office) for _ in range(80)]

    assert Event.LETTER_WITHHELD in news(office, cases[-1])
    assert letters(office, cases[-1].ref) == []
    assert sent_now(office) == 1


def test_a_request_without_a_day_is_put_off_for_ten_days_at_most(office: Office) -> None:
    cases = [arrive(office, (Kind.APPEAL,)) for _ in range(40)]
    put_off = [Event.LETTER_PUT_OFF in news(office, case) for case in cases]

    assert put_off[1]
    assert not put_off[-1]


def test_a_mail_that_is_overdue_already_is_acknowledged_all_the_same(office: Office) -> None:
    arrive(office, at=office.clock() - timedelta(days=60))

    assert sent_now(office) == 1


def test_what_waits_for_its_turn_holds_no_other_letter_back(any_office: Office) -> None:
    arrive(any_office)
    again = arrive(any_office)
    sent_now(any_office)
    desk.claim(any_office, again.ref, STAFF1)
    desk.reply(any_office, again.ref, "We have both of your mails.", STAFF1)

    assert sent_now(any_office) == 1


def test_an_acknowledgement_that_is_overtaken_by_the_answer_is_never_sent(any_office: Office) -> None:
    arrive(any_office)
    again = arrive(any_office)
    desk.claim(any_office, again.ref, STAFF1)
    desk.resolve(any_office, again.ref, again.requests[0].id, Outcome.DUPLICATE, STAFF1)
    sent_now(any_office)
    clock_of(any_office).advance(timedelta(days=1))

    assert sent_now(any_office) == 0
    assert queries.case(any_office, again.ref).waiting_letters == 0


def test_one_that_was_tried_already_is_tried_on_after_the_case_is_closed(office: Office) -> None:
    case = arrive(office)
    (job,) = desk.lease_letters(office, POSTMAN)
    desk.letter_delayed(office, job.id, POSTMAN, "421 busy")
    desk.claim(office, case.ref, STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)
    clock_of(office).advance(timedelta(hours=1))

    assert sent_now(office) == 2
