"""Codes that are late, wrong or guessed: reminded before they end, answered when they fail, counted one by one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlmodel import col, select

from store import desk
from store.desk.challenges import GOOD_FOR, MOST_ATTEMPTS, REMINDED_BEFORE
from store.ledger import Event
from store.models import Challenge, Letter
from store.office import Office
from store.rules.outcomes import Outcome
from store.values import CaseFile
from tests.builders import STAFF1, StillClock, arrival, arrive, kept, write_again
from tests.store.desk.test_verification import WRONG, asked, code_of, told

BEFORE = GOOD_FOR - REMINDED_BEFORE


def sent(office: Office, case: CaseFile) -> list[str]:
    """The names of a case's letters, the oldest first."""
    with office.database.reading() as session:
        return list(session.exec(select(Letter.name).where(Letter.case_id == case.id).order_by(col(Letter.id))))


def test_rosa_is_reminded_once_before_her_code_ends(any_office: Office, clock: StillClock) -> None:
    case = asked(any_office)
    clock.advance(BEFORE - timedelta(seconds=1))
    too_early = desk.remind_of_codes(any_office)
    clock.advance(timedelta(seconds=1))
    in_time, again = desk.remind_of_codes(any_office), desk.remind_of_codes(any_office)

    assert (too_early, in_time, again) == (0, 1, 0)
    assert sent(any_office, case) == ["acknowledgement", "verification", "code_reminder"]
    assert told(any_office, case.ref, Event.CODE_REMINDED) == [{"until": "2027-01-26"}]


def test_whoever_has_answered_is_not_reminded(office: Office, clock: StillClock) -> None:
    case = asked(office)
    write_again(office, case.ref, code_of(office, case.ref))
    clock.advance(BEFORE)

    assert desk.remind_of_codes(office) == 0


def test_whoever_has_a_new_code_is_reminded_of_that_one(office: Office, clock: StillClock) -> None:
    case = asked(office)
    clock.advance(timedelta(days=2))
    desk.ask_to_verify(office, case.ref, STAFF1)
    clock.advance(BEFORE)

    assert desk.remind_of_codes(office) == 1
    assert told(office, case.ref, Event.CODE_REMINDED) == [{"until": "2027-01-28"}]


def test_nobody_is_reminded_of_a_code_that_is_needed_no_more(office: Office, clock: StillClock) -> None:
    over, verified, used_up, missed = asked(office), asked(office), asked(office), asked(office)
    desk.resolve(office, over.ref, over.requests[0].id, Outcome.WITHDRAWN, STAFF1)
    desk.verify(office, verified.ref, ["order_number", "phone"], STAFF1)
    for _ in range(MOST_ATTEMPTS):
        write_again(office, used_up.ref, WRONG)
    clock.advance(GOOD_FOR)

    assert desk.remind_of_codes(office) == 4
    assert not [case.ref for case in (over, verified, used_up, missed) if "code_reminder" in sent(office, case)]


def test_a_wrong_code_is_answered_with_what_is_left(office: Office) -> None:
    case = asked(office)
    for _ in range(MOST_ATTEMPTS + 2):
        write_again(office, case.ref, WRONG)

    assert sent(office, case)[2:] == ["code_wrong"] * MOST_ATTEMPTS + ["code_expired"]


def test_a_late_code_is_told_once_and_a_new_one_works(office: Office, clock: StillClock) -> None:
    case = asked(office)
    old = code_of(office, case.ref)
    clock.advance(GOOD_FOR)
    for _ in range(2):
        write_again(office, case.ref, old)
    clock.advance(timedelta(minutes=1))
    desk.ask_to_verify(office, case.ref, STAFF1)
    new = code_of(office, case.ref)

    assert sent(office, case)[2:] == ["code_expired", "verification"]
    assert told(office, case.ref, Event.CODE_WRONG) == [{"left": 0, "late": True}] * 2
    assert write_again(office, case.ref, new).points == ("mailbox",)


def test_a_program_is_not_answered(office: Office, clock: StillClock) -> None:
    case = asked(office)
    write_again(office, case.ref, WRONG, answerable=False)
    clock.advance(GOOD_FOR)
    write_again(office, case.ref, WRONG, answerable=False)

    assert sent(office, case) == ["acknowledgement", "verification"]


def test_a_code_in_a_case_that_never_asked_for_one_is_no_code(office: Office) -> None:
    case = arrive(office)
    write_again(office, case.ref, WRONG)

    assert sent(office, case) == ["acknowledgement"]


def test_a_code_that_comes_twice_is_answered_neither_time(office: Office) -> None:
    case = asked(office)
    code = code_of(office, case.ref)
    for _ in range(2):
        write_again(office, case.ref, code)

    assert sent(office, case) == ["acknowledgement", "verification"]


def test_guesses_that_come_at_the_same_moment_are_counted_one_by_one(any_office: Office) -> None:
    case = asked(any_office)
    right = code_of(any_office, case.ref)
    mails = [arrival(reply=f"Is it {WRONG}?") for _ in range(24)]
    ids = [kept(any_office, mail) for mail in mails]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda mail_id, mail: desk.attach(any_office, mail_id, mail, case.ref), ids, mails))
    with any_office.database.reading() as session:
        attempts = session.exec(select(Challenge.attempts)).one()

    assert attempts == MOST_ATTEMPTS
    left = [facts["left"] for facts in told(any_office, case.ref, Event.CODE_WRONG) if "late" not in facts]
    assert left == [4, 3, 2, 1, 0]
    assert sent(any_office, case).count("code_wrong") == MOST_ATTEMPTS
    assert sent(any_office, case).count("code_expired") == 1
    assert write_again(any_office, case.ref, right).points == ()
