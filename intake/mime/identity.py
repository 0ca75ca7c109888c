"""The one hash by which a mail is known again, whatever road it came by."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from intake.mime import structure

if TYPE_CHECKING:
    from datetime import date

WRITTEN: Final = ("from", "to", "cc", "reply-to", "subject", "date", "message-id", "in-reply-to", "references")
"""What the sender wrote. Trace and transport fields (RFC 5321, 4.4; RFC 8601; DKIM) differ by road and are left out."""

TELLING: Final = ("date", "message-id")
"""What tells two mails of the same words apart."""


def content_hash(raw: bytes, received_on: date | None = None) -> str:
    """A hash of what the sender wrote, in hexadecimal (SHA-256).

    The same mail by SMTP, IMAP or from an mbox has one hash: trace headers, line ends, folding, blanks at line ends and
    the mbox "From " lines do not count. Another text under a stolen Message-ID has another hash.

    Args:
        raw: the mail as it arrived.
        received_on: the day of its receipt in UTC. It counts only for a mail with neither Date nor Message-ID, since
            the same bytes on another day are then another mail.
    """
    plain = unified(raw)
    fields, body = structure.headers(plain, 0, len(plain), structure.Opened())
    digest = hashlib.sha256()
    for name in WRITTEN:
        for value in fields.every(name):
            digest.update(b"%s:%s\n" % (name.encode(), b" ".join(value.split())))
    if received_on is not None and not any(value.strip() for name in TELLING for value in fields.every(name)):
        digest.update(b"received-on:%s\n" % received_on.isoformat().encode())
    digest.update(b"\n")
    digest.update(_settled(plain[body:]))
    return digest.hexdigest()


def _settled(text: bytes) -> bytes:
    """A body without what roads change: the mbox's mark before "From ", blanks at line ends, empty lines around it."""
    if b"\n>From " in text:
        text = text.replace(b"\n>From ", b"\nFrom ")
    if b" \n" in text or b"\t\n" in text:  # line by line only where needed: a big attachment has no such blanks
        text = b"\n".join(line.rstrip(b" \t") for line in text.split(b"\n"))
    return text.strip(b"\n \t")


def unified(raw: bytes) -> bytes:
    """The mail with LF line ends, whether it came with CRLF, LF or CR alone."""
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in raw else raw
