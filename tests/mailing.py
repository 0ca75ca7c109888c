"""The outside world of mail: what consumers write, and a mail server that does as a test tells it."""

from __future__ import annotations

import asyncio
import datetime as dt
import email
import ipaddress
import ssl
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP as CRLF
from email.policy import default
from enum import Enum, auto
from itertools import count
from pathlib import Path

import aiosmtplib
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

INBOX = "privacy@shop.test"
ROSA = "rosa.alvarez@example.net"
STRANGER = "sam.stranger@example.org"
ERASE = "Hello, please delete my account and all the personal data you hold about me. Thank you, Rosa Alvarez"

_numbers = count(1)


def mail(text: str = ERASE, sender: str = ROSA, to: str = INBOX, subject: str = "Hello", **headers: str) -> bytes:
    """A mail as a consumer's client writes it; no two are alike.

    Args:
        text: its body.
        sender: its From.
        to: its To.
        subject: its Subject.
        headers: further ones, with underscores for dashes.
    """
    message = EmailMessage(policy=CRLF)
    message["From"] = f"Somebody <{sender}>"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = "Tue, 12 Jan 2027 09:00:00 -0800"
    message["Message-ID"] = f"<consumer-{next(_numbers)}@mail.example.net>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def bounce_of(letter: EmailMessage, of: str = ROSA) -> bytes:
    """The report of a mail server that could not deliver a letter of ours (RFC 3464)."""
    boundary = "=_report"
    return "\r\n".join(
        [
            "From: Mail Delivery System <MAILER-DAEMON@mx.example.net>",
            f"To: {INBOX}",
            "Subject: Undelivered Mail Returned to Sender",
            f"Message-ID: <bounce-{next(_numbers)}@mx.example.net>",
            "Auto-Submitted: auto-replied",
            "MIME-Version: 1.0",
            f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"',
            "",
            f"--{boundary}",
            "Content-Type: text/plain",
            "",
            "The mail could not be delivered.",
            f"--{boundary}",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.example.net",
            "",
            f"Final-Recipient: rfc822; {of}",
            "Action: failed",
            "Status: 5.1.1",
            "Diagnostic-Code: smtp; 550 5.1.1 no such user",
            "",
            f"--{boundary}",
            "Content-Type: text/rfc822-headers",
            "",
            f"From: {letter['From']}",
            f"Message-ID: {letter['Message-ID']}",
            f"Subject: {letter['Subject']}",
            "",
            f"--{boundary}--",
            "",
        ]
    ).encode()


async def send(raw: bytes, where: tuple[str, int], sender: str = ROSA, to: str = INBOX) -> tuple[int, str]:
    """Hand a mail to a server by SMTP.

    Args:
        raw: the mail.
        where: the server's address and port.
        sender: the envelope's sender.
        to: the envelope's recipient.

    Returns:
        Its answer to the mail.
    """
    async with aiosmtplib.SMTP(hostname=where[0], port=where[1], start_tls=False, timeout=20) as client:
        await client.mail(sender)
        await client.rcpt(to)
        try:
            return await client.data(raw)
        except aiosmtplib.SMTPDataError as refused:
            return refused.code, refused.message


async def until(holds: Callable[[], bool | Awaitable[bool]], seconds: float = 15) -> None:
    """Wait for a condition, and fail when it does not come true in time."""
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        verdict = holds()
        if verdict if isinstance(verdict, bool) else await verdict:
            return
        assert asyncio.get_running_loop().time() < deadline, "this did not come true in time"
        await asyncio.sleep(0.02)


def certificate(folder: Path) -> Path:
    """A self-signed certificate of 127.0.0.1 and its key, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


class Manner(Enum):
    """What a mail server can do beside answering."""

    CUT_AFTER_DATA = auto()
    SILENCE_AFTER_DATA = auto()


@dataclass(frozen=True, slots=True)
class Taken:
    """A mail that a server was handed, and what it answered."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    answer: str | Manner

    @property
    def message(self) -> EmailMessage:
        """The mail, read."""
        return email.message_from_bytes(self.content, _class=EmailMessage, policy=default)


@dataclass
class Sink:
    """A mail server of the outside world: it takes everything, unless it was told something else.

    Attributes:
        where: its address and port.
        taken: everything that it was handed to the end.
        answers: what to do with the next mails, in turn; it takes the rest.
        refusals: what to answer to the next recipients, in turn.
        leisure: what it waits for before it answers a mail that it was handed.
        stays: it never answers QUIT.
    """

    where: tuple[str, int] = ("127.0.0.1", 0)
    taken: list[Taken] = field(default_factory=list)
    answers: deque[str | Manner] = field(default_factory=deque)
    refusals: deque[str] = field(default_factory=deque)
    leisure: asyncio.Event | None = None
    stays: bool = False

    @property
    def message_ids(self) -> list[str]:
        """The Message-IDs of the mails that were taken, in their order."""
        return [str(taken.message["Message-ID"]) for taken in self.taken]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.refusals:
            return self.refusals.popleft()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        if self.stays:
            await asyncio.Event().wait()
        return "221 Bye"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.popleft() if self.answers else "250 OK"
        content = envelope.original_content or b""
        assert isinstance(content, bytes)
        self.taken.append(Taken(envelope.mail_from or "", tuple(envelope.rcpt_tos), content, answer))
        if self.leisure is not None:
            await self.leisure.wait()
        match answer:
            case Manner.CUT_AFTER_DATA:
                server.transport.abort()  # type: ignore[union-attr] # it is there while a mail is handed over
                return "421 gone"
            case Manner.SILENCE_AFTER_DATA:
                await asyncio.Event().wait()
                return "421 gone"
            case _:
                return answer


@asynccontextmanager
async def outside(tls: Path | None = None, *, utf8: bool = True) -> AsyncIterator[Sink]:
    """A mail server on a free port of this machine, for the length of the block.

    Args:
        tls: a PEM file: it offers STARTTLS.
        utf8: whether it takes internationalised addresses (RFC 6531).
    """
    sink, context = Sink(), None
    if tls is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(tls)
    open_ones: list[SMTP] = []

    def connection() -> SMTP:
        server = SMTP(sink, enable_SMTPUTF8=utf8, hostname="mx.example.net", tls_context=context, timeout=60)
        open_ones.append(server)
        return server

    listening = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", 0)
    sink.where = listening.sockets[0].getsockname()[:2]
    try:
        yield sink
    finally:
        listening.close()
        for server in open_ones:
            if server.transport is not None:
                server.transport.abort()  # type: ignore[union-attr] # a socket's transport
        await listening.wait_closed()
        await asyncio.sleep(0)  # the aborted connections end
