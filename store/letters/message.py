"""From a draft to the bytes that are sent: RFC 5322, with the headers that keep a thread together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

from store.values import Draft

MOST_REFERENCES = 20


class LetterPolicy(EmailPolicy):
    """SMTP's, but Message-IDs are folded between, never within: the library encodes one that is longer than a line."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """A header as it is sent."""
        if name not in THREADING:
            return super().fold_binary(name, value)
        ids = "\r\n ".join(value.split())
        return f"{name}: {ids}\r\n".encode("ascii")


THREADING = frozenset({"Message-ID", "In-Reply-To", "References"})
POLICY = LetterPolicy(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom, in answer to what.

    Attributes:
        message_id: our own, with its angle brackets.
        sender_name: the business.
        inbox: the privacy inbox, which answers come back to.
        token: the case's token, for the plus-address.
        recipient: the consumer's address.
        at: when it is written, aware.
        references: the thread's Message-IDs, oldest first; the last one is answered.
        automatic: nobody wrote it by hand (RFC 3834).
    """

    message_id: str
    sender_name: str
    inbox: str
    token: str
    recipient: str
    at: datetime
    references: Sequence[str]
    automatic: bool


def sealed_message(draft: Draft, envelope: Envelope) -> bytes:
    """The finished letter: a retry sends these very bytes."""
    message = EmailMessage(policy=POLICY.clone(utf8=not envelope.recipient.isascii()))
    local, _, domain = envelope.inbox.partition("@")
    message["From"] = Address(envelope.sender_name, addr_spec=envelope.inbox)
    message["To"] = envelope.recipient
    message["Reply-To"] = f"{local}+{envelope.token}@{domain}"
    message["Subject"] = draft.subject
    message["Date"] = format_datetime(envelope.at)
    message["Message-ID"] = envelope.message_id
    if envelope.references:
        message["In-Reply-To"] = envelope.references[-1]
        message["References"] = " ".join(envelope.references[-MOST_REFERENCES:])
    if envelope.automatic:
        message["Auto-Submitted"] = "auto-replied"
    message.set_content(draft.body, cte="quoted-printable")
    if draft.html:
        message.add_alternative(draft.html, subtype="html", cte="quoted-printable")
    return message.as_bytes()
