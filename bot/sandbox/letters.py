"""A mail's bytes become a letter to read; a consumer's words become a mail to send."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, getaddresses, make_msgid, parseaddr
from typing import TYPE_CHECKING

from bot.sandbox.events import Letter

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import Message


def read_letter(content: bytes, recipient: str, at: datetime) -> Letter:
    """Read a mail as a mail client would.

    Args:
        content: the whole mail.
        recipient: from the envelope.
        at: when it arrived, aware.
    """
    mail = message_from_bytes(content, policy=policy.default)
    name, sender = parseaddr(_header(mail, "From"))
    _, reply_to = parseaddr(_header(mail, "Reply-To"))
    return Letter(
        message_id=_header(mail, "Message-ID"),
        sender=sender,
        sender_name=name,
        to=recipient,
        reply_to=reply_to or sender,
        subject=_header(mail, "Subject"),
        text=_text(mail, "text/plain"),
        html=_text(mail, "text/html"),
        at=at.isoformat(timespec="seconds"),
        in_reply_to=_header(mail, "In-Reply-To"),
        references=tuple(_header(mail, "References").split()),
        attachments=tuple(
            part.get_filename() or part.get_content_type() for part in mail.walk() if part.get_filename()
        ),
    )


def compose(  # noqa: PLR0913 - a mail has this many parts
    *,
    sender: str,
    name: str,
    to: str,
    subject: str,
    text: str,
    html: str,
    answers: Letter | None,
    in_reply_to: str,
    at: datetime,
) -> EmailMessage:
    """Write a mail as a consumer's mail client would.

    Args:
        sender: the address in From.
        name: the name in From, may be empty.
        to: the recipient.
        subject: may be empty; an answer then takes that of its letter.
        text: the plain part.
        html: the HTML part, or empty.
        answers: the letter it answers, or None.
        in_reply_to: the Message-ID it answers when that letter is not in the mailbox.
        at: when it is written, aware.
    """
    mail = EmailMessage()
    mail["From"] = str(Address(display_name=name, addr_spec=sender)) if name else sender
    mail["To"] = to
    mail["Subject"] = subject or (_re(answers.subject) if answers is not None else "")
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or "consumer.test")
    if answers is not None:
        mail["In-Reply-To"] = answers.message_id
        mail["References"] = " ".join((*answers.references, answers.message_id))
    elif in_reply_to:
        mail["In-Reply-To"] = mail["References"] = in_reply_to
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def addresses(content: bytes) -> list[str]:
    """The addresses in To of a raw mail."""
    mail = message_from_bytes(content)
    return [address for _, address in getaddresses([str(value) for value in mail.get_all("To", [])]) if "@" in address]


def _re(subject: str) -> str:
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def _header(mail: Message, name: str) -> str:
    # The standard parser raises on some of what Outlook writes; a mail client would show it nevertheless.
    try:
        return " ".join(str(mail.get(name, "")).split())
    except (IndexError, ValueError, LookupError, AttributeError):
        return next((str(value).strip() for header, value in mail.raw_items() if header.lower() == name.lower()), "")


def _text(mail: Message, kind: str) -> str:
    for part in mail.walk():
        if part.get_content_type() == kind and not part.get_filename():
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return _decoded(payload, part.get_content_charset()).replace("\r\n", "\n").strip()
    return ""


def _decoded(payload: bytes, charset: str | None) -> str:
    try:
        return payload.decode(charset or "utf-8", errors="replace")
    except LookupError:
        return payload.decode("utf-8", errors="replace")
