"""What the ledger tells of the desk itself."""

from __future__ import annotations

from typing import Any

from sqlmodel import col, select

from store import ledger
from store.ledger import DESK_CHAIN, Event
from store.models import Entry
from store.office import Office


def told_of_the_desk(office: Office) -> list[tuple[Event, dict[str, Any]]]:
    """The lines that belong to no case, the oldest first."""
    with office.database.reading() as session:
        entries = session.exec(select(Entry).where(Entry.chain == DESK_CHAIN).order_by(col(Entry.number)))
        return [(line.event, line.facts) for line in map(ledger.line_of, entries)]
