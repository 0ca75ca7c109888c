"""The mailboxes, and how far each was read."""

from __future__ import annotations

from sqlmodel import col, select

from store.models import (
    Mailbox,
)
from store.notes import MailboxHealth
from store.office import Office


def mailbox(office: Office, name: str) -> tuple[int | None, int]:
    """The UIDVALIDITY and the last UID that were kept for a mailbox's folder."""
    with office.database.reading() as session:
        kept = session.get(Mailbox, name)
        return (kept.uidvalidity, kept.last_uid) if kept else (None, 0)


def mailboxes(office: Office) -> tuple[MailboxHealth, ...]:
    """How the mailboxes are."""
    with office.database.reading() as session:
        rows = session.exec(select(Mailbox).order_by(col(Mailbox.name))).all()
        return tuple(MailboxHealth(row.name, row.read_at, row.failing_since, row.trouble) for row in rows)
