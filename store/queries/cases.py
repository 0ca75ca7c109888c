"""Cases, and the ledger that tells of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, exists, func, or_, select

from store import ledger
from store.casefile import number_of, read_case, read_cases, ref_of
from store.errors import NoSuchCase
from store.ledger import Event, Line
from store.models import (
    Case,
    Entry,
    Request,
)
from store.office import Office
from store.rules.lifecycle import Status
from store.values import (
    CaseFile,
)

PAGE = 20
OWNED = (Event.CLAIMED, Event.ASSIGNED, Event.GIVEN)


class Which(StrEnum):
    """The lists that people ask for."""

    OPEN = "open"
    MINE = "mine"
    UNCLAIMED = "unclaimed"
    OVERDUE = "overdue"
    CLOSED = "closed"
    ALL = "all"


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


def cases(
    office: Office, which: Which = Which.OPEN, *, owner: str | None = None, limit: int = PAGE, after: int = 0
) -> tuple[CaseFile, ...]:
    """A list of cases, the nearest date first; closed ones last closed first.

    Args:
        office: database, clock, business.
        which: the list.
        owner: whose, for `MINE`.
        limit: at most so many.
        after: how many to leave out at the head.
    """
    due = due_column()
    chosen = select(Case).limit(limit).offset(after)
    match which:
        case Which.OPEN:
            chosen = chosen.where(Case.status != Status.CLOSED).order_by(due, col(Case.id))
        case Which.MINE:
            chosen = chosen.where(Case.status != Status.CLOSED, Case.owner == owner).order_by(due, col(Case.id))
        case Which.UNCLAIMED:
            chosen = chosen.where(*unclaimed(office.today())).order_by(due, col(Case.id))
        case Which.OVERDUE:
            chosen = chosen.where(Case.status != Status.CLOSED, due < office.today()).order_by(due, col(Case.id))
        case Which.CLOSED:
            chosen = chosen.where(Case.status == Status.CLOSED).order_by(
                col(Case.closed_at).desc(), col(Case.id).desc()
            )
        case Which.ALL:
            chosen = chosen.order_by(col(Case.id).desc())
    with office.database.reading() as session:
        return read_cases(office, session, session.exec(chosen).all())


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
    return (col(Case.status) != Status.CLOSED, col(Case.owner).is_(None), awake)


def due_column() -> Any:
    """A case's date: the earliest of its open requests'."""
    date_of = func.coalesce(Request.extended_to, Request.respond_by)
    return (
        select(func.min(date_of))
        .where(Request.case_id == Case.id, col(Request.outcome).is_(None))
        .correlate(Case)
        .scalar_subquery()
    )
