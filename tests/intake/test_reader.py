"""What becomes of a kept mail: a case, an addition to one, the holding pen, or the file."""

from __future__ import annotations

import pytest
from sqlmodel import select

from store import desk, queries
from store.ledger import Event
from store.models import Entry, MailState
from store.office import Office
from store.rules.kinds import Kind
from tests.builders import STAFF1, code_in, letters
from tests.intake.taking import cases, guess, take
from tests.mailing import ERASE, ROSA, STRANGER, bounce_of, mail


class TestRequests:
    def test_a_request_becomes_a_case_with_its_acknowledgement(self, any_office: Office) -> None:
        taken = take(any_office, mail(f"{ERASE} And stop selling my data."))
        case = queries.case(any_office, "PR-1001")

        assert taken.state == MailState.OPENED
        assert {line.kind for line in case.requests} == {Kind.DELETE, Kind.OPT_OUT}
        assert case.received_at == any_office.clock()
        assert case.masked_address == "r•••@e•••.net"
        assert [letter["To"] for letter in letters(any_office, "PR-1001")] == [ROSA]

    def test_two_requests_of_one_person_without_a_trail_are_two_cases(self, office: Office) -> None:
        take(office, mail())
        take(office, mail())

        assert cases(office) == 2

    def test_a_question_in_which_no_right_is_recognised_waits_for_a_person(self, office: Office) -> None:
        taken = take(office, mail("What are your opening hours on Sundays?"))

        assert (taken.state, taken.reason) == (MailState.HELD, "No right was recognised in it.")

    def test_a_mail_without_a_sender_takes_the_envelopes(self, office: Office) -> None:
        raw = mail().replace(f"From: Somebody <{ROSA}>\r\n".encode(), b"")
        taken = take(office, raw)

        assert taken.state in {MailState.OPENED, MailState.HELD}
        assert taken.masked_sender == "r•••@e•••.net"

    def test_a_mail_that_names_nobody_at_all_waits_for_a_person(self, office: Office) -> None:
        raw = mail().replace(f"From: Somebody <{ROSA}>\r\n".encode(), b"")
        taken = take(office, raw, sender="")

        assert (taken.state, taken.reason) == (MailState.HELD, "It names no sender whom we could answer.")

    def test_a_polled_mail_of_a_person_is_answered(self, office: Office) -> None:
        take(office, b"Return-Path: <rosa.alvarez@example.net>\r\n" + mail(), sender=None)

        assert len(letters(office, "PR-1001")) == 1

    def test_a_forwarded_request_waits_for_a_person(self, office: Office) -> None:
        taken = take(
            office, mail(f"---------- Forwarded message ---------\nFrom: x@example.org\n\n{ERASE}", subject="Fwd: x")
        )

        assert taken.state == MailState.HELD


class TestReplies:
    def test_an_answer_to_our_letter_joins_its_case(self, any_office: Office) -> None:
        take(any_office, mail())
        (letter,) = letters(any_office, "PR-1001")
        taken = take(any_office, mail("Thank you.", In_Reply_To=letter["Message-ID"]))

        assert taken.state == MailState.ATTACHED
        assert cases(any_office) == 1

    def test_an_answer_to_our_reply_address_joins_its_case(self, office: Office) -> None:
        take(office, mail())
        (letter,) = letters(office, "PR-1001")

        assert take(office, mail("Thanks.", to=letter["Reply-To"]), to=letter["Reply-To"]).state == MailState.ATTACHED
        assert take(office, mail("And again."), to=letter["Reply-To"]).state == MailState.ATTACHED

    def test_the_token_quoted_from_our_letter_joins_its_case(self, office: Office) -> None:
        take(office, mail())
        (letter,) = letters(office, "PR-1001")
        quoted = "\n".join(f"> {line}" for line in letter.get_content().splitlines())

        assert take(office, mail(f"See below.\n\n{quoted}")).state == MailState.ATTACHED

    def test_the_code_that_comes_back_is_one_point_matched(self, any_office: Office) -> None:
        take(any_office, mail())
        desk.claim(any_office, "PR-1001", STAFF1)
        desk.ask_to_verify(any_office, "PR-1001", STAFF1)
        asked = letters(any_office, "PR-1001")[-1]
        take(any_office, mail(f"Here it is: {code_in(asked)}", In_Reply_To=asked["Message-ID"]))

        assert queries.case(any_office, "PR-1001").points == ("mailbox",)

    def test_the_code_from_a_strangers_address_matches_nothing(self, office: Office) -> None:
        take(office, mail())
        desk.claim(office, "PR-1001", STAFF1)
        desk.ask_to_verify(office, "PR-1001", STAFF1)
        asked = letters(office, "PR-1001")[-1]
        taken = take(office, mail(code_in(asked), sender=STRANGER, In_Reply_To=asked["Message-ID"]), sender=STRANGER)

        assert taken.state == MailState.HELD
        assert queries.case(office, "PR-1001").points == ()

    def test_a_stranger_with_a_token_waits_for_a_person_with_the_best_guess(self, any_office: Office) -> None:
        take(any_office, mail())
        (letter,) = letters(any_office, "PR-1001")
        taken = take(any_office, mail(sender=STRANGER, to=letter["Reply-To"]), to=letter["Reply-To"], sender=STRANGER)

        assert taken.state == MailState.HELD
        assert guess(any_office, taken) == "PR-1001"
        assert cases(any_office) == 1

    @pytest.mark.parametrize("sender", [ROSA, STRANGER])
    def test_a_reference_alone_opens_nothing(self, office: Office, sender: str) -> None:
        take(office, mail())
        taken = take(office, mail("Any news?", subject="About PR-1001", sender=sender), sender=sender)

        assert taken.state == MailState.HELD
        assert guess(office, taken) == "PR-1001"

    @pytest.mark.parametrize("reference", ["PR-1099", "PR-999999999999", "PR-0000", "PR-99999999"])
    def test_a_reference_that_does_not_exist_is_no_hindrance(self, any_office: Office, reference: str) -> None:
        taken = take(any_office, mail(subject=f"About {reference}"))

        assert taken.state == MailState.OPENED

    def test_another_right_in_an_answer_is_added_to_the_case(self, office: Office) -> None:
        take(office, mail())
        (letter,) = letters(office, "PR-1001")
        take(office, mail("Please also stop selling my data.", In_Reply_To=letter["Message-ID"]))

        assert {line.kind for line in queries.case(office, "PR-1001").requests} == {Kind.DELETE, Kind.OPT_OUT}


class TestPrograms:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Auto_Submitted": "auto-replied"},
            {"X_Autoreply": "yes"},
            {"List_Id": "<news.example.net>", "List_Unsubscribe": "<mailto:x@example.net>"},
        ],
    )
    def test_an_automatic_answer_or_a_list_is_filed_and_never_answered(
        self, office: Office, headers: dict[str, str]
    ) -> None:
        take(office, mail())
        (letter,) = letters(office, "PR-1001")
        taken = take(office, mail("I am away until Monday.", In_Reply_To=letter["Message-ID"], **headers))

        assert taken.state == MailState.FILED
        assert taken.reason
        assert len(letters(office, "PR-1001")) == 1

    def test_a_request_through_a_web_form_that_says_it_is_a_program_waits_for_a_person(self, office: Office) -> None:
        taken = take(office, mail(Auto_Submitted="auto-generated"))

        assert taken.state == MailState.HELD
        assert queries.held_mail(office, taken.id or 0).wishes == (Kind.DELETE,)

    def test_a_letter_of_ours_that_comes_back_waits_for_a_person_with_its_case(self, any_office: Office) -> None:
        take(any_office, mail())
        (letter,) = letters(any_office, "PR-1001")
        taken = take(any_office, bounce_of(letter), sender="")

        assert taken.state == MailState.HELD
        assert guess(any_office, taken) == "PR-1001"
        assert len(letters(any_office, "PR-1001")) == 1

    def test_a_bounce_of_something_else_is_filed(self, office: Office) -> None:
        take(office, mail())
        (letter,) = letters(office, "PR-1001")
        del letter["Message-ID"]
        letter["Message-ID"] = "<of-somebody-else@example.org>"

        assert take(office, bounce_of(letter), sender="").state == MailState.FILED

    def test_our_own_letter_that_comes_round_is_filed(self, office: Office) -> None:
        take(office, mail())
        (letter,) = letters(office, "PR-1001")

        assert take(office, letter.as_bytes()).state == MailState.FILED


def test_everything_that_became_of_a_mail_is_in_the_ledger_without_an_address(office: Office) -> None:
    take(office, mail())
    take(office, mail("What are your opening hours?"))
    take(office, mail("Away.", Auto_Submitted="auto-replied"))
    with office.database.reading() as session:
        entries = [(entry.event, entry.facts) for entry in session.exec(select(Entry))]

    assert {Event.OPENED, Event.MAIL_HELD, Event.MAIL_FILED} <= {event for event, _ in entries}
    assert not any("@" in facts for _, facts in entries)
