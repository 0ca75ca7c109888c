"""Senders whose mails are set aside."""

from __future__ import annotations

from sqlmodel import col, select

from store.blocked import hashes, in_force
from store.models import SenderBlock
from store.office import Office
from store.team import BlockedSender

MOST = 20


def is_blocked(office: Office, sender: str) -> bool:
    """Yes or no: that address, or everybody at its domain, is blocked."""
    with office.database.reading() as session:
        return session.exec(select(SenderBlock.id).where(in_force(hashes(office, sender)))).first() is not None


def blocked_senders(office: Office) -> tuple[BlockedSender, ...]:
    """The blocks in force, the newest first, at most twenty."""
    wanted = select(SenderBlock).where(col(SenderBlock.lifted_at).is_(None))
    with office.database.reading() as session:
        rows = session.exec(wanted.order_by(col(SenderBlock.blocked_at).desc(), col(SenderBlock.id).desc()).limit(MOST))
        return tuple(
            BlockedSender(row.id or 0, row.masked, row.blocked_by, row.blocked_at, row.times, row.last_at)
            for row in rows
        )
