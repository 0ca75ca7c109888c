"""winmail.dat: Outlook's own wrapping, opened (TNEF)."""

from __future__ import annotations

import logging
from typing import Final

from intake.mime.charsets import clean
from intake.mime.model import Attachment

TYPES: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
LIMIT: Final = 30_000_000


def is_wrapped(content_type: str, name: str) -> bool:
    """Whether a part is such a wrapping, by its type or its well-known name."""
    return content_type in TYPES or name.lower() == "winmail.dat"


def unwrap(content: bytes) -> tuple[Attachment, ...]:
    """The files inside, or nothing when it cannot be opened."""
    if not content or len(content) > LIMIT:
        return ()
    from tnefparse import TNEF  # imported late: few mails carry one

    logging.getLogger("tnefparse").setLevel(logging.CRITICAL)  # it logs file names, which are personal
    try:
        inside = TNEF(content, do_checksum=False)
        return tuple(_attachment(each) for each in inside.attachments)
    except Exception:  # noqa: BLE001 - the library raises whatever its reading of hostile bytes runs into
        return ()


def _attachment(each: object) -> Attachment:
    long_name = getattr(each, "long_filename", None)
    name = (long_name() if callable(long_name) else None) or getattr(each, "name", "") or ""
    data = getattr(each, "data", b"") or b""
    shown = name.decode("cp1252", "replace") if isinstance(name, bytes) else str(name)
    return Attachment(clean(shown).strip(), "application/octet-stream", bytes(data))
