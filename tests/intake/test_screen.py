from __future__ import annotations

import pytest

from intake import body, screen
from intake.mime import parse
from intake.screen import BounceKind, Disposition, Reason, Screening

TRUSTED = frozenset({"mx.harbour.example"})


def screened(raw: str, **given: frozenset[str]) -> Screening:
    mail = parse(raw.encode())
    return screen.screen(mail, body.read(mail).text, **given)


@pytest.mark.parametrize(
    ("headers", "disposition", "reason"),
    [
        ("Auto-Submitted: auto-replied\nSubject: Re: hi", Disposition.AUTOMATIC, Reason.VACATION),
        ("Auto-Submitted: auto-generated\nSubject: Ticket", Disposition.AUTOMATIC, Reason.AUTO_SUBMITTED),
        ("Auto-Submitted: no\nSubject: hi", Disposition.CLEAR, Reason.CLEAR),
        ("X-Autoreply: yes\nSubject: Re: hi", Disposition.AUTOMATIC, Reason.VACATION),
        ("Subject: Out of Office: your letter", Disposition.AUTOMATIC, Reason.VACATION),
        ("Subject: Respuesta automática: su carta", Disposition.AUTOMATIC, Reason.VACATION),
        ("Subject: Abwesenheitsnotiz", Disposition.AUTOMATIC, Reason.VACATION),
        ("Subject: 自动回复: 您好", Disposition.AUTOMATIC, Reason.VACATION),
        ("List-Id: <club.example>\nSubject: minutes", Disposition.LIST, Reason.LIST),
        ("Precedence: bulk\nSubject: sale", Disposition.LIST, Reason.BULK),
        ("X-Spam-Status: Yes, score=9\nSubject: win", Disposition.SPAM, Reason.SPAM),
        ("Subject: hi", Disposition.CLEAR, Reason.CLEAR),
    ],
)
def test_a_mail_is_screened_for_a_named_reason(headers: str, disposition: Disposition, reason: Reason) -> None:
    found = screened(f"From: Rosa <rosa@quill.example>\n{headers}\n\nhello there\n")

    assert (found.disposition, found.reason) == (disposition, reason)


def test_our_own_letter_that_comes_back_is_no_mail_of_a_consumer() -> None:
    found = screened(
        "From: privacy@harbour.example\nSubject: Your request\n\nhi",
        our_addresses=frozenset({"privacy@harbour.example"}),
    )

    assert found.reason is Reason.OURS


def test_a_vacation_note_with_a_null_sender_is_no_bounce() -> None:
    found = screened(
        "Return-Path: <>\nFrom: rosa@quill.example\nSubject: Out of office\n\nBack on Monday. 550 Main Street."
    )

    assert (found.disposition, found.bounce) == (Disposition.AUTOMATIC, None)


@pytest.mark.parametrize(
    ("subject", "text", "kind"),
    [
        (
            "failure notice",
            "Hi. This is the qmail-send program.\n<rosa@quill.example>:\n550 5.1.1 no such user",
            BounceKind.HARD,
        ),
        ("Undeliverable: Your request", "rosa@quill.example: 452 4.2.2 mailbox full", BounceKind.SOFT),
        ("Unzustellbar: Ihre Anfrage", "konnte nicht zugestellt werden an rosa@quill.example", BounceKind.HARD),
        ("Delivery Status Notification (Delay)", "delivery has been delayed: rosa@quill.example", BounceKind.SOFT),
    ],
)
def test_a_mail_system_s_own_words_are_a_bounce(subject: str, text: str, kind: BounceKind) -> None:
    found = screened(f"From: Mail Delivery Subsystem <mailer-daemon@mx.example>\nSubject: {subject}\n\n{text}\n")

    assert found.disposition is Disposition.BOUNCE
    assert found.bounce is not None
    assert (found.bounce.kind, found.bounce.recipients) == (kind, ("rosa@quill.example",))


def test_a_person_who_writes_about_a_bounced_cheque_is_a_person() -> None:
    found = screened("From: rosa@quill.example\nSubject: bounced\n\nMy cheque was returned. Please delete my account.")

    assert found.disposition is Disposition.CLEAR


def test_authentication_counts_only_when_a_trusted_host_says_so() -> None:
    forged = "Authentication-Results: evil.example; dkim=pass; spf=pass; dmarc=pass\n"
    ours = "Authentication-Results: mx.harbour.example;\n dkim=fail (dmarc=pass said a forger);\n spf=softfail\n"

    found = screened(f"{forged}{ours}From: rosa@quill.example\nSubject: hi\n\nhi", trusted_hosts=TRUSTED)

    assert found.authentication == screen.Authentication(spf="softfail", dkim="fail", dmarc="")


def test_without_trusted_hosts_nothing_is_authenticated() -> None:
    found = screened("Authentication-Results: mx.harbour.example; dmarc=pass\nFrom: rosa@quill.example\n\nhi")

    assert found.authentication == screen.Authentication()
