"""Hostile and odd mails, one a row, each with where it must end up, whatever road it takes."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from store.rules.states import MailState
from tests.mailing import INBOX, ROSA

ASKS = "Please delete all the personal data that you hold about me."
HEAD = f"From: Rosa Alvarez <{ROSA}>\r\nTo: {INBOX}\r\nSubject: Hello\r\nDate: Tue, 12 Jan 2027 09:00:00 -0800\r\n"
MIME = "MIME-Version: 1.0\r\n"
_numbers = count(1)

BIG = 300 * 1024
"""More than the tests' listener and poller take of one mail."""

OPENED, HELD, FILED = MailState.OPENED, MailState.HELD, MailState.FILED


class Refused(StrEnum):
    """The mails that never get past SMTP, by what they are told; a mailbox may hold them all the same."""

    TOO_LARGE = "552"


@dataclass(frozen=True, slots=True)
class Odd:
    """A mail, and what must become of it.

    Attributes:
        name: what is odd.
        raw: its bytes.
        state: where it must end up.
        why: words of the reason that staff read.
        sender: the envelope's.
        refused: the answer it gets by SMTP, where it gets no further.
    """

    name: str
    raw: bytes
    state: MailState
    why: str = ""
    sender: str = ROSA
    refused: Refused | None = None


def _mail(body: str | bytes = ASKS, head: str = HEAD, more: str = "") -> bytes:
    """A mail that differs from all others, unless its own odd header says what tells it apart."""
    text = body if isinstance(body, bytes) else body.encode()
    name = (
        "" if "Message-ID" in more or "Date" not in head else f"Message-ID: <odd-{next(_numbers)}@mail.example.net>\r\n"
    )
    return f"{head}{more}{name}\r\n".encode() + text + b"\r\n"


def _parts(*parts: str, kind: str = "mixed", more: str = "", close: bool = True) -> bytes:
    boundary = "a-boundary"
    body = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts) + (f"--{boundary}--" if close else "")
    return _mail(body, more=f'{MIME}Content-Type: multipart/{kind}; boundary="{boundary}"{more}\r\n')


def _text(text: str, kind: str = "text/plain; charset=utf-8") -> str:
    return f"Content-Type: {kind}\r\n\r\n{text}"


def _typed(kind: str, encoding: str = "8bit") -> str:
    return f"{MIME}Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n"


def _nested(depth: int) -> str:
    inner = _text(ASKS)
    for level in range(depth):
        mark = f"level-{level}"
        inner = f'Content-Type: multipart/mixed; boundary="{mark}"\r\n\r\n--{mark}\r\n{inner}\r\n--{mark}--'
    return inner


def _headers(depth: int) -> bytes:
    return HEAD.encode() + MIME.encode() + _nested(depth).encode() + b"\r\n"


def without(field: str, head: str = HEAD) -> str:
    """The usual header but for one field."""
    return "".join(f"{line}\r\n" for line in head.split("\r\n") if line and not line.startswith(f"{field}:"))


def _charsets() -> Iterator[Odd]:
    accented = "Señora, ¿qué tal? " + ASKS
    yield Odd("Latin-1 that nobody declared", _mail(accented.encode("latin-1")), OPENED)
    yield Odd("a charset that does not exist", _mail(accented, more=_typed("text/plain; charset=x-nowhere")), OPENED)
    yield Odd("an empty charset", _mail(accented, more=_typed('text/plain; charset=""')), OPENED)
    yield Odd("UTF-8 that says it is Big5", _mail(accented, more=_typed("text/plain; charset=big5")), OPENED)
    yield Odd(
        "UTF-16",
        _mail(base64.encodebytes(ASKS.encode("utf-16")), more=_typed("text/plain; charset=utf-16", "base64")),
        OPENED,
    )
    yield Odd(
        "raw bytes in its headers", HEAD.replace("Hello", "Señal").encode("latin-1") + b"\r\n" + ASKS.encode(), OPENED
    )
    yield Odd("NUL bytes in its words", _mail(f"Hello\0 there.\r\n{ASKS}".encode()), OPENED)


def _encodings() -> Iterator[Odd]:
    encoded = base64.b64encode(ASKS.encode()).rstrip(b"=")
    yield Odd("base64 without its padding", _mail(encoded, more=_typed("text/plain", "base64")), OPENED)
    yield Odd("a transfer encoding that nobody knows", _mail(more=_typed("text/plain", "rot26")), OPENED)
    yield Odd(
        "text that only says it is base64",
        _mail(f"Hello there!\r\n{ASKS}", more=_typed("text/plain", "base64")),
        OPENED,
    )
    yield Odd("broken quoted-printable", _mail(f"=ZZ = {ASKS}=", more=_typed("text/plain", "quoted-printable")), OPENED)
    yield Odd(
        "lines that flow",
        _mail("Please delete all the \r\npersonal data that you hold.", more=_typed("text/plain; format=flowed")),
        OPENED,
    )


def _structure() -> Iterator[Odd]:
    yield Odd("a boundary that is not declared", _parts(_text(ASKS)).replace(b'boundary="a-boundary"', b"x=y"), OPENED)
    yield Odd("a boundary that is never closed", _parts(_text(ASKS), close=False), OPENED)
    yield Odd("nested fifteen deep", _headers(15), OPENED)
    yield Odd("nested a thousand deep", _headers(1_000), HELD, "No right")
    yield Odd("five hundred parts", _parts(_text(ASKS), *[_text("x")] * 500), OPENED)
    yield Odd(
        "fourteen kilobytes of Content-Type",
        _mail(more=f"{MIME}Content-Type: text/plain; {'a=b; ' * 2_800}\r\n"),
        OPENED,
    )
    yield Odd("five thousand headers", _mail(more="X-Filler: x\r\n" * 5_000), OPENED)
    yield Odd(
        "a part that promises a gigabyte",
        _parts(_text(ASKS), "Content-Type: application/pdf\r\nContent-Length: 1073741824\r\n\r\nx"),
        OPENED,
    )
    yield Odd("lines that end with CR alone", _mail().replace(b"\r\n", b"\r"), OPENED)
    yield Odd(
        "the separator of an mbox on top", b"From rosa@example.net Tue Jan 12 09:00:00 2027\r\n" + _mail(), OPENED
    )
    yield Odd("no blank line before its body", HEAD.encode() + ASKS.encode() + b" Thanks!\r\n", OPENED)


def _fields() -> Iterator[Odd]:
    yield Odd("no Date and no Message-ID", _mail("Delete my personal data, please. No date.", without("Date")), OPENED)
    yield Odd("a Message-ID that breaks the rules", _mail(more="Message-ID: <[two@at@signs]>\r\n"), OPENED)
    yield Odd("a date in the year 99999", _mail(head=HEAD.replace("12 Jan 2027", "12 Jan 99999")), OPENED)
    yield Odd(
        "ten thousand references",
        _mail(more="References: " + " ".join(f"<{n}@x>" for n in range(10_000)) + "\r\n"),
        OPENED,
    )
    yield Odd("its right in the subject alone", _mail("", HEAD.replace("Hello", "Delete my personal data")), OPENED)
    yield Odd(
        "an encoded word in pieces",
        _mail("", HEAD.replace("Hello", "=?utf-8?q?Delete_my_pers?=\r\n =?utf-8?q?onal_data?=")),
        OPENED,
    )
    yield Odd("two subjects", _mail(more="Subject: Another one\r\n"), OPENED)
    yield Odd("two authors", _mail(head=HEAD.replace(f"<{ROSA}>", f"<{ROSA}>, Bob <bob@example.com>")), OPENED)
    yield Odd("no author, but a return path", _mail(head=f"Return-Path: <{ROSA}>\r\n" + without("From")), OPENED)
    yield Odd(
        "a group for an author",
        _mail(head=f"Return-Path: <{ROSA}>\r\nFrom: undisclosed:;\r\n" + without("From")),
        OPENED,
    )
    yield Odd("a domain beyond ASCII", _mail(head=HEAD.replace("@example.net", "@exämple.net")), OPENED)
    yield Odd("an address beyond ASCII", _mail(head=HEAD.replace("rosa.alvarez@", "rosä@")), OPENED)
    yield Odd(
        "recipients that are not told", _mail(head=HEAD.replace(f"To: {INBOX}", "To: undisclosed-recipients:;")), OPENED
    )
    yield Odd(
        "an author that is a sentence",
        _mail(head=HEAD.replace(f"Rosa Alvarez <{ROSA}>", "nobody in particular")),
        HELD,
        "names no sender",
    )


def _looks() -> Iterator[Odd]:
    hidden = f'<p>Hello, what are your hours?</p><p style="display:none">{ASKS}</p>'
    yield Odd("a right that nobody sees", _mail(hidden, more=_typed("text/html; charset=utf-8")), HELD, "No right")
    yield Odd(
        "HTML alone", _mail(f"<html><body><p>{ASKS}</p></body></html>", more=_typed("text/html; charset=utf-8")), OPENED
    )
    yield Odd(
        "an alternative that is empty",
        _parts(_text(" "), _text(f"<p>{ASKS}</p>", "text/html"), kind="alternative"),
        OPENED,
    )
    yield Odd("Spanish", _mail("Por favor, eliminen todos los datos personales que tienen sobre mí."), OPENED)
    yield Odd(
        "a right only in what it quotes",
        _mail(f"Thanks, all is well.\r\n\r\nOn Tue, Bob wrote:\r\n> {ASKS}"),
        HELD,
        "No right",
    )
    yield Odd(
        "forwarded by somebody",
        _mail(
            f"---------- Forwarded message ---------\r\nFrom: bob@example.com\r\nSubject: x\r\n\r\n{ASKS}",
            HEAD.replace("Hello", "Fwd: Hello"),
        ),
        HELD,
        "forwarded",
    )
    yield Odd("nothing in it", _mail("", without("Subject")), HELD)


def _sealed() -> Iterator[Odd]:
    armour = "-----BEGIN PGP {0}-----\r\n\r\nhQEMAxxxx\r\n=abcd\r\n-----END PGP {0}-----"
    yield Odd("encrypted with PGP", _mail(armour.format("MESSAGE")), HELD, "encrypted")
    yield Odd(
        "encrypted with PGP/MIME",
        _parts(
            "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1",
            f"Content-Type: application/octet-stream\r\n\r\n{armour.format('MESSAGE')}",
            kind="encrypted",
            more='; protocol="application/pgp-encrypted"',
        ),
        HELD,
        "encrypted",
    )
    yield Odd(
        "encrypted with S/MIME",
        _mail("MIIB", more=_typed("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "base64")),
        HELD,
        "encrypted",
    )
    signed = f"-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\n{ASKS}\r\n{armour.format('SIGNATURE')}"
    yield Odd("signed with PGP", _mail(signed), OPENED)
    yield Odd(
        "signed with PGP/MIME",
        _parts(
            _text(ASKS),
            "Content-Type: application/pgp-signature\r\n\r\nx",
            kind="signed",
            more='; protocol="application/pgp-signature"',
        ),
        OPENED,
    )
    yield Odd(
        "signed with S/MIME",
        _parts(_text(ASKS), "Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx", kind="signed"),
        OPENED,
    )


def _programs() -> Iterator[Odd]:
    report = (
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n"
        "Final-Recipient: rfc822; x@example.org\r\nAction: failed\r\nStatus: 5.1.1"
    )
    daemon = HEAD.replace(f"Rosa Alvarez <{ROSA}>", "MAILER-DAEMON@mx.example.net")
    yield Odd("an absence note", _mail("I am away.", more="Auto-Submitted: auto-replied\r\n"), FILED)
    yield Odd(
        "an absence note in Japanese, without headers", _mail("不在です。", HEAD.replace("Hello", "自動返信")), FILED
    )
    yield Odd(
        "a delivery report of somebody else's mail",
        _parts(_text("Failed."), report, kind="report", more="; report-type=delivery-status"),
        FILED,
        sender="",
    )
    yield Odd(
        "a failure that is no report",
        _mail(
            "Your message could not be delivered: user unknown",
            daemon.replace("Hello", "Undelivered Mail Returned to Sender"),
        ),
        FILED,
        sender="",
    )
    yield Odd(
        "a read receipt",
        _parts(
            _text("Read."),
            "Content-Type: message/disposition-notification\r\n\r\nDisposition: automatic-action/MDN; displayed",
            kind="report",
            more="; report-type=disposition-notification",
        ),
        FILED,
    )
    yield Odd(
        "an abuse report",
        _parts(
            _text("Spam."),
            "Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse",
            kind="report",
            more="; report-type=feedback-report",
        ),
        FILED,
    )
    yield Odd(
        "a calendar invitation",
        _parts(_text("Lunch?"), "Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR"),
        FILED,
    )
    yield Odd(
        "a newsletter",
        _mail("News of the week.", more="List-Id: <news.example.net>\r\nList-Unsubscribe: <mailto:x@example.net>\r\n"),
        FILED,
    )
    yield Odd("a request through a group", _mail(more="List-Id: <privacy.shop.test>\r\n"), OPENED)
    yield Odd(
        "spam by the filter's word",
        _mail("Cheap watches.", more="X-Spam-Flag: YES\r\n"),
        FILED,
    )
    yield Odd("spam that asks for a right", _mail(more="X-Spam-Flag: YES\r\n"), HELD, "spam")
    yield Odd("a program that asks for a right", _mail(more="Auto-Submitted: auto-generated\r\n"), HELD, "program")
    yield Odd(
        "a request without an envelope's sender", _mail(head=f"Return-Path: <>\r\n{HEAD}"), HELD, "no sender", sender=""
    )
    yield Odd("a request in the name of nobody", _mail(head=HEAD.replace(ROSA, "noreply@forms.example.net")), HELD)
    yield Odd("our own inbox for an author", _mail(head=HEAD.replace(ROSA, INBOX)), HELD, "our own inbox")


def _others() -> Iterator[Odd]:
    yield Odd("a case that is merely named", _mail(f"PR-1001: {ASKS}"), HELD, "names a case")
    yield Odd("a token that is no case's", _mail(f"[PR-1001 {'0123456789' * 2}] Any news?"), HELD)
    yield Odd(
        "an agent for several people",
        _mail(
            "I am the authorized agent of ann@one.example and bob@two.example. Delete all their personal data, please."
        ),
        HELD,
        "2 people",
    )
    yield Odd(
        "too large",
        _mail(ASKS + "\r\n" + ("x" * 76 + "\r\n") * (BIG // 78 + 1)),
        HELD,
        "too large",
        refused=Refused.TOO_LARGE,
    )
    yield Odd(
        "letters that look like markup for Slack",
        _mail(f"<!channel> <@U0STAFF1> {ASKS}", HEAD.replace("Rosa Alvarez", '"<!here>"')),
        OPENED,
    )


ODD_MAILS = (
    *_charsets(), *_encodings(), *_structure(), *_fields(), *_looks(), *_sealed(), *_programs(), *_others(),
)  # fmt: skip
