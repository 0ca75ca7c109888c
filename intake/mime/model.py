"""A mail as read: frozen values, with no surrogate and no NUL in any text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox: the name a person reads, and the address (RFC 5322, 3.4)."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Headers:
    """Header fields by lower-case name, as the bytes that stood on the wire, folding included."""

    fields: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)

    def first(self, name: str) -> bytes:
        """The first field of this lower-case name, or nothing."""
        found = self.fields.get(name)
        return found[0] if found else b""

    def every(self, name: str) -> tuple[bytes, ...]:
        """All fields of this lower-case name, in their order."""
        return self.fields.get(name, ())

    def ascii(self, name: str) -> str:
        """The first field as one plain line, for fields that machines write; other bytes become question marks."""
        found = self.first(name)
        if not found:
            return ""
        return " ".join(found.decode("ascii", "replace").replace("\ufffd", "?").replace("\0", "").split())

    def __contains__(self, name: object) -> bool:
        return name in self.fields


@dataclass(frozen=True, slots=True)
class Part:
    """One MIME entity: a leaf with decoded content, or a container with children."""

    content_type: str
    headers: Headers
    charset: str = ""
    name: str = ""
    disposition: str = ""
    report_type: str = ""
    content: bytes = b""
    children: tuple[Part, ...] = ()

    @property
    def is_message(self) -> bool:
        """Whether this carries another mail (RFC 2046, 5.2)."""
        return self.content_type in {"message/rfc822", "message/global"}

    def walk(self) -> Iterator[Part]:
        """This part and all below it, in reading order."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.children))


@dataclass(frozen=True, slots=True)
class Attachment:
    """What came with a mail: its name ("" when it has none), MIME type and decoded content."""

    name: str
    content_type: str
    content: bytes

    @property
    def size(self) -> int:
        """The decoded length in bytes."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Mail:
    """A whole mail: who, to whom, about what, its parts, and what was wrong with it."""

    headers: Headers
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    date: datetime | None
    root: Part
    attachments: tuple[Attachment, ...]
    defects: tuple[str, ...]
