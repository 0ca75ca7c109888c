"""Bytes to a frozen Mail. Never raises, whatever the bytes; every repair is told as a defect."""

from __future__ import annotations

import re
from typing import Final

from intake.mime import addresses, attachments, charsets, dates, structure, words
from intake.mime.identity import content_hash
from intake.mime.model import Address, Attachment, Headers, Mail, Part

__all__ = ["Address", "Attachment", "Headers", "Mail", "Part", "content_hash", "parse"]

REFERENCES: Final = 200
"""Message-IDs of one References field that are read."""

_MESSAGE_ID: Final = re.compile(r"<([^<>\s]{1,900})>")


def parse(raw: bytes) -> Mail:
    """Read a mail.

    Args:
        raw: the mail as it arrived; any bytes at all.

    Returns:
        The mail. What was broken is mended as far as it can be, and named in `defects`.
    """
    opened = structure.Opened()
    root = structure.cut(_line_ends(raw, opened), opened)
    fields = root.headers
    charset = next((part.charset for part in root.walk() if part.charset), "")
    references = _message_ids(fields.first("references"))
    return Mail(
        headers=fields,
        message_id=_message_id(fields.first("message-id")),
        in_reply_to=_message_id(fields.first("in-reply-to")),
        references=references,
        sender=_sender(fields, charset),
        reply_to=addresses.read(fields.first("reply-to"), charset),
        to=_all(fields, "to", charset),
        cc=_all(fields, "cc", charset),
        subject=words.text(fields.first("subject"), charset),
        date=dates.read(words.unfold(fields.first("date"))),
        root=root,
        attachments=attachments.of(root),
        defects=tuple(opened.defects),
    )


def _line_ends(raw: bytes, opened: structure.Opened) -> bytes:
    """Lines that end with CR alone (old Macs, broken exports) get the LF that all else looks for."""
    head = raw[:65_536]
    if b"\r" in head and b"\n" not in head.replace(b"\r\n", b""):
        bare = head.count(b"\r") - head.count(b"\r\n")
        if bare > head.count(b"\r\n"):
            opened.note("lines end with CR alone")
            return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return raw


def _sender(fields: Headers, charset: str) -> Address | None:
    """From, or what comes closest: Sender, then Return-Path."""
    for name in ("from", "sender", "return-path"):
        for value in fields.every(name):
            found = addresses.read(value, charset)
            usable = next((each for each in found if each.address), None)
            if usable is not None:
                return usable
    named = addresses.read(fields.first("from"), charset)
    return named[0] if named else None


def _all(fields: Headers, name: str, charset: str) -> tuple[Address, ...]:
    found = [each for value in fields.every(name)[:20] for each in addresses.read(value, charset)]
    return tuple(each for each in found if each.address)[: addresses.MOST]


def _message_ids(raw: bytes) -> tuple[str, ...]:
    if not raw:
        return ()
    value = charsets.clean(words.unfold(raw))
    found = [f"<{each}>" for each in _MESSAGE_ID.findall(value)]
    return tuple(dict.fromkeys(found))[:REFERENCES]


def _message_id(raw: bytes) -> str:
    """The first Message-ID of a field; one that breaks the rules is kept as it stands (RFC 5322, 3.6.4)."""
    found = _message_ids(raw)
    return found[0] if found else words.unfold(raw)[:998]
