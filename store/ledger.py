"""The record that section 7101 wants: append-only, hash-chained per case, with nothing personal in it.

Each entry's digest covers its content and the digest before it, so a change, a deletion or a reordering behind our back
breaks the chain from there on; the case's own count tells when its end was cut off. A daily seal (`store.seals`) keeps
the digests under a key, so that nobody can compute a chain anew either, or edit the count.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType
from typing import Any

from sqlalchemy import String, delete, insert, type_coerce
from sqlmodel import Session, col, select

from store.models import Bookmark, Case, Entry, Purge

DESK_CHAIN = 0
DESK_LENGTH = "desk ledger length"
START = "0" * 64
LAST = "last ledger entry"
COVERED = ("chain", "number", "at", "by", "event", "facts", "previous")
ENTER = insert(Entry)
KEPT_AT = type_coerce(Entry.at, String).label("at")
"""When, as the database keeps it: somebody may have made it no date, which is a fault and no reason to stop."""
LINES = select(*(KEPT_AT if name == "at" else getattr(Entry, name) for name in (*COVERED, "digest"))).order_by(
    col(Entry.chain), col(Entry.number)
)
DIGEST_BYTES = 32
AT_ONCE = 1_000


class Event(StrEnum):
    """Everything the ledger tells."""

    OPENED = "opened"
    ATTACHED = "attached"
    REQUEST_ADDED = "request added"
    READ = "read"
    CLAIMED = "claimed"
    RELEASED = "released"
    ASSIGNED = "assigned"
    GIVEN = "given out"
    VERIFICATION_ASKED = "verification asked"
    CODE_WRONG = "code wrong"
    CODE_REMINDED = "code reminded"
    VERIFICATION_SET = "verification set"
    PERMISSION_SHOWN = "permission shown"
    POINT_MATCHED = "point matched"
    LEVEL_REACHED = "level reached"
    EXTENDED = "extended"
    REPLIED = "replied"
    RESOLVED = "resolved"
    CLOSED = "closed"
    RECLASSIFIED = "reclassified"
    LAW_CHANGED = "law changed"
    REEVALUATED = "reevaluated"
    PROOF_DESTROYED = "proof destroyed"
    LINKED = "linked"
    MERGED = "merged"
    REOPENED = "reopened"
    APPEALED = "appealed"
    STATUS_TOLD = "status told"
    CANCELLED = "cancelled"
    LETTER_WRITTEN = "letter written"
    LETTER_SENT = "letter sent"
    LETTER_PARKED = "letter parked"
    LETTER_BOUNCED = "letter bounced"
    LETTER_PUT_OFF = "letter put off"
    LETTER_WITHHELD = "letter withheld"
    REMINDED = "reminded"
    IDLE = "idle"
    ESCALATED = "escalated"
    DENIAL_PROPOSED = "denial proposed"
    MAIL_READ = "mail read"
    SEARCHED = "searched"
    MAIL_FILED = "mail filed"
    MAIL_HELD = "mail held"
    MAIL_QUARANTINED = "mail quarantined"
    MAIL_PLACED = "mail placed"
    MAIL_REFUSED = "mail refused"
    MAIL_REPLAYED = "mail replayed"
    LISTED = "listed"
    DISCLOSURE_OVERRIDDEN = "disclosure overridden"
    SENDER_BLOCKED = "sender blocked"
    SENDER_LIFTED = "sender lifted"
    SECOND_ASKED = "second person asked"
    SECOND_SIGNED = "second person signed"
    SECOND_DECLINED = "second person declined"
    SECOND_LAPSED = "second person lapsed"
    DIGEST_MADE = "digest made"
    SEALED = "sealed"
    EXPORTED = "exported"
    HELD = "held"
    HOLD_LIFTED = "hold lifted"
    NOTED = "noted"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    SETTINGS_CHOSEN = "settings chosen"
    AWAY = "away"
    BACK = "back"
    CONTENT_DESTROYED = "content destroyed"
    RECORD_PURGED = "record purged"
    KEYS_ROTATED = "keys rotated"


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
    """Where a chain is broken first, and how; `seal` is the day of a seal that is broken itself."""

    case_id: int | None
    number: int
    what: str
    seal: date | None = None


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


def rows(session: Session, chain: int | None = None) -> Iterator[dict[str, Any]]:
    """The lines as they are stored, chain by chain, for whoever checks their digests without us.

    Args:
        session: an open transaction.
        chain: one chain only.

    Returns:
        Each with everything that its digest covers (`COVERED`, `at` in ISO 8601), `facts` as the text they are kept in,
        and the digest.
    """
    wanted = LINES if chain is None else LINES.where(col(Entry.chain) == chain)
    for line in session.connection().execute(wanted, execution_options={"yield_per": AT_ONCE}).mappings():
        yield {**line, "at": _in_utc(line["at"])}


def faults(session: Session, sealed: Mapping[int, bytes] = MappingProxyType({})) -> Iterator[Fault]:
    """The first fault of every broken chain, in the order of the chains; nothing when the ledger is whole.

    Args:
        session: a transaction that sees one moment.
        sealed: of each chain the digests that are under seals, one after the other, as `seals.read` gives them.
    """
    lengths: dict[int, int] = dict(session.exec(select(Case.id, Case.ledger_length)).all())  # type: ignore[arg-type] # a stored case has an id
    lengths[DESK_CHAIN] = _desk_length(session)
    purged, told = {purge.chain: purge for purge in session.exec(select(Purge))}, _told_of_purges(session)
    lines = session.connection().execute(LINES, execution_options={"yield_per": AT_ONCE}).mappings()
    found = {
        chain: _first_fault(chain, its_lines, lengths.get(chain, 0), sealed.get(chain, b""))
        for chain, its_lines in groupby(lines, lambda line: int(line["chain"]))
    }
    for chain in (lengths.keys() | purged.keys() | told.keys() | sealed.keys()) - found.keys():
        digests = sealed.get(chain, b"")
        if chain in lengths or not _went_rightly(purged.get(chain), told.get(chain), digests):
            found[chain] = _first_fault(chain, (), lengths.get(chain, 1), digests)
    for _, fault in sorted(found.items()):
        if fault is not None:
            yield fault


def purge(session: Session, case: Case, *, at: datetime) -> dict[str, Any]:
    """Let go of a case's whole chain, for good, inside the caller's transaction.

    Args:
        session: a writing transaction that has the case's row locked.
        case: the case, which goes with it.
        at: when, aware.

    Returns:
        What the desk's own chain must tell of it (`RECORD_PURGED`), else its absence is a fault.
    """
    chain = _id(case)
    gone = Purge(
        chain=chain, lines=case.ledger_length, last_digest=_digest_at(session, chain, case.ledger_length), at=at
    )
    session.add(gone)
    session.flush()
    session.connection().execute(delete(Entry).where(col(Entry.chain) == chain))
    return {"chain": gone.chain, "lines": gone.lines, "digest": gone.last_digest}


def _told_of_purges(session: Session) -> dict[int, dict[str, Any]]:
    told = select(Entry.facts).where(Entry.chain == DESK_CHAIN, Entry.event == Event.RECORD_PURGED)
    return {facts["chain"]: facts for facts in map(_facts, session.exec(told)) if "chain" in facts}


def _facts(text: str) -> dict[str, Any]:
    """A line's facts; none where somebody made them no JSON, which its digest tells."""
    try:
        facts = json.loads(text)
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _went_rightly(purge: Purge | None, told: dict[str, Any] | None, sealed: bytes) -> bool:
    """Yes or no: a chain without a case and without lines was purged, as the desk's own chain and the seals say."""
    if purge is None or told is None:
        return False
    if (told.get("lines"), told.get("digest")) != (purge.lines, purge.last_digest):
        return False
    return len(sealed) <= purge.lines * DIGEST_BYTES and _nth(sealed, purge.lines) in ("", purge.last_digest)


def _first_fault(chain: int, lines: Iterable[Mapping[Any, Any]], length: int, sealed: bytes) -> Fault | None:
    previous, expected = START, 1
    for line in lines:
        if line["number"] != expected:
            return Fault(chain or None, expected, "is missing")
        if line["previous"] != previous:
            return Fault(chain or None, expected, "does not follow the entry before it")
        if line["digest"] != _digest(line):
            return Fault(chain or None, expected, "was changed")
        if line["digest"] != (_nth(sealed, expected) or line["digest"]):
            return Fault(chain or None, expected, "was written anew after it was sealed")
        previous, expected = line["digest"], expected + 1
    if expected <= max(length, len(sealed) // DIGEST_BYTES):
        return Fault(chain or None, expected, "is missing")
    return Fault(chain or None, length + 1, "was added") if expected > length + 1 else None


def _nth(sealed: bytes, number: int) -> str:
    """The digest (hex) under which a line was sealed; empty when it is under no seal yet."""
    return sealed[(number - 1) * DIGEST_BYTES : number * DIGEST_BYTES].hex()


def _digest(row: Mapping[Any, Any]) -> str:
    parts = [_in_utc(row[name]) if name == "at" else row[name] for name in COVERED]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _in_utc(at: datetime | str) -> str:
    """A moment in ISO 8601; SQLite gives it as a text without its zone, and a text that is none stays what it is."""
    if isinstance(at, datetime):
        return at.astimezone(UTC).isoformat()
    try:
        return datetime.fromisoformat(at).replace(tzinfo=UTC).isoformat()
    except ValueError:
        return at


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
