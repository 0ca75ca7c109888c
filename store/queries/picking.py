"""Several cases at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import col, func, select

from store.models import Case, Request
from store.office import Office
from store.picking import MOST, Picked, Wanted, Whose, domain_hash
from store.rules.lifecycle import Status


def pick(office: Office, wanted: Wanted, by: str) -> Picked:
    """The open cases that fit, the oldest first, at most a hundred; and how many fit.

    Args:
        office: database, vault, business.
        wanted: which.
        by: who asks, by id, for their own.
    """
    fits = [col(Case.status) != Status.CLOSED]
    if wanted.whose is Whose.UNCLAIMED:
        fits.append(col(Case.owner).is_(None))
    if wanted.whose is Whose.MINE:
        fits.append(col(Case.owner) == by)
    if wanted.kinds:
        asks = (col(Request.outcome).is_(None), col(Request.kind).in_(wanted.kinds))
        fits.append(col(Case.id).in_(select(Request.case_id).where(*asks)))
    if wanted.domain:
        fits.append(col(Case.domain_hash) == domain_hash(office.vault, wanted.domain))
    if wanted.since:
        fits.append(col(Case.received_at) >= _midnight(office, wanted.since))
    if wanted.until:
        fits.append(col(Case.received_at) < _midnight(office, wanted.until + timedelta(days=1)))
    with office.database.reading() as session:
        count = session.exec(select(func.count(col(Case.id))).where(*fits)).one()
        ids = session.exec(select(Case.id).where(*fits).order_by(col(Case.id)).limit(MOST)).all()
    return Picked(tuple(case_id for case_id in ids if case_id), count)


def _midnight(office: Office, day: date) -> datetime:
    return datetime.combine(day, time(), office.business.zone).astimezone(UTC)
