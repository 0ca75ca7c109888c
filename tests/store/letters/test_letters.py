"""The letters as a consumer gets them: their words, their headers, their threads."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from store import desk
from store.errors import NoAnswerPossible
from store.letters import Envelope, compose, contexts, sealed_message
from store.letters.contexts import answer_name
from store.letters.message import MOST_REFERENCES
from store.letters.wording import written_day
from store.office import Office
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.settings import Business
from store.values import CaseFile, Draft
from tests.builders import ROSA, STAFF1, StillClock, arrive, letters, write_again

GOLDEN = Path(__file__).parent / "golden"
POINTS = ("order_number", "phone", "birth_year")
NOTE = "We keep the invoice of order 7 for the tax office."
LONG_ID = "<BYAPR01MB1234567890ABCDEF0123456789ABCDEF0123456789@BYAPR01MB1234.namprd01.prod.outlook.com>"


def claimed(office: Office, *kinds: Kind, **said: object) -> CaseFile:
    return desk.claim(office, arrive(office, kinds or (Kind.DELETE,), **said).ref, STAFF1)


def verified(office: Office, *kinds: Kind) -> CaseFile:
    case = claimed(office, *kinds)
    desk.ask_to_verify(office, case.ref, STAFF1)
    return desk.verify(office, case.ref, POINTS, STAFF1, declared=True)


def settled(office: Office, case: CaseFile, outcome: Outcome, *bases: str) -> CaseFile:
    return desk.resolve(office, case.ref, case.requests[0].id, outcome, STAFF1, bases=bases, note=NOTE)


def _reopened(office: Office) -> CaseFile:
    case = settled(office, claimed(office), Outcome.WITHDRAWN)
    return desk.reopen(office, case.ref, case.requests[0].id, "You wrote to us again.", STAFF1)


def _repeated(office: Office) -> CaseFile:
    arrive(office)
    return settled(office, claimed(office), Outcome.DUPLICATE)


def _extended(office: Office) -> CaseFile:
    case = claimed(office)
    return desk.extend(office, case.ref, case.requests[0].id, "We search old tapes.", STAFF1)


LETTERS: dict[str, Callable[[Office], CaseFile]] = {
    "acknowledgement": lambda office: arrive(office, [Kind.DELETE, Kind.KNOW_SPECIFIC, Kind.OPT_OUT]),
    "acknowledgement of an opt-out": lambda office: arrive(office, [Kind.OPT_OUT]),
    "acknowledgement of an appeal": lambda office: arrive(office, [Kind.APPEAL]),
    "verification": lambda office: desk.ask_to_verify(office, claimed(office, Kind.DELETE, Kind.CORRECT).ref, STAFF1),
    "extension": _extended,
    "reply": lambda office: desk.reply(
        office, claimed(office).ref, "Which account?\n\nThe old one or the new?", STAFF1
    ),
    "reopened": _reopened,
    "complied_in_full": lambda office: settled(office, verified(office, Kind.DELETE), Outcome.COMPLIED_IN_FULL),
    "complied_in_part": lambda office: settled(
        office, verified(office, Kind.DELETE), Outcome.COMPLIED_IN_PART, "delete_legal_obligation"
    ),
    "opt_out_processed": lambda office: settled(office, claimed(office, Kind.OPT_OUT), Outcome.COMPLIED_IN_FULL),
    "denied": lambda office: settled(office, claimed(office), Outcome.DENIED, "not_verified", "no_data"),
    "withdrawn": lambda office: settled(office, claimed(office), Outcome.WITHDRAWN),
    "duplicate": _repeated,
    "not_a_request": lambda office: settled(office, claimed(office), Outcome.NOT_A_REQUEST),
}


@pytest.mark.parametrize("name", LETTERS)
def test_each_letter_reads_as_it_should(office: Office, name: str) -> None:
    case = LETTERS[name](office)
    letter = letters(office, case.ref)[-1]
    text = _without_chance(f"Subject: {letter['Subject']}\n\n{_body(letter)}")

    golden = GOLDEN / f"{name.replace(' ', '_')}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_every_golden_file_is_used() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == {name.replace(" ", "_") for name in LETTERS}


@pytest.mark.parametrize("kind", Kind)
def test_every_letter_of_every_right_is_whole_and_tidy(office: Office, kind: Kind) -> None:
    written: list[EmailMessage] = []
    for outcome in Outcome:
        case = claimed(office, kind)
        if case.requests[0].verification.level.asks:
            desk.ask_to_verify(office, case.ref, STAFF1)
            desk.verify(office, case.ref, POINTS, STAFF1, declared=True)
            desk.extend(office, case.ref, case.requests[0].id, "We search old tapes.", STAFF1)
        bases = [_a_basis(kind)] if outcome in {Outcome.DENIED, Outcome.COMPLIED_IN_PART} else []
        desk.resolve(office, case.ref, case.requests[0].id, outcome, STAFF1, bases=bases, note=NOTE)
        desk.reopen(office, case.ref, case.requests[0].id, "You wrote to us again.", STAFF1)
        written += letters(office, case.ref)

    assert len(written) >= 3 * len(Outcome)
    for letter in written:
        body = _body(letter)
        assert not re.search(r"\n\n\n|[{}]| \n|None|Undefined| {2,}(?! {2}\w{4}-)[^ ]", body.replace("    ", "")), body
        assert body.startswith("Hello,\n\n")
        assert body.endswith("https://shop.test/privacy\n")
        assert not re.search(r":\n\n(Example Shop|What happens)", body), body


def _a_basis(kind: Kind) -> str:
    from store.packs import law
    from store.rules.outcomes import bases_for

    return bases_for(law("us-ca"), kind)[0].id


class TestThread:
    def test_the_subject_is_hers_with_one_re_and_the_reference(self, office: Office) -> None:
        subjects = ["Please", "Re: RE: re:Please", "  Re:   Please  ", ""]
        shown = [str(letters(office, arrive(office, subject=subject).ref)[0]["Subject"]) for subject in subjects]

        assert shown == [
            "Re: Please [PR-1001]",
            "Re: Please [PR-1002]",
            "Re: Please [PR-1003]",
            "Re: Your privacy request [PR-1004]",
        ]

    def test_a_subject_of_any_length_leaves_room_for_the_reference(self, office: Office) -> None:
        (letter,) = letters(office, arrive(office, subject="delete " * 200).ref)

        assert str(letter["Subject"]).endswith("[PR-1001]")
        assert len(str(letter["Subject"])) < 200

    def test_the_letter_answers_her_newest_mail_and_refers_to_all_oldest_first(
        self, office: Office, clock: StillClock
    ) -> None:
        case = claimed(office, message_id="<one@mail.example.net>")
        clock.advance(timedelta(hours=1))
        write_again(office, case.ref, "Any news?", message_id="<two@mail.example.net>")
        clock.advance(timedelta(hours=1))
        desk.reply(office, case.ref, "Soon.", STAFF1)
        acknowledgement, reply = letters(office, case.ref)

        assert acknowledgement["References"].split() == ["<one@mail.example.net>"]
        assert reply["In-Reply-To"] == "<two@mail.example.net>"
        assert reply["References"].split() == [
            "<one@mail.example.net>",
            acknowledgement["Message-ID"],
            "<two@mail.example.net>",
        ]

    @pytest.mark.parametrize(
        "bad", ["", "<>", "<a b@x>", "<ä@x>", "<a@x>\r\nBcc: all@x", f"<{'a' * 600}@x>", "<a@x><b@x>"]
    )
    def test_a_message_id_that_is_none_is_left_out(self, office: Office, bad: str) -> None:
        (letter,) = letters(office, arrive(office, message_id=bad).ref)

        assert letter["In-Reply-To"] is None
        assert letter["References"] is None
        assert letter["Bcc"] is None

    def test_message_ids_longer_than_a_line_stay_whole(self) -> None:
        content = sealed_message(DRAFT, envelope(references=[LONG_ID, LONG_ID.replace("BY", "CY")]))

        assert f"In-Reply-To: {LONG_ID.replace('BY', 'CY')}\r\n".encode() in content
        assert f"References: {LONG_ID}\r\n {LONG_ID.replace('BY', 'CY')}\r\n".encode() in content

    def test_a_very_long_thread_refers_to_its_last_mails(self) -> None:
        names = [f"<{number}@x>" for number in range(50)]
        content = sealed_message(DRAFT, envelope(references=names))

        assert content.count(b"@x>") == MOST_REFERENCES + 1
        assert b"In-Reply-To: <49@x>\r\n" in content


DRAFT = Draft("reply", "Re: Please [PR-1001]", "Grüße aus Łódź\n")


def envelope(**said: object) -> Envelope:
    fields: dict[str, object] = {
        "message_id": "<ours@shop.test>",
        "sender_name": "Example Shop",
        "inbox": "privacy@shop.test",
        "token": "0" * 20,
        "recipient": ROSA,
        "at": datetime(2027, 1, 12, 18, 0, tzinfo=UTC),
        "references": (),
        "automatic": True,
    }
    return Envelope(**{**fields, **said})  # type: ignore[arg-type] # the fields are named by the caller


class TestHeaders:
    def test_who_when_and_where_to_answer(self, office: Office) -> None:
        (letter,) = letters(office, arrive(office).ref)

        assert (letter["From"], letter["To"]) == ("Example Shop <privacy@shop.test>", ROSA)
        assert letter["Date"] == "Tue, 12 Jan 2027 18:00:00 +0000"
        assert re.fullmatch(r"privacy\+[0-9a-f]{20}@shop\.test", letter["Reply-To"])
        assert re.fullmatch(r"<[0-9a-f]{32}@shop\.test>", letter["Message-ID"])
        assert "Bcc" not in letter

    def test_the_token_of_the_plus_address_stands_in_the_body_too(self, office: Office) -> None:
        case = arrive(office)
        (letter,) = letters(office, case.ref)
        token = str(letter["Reply-To"]).partition("+")[2].partition("@")[0]

        assert f"\n[{case.ref} {token}]\n" in _body(letter)

    def test_every_letter_has_a_message_id_of_its_own(self, office: Office) -> None:
        case = _reopened(office)
        names = [str(letter["Message-ID"]) for letter in letters(office, case.ref)]

        assert len(set(names)) == len(names) == 3

    def test_only_what_nobody_wrote_by_hand_says_that_it_is_automatic(self, office: Office) -> None:
        case = claimed(office)
        desk.reply(office, case.ref, "Soon.", STAFF1)

        assert [letter["Auto-Submitted"] for letter in letters(office, case.ref)] == ["auto-replied", None]

    @pytest.mark.parametrize("field", ["subject", "name"])
    @pytest.mark.parametrize(
        "evil", ["x\r\nBcc: all@example.net", "x\nBcc: all@example.net", "x\r\n\r\nHello", "\x00\x0b"]
    )
    def test_nothing_in_her_mail_adds_a_header_to_ours(self, office: Office, field: str, evil: str) -> None:
        (letter,) = letters(office, arrive(office, **{field: evil}).ref)

        assert letter["Bcc"] is None
        assert letter["To"] == ROSA
        assert _body(letter).startswith("Hello,\n")

    @pytest.mark.parametrize(
        "evil", ["rosa@example.net\r\nBcc: all@example.net", "a@x.net, b@y.net", "Rosa <a@x.net>", "a b@x.net"]
    )
    def test_an_address_that_is_more_than_one_gets_no_letter(self, office: Office, evil: str) -> None:
        case = desk.claim(office, arrive(office, sender=evil).ref, STAFF1)

        with pytest.raises(NoAnswerPossible):
            desk.reply(office, case.ref, "Hello", STAFF1)

    def test_words_in_any_script_arrive(self, office: Office) -> None:
        (letter,) = letters(office, arrive(office, subject="Löschung – 删除 🙏").ref)
        content = sealed_message(DRAFT, envelope(sender_name='Bäckerei "Müller", GmbH'))

        assert letter["Subject"] == "Re: Löschung – 删除 🙏 [PR-1001]"
        assert content.isascii()

    def test_an_address_in_another_script_is_written_so_that_servers_know_it(self, office: Office) -> None:
        (letter,) = letters(office, arrive(office, sender="rosa@exämple.net").ref)
        (job,) = desk.lease_letters(office, "postman")
        (international,) = letters(office, arrive(office, sender="rösa@exämple.net").ref)

        assert letter["To"] == job.recipient == "rosa@xn--exmple-cua.net"
        assert international["To"] == "rösa@xn--exmple-cua.net"

    def test_a_domain_that_is_none_is_left_to_the_mail_server(self, office: Office) -> None:
        (letter,) = letters(office, arrive(office, sender=f"rosa@{'x' * 70}.net").ref)

        assert letter["To"] == f"rosa@{'x' * 70}.net"


def test_a_letter_that_lacks_something_is_not_written(business: Business) -> None:
    frame = {"ref": "PR-1001", "token": "t", "subject": "", "business": business}

    with pytest.raises(UndefinedError):
        compose("extension", "en", frame, {})


def test_who_writes_in_another_language_is_answered_in_english(office: Office) -> None:
    (letter,) = letters(office, arrive(office, language="de").ref)

    assert _body(letter).startswith("Hello,\n\nWe received your request")


def test_a_doubled_re_is_not_sent(business: Business) -> None:
    frame = {"ref": "PR-1001", "token": "t", "subject": "re: Re: Hi", "business": business}

    assert compose("reply", "en", frame, contexts.reply("Hi")).subject == "Re: Hi [PR-1001]"


def test_a_day_is_written_as_people_write_it() -> None:
    assert written_day(date(2027, 1, 7), "en") == "January 7, 2027"
    assert written_day(date(2027, 1, 7), "es") == "7 de enero de 2027"


def test_an_opt_out_that_was_done_has_a_letter_of_its_own() -> None:
    assert answer_name(Kind.LIMIT, Outcome.COMPLIED_IN_FULL) == "opt_out_processed"
    assert answer_name(Kind.DELETE, Outcome.COMPLIED_IN_FULL) == "complied_in_full"
    assert answer_name(Kind.OPT_OUT, Outcome.DENIED) == "denied"


def _body(letter: EmailMessage) -> str:
    text: str = letter.get_content()
    return text.replace("\r\n", "\n")


def _without_chance(text: str) -> str:
    """The token and the code, which differ each time, as fixed ones."""
    return re.sub(
        r"^ {4}\S{4}-\S{4}$", "    CODE-CODE", re.sub(r"(?<= )[0-9a-f]{20}(?=\])", "0" * 20, text), flags=re.MULTILINE
    )
