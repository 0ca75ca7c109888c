"""What came with a mail, beside its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from intake.mime import outlook
from intake.mime.model import Attachment, Part

if TYPE_CHECKING:
    from collections.abc import Iterator


TEXTS: Final = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext", "text/markdown"})
REPORTED: Final = frozenset(
    {
        "message/delivery-status",
        "message/global-delivery-status",
        "message/disposition-notification",
        "text/rfc822-headers",
        "message/feedback-report",
    }
)
"""Parts that programs write for programs: screening reads them, nobody opens them."""


def of(root: Part) -> tuple[Attachment, ...]:
    """Every attachment of a mail, inline pictures and attached mails among them, winmail.dat opened."""
    return tuple(_inside(root))


def is_text(part: Part) -> bool:
    """Whether a leaf is there to be read as the mail's own text (RFC 2183, 2.1)."""
    return part.content_type in TEXTS and part.disposition != "attachment" and not part.name


def _inside(root: Part) -> Iterator[Attachment]:
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if part.is_message and part is not root:
            yield _attachment(part)
        elif part.children:
            waiting.extend(reversed(part.children))
        elif outlook.is_wrapped(part.content_type, part.name):
            yield from outlook.unwrap(part.content) or (_attachment(part),)
        elif not is_text(part) and part.content_type not in REPORTED and (part.content or part.name):
            yield _attachment(part)


def _attachment(part: Part) -> Attachment:
    return Attachment(part.name, part.content_type, part.content)
