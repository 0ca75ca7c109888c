"""The one hash by which a mail is known again, whatever road it came by."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from intake.mime import structure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

WRITTEN: Final = ("from", "to", "cc", "reply-to", "subject", "date", "message-id", "in-reply-to", "references")
"""What the sender wrote. Trace and transport fields (RFC 5321, 4.4; RFC 8601; DKIM) differ by road and are left out."""

PIECE: Final = 1_000_000
"""Bytes of a body that are hashed at once, to the next line end."""
BLANKS: Final = b"\n \t"
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
    for piece in _settled(plain, body):
        digest.update(piece)
    return digest.hexdigest()


def _settled(plain: bytes, body: int) -> Iterator[bytes]:
    """A body without what roads change: the mbox's mark before "From ", blanks at line ends, empty lines around it.

    It comes in pieces, since copies of a big attachment add up.
    """
    at, waiting, begun = body, b"", False
    while at < len(plain):
        stop = plain.find(b"\n", at + PIECE) + 1 or len(plain)
        piece = _unmarked(plain[at:stop], inner=at > body)
        core = piece.rstrip(BLANKS) if begun else piece.strip(BLANKS)
        if core:
            yield waiting if begun else b""
            yield core
            begun, waiting = True, b""
            piece = piece[len(piece.rstrip(BLANKS)) :]
        waiting += piece
        at = stop


def _unmarked(piece: bytes, *, inner: bool) -> bytes:
    """Whole lines without the mbox's marks and without blanks at their ends."""
    if inner and piece.startswith(b">From "):
        piece = piece[1:]
    if b"\n>From " in piece:
        piece = piece.replace(b"\n>From ", b"\nFrom ")
    if b" \n" in piece or b"\t\n" in piece:  # line by line only where needed: a big attachment has no such blanks
        piece = b"\n".join(line.rstrip(b" \t") for line in piece.split(b"\n"))
    return piece


def unified(raw: bytes) -> bytes:
    """The mail with LF line ends, whether it came with CRLF, LF or CR alone."""
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in raw else raw
