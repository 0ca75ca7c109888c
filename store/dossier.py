"""All that the desk holds of a case, for a regulator or for counsel. Personal: it leaves only in a bundle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.values import CaseFile, Person


@dataclass(frozen=True, slots=True)
class EnclosedMail:
    """A mail of a case. Its bytes are fetched one at a time: they may be many megabytes.

    Attributes:
        mail_id: by which they are.
        received_at: aware.
        state: what became of it.
        words: what was read of it, where its bytes were destroyed; empty where that is gone too.
        is_whole: whether its bytes are still there.
    """

    mail_id: int
    received_at: datetime
    state: str
    words: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class EnclosedLetter:
    """A letter of ours, as it was sent; `content` is None once it was destroyed."""

    name: str
    message_id: str
    state: str
    written_at: datetime
    sent_at: datetime | None
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case with everything in it; `consumer` is None once its content was destroyed."""

    case: CaseFile
    consumer: Person | None
    on_behalf_of: Person | None
    mails: tuple[EnclosedMail, ...]
    letters: tuple[EnclosedLetter, ...]
    ledger: tuple[dict[str, Any], ...]
