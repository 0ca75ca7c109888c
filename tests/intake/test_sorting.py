"""Where a mail goes, decided from values: every kind of mail, once with a case and once without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.arrival import arrival, wishes_of
from intake.reading import Reading, read
from intake.sorting import Clues, Fate, destination
from intake.triage import Found
from store.rules.kinds import Kind
from store.rules.requesters import Requester
from store.values import Arrival, Person, Wish
from tests.mailing import ERASE, INBOX, ROSA, mail

ASKS = read(mail(ERASE))
CHATS = read(mail("What are your opening hours?"))
AWAY = read(mail("I am away.", Auto_Submitted="auto-replied"))
FORM = read(mail(ERASE, Auto_Submitted="auto-generated"))
NOTICE = read(mail("Your parcel has arrived.", Auto_Submitted="auto-generated"))
LIST = read(mail("News of the week.", List_Id="<news.example.net>"))
GROUP = read(mail(ERASE, List_Id="<privacy.shop.test>"))
JUNK = read(mail("Cheap watches.", X_Spam_Flag="YES"))
JUNK_THAT_ASKS = read(mail(ERASE, X_Spam_Flag="YES"))


@pytest.mark.parametrize(
    ("reading", "case", "theirs", "fate"),
    [
        (ASKS, None, False, Fate.OPEN),
        (ASKS, "PR-1001", True, Fate.ATTACH),
        (ASKS, "PR-1001", False, Fate.HOLD),
        (CHATS, None, False, Fate.HOLD),
        (CHATS, "PR-1001", True, Fate.ATTACH),
        (CHATS, "PR-1001", False, Fate.HOLD),
        (AWAY, None, False, Fate.FILE),
        (AWAY, "PR-1001", True, Fate.FILE),
        (FORM, None, False, Fate.HOLD),
        (NOTICE, None, False, Fate.FILE),
        (LIST, None, False, Fate.FILE),
        (GROUP, None, False, Fate.OPEN),
        (GROUP, "PR-1001", True, Fate.ATTACH),
        (JUNK, None, False, Fate.FILE),
        (JUNK_THAT_ASKS, None, False, Fate.HOLD),
    ],
)
def test_every_kind_of_mail_has_its_place(reading: Reading, case: str | None, theirs: bool, fate: Fate) -> None:  # noqa: FBT001 - a column of the table
    goal = destination(reading, Clues(case=case, theirs=theirs))

    assert goal.fate == fate
    assert (goal.reason == "") == (fate in {Fate.OPEN, Fate.ATTACH})


def test_a_case_that_is_merely_named_is_a_guess() -> None:
    goal = destination(ASKS, Clues(named="PR-1001"))

    assert (goal.fate, goal.case) == (Fate.HOLD, "PR-1001")


def test_half_a_mail_is_never_attached_to_anything() -> None:
    goal = destination(ASKS, Clues(case="PR-1001", theirs=True, lacking="It is too large."))

    assert (goal.fate, goal.case) == (Fate.HOLD, "PR-1001")
    assert "too large" in goal.reason


@pytest.mark.parametrize("reading", [ASKS, CHATS, AWAY, FORM, LIST, GROUP, JUNK, JUNK_THAT_ASKS])
def test_no_reason_quotes_the_mail(reading: Reading) -> None:
    for case, theirs in ((None, False), ("PR-1001", False), ("PR-1001", True)):
        reason = destination(reading, Clues(case=case, theirs=theirs)).reason

        assert "@" not in reason
        assert "Alvarez" not in reason


def test_the_words_that_invoke_a_right_come_along_as_its_evidence() -> None:
    (wish,) = wishes_of(ASKS)

    assert wish.kind == Kind.DELETE
    assert any("delete" in words.lower() for words in wish.evidence)


def test_what_the_desk_keeps_survives_its_sealing() -> None:
    kept = arrival(ASKS, ROSA)

    assert kept.sender == ROSA
    assert kept.answerable
    assert Arrival.from_json(kept.to_json()) == kept


def test_the_null_sender_is_not_answerable_and_an_unknown_one_is() -> None:
    assert not arrival(ASKS, "").answerable
    assert arrival(ASKS, None).answerable


THEIRS = Clues(case="PR-1001", theirs=True, addresses=frozenset({INBOX}))


@pytest.mark.parametrize(
    "headers",
    [
        {"List_Id": "<privacy.shop.test>"},
        {"Precedence": "bulk"},
        {"List_Unsubscribe": "<mailto:x@example.net>"},
        {"Feedback_ID": "1:2:3"},
        {"X_Spam_Flag": "YES"},
    ],
)
def test_a_consumers_own_answer_is_theirs_whatever_a_group_or_a_filter_wrote_on_it(headers: dict[str, str]) -> None:
    assert destination(read(mail("Here is my code.", **headers)), THEIRS).fate is Fate.ATTACH


@pytest.mark.parametrize("subject", ["Read: My data", "Out of office", "Abwesenheitsnotiz"])
def test_an_answer_in_its_case_that_is_a_programs_by_its_subject_alone_waits_for_a_person(subject: str) -> None:
    assert destination(read(mail("Here is my code.", subject=subject)), THEIRS).fate is Fate.HOLD
    assert (
        destination(read(mail("I am away.", subject=subject, Auto_Submitted="auto-replied")), THEIRS).fate is Fate.FILE
    )


def test_a_question_through_a_group_that_is_our_inbox_waits_for_a_person() -> None:
    through_the_group = read(mail("Call me, please.", List_Id="<privacy.shop.test>"))

    assert destination(through_the_group, Clues(addresses=frozenset({INBOX}))).fate is Fate.HOLD
    assert destination(through_the_group, Clues(addresses=frozenset({"help@shop.test"}))).fate is Fate.FILE


def test_what_reads_like_a_bounce_and_comes_from_the_consumer_waits_for_a_person() -> None:
    report = read(mail("User unknown: mailbox does not exist", subject="Undeliverable", Return_Path="<>"))

    assert destination(report, THEIRS).fate is Fate.HOLD


def test_a_token_under_a_sender_whom_dmarc_refutes_waits_for_a_person() -> None:
    goal = destination(CHATS, Clues(case="PR-1001", theirs=True, forged=True))

    assert (goal.fate, "DMARC" in goal.reason) == (Fate.HOLD, True)


def test_an_agents_next_client_is_a_case_of_their_own() -> None:
    agent = read(mail("I am the authorized agent of John Doe. Please delete all personal data you hold about him."))

    assert destination(agent, Clues(known="PR-1001")).fate is Fate.OPEN


LIST_OF_TWO = (
    "We represent the consumers below as their authorized agents. {}\n"
    "1. Jane Roe, jane@example.com\n2. John Doe, john@example.com\n3. Help, help@shop.test\n4. Us, us@agents.example"
)


@pytest.mark.parametrize("asks", ["Please delete all of their personal data.", "See the list."])
def test_an_agents_list_waits_for_a_person_with_its_count(asks: str) -> None:
    letter = read(mail(LIST_OF_TWO.format(asks), "desk@agents.example", subject="Clients"))
    goal = destination(letter, Clues(addresses=frozenset({INBOX})))
    kept = arrival(letter, "desk@agents.example", {INBOX})

    assert goal.fate is Fate.HOLD
    assert goal.reason == "An agent asks for 2 people: each needs a case of their own."
    assert kept.people == (Person("Jane Roe", "jane@example.com"), Person("John Doe", "john@example.com"))
    assert kept.requester is Requester.AGENT


def test_a_list_that_is_too_long_says_so() -> None:
    people = "\n".join(f"{number}. person{number}@example.com" for number in range(150))
    letter = read(mail(f"As the authorized agent of these people, please delete their data.\n{people}"))

    assert destination(letter, Clues()).reason.startswith("An agent asks for more than 100 people:")


def perhaps(reading: Reading) -> Reading:
    """The mail, if triage were unsure of what it asks."""
    found = Found("delete", 0.4, ("get rid of it",))
    return replace(reading, triage=replace(reading.triage, requests=(), possible=(found,)))


@pytest.mark.parametrize("reading", [CHATS, JUNK])
def test_what_might_be_a_persons_request_is_never_filed(reading: Reading) -> None:
    assert destination(perhaps(reading), Clues()).fate is Fate.HOLD


def test_a_persons_mail_that_might_be_a_request_says_so_and_its_words_come_along() -> None:
    goal, kept = destination(perhaps(CHATS), Clues()), arrival(perhaps(CHATS), ROSA)

    assert goal.reason == "It may be a request, but its words are not sure enough to open a case."
    assert kept.possible == (Wish(Kind.DELETE, ("get rid of it",), 0.4),)


def test_everything_that_was_understood_comes_along() -> None:
    kept = arrival(read(mail("I live in California. Please delete the data of my son. My lawyer is ready.")), ROSA)

    assert (kept.requester, kept.law) == (Requester.PARENT, "us-ca")
    assert "my son" in kept.requester_words
    assert "California" in kept.law_words
    assert kept.wishes[0].score is not None


FORWARD = f"---------- Forwarded message ---------\nFrom: Rosa <{ROSA}>\nSubject: x\n\n{ERASE}"


@pytest.mark.parametrize(
    ("author", "text", "requester"),
    [
        ("colleague@shop.test", FORWARD, ROSA),
        ("colleague@shop.test", FORWARD.replace(ROSA, "other@shop.test"), ""),
        ("friend@example.org", FORWARD, "friend@example.org"),
        ("employee@shop.test", ERASE, "employee@shop.test"),
        (INBOX, ERASE, ""),
    ],
)
def test_what_our_own_people_forward_is_the_request_of_whoever_wrote_it(author: str, text: str, requester: str) -> None:
    subject = "Fwd: x" if "Forwarded" in text else "x"

    assert arrival(read(mail(text, author, subject=subject)), author, {INBOX}).sender == requester


def test_a_mail_in_a_language_that_is_not_read_says_that_it_needs_a_reader() -> None:
    goal = destination(read(mail("こんにちは。荷物はどこですか。", subject="")), Clues())

    assert goal.fate is Fate.HOLD
    assert goal.reason == "It is in Japanese: somebody must read it, it may be a request."


def test_a_law_that_the_desk_does_not_know_is_kept_with_its_words() -> None:
    kept = arrival(read(mail("Under the GDPR, please delete my data.")), ROSA, laws={"us-ca"})

    assert (kept.law, kept.law_named, kept.law_words) == (None, "eu-gdpr", "GDPR")
