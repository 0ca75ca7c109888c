"""What becomes of a kept mail: a case, an addition to one, the holding pen, or the file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import select

from intake.settings import IntakeSettings
from store import desk, queries
from store.ledger import Event
from store.models import Entry
from store.office import Office
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.outcomes import Outcome
from store.rules.states import MailState
from store.settings import Business, load
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

        assert taken.state == MailState.HELD
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
        ],
    )
    def test_an_automatic_answer_is_filed_and_never_answered(self, office: Office, headers: dict[str, str]) -> None:
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

    def test_a_letter_of_ours_that_comes_back_is_told_in_its_case_and_answered_to_nobody(
        self, any_office: Office
    ) -> None:
        take(any_office, mail())
        (letter,) = letters(any_office, "PR-1001")
        taken = take(any_office, bounce_of(letter), sender="")
        told = queries.history(any_office, "PR-1001")[-1]

        assert taken.state == MailState.FILED
        assert (told.event, told.facts["letter"], told.facts["status"]) == (
            Event.LETTER_BOUNCED,
            "acknowledgement",
            "5.1.1",
        )
        assert queries.case(any_office, "PR-1001").came_back
        assert len(letters(any_office, "PR-1001")) == 1

    @pytest.mark.parametrize(
        ("sender", "headers"),
        [
            ("no-reply@forms.example.net", {}),
            ("postmaster@example.net", {}),
            ("friends@lists.example.net", {"List_Post": "<mailto:friends@lists.example.net>", "List_Id": "<f.lists>"}),
        ],
    )
    def test_a_request_in_the_name_of_nobody_waits_for_a_person_and_is_not_answered(
        self, office: Office, sender: str, headers: dict[str, str]
    ) -> None:
        taken = take(office, mail(sender=sender, **headers), sender=sender)
        desk.place_as_new(office, taken.id or 0, [Kind.DELETE], STAFF1)

        assert taken.state == MailState.HELD
        assert letters(office, "PR-1001") == []

    def test_a_bounce_that_names_its_recipient_alone_is_told_in_the_case_of_the_last_letter_to_it(
        self, any_office: Office
    ) -> None:
        take(any_office, mail())
        (job,) = desk.lease_letters(any_office, "postman-1")
        desk.letter_sent(any_office, job.id, "postman-1")
        (letter,) = letters(any_office, "PR-1001")
        del letter["Message-ID"], letter["Subject"]
        letter["Message-ID"], letter["Subject"] = "<unknown@mx.example.net>", "My data"
        taken = take(any_office, bounce_of(letter), sender="")

        assert taken.state == MailState.FILED
        assert queries.case(any_office, "PR-1001").came_back

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


CONFIRMED = {"Authentication_Results": "mx.shop.test; dmarc=pass header.from=example.net"}
TRUSTING = load(IntakeSettings, {"intake": {"trusted_hosts": ["mx.shop.test"]}})


class TestKnownAddresses:
    def test_the_known_address_that_dmarc_confirms_is_attached_and_marked(self, any_office: Office) -> None:
        take(any_office, mail())
        taken = take(any_office, mail("And stop selling my data, please.", **CONFIRMED), settings=TRUSTING)
        told = [line for line in queries.history(any_office, "PR-1001") if line.event is Event.ATTACHED]

        assert taken.state == MailState.ATTACHED
        assert [line.facts["known_by"] for line in told] == ["address"]
        assert len(queries.case(any_office, "PR-1001").requests) == 2
        assert cases(any_office) == 1

    def test_a_question_of_a_known_address_that_dmarc_confirms_is_attached_too(self, office: Office) -> None:
        take(office, mail())

        assert take(office, mail("Any news?", **CONFIRMED), settings=TRUSTING).state == MailState.ATTACHED

    def test_nobody_is_confirmed_by_a_host_that_is_not_trusted(self, office: Office) -> None:
        take(office, mail())
        taken = take(office, mail("Any news?", **CONFIRMED))

        assert taken.state == MailState.HELD

    def test_an_address_with_several_open_cases_leads_to_none(self, office: Office) -> None:
        take(office, mail())
        take(office, mail())

        assert take(office, mail("Any news?", **CONFIRMED), settings=TRUSTING).state == MailState.HELD

    def test_a_closed_case_is_led_to_by_no_address(self, office: Office) -> None:
        taken = take(office, mail())
        request = queries.case(office, "PR-1001").requests[0].id
        desk.claim(office, "PR-1001", STAFF1)
        desk.resolve(office, "PR-1001", request, Outcome.WITHDRAWN, STAFF1)
        again = take(office, mail("Delete my data, please.", **CONFIRMED), settings=TRUSTING)

        assert (taken.state, again.state, cases(office)) == (MailState.OPENED, MailState.OPENED, 2)

    def test_what_a_known_person_forwards_waits_with_their_case_as_the_best_guess(self, office: Office) -> None:
        take(office, mail())
        raw = mail(
            f"---------- Forwarded message ---------\nFrom: x@example.org\n\n{ERASE}", subject="Fwd: x", **CONFIRMED
        )
        taken = take(office, raw, settings=TRUSTING)

        assert (taken.state, guess(office, taken)) == (MailState.HELD, "PR-1001")


def test_an_agent_who_asks_for_several_people_waits_for_a_person(office: Office) -> None:
    text = (
        "I am the authorized agent of these consumers. Please delete all personal data of "
        "ann@example.org and of bob@example.com."
    )
    one = take(office, mail(text.replace(" and of bob@example.com", ""), sender="agent@agents.example"))
    several = take(office, mail(text, sender="agent@agents.example"))

    assert one.state == MailState.OPENED
    assert (several.state, "asks for 2 people" in several.reason) == (MailState.HELD, True)


@pytest.mark.parametrize(("setting", "status"), [("note", Status.CLOSED), ("reopen", Status.CLAIMED)])
def test_a_reply_to_a_closed_case_is_noted_or_reopens_it_as_the_business_has_set(
    office: Office, setting: str, status: Status
) -> None:
    office = replace(office, business=load(Business, {"business": {"reply_to_closed": setting}}))
    take(office, mail())
    request = queries.case(office, "PR-1001").requests[0].id
    desk.claim(office, "PR-1001", STAFF1)
    desk.resolve(office, "PR-1001", request, Outcome.WITHDRAWN, STAFF1)
    (_, letter) = letters(office, "PR-1001")
    absent = take(office, mail("I am away.", In_Reply_To=letter["Message-ID"], Auto_Submitted="auto-replied"))
    after_the_robot = queries.case(office, "PR-1001").status
    reply = take(office, mail("I did not withdraw it.", In_Reply_To=letter["Message-ID"]))

    assert (absent.state, after_the_robot) == (MailState.FILED, Status.CLOSED)
    assert (reply.state, queries.case(office, "PR-1001").status) == (MailState.ATTACHED, status)


def test_thanks_under_the_subject_of_a_request_are_no_new_request(office: Office) -> None:
    take(office, mail(subject="Opt out of the sale of my data"))
    desk.claim(office, "PR-1001", STAFF1)
    for request in queries.case(office, "PR-1001").requests:
        desk.resolve(office, "PR-1001", request.id, Outcome.WITHDRAWN, STAFF1)
    letter = letters(office, "PR-1001")[-1]
    thanks = mail("Thanks a lot!", subject=f"Re: {letter['Subject']}", In_Reply_To=letter["Message-ID"])

    assert take(office, thanks).state == MailState.ATTACHED
    assert cases(office) == 1


def test_everything_that_became_of_a_mail_is_in_the_ledger_without_an_address(office: Office) -> None:
    take(office, mail())
    take(office, mail("What are your opening hours?"))
    take(office, mail("Away.", Auto_Submitted="auto-replied"))
    with office.database.reading() as session:
        entries = [(entry.event, entry.facts) for entry in session.exec(select(Entry))]

    assert {Event.OPENED, Event.MAIL_HELD, Event.MAIL_FILED} <= {event for event, _ in entries}
    assert not any("@" in facts for _, facts in entries)
