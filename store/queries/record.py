"""The ledger as a whole: is it unbroken, and what it says, for whoever checks it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from sqlmodel import col, select

from store import ledger, seals
from store.casefile import ref_of
from store.ledger import Fault
from store.models import Case, Seal
from store.office import Office

SHORTEST = 16


def audit(office: Office) -> tuple[Fault, ...]:
    """The first fault of each broken chain, and of the seals; empty when the ledger is whole."""
    with office.database.reading() as session:
        sealed = seals.read(session, office.vault)
        return (*ledger.faults(session, sealed.digests), *sealed.faults)


def ledger_lines(office: Office) -> Iterator[dict[str, Any]]:
    """Every line of the ledger as it is stored, chain by chain, and after them every seal."""
    with office.database.reading() as session:
        yield from ledger.rows(session)
        for seal in session.exec(select(Seal).order_by(col(Seal.day)).execution_options(yield_per=seals.FEW)):
            yield {
                "seal": seal.day.isoformat(),
                "at": seal.at.isoformat(),
                "through": seal.through,
                "heads": seal.heads,
                "previous": seal.previous,
                "digest": seal.digest,
            }


def seal_of(office: Office, digest: str) -> date | None:
    """The day whose seal has that digest, such as the digest in Slack printed it; None when no seal has.

    Args:
        office: the database.
        digest: at least its first 16 hexadecimal digits.
    """
    start = digest.strip().lower()
    if len(start) < SHORTEST or not set(start) <= set("0123456789abcdef"):
        return None
    with office.database.reading() as session:
        return session.exec(select(col(Seal.day)).where(col(Seal.digest).startswith(start))).first()


def received_in(office: Office, year: int) -> tuple[str, ...]:
    """The references of the cases that were received in a year of the business, the oldest first."""
    first, after = (datetime.combine(date(each, 1, 1), time.min, office.business.zone) for each in (year, year + 1))
    with office.database.reading() as session:
        cases = select(Case.id).where(col(Case.received_at) >= first, col(Case.received_at) < after)
        return tuple(ref_of(case_id or 0) for case_id in session.exec(cases.order_by(col(Case.id))))
