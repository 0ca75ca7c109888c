# ruff: noqa: RUF001 - letters of other scripts are the very matter here

from __future__ import annotations

import pytest

from intake import body, screen
from intake.mime import parse
from intake.screen import Bounce, BounceKind, Disposition, Reason, Screening
from intake.settings import IntakeSettings
from store.settings import load

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
        ("Subject: Réponse automatique : votre lettre", Disposition.AUTOMATIC, Reason.VACATION),
        ("Subject: Resposta automática: sua carta", Disposition.AUTOMATIC, Reason.VACATION),
        ("Subject: Risposta automatica: lettera", Disposition.AUTOMATIC, Reason.VACATION),
        ("Subject: Automatisch antwoord: brief", Disposition.AUTOMATIC, Reason.VACATION),
        ("Subject: Autosvar: brev", Disposition.AUTOMATIC, Reason.VACATION),
        ("Subject: Automaattinen vastaus: kirje", Disposition.AUTOMATIC, Reason.VACATION),
        ("Subject: Odpowiedź automatyczna: list", Disposition.AUTOMATIC, Reason.VACATION),
        ("Subject: Автоматический ответ: письмо", Disposition.AUTOMATIC, Reason.VACATION),
        ("Subject: Автоматична відповідь: лист", Disposition.AUTOMATIC, Reason.VACATION),
        ("Subject: Otomatik yanıt: mektup", Disposition.AUTOMATIC, Reason.VACATION),
        ("Subject: 自動返信: 手紙", Disposition.AUTOMATIC, Reason.VACATION),
        ("Subject: 자동 회신: 편지", Disposition.AUTOMATIC, Reason.VACATION),
        ("Subject: Trả lời tự động: thư", Disposition.AUTOMATIC, Reason.VACATION),
        ("Precedence: auto_reply\nSubject: hi", Disposition.AUTOMATIC, Reason.VACATION),
        ("Precedence: list\nSubject: Re: hi", Disposition.LIST, Reason.LIST),
        ("List-Unsubscribe: <mailto:off@club.example>\nSubject: hi", Disposition.LIST, Reason.BULK),
        ("Content-Type: text/calendar\nSubject: tea", Disposition.OTHER, Reason.CALENDAR),
        ("List-Id: <club.example>\nSubject: minutes", Disposition.LIST, Reason.LIST),
        ("Precedence: bulk\nSubject: sale", Disposition.LIST, Reason.BULK),
        ("X-Spam-Status: Yes, score=9\nSubject: win", Disposition.SPAM, Reason.SPAM),
        ("Subject: hi", Disposition.CLEAR, Reason.CLEAR),
    ],
)
def test_a_mail_is_screened_for_a_named_reason(headers: str, disposition: Disposition, reason: Reason) -> None:
    found = screened(f"From: Rosa <rosa@quill.example>\n{headers}\n\nhello there\n")

    assert (found.disposition, found.reason) == (disposition, reason)


@pytest.mark.parametrize(
    ("sender", "ours"),
    [
        ("privacy@harbour.example", True),
        ("Privacy+abc@Harbour.example", True),
        ("privacy+abc+d@harbour.example", True),
        ("privacy.officer@harbour.example", False),
        ("privacy+abc@quill.example", False),
        ("abc+privacy@harbour.example", False),
    ],
)
def test_our_own_letter_that_comes_back_is_no_mail_of_a_consumer(sender: str, ours: bool) -> None:  # noqa: FBT001 - a column of the table
    found = screened(
        f"From: {sender}\nSubject: Your request\n\nhi", our_addresses=frozenset({"privacy@harbour.example"})
    )

    assert (found.reason is Reason.OURS) == ours


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("MAILER-DAEMON@mx.example", ""),
        ("postmaster@mx.example", ""),
        ("bounces+42-rosa=quill.example@club.example", ""),
        ("bounce.7@club.example", ""),
        ("smtp2@mx.example", ""),
        ("x@mx.example", "Mail Delivery Subsystem"),
    ],
)
def test_a_mail_system_s_mailbox_is_known_by_its_address_or_name(address: str, name: str) -> None:
    assert screen.is_daemon(address, name)


@pytest.mark.parametrize("local", ["bouncer.bob", "bouncyball", "smtpguy", "mmdfan", "postmasters", "rosa.postmaster"])
def test_a_person_whose_name_begins_like_a_mail_system_s_is_a_person(local: str) -> None:
    found = screened(f"From: {local}@quill.example\nSubject: hi\n\nMy account does not exist any more, it says 5.1.1")

    assert (screen.is_daemon(f"{local}@quill.example"), found.disposition) == (False, Disposition.CLEAR)


@pytest.mark.parametrize(
    ("address", "nobody"),
    [("No-Reply@shop.example", True), ("do_not.reply+1@shop.example", True), ("rosa.noreply@quill.example", False)],
)
def test_a_mailbox_may_say_that_nobody_reads_it(address: str, nobody: bool) -> None:  # noqa: FBT001 - a column of the table
    assert screen.is_nobody(address) == nobody


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


REPORT = (
    "From: Mail Delivery System <postmaster@mx.example>\nSubject: Undelivered\nContent-Type: multipart/report; "
    "report-type=delivery-status; boundary=b\n\n--b\n\nsee below\n--b\nContent-Type: message/delivery-status\n\n"
    "Reporting-MTA: dns; mx.example\n\n%s\n--b\nContent-Type: text/rfc822-headers\n\n"
    "Message-ID: <letter@harbour.example>\nSubject: Your request\n--b--"
)
DELAYED = "Final-Recipient: rfc822; rosa@quill.example\nAction: delayed\nStatus: 4.4.1\n"
FAILED = "Original-Recipient: rfc822;ivo@brandt.example\nFinal-Recipient: rfc822; x\nAction: failed\nStatus: 5.0.0\n"
FULL = "Final-Recipient: rfc822; rosa@quill.example\nAction: failed\nStatus: 5.2.2\n"
TOLD = "Diagnostic-Code: smtp; 550\n 5.1.1 no such user\n"
OURS = "<letter@harbour.example>"


@pytest.mark.parametrize(
    ("groups", "bounce"),
    [
        (DELAYED, Bounce(("rosa@quill.example",), "4.4.1", BounceKind.SOFT, OURS)),
        (FAILED, Bounce(("ivo@brandt.example",), "5.0.0", BounceKind.HARD, OURS)),
        (FAILED + TOLD, Bounce(("ivo@brandt.example",), "5.1.1", BounceKind.HARD, OURS)),
        (FULL, Bounce(("rosa@quill.example",), "5.2.2", BounceKind.SOFT, OURS)),
        (f"{DELAYED}\n{FAILED}", Bounce(("ivo@brandt.example",), "5.0.0", BounceKind.HARD, OURS)),
    ],
    ids=["delayed", "failed", "failed, as its diagnosis says", "mailbox full", "one delayed and one failed"],
)
def test_a_delivery_status_notification_tells_whom_why_and_which_letter(groups: str, bounce: Bounce) -> None:
    found = screened(REPORT % groups)

    assert (found.disposition, found.reason) == (Disposition.BOUNCE, Reason.DELIVERY_STATUS)
    assert found.bounce == bounce


def test_a_notification_of_success_is_no_bounce() -> None:
    found = screened(REPORT % DELAYED.replace("delayed", "delivered").replace("4.4.1", "2.0.0"))

    assert (found.disposition, found.reason) == (Disposition.AUTOMATIC, Reason.DELIVERED)


def test_a_person_who_writes_about_a_bounced_cheque_is_a_person() -> None:
    found = screened("From: rosa@quill.example\nSubject: bounced\n\nMy cheque was returned. Please delete my account.")

    assert found.disposition is Disposition.CLEAR


def test_authentication_counts_only_when_a_trusted_host_says_so() -> None:
    forged = "Authentication-Results: evil.example; dkim=pass; spf=pass; dmarc=pass\n"
    ours = "Authentication-Results: mx.harbour.example;\n dkim=fail (dmarc=pass said a forger);\n spf=softfail\n"

    found = screened(f"{forged}{ours}From: rosa@quill.example\nSubject: hi\n\nhi", trusted_hosts=TRUSTED)

    assert found.authentication == screen.Authentication(spf="softfail", dkim="fail", dmarc="")


def dmarc_of(*told: str, author: str = "From: rosa@quill.example") -> str:
    """The DMARC result of a mail with these results by our server, the topmost first."""
    fields = "".join(f"Authentication-Results: mx.harbour.example; {each}\n" for each in told)
    return screened(f"{fields}{author}\nSubject: hi\n\nhi", trusted_hosts=TRUSTED).authentication.dmarc


@pytest.mark.parametrize(
    "told",
    [
        "dmarc=pass",
        "dmarc = pass (p=none; dis=none) header.from=quill.example",
        "DMARC/1=Pass header.from=Quill.Example.",
        "spf=fail smtp.mailfrom=evil.example; dkim=none; dmarc=pass reason=fine header.from=rosa@quill.example",
        'spf=pass smtp.mailfrom="x; dmarc=fail \\" y"@quill.example; dmarc=pass header.from="quill.example"',
        'spf=pass (\\) "; (dmarc=fail)) ; dmarc=pass',
    ],
)
def test_dmarc_passes_for_the_author_s_own_domain(told: str) -> None:
    assert dmarc_of(told) == "pass"


@pytest.mark.parametrize(
    "told",
    [
        ['spf=pass smtp.mailfrom="x dmarc=pass y"@evil.example; dmarc=fail header.from=quill.example'],
        ['spf=pass smtp.mailfrom="x; dmarc=pass; y"@evil.example; dmarc=fail header.from=quill.example'],
        ["dmarc=fail header.from=quill.example; dmarc=pass header.from=quill.example"],
        ["dmarc=pass header.from=quill.example; dmarc=fail header.from=quill.example"],
        ["spf=pass; dmarc=fail", "dmarc=pass header.from=quill.example"],
        ["dmarc=pass", "spf=pass", "dmarc=fail"],
    ],
    ids=["a quoted string", "one with semicolons", "fail first", "pass first", "forged below", "three fields"],
)
def test_no_pass_outweighs_a_failed_dmarc(told: list[str]) -> None:
    assert dmarc_of(*told) == "fail"


@pytest.mark.parametrize(
    "told",
    [
        "dmarc=pass header.from=evil.example",
        "dmarc=pass header.from=mail.quill.example",
        "dmarc=pass header.from=quill.example header.from=evil.example",
        "dmarc=pass header.from=",
        "dmarc=pass_",
        "spf=pass dmarc=pass",
        "reason=dmarc=pass",
        'spf=pass smtp.mailfrom="; dmarc=pass',
        "spf=pass (; dmarc=pass",
    ],
)
def test_a_pass_that_is_not_about_the_author_confirms_nobody(told: str) -> None:
    assert dmarc_of(told) == ""


@pytest.mark.parametrize(
    "author",
    [
        "From: evil@evil.example\nFrom: rosa@quill.example",
        "From: rosa@quill.example\nFrom: evil@evil.example",
        "From: rosa@quill.example, evil@evil.example",
        "From: Rosa",
        "Sender: rosa@quill.example",
    ],
    ids=["two fields", "two fields, the other way round", "two mailboxes", "no address", "no author"],
)
def test_dmarc_confirms_one_author_or_none(author: str) -> None:
    assert dmarc_of("dmarc=pass", author=author) == ""


@pytest.mark.parametrize("told", ["españa.example", "xn--espaa-rta.example", "XN--ESPAA-RTA.example"])
@pytest.mark.parametrize("domain", ["españa.example", "xn--espaa-rta.example"])
def test_a_domain_is_the_same_in_both_its_spellings(domain: str, told: str) -> None:
    assert dmarc_of(f"dmarc=pass header.from={told}", author=f"From: rosa@{domain}") == "pass"


@pytest.mark.parametrize("label", ["xn--\udcff", "xn--99999999", "xn--" + "a" * 7_000, "xn--a-\x7f", "xn--" + "9" * 60])
def test_a_domain_that_is_none_confirms_nobody(label: str) -> None:
    raw = f"Authentication-Results: mx.harbour.example; dmarc=pass header.from={label}\nFrom: rosa@quill.example\n\nhi"
    found = screen.screen(parse(raw.encode("utf-8", "surrogateescape")), trusted_hosts=TRUSTED)

    assert found.authentication.dmarc == ""


def test_a_trusted_host_may_be_written_in_any_case_and_with_its_last_dot() -> None:
    hosts = load(IntakeSettings, {"intake": {"trusted_hosts": ["MX.Harbour.example."]}}).trusted_hosts
    raw = "Authentication-Results: mx.harbour.example. 1; spf=pass\nFrom: rosa@quill.example\n\nhi"

    assert hosts == ("mx.harbour.example",)
    assert screened(raw, trusted_hosts=frozenset(hosts)).authentication.spf == "pass"


def test_without_trusted_hosts_nothing_is_authenticated() -> None:
    found = screened("Authentication-Results: mx.harbour.example; dmarc=pass\nFrom: rosa@quill.example\n\nhi")

    assert found.authentication == screen.Authentication()
