"""The record that section 7101 wants: append-only, hash-chained per case, with nothing personal in it.

Each entry's digest covers its content and the digest before it, so a change, a deletion or a reordering behind our back
breaks the chain from there on; the case's own count tells when its end was cut off.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select

from store.models import Bookmark, Case, Entry

DESK_CHAIN = 0
DESK_LENGTH = "desk ledger length"
START = "0" * 64
LAST = "last ledger entry"
COVERED = ("chain", "number", "at", "by", "event", "facts", "previous")
ENTER = insert(Entry)


class Event(StrEnum):
    """Everything the ledger tells."""

    OPENED = "opened"
    ATTACHED = "attached"
    REQUEST_ADDED = "request added"
    READ = "read"
    CLAIMED = "claimed"
    RELEASED = "released"
    ASSIGNED = "assigned"
    VERIFICATION_ASKED = "verification asked"
    CODE_WRONG = "code wrong"
    POINT_MATCHED = "point matched"
    LEVEL_REACHED = "level reached"
    EXTENDED = "extended"
    REPLIED = "replied"
    RESOLVED = "resolved"
    CLOSED = "closed"
    RECLASSIFIED = "reclassified"
    LINKED = "linked"
    REOPENED = "reopened"
    LETTER_WRITTEN = "letter written"
    LETTER_SENT = "letter sent"
    LETTER_PARKED = "letter parked"
    LETTER_BOUNCED = "letter bounced"
    LETTER_PUT_OFF = "letter put off"
    LETTER_WITHHELD = "letter withheld"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    MAIL_READ = "mail read"
    MAIL_FILED = "mail filed"
    MAIL_HELD = "mail held"
    MAIL_QUARANTINED = "mail quarantined"
    MAIL_PLACED = "mail placed"
    MAIL_REFUSED = "mail refused"
    MAIL_REPLAYED = "mail replayed"
    LISTED = "listed"
    DIGEST_MADE = "digest made"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the rest of the program sees it; `at` is aware, in UTC."""

    id: int
    case_id: int | None
    number: int
    at: datetime
    by: str
    event: Event
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain is broken first, and how."""

    case_id: int | None
    number: int
    what: str


def append(session: Session, case: Case | None, event: Event, *, by: str, at: datetime, facts: dict[str, Any]) -> int:
    """Add an entry to a case's chain (or the desk's own) inside the caller's transaction.

    Args:
        session: a writing transaction that has the case's row locked.
        case: the case; None for what belongs to no case.
        event: what happened.
        by: who did it: a Slack user's id, "consumer" or "rightsdesk".
        at: when, aware.
        facts: JSON-able and impersonal: kinds, dates, counts, identifiers of ours.

    Returns:
        The entry's id.
    """
    chain, length = (DESK_CHAIN, _desk_length(session, lock=True)) if case is None else (_id(case), case.ledger_length)
    row: dict[str, Any] = {
        "chain": chain,
        "number": length + 1,
        "at": at,
        "by": by,
        "event": event,
        "facts": json.dumps(facts, sort_keys=True, ensure_ascii=False),
        "previous": _digest_at(session, chain, length),
    }
    row["digest"] = _digest(row)
    _keep_length(session, case, length + 1)
    session.info[LAST] = (chain, length + 1, row["digest"])
    inserted = session.connection().execute(ENTER, row)  # past the session: an entry is never changed
    return int(inserted.inserted_primary_key[0])  # type: ignore[index] # an inserted row has one


def digest_of(entry: Entry) -> str:
    """The SHA-256 (hex) over an entry's content and the digest before it."""
    return _digest({name: getattr(entry, name) for name in COVERED})


def line_of(entry: Entry) -> Line:
    """An entry as a frozen value."""
    return Line(
        id=_id(entry),
        case_id=entry.chain or None,
        number=entry.number,
        at=entry.at,
        by=entry.by,
        event=Event(entry.event),
        facts=json.loads(entry.facts),
    )


def faults(session: Session) -> Iterator[Fault]:
    """The first fault of every broken chain, in the order of the chains; nothing when the ledger is whole."""
    lengths: dict[int, int] = dict(session.exec(select(Case.id, Case.ledger_length)).all())  # type: ignore[arg-type] # a stored case has an id
    lengths[DESK_CHAIN] = _desk_length(session)
    chains = set(lengths) | set(session.exec(select(Entry.chain).distinct()).all())
    for chain in sorted(chains):
        fault = _first_fault(session, chain, lengths.get(chain, 0))
        if fault is not None:
            yield fault


def _first_fault(session: Session, chain: int, length: int) -> Fault | None:
    previous, expected = START, 1
    for entry in session.exec(select(Entry).where(Entry.chain == chain).order_by(col(Entry.number))):
        if entry.number != expected:
            return Fault(chain or None, expected, "is missing")
        if entry.previous != previous:
            return Fault(chain or None, entry.number, "does not follow the entry before it")
        if entry.digest != digest_of(entry):
            return Fault(chain or None, entry.number, "was changed")
        previous, expected = entry.digest, expected + 1
    if expected != length + 1:
        return Fault(chain or None, min(expected, length + 1), "is missing" if expected <= length else "was added")
    return None


def _digest(row: dict[str, Any]) -> str:
    parts = [value.isoformat() if isinstance(value, datetime) else value for value in map(row.get, COVERED)]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _digest_at(session: Session, chain: int, number: int) -> str:
    """The digest of an entry; the one that this transaction wrote last is remembered."""
    *last, digest = session.info.get(LAST, (None, None, START))
    if number == 0 or last == [chain, number]:
        return digest if number else START
    kept = session.exec(select(Entry.digest).where(Entry.chain == chain, Entry.number == number)).one_or_none()
    return kept or START


def _desk_length(session: Session, *, lock: bool = False) -> int:
    kept = session.get(Bookmark, DESK_LENGTH, with_for_update=lock)
    return int(kept.value) if kept else 0


def _keep_length(session: Session, case: Case | None, length: int) -> None:
    if case is None:
        session.merge(Bookmark(name=DESK_LENGTH, value=str(length)))
    else:
        case.ledger_length = length
        session.add(case)


def _id(row: Case | Entry) -> int:
    if row.id is None:
        raise ValueError("a row must be stored before the ledger can tell of it")
    return row.id
