"""Letters that come back: the case says so, its owner is told, the managers a day later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import desk, errors, queries
from store.ledger import Event
from store.office import Office
from store.rules.outcomes import Outcome
from store.rules.states import PostKind
from store.values import CaseFile
from tests.builders import STAFF1, StillClock, arrival, arrive, kept, letters, write_again

POSTMAN, COURIER = "postman-1", "courier-1"
DAEMON = "mailer-daemon@mail.example.net"
ON_ITS_WAY = timedelta(minutes=1)


def clock_of(office: Office) -> StillClock:
    assert isinstance(office.clock, StillClock)
    return office.clock


def sent(office: Office) -> CaseFile:
    """A case whose acknowledgement went out a minute ago."""
    case = arrive(office)
    (job,) = desk.lease_letters(office, POSTMAN)
    desk.letter_sent(office, job.id, POSTMAN)
    clock_of(office).advance(ON_ITS_WAY)
    return case


def bounced(office: Office, ref: str, message_id: str = "", *, hard: bool = True) -> int:
    """A mail system says that a letter of the case did not arrive."""
    told = arrival(sender=DAEMON)
    mail_id = kept(office, told)
    desk.bounce(office, mail_id, told, ref, message_id=message_id, status="5.1.1" if hard else "4.2.2", hard=hard)
    return mail_id


def kinds(office: Office) -> list[str]:
    """What is to be drawn, each taken once."""
    return [job.kind for job in desk.lease_posts(office, COURIER, limit=100)]


def test_a_letter_that_came_back_is_on_the_card_and_told_to_the_owner(any_office: Office) -> None:
    case = sent(any_office)
    desk.claim(any_office, case.ref, STAFF1)
    mail_id = bounced(any_office, case.ref, str(letters(any_office, case.ref)[0]["Message-ID"]))
    told = queries.history(any_office, case.ref)[-1]

    assert (told.event, told.facts["status"], told.facts["hard"]) == (Event.LETTER_BOUNCED, "5.1.1", True)
    assert queries.case(any_office, case.ref).came_back
    assert PostKind.UNREACHED in kinds(any_office)
    assert queries.unreached(any_office, told.facts["id"]).owner == STAFF1.id
    assert queries.held_mail(any_office, mail_id).state == "filed"


def test_the_last_letter_is_meant_where_none_is_named(office: Office) -> None:
    case = sent(office)
    bounced(office, case.ref, "<somebody-elses@mail.example.net>")

    assert queries.case(office, case.ref).came_back


def test_a_case_that_sent_nothing_has_nothing_to_come_back(office: Office) -> None:
    case = arrive(office)
    bounced(office, case.ref)

    assert Event.LETTER_BOUNCED not in [line.event for line in queries.history(office, case.ref)]
    assert not queries.case(office, case.ref).came_back


def test_a_delay_is_noted_and_alarms_nobody(office: Office) -> None:
    case = sent(office)
    bounced(office, case.ref, hard=False)

    assert not queries.case(office, case.ref).came_back
    assert PostKind.UNREACHED not in kinds(office)


def test_the_managers_are_told_a_day_later_once(any_office: Office) -> None:
    case = sent(any_office)
    bounced(any_office, case.ref)
    bounced(any_office, case.ref)
    before = desk.escalate_unreached(any_office)
    clock_of(any_office).advance(timedelta(days=1))
    looked_at = [desk.escalate_unreached(any_office), desk.escalate_unreached(any_office)]

    assert (before, looked_at) == (0, [1, 0])
    assert kinds(any_office).count(PostKind.STILL_UNREACHED) == 1


def test_a_consumer_who_writes_again_was_reached_after_all(office: Office) -> None:
    case = sent(office)
    bounced(office, case.ref)
    clock_of(office).advance(timedelta(hours=1))
    write_again(office, case.ref, "Use this address.")
    clock_of(office).advance(timedelta(days=1))
    desk.escalate_unreached(office)

    assert not queries.case(office, case.ref).came_back
    assert PostKind.STILL_UNREACHED not in kinds(office)


def test_the_very_answer_that_closed_a_case_may_come_back(office: Office) -> None:
    case = arrive(office)
    desk.claim(office, case.ref, STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)
    clock_of(office).advance(ON_ITS_WAY)
    bounced(office, case.ref, str(letters(office, case.ref)[-1]["Message-ID"]))
    clock_of(office).advance(timedelta(days=1))
    desk.escalate_unreached(office)

    assert queries.case(office, case.ref).came_back
    assert PostKind.STILL_UNREACHED in kinds(office)


def test_who_closes_a_case_whose_letter_came_back_knows_of_it(office: Office) -> None:
    case = sent(office)
    bounced(office, case.ref)
    clock_of(office).advance(ON_ITS_WAY)
    desk.claim(office, case.ref, STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)

    assert not queries.case(office, case.ref).came_back


def test_a_letter_that_was_given_up_is_told_in_the_same_way(office: Office) -> None:
    case = arrive(office)
    (job,) = desk.lease_letters(office, POSTMAN)
    clock_of(office).advance(ON_ITS_WAY)
    desk.letter_delayed(office, job.id, POSTMAN, "550 no such user", final=True)
    note = queries.unreached(office, job.id)

    assert (note.ref, note.letter, note.settled) == (case.ref, "acknowledgement", False)
    assert PostKind.UNREACHED in kinds(office)


def test_a_bounce_that_somebody_dealt_with_is_left_alone(office: Office) -> None:
    case = sent(office)
    mail_id = bounced(office, case.ref)

    with pytest.raises(errors.MailSettled):
        desk.bounce(office, mail_id, arrival(sender=DAEMON), case.ref, hard=True)


def test_the_next_letter_answers_the_consumer_and_never_the_mail_system(office: Office) -> None:
    case = sent(office)
    bounced(office, case.ref)
    desk.claim(office, case.ref, STAFF1)
    desk.reply(office, case.ref, "Hello?", STAFF1)
    first, last = letters(office, case.ref)

    assert last["In-Reply-To"] == first["In-Reply-To"]
