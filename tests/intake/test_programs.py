"""What looks like a program's mail and asks for a right all the same: never filed, always shown to a person."""

from __future__ import annotations

import pytest

from store import queries
from store.office import Office
from store.rules.kinds import Kind
from store.rules.states import MailState
from tests.builders import letters
from tests.intake.taking import cases, take
from tests.mailing import ERASE, INBOX, ROSA, mail

OUR_LETTER = f"I am away until Monday.\n\nOn Tue, 12 Jan 2027, Example Shop wrote:\n> {ERASE}\n"


def invited() -> bytes:
    """A request whose client attached a calendar's answer."""
    parts = [
        f"From: Rosa <{ROSA}>\r\nTo: {INBOX}\r\nSubject: My data\r\nMessage-ID: <calendar@mail.example.net>",
        'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n',
        f"--b\r\nContent-Type: text/plain\r\n\r\n{ERASE}\r\n",
        "--b\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        "--b--\r\n",
    ]
    return "\r\n".join(parts).encode()


def receipt(kind: str = "disposition-notification", sender: str = ROSA, root: str = "multipart/report") -> bytes:
    """A report about a letter of ours (RFC 8098, RFC 3464), or a person's mail that shows one."""
    parts = [
        f"From: Rosa <{sender}>\r\nTo: {INBOX}\r\nSubject: My data\r\nMessage-ID: <receipt@mail.example.net>",
        f'MIME-Version: 1.0\r\nContent-Type: {root}; report-type={kind}; boundary="b"\r\n',
        f"--b\r\nContent-Type: text/plain\r\n\r\n{ERASE}\r\n",
        f"--b\r\nContent-Type: message/{kind}\r\n\r\nFinal-Recipient: rfc822; x@example.org\r\nStatus: 5.1.1\r\n",
        "--b--\r\n",
    ]
    raw = "\r\n".join(parts).encode()
    return raw if root == "multipart/report" else raw.replace(f" report-type={kind};".encode(), b"")


class TestSubjects:
    @pytest.mark.parametrize(
        "subject",
        [
            "Re: Automatic reply: your order",
            "I am away from my mail account, delete it",
            "Read: please delete my data",
            "Complaint about message from your shop",
        ],
    )
    def test_a_request_under_a_programs_subject_becomes_a_case(self, office: Office, subject: str) -> None:
        assert take(office, mail(subject=subject)).state == MailState.OPENED
        assert len(letters(office, "PR-1001")) == 1

    @pytest.mark.parametrize(
        "headers", [{"Return_Path": "<>"}, {"Precedence": "bulk"}, {"X_Auto_Response_Suppress": "All"}]
    )
    def test_with_a_second_sign_it_waits_for_a_person(self, office: Office, headers: dict[str, str]) -> None:
        taken = take(office, mail(subject="Automatic reply: your order", **headers))

        assert taken.state == MailState.HELD
        assert queries.held_mail(office, taken.id or 0).wishes == (Kind.DELETE,)

    def test_a_request_in_the_subject_alone_waits_for_a_person(self, office: Office) -> None:
        assert take(office, mail("Thank you.", subject="Read: please delete my data")).state == MailState.HELD

    @pytest.mark.parametrize("subject", ["Automatic reply: your letter", "Read: your letter"])
    def test_without_a_request_it_is_filed(self, office: Office, subject: str) -> None:
        assert take(office, mail("Thank you for your mail.", subject=subject)).state == MailState.FILED


class TestHeaders:
    @pytest.mark.parametrize(
        ("raw", "sender"),
        [
            (mail(Auto_Submitted="auto-replied", sender="desk@agents.example"), "desk@agents.example"),
            (mail(X_Autoreply="yes"), ROSA),
            (mail(X_Spam_Flag="YES"), ROSA),
            (mail(sender="postmaster@smallfirm.example"), "postmaster@smallfirm.example"),
            (invited(), ROSA),
            (receipt(root="multipart/mixed"), ROSA),
        ],
        ids=["an agent's service", "an auto-reply", "spam", "Postmaster Jones", "an invitation", "a receipt shown"],
    )
    def test_a_request_waits_for_a_person_and_is_neither_filed_nor_answered(
        self, office: Office, raw: bytes, sender: str
    ) -> None:
        taken = take(office, raw, sender=sender)

        assert taken.state == MailState.HELD
        assert taken.reason.endswith(".")
        assert queries.held_mail(office, taken.id or 0).wishes == (Kind.DELETE,)
        assert cases(office) == 0

    def test_a_person_who_shows_the_bounce_they_got_is_heard(self, office: Office) -> None:
        assert take(office, receipt("delivery-status", root="multipart/mixed")).state == MailState.OPENED

    @pytest.mark.parametrize("kind", ["disposition-notification", "delivery-status"])
    def test_a_report_by_its_structure_asks_for_nothing(self, office: Office, kind: str) -> None:
        assert take(office, receipt(kind)).state == MailState.FILED

    @pytest.mark.parametrize("headers", [{"Auto_Submitted": "auto-replied"}, {"X_Autoreply": "yes"}])
    def test_an_absence_note_that_quotes_our_letter_is_filed(self, office: Office, headers: dict[str, str]) -> None:
        subject = "Automatic reply: Please delete my data [PR-1001]"

        assert take(office, mail(OUR_LETTER, subject=subject, **headers)).state == MailState.FILED


class TestOurOwnInbox:
    def test_a_mail_that_somebody_here_resent_waits_for_a_person(self, office: Office) -> None:
        taken = take(office, mail(sender=INBOX), sender=INBOX)

        assert taken.state == MailState.HELD
        assert taken.reason == "It comes from our own inbox: somebody here may have resent it."
        assert queries.held_mail(office, taken.id or 0).wishes == (Kind.DELETE,)

    def test_only_a_letter_that_we_wrote_is_filed(self, office: Office) -> None:
        take(office, mail())
        (letter,) = letters(office, "PR-1001")
        copy = take(office, letter.as_bytes(), sender="")
        letter.replace_header("Message-ID", "<not-ours@example.org>")

        assert copy.state == MailState.FILED
        assert take(office, letter.as_bytes(), sender="").state == MailState.HELD


class TestForSomebodyElse:
    @pytest.mark.parametrize(
        "sender", ["wordpress@shop.test", "no-reply@forms.example", "noreply+7@forms.example", "Do.Not.Reply@x.example"]
    )
    def test_a_web_form_waits_for_a_person(self, office: Office, sender: str) -> None:
        taken = take(office, mail(sender=sender, Reply_To=ROSA), sender=sender)

        assert taken.state == MailState.HELD
        assert taken.reason == "It was sent by a program for somebody else: see its Reply-To."

    @pytest.mark.parametrize(
        ("sender", "reply_to"),
        [(ROSA, "rosa@elsewhere.example"), ("ann@shop.test", "ann@shop.test"), ("noreen@x.example", "n@x.example")],
    )
    def test_a_person_with_another_address_for_answers_opens_a_case(
        self, office: Office, sender: str, reply_to: str
    ) -> None:
        assert take(office, mail(sender=sender, Reply_To=reply_to), sender=sender).state == MailState.OPENED


class TestWithoutAnEnvelopesSender:
    @pytest.mark.parametrize(
        ("raw", "sender"),
        [(mail(), ""), (b"Return-Path: <>\r\n" + mail(), None)],
        ids=["by SMTP", "from a mailbox"],
    )
    def test_a_request_waits_for_a_person(self, office: Office, raw: bytes, sender: str | None) -> None:
        taken = take(office, raw, sender=sender)

        assert taken.state == MailState.HELD
        assert taken.reason.startswith("Its envelope has no sender")
        assert cases(office) == 0

    def test_an_answer_to_our_letter_joins_its_case(self, office: Office) -> None:
        take(office, mail())
        (letter,) = letters(office, "PR-1001")

        assert take(office, mail("Thanks.", In_Reply_To=letter["Message-ID"]), sender="").state == MailState.ATTACHED
