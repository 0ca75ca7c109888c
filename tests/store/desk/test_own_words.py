"""The consumer's own verbs: "status" is answered, "cancel" is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from store import desk, queries
from store.ledger import Event
from store.office import Office
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.outcomes import Outcome
from store.rules.requesters import OwnWord
from store.settings import Business, load
from store.values import Arrival, CaseFile
from tests.builders import STAFF1, StillClock, arrival, arrive, letters, write_again

POINTS = ("order_number", "phone", "birth_year")


def status(office: Office, case: CaseFile, **said: object) -> CaseFile:
    return write_again(office, case.ref, "status", own_word=OwnWord.STATUS, **said)


def cancel(office: Office, case: CaseFile, **said: object) -> CaseFile:
    return write_again(office, case.ref, "cancel", own_word=OwnWord.CANCEL, **said)


def news(office: Office, case: CaseFile) -> list[Event]:
    return [line.event for line in queries.history(office, case.ref)]


def newest(office: Office, case: CaseFile) -> str:
    body = letters(office, case.ref)[-1].get_body(("plain",))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")


def wait(office: Office, **time: int) -> None:
    assert isinstance(office.clock, StillClock)
    office.clock.advance(timedelta(**time))


class TestStatus:
    def test_each_request_is_told_with_its_date_or_its_ending(self, any_office: Office) -> None:
        case = desk.claim(any_office, arrive(any_office, [Kind.DELETE, Kind.OPT_OUT]).ref, STAFF1)
        desk.resolve(any_office, case.ref, case.requests[1].id, Outcome.COMPLIED_IN_FULL, STAFF1)
        desk.ask_to_verify(any_office, case.ref, STAFF1)
        after = status(any_office, case)
        letter = newest(any_office, case)

        assert "by February 26, 2027" in letter
        assert "the code that we sent you" in letter
        assert "we did it" in letter
        assert after.status is Status.VERIFYING
        assert Event.STATUS_TOLD in news(any_office, case)

    def test_it_is_told_of_a_closed_case_too_which_stays_closed(self, any_office: Office) -> None:
        reopening = replace(any_office, business=load(Business, {"business": {"reply_to_closed": "reopen"}}))
        case = desk.claim(reopening, arrive(reopening).ref, STAFF1)
        desk.resolve(reopening, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)
        after = status(reopening, case)

        assert after.status is Status.CLOSED
        assert "you took it back" in newest(reopening, case)

    def test_it_is_answered_once_in_a_while_only(self, any_office: Office) -> None:
        case = arrive(any_office)
        for _ in range(3):
            status(any_office, case)
        withheld = news(any_office, case).count(Event.LETTER_WITHHELD)
        wait(any_office, hours=4)
        status(any_office, case)

        assert (withheld, news(any_office, case).count(Event.STATUS_TOLD)) == (2, 2)

    def test_it_counts_among_the_answers_that_an_address_has_in_a_day(self, office: Office) -> None:
        sparing = replace(office, business=load(Business, {"business": {"answers_per_day": 1}}))
        case = arrive(sparing)
        status(sparing, case)

        assert [letter["Subject"] for letter in letters(sparing, case.ref)] == ["Re: My personal data [PR-1001]"]

    @pytest.mark.parametrize("said", [{"answerable": False}, {"sender": "omar@example.org"}])
    def test_a_program_and_another_address_are_told_nothing(self, office: Office, said: dict[str, object]) -> None:
        case = arrive(office)
        status(office, case, **said)

        assert len(letters(office, case.ref)) == 1

    def test_who_has_no_address_is_told_nothing(self, office: Office) -> None:
        case = arrive(office, sender="nobody")
        status(office, case, sender="nobody")

        assert letters(office, case.ref) == []


class TestCancelling:
    def test_all_that_is_open_is_withdrawn_and_rosa_is_told(self, any_office: Office) -> None:
        case = desk.claim(any_office, arrive(any_office, [Kind.DELETE, Kind.OPT_OUT]).ref, STAFF1)
        desk.resolve(any_office, case.ref, case.requests[1].id, Outcome.COMPLIED_IN_FULL, STAFF1)
        after = cancel(any_office, case)

        assert after.status is Status.CLOSED
        assert [line.outcome for line in after.requests] == [Outcome.WITHDRAWN, Outcome.COMPLIED_IN_FULL]
        assert "Delete your personal information" in newest(any_office, case)
        assert news(any_office, case)[-2:] == [Event.LETTER_WRITTEN, Event.CLOSED]
        assert Event.CANCELLED in news(any_office, case)

    def test_what_nobody_had_is_nobodys_when_a_reply_reopens_it(self, any_office: Office) -> None:
        reopening = replace(any_office, business=load(Business, {"business": {"reply_to_closed": "reopen"}}))
        case = arrive(reopening)
        cancel(reopening, case)
        after = write_again(reopening, case.ref, "I changed my mind.")

        assert (after.status, after.owner, after.requests[0].outcome) == (Status.NEW, None, None)

    def test_another_address_cancels_nothing_even_where_a_person_placed_its_mail(self, office: Office) -> None:
        case = arrive(office)

        assert cancel(office, case, sender="omar@example.org").status is Status.NEW

    def test_a_second_cancel_is_answered_with_how_far_it_is(self, office: Office) -> None:
        case = arrive(office)
        cancel(office, case)
        cancel(office, case)

        assert "you took it back" in newest(office, case)

    def test_who_cannot_be_answered_is_obeyed_all_the_same(self, office: Office) -> None:
        case = arrive(office)
        after = cancel(office, case, answerable=False)

        assert (after.status, len(letters(office, case.ref))) == (Status.CLOSED, 1)

    def test_the_word_of_it_waits_where_one_was_told_just_now(self, office: Office) -> None:
        for _ in range(2):
            cancel(office, arrive(office))

        assert news(office, queries.case(office, "PR-1002")).count(Event.LETTER_PUT_OFF) == 2


def test_a_mail_keeps_its_word_where_it_is_sealed() -> None:
    read = arrival(own_word=OwnWord.CANCEL)

    assert Arrival.from_json(read.to_json()).own_word is OwnWord.CANCEL
    assert Arrival.from_json(arrival().to_json()).own_word is None
