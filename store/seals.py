"""The daily seal over all chains: what nobody can forge who has the database but not the master key.

A seal holds the digest of every line that came since the seal before it, under a keyed digest of its own (HMAC-SHA-256)
that covers that seal too. The digest in Slack prints it, so that a copy stands outside the database: it tells even when
the whole database was put back to an older state.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from store.ledger import DESK_CHAIN, DIGEST_BYTES, START, Event, Fault
from store.models import Entry, Seal
from store.vault import Vault

FEW = 10
"""Seals are read so many at once: one may hold the digests of many thousand lines."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the seals say: of each chain the digests of its sealed lines, one after the other, and the seals' faults."""

    digests: Mapping[int, bytes]
    faults: tuple[Fault, ...]


def make(session: Session, vault: Vault, day: date, at: datetime) -> Seal:
    """Seal every line that is under no seal yet, inside the caller's transaction.

    Args:
        session: a writing transaction.
        vault: for the key.
        day: the day that the seal closes, in the business's time zone; later than the last seal's.
        at: now, aware.
    """
    last = session.exec(select(Seal).order_by(col(Seal.day).desc()).limit(2)).all()
    heads, through = _unsealed(session, last)
    seal = Seal(
        day=day,
        at=at,
        through=through,
        heads=json.dumps(heads, separators=(",", ":")),
        previous=last[0].digest if last else START,
        digest="",
    )
    seal.digest = _digest(vault, seal)
    session.add(seal)
    return seal


def facts_of(seal: Seal) -> dict[str, str]:
    """What the desk's own chain tells of a seal; without that line the seal is a fault, and without it the line."""
    return {"day": seal.day.isoformat(), "seal": seal.digest}


def read(session: Session, vault: Vault) -> Sealed:
    """All seals up to the first that is broken.

    Args:
        session: a transaction that sees one moment.
        vault: for the key.
    """
    told = dict(_told(session))
    digests: dict[int, bytearray] = {}
    previous, fault = START, None
    for seal in session.exec(select(Seal).order_by(col(Seal.day)).execution_options(yield_per=FEW)):
        fault = _fault(vault, seal, previous, told.pop(seal.day.isoformat(), None))
        if fault is not None:
            break
        for chain, _, lines in json.loads(seal.heads):
            digests.setdefault(chain, bytearray()).extend(bytes.fromhex(lines))
        previous = seal.digest
    if fault is None and told:
        fault = Fault(None, 0, "is missing", date.fromisoformat(min(told)))
    return Sealed({chain: bytes(lines) for chain, lines in digests.items()}, (fault,) if fault else ())


def _unsealed(session: Session, last: Sequence[Seal]) -> tuple[list[tuple[int, int, str]], int]:
    """The lines of each chain that are under no seal, and the highest id seen.

    PostgreSQL hands out ids before it commits, so a line may come to light after one with a higher id was sealed. It
    does so within seconds; whoever looks from the seal before the last one on finds it.
    """
    floor = last[1].through if len(last) > 1 else 0
    known: dict[int, int] = {}
    for seal in reversed(last):
        known |= {chain: first - 1 + len(lines) // (2 * DIGEST_BYTES) for chain, first, lines in json.loads(seal.heads)}
    later = select(Entry.chain, Entry.number, Entry.digest, Entry.id).where(col(Entry.id) > floor)
    heads: dict[int, tuple[int, list[str]]] = {}
    through = last[0].through if last else 0
    for chain, number, digest, entry_id in session.exec(later.order_by(col(Entry.chain), col(Entry.number))):
        if number > known.get(chain, 0):
            heads.setdefault(chain, (number, []))[1].append(digest)
        through = max(through, entry_id or 0)
    return [(chain, first, "".join(digests)) for chain, (first, digests) in heads.items()], through


def _told(session: Session) -> Iterator[tuple[str, str]]:
    """The day and the digest of each seal that the desk's own chain tells of; a line that was spoilt tells nothing."""
    lines = select(Entry.facts).where(Entry.chain == DESK_CHAIN, Entry.event == Event.SEALED)
    for text in session.exec(lines):
        try:
            facts = json.loads(text)
            yield date.fromisoformat(facts["day"]).isoformat(), str(facts["seal"])
        except (ValueError, TypeError, KeyError):
            continue  # the chain's own digests tell of it


def _fault(vault: Vault, seal: Seal, previous: str, told: str | None) -> Fault | None:
    if seal.digest != _digest(vault, seal):
        return Fault(None, 0, "was changed", seal.day)
    if seal.previous != previous:
        return Fault(None, 0, "does not follow the seal before it", seal.day)
    if seal.digest != told:
        return Fault(None, 0, "is not the one that the ledger tells of", seal.day)
    return None


def _digest(vault: Vault, seal: Seal) -> str:
    covered = [seal.day.isoformat(), seal.at.isoformat(), seal.through, seal.heads, seal.previous]
    return vault.hash("seal", json.dumps(covered))
