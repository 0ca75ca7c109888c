"""Cases, and the ledger that tells of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, exists, or_, select

from store import ledger
from store.casefile import number_of, read_case, ref_of
from store.errors import NoSuchCase
from store.ledger import Event, Line
from store.models import Case, Entry
from store.office import Office
from store.values import CaseFile

PAGE = 20
OWNED = (Event.CLAIMED, Event.ASSIGNED, Event.GIVEN)


def case(office: Office, ref: str) -> CaseFile:
    """One case.

    Raises:
        NoSuchCase: there is none of that reference.
    """
    return case_by_id(office, number_of(ref))


def case_by_id(office: Office, case_id: int) -> CaseFile:
    """One case, by its id.

    Raises:
        NoSuchCase: there is none.
    """
    with office.database.reading() as session:
        row = session.get(Case, case_id)
        if row is None:
            raise NoSuchCase(ref=ref_of(case_id))
        return read_case(office, session, row)


def never_owned(office: Office, limit: int = PAGE) -> tuple[str, ...]:
    """The references of open cases, awake, that nobody has and nobody has ever had; the oldest first."""
    had = exists().where(col(Entry.chain) == col(Case.id), col(Entry.event).in_(OWNED))
    free = select(Case).where(*unclaimed(office.today()), ~had).order_by(col(Case.id)).limit(limit)
    with office.database.reading() as session:
        return tuple(case.ref for case in session.exec(free))


def history(office: Office, ref: str) -> tuple[Line, ...]:
    """A case's ledger, the oldest line first.

    Raises:
        NoSuchCase: there is none of that reference.
    """
    case_id = case(office, ref).id
    with office.database.reading() as session:
        entries = session.exec(select(Entry).where(Entry.chain == case_id).order_by(col(Entry.number)))
        return tuple(ledger.line_of(entry) for entry in entries)


def entry(office: Office, entry_id: int) -> Line:
    """One line of the ledger."""
    with office.database.reading() as session:
        return ledger.line_of(session.get_one(Entry, entry_id))


def unclaimed(today: date) -> tuple[ColumnElement[bool], ...]:
    """That nobody has a case which is open and awake."""
    awake = or_(col(Case.snoozed_until).is_(None), col(Case.snoozed_until) <= today)
    return (col(Case.closed_at).is_(None), col(Case.owner).is_(None), awake)


def due_column() -> Any:
    """A case's date: the earliest of its open requests'."""
    return col(Case.due)
