"""Lists of cases, a page at a time, each at the cost of a page: an index gives the order, a key says where to go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import literal, tuple_
from sqlmodel import col, exists, select

from store.casefile import read_cases
from store.models import Case, Request
from store.office import Office
from store.queries.cases import PAGE, unclaimed
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.values import CaseFile
from store.waiting import waits_for_the_consumer

FORWARD, BACK = ">", "<"


class Which(StrEnum):
    """The lists that people ask for."""

    OPEN = "open"
    MINE = "mine"
    UNCLAIMED = "unclaimed"
    WAITING = "waiting"
    DUE = "due"
    OVERDUE = "overdue"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is listed: what all of this holds for.

    Attributes:
        which: the lists; without `CLOSED` and `ALL`, open cases only.
        kinds: one of these is asked for; in open cases, still is. None for any.
        statuses: it has one of these; none for any.
        days: `DUE` within so many days.
    """

    which: frozenset[Which] = frozenset({Which.OPEN})
    kinds: tuple[Kind, ...] = ()
    statuses: tuple[Status, ...] = ()
    days: int = 7

    @property
    def is_open(self) -> bool:
        """Yes or no: only open cases."""
        return not self.which & {Which.CLOSED, Which.ALL}


@dataclass(frozen=True, slots=True)
class Page:
    """Cases, and the cursors of the pages before and after them; empty where there is none."""

    cases: tuple[CaseFile, ...]
    before: str = ""
    after: str = ""


def page(office: Office, shelf: Shelf, *, owner: str | None = None, cursor: str = "", limit: int = PAGE) -> Page:
    """A page of a list: open cases by the nearest date, closed ones last closed first, all of them the newest first.

    The cost is a page's while most of what the order passes fits; a rare kind among many cases is looked for longer.

    Args:
        office: database, clock, business.
        shelf: what is listed.
        owner: whose, for `MINE`.
        cursor: as another page gave it; the first page without one, or where nothing is left there.
        limit: at most so many.
    """
    key, newest_first = _order(shelf)
    back = cursor.startswith(BACK)
    falls = newest_first != back
    order = [each.desc() if falls else each for each in (key, col(Case.id))]
    chosen = select(Case).where(*_fits(office, shelf, owner)).order_by(*order).limit(limit + 1)
    if cursor:
        here, there = tuple_(key, col(Case.id)), _mark(key, cursor)
        chosen = chosen.where(here < there if falls else here > there)
    with office.database.reading() as session:
        rows = list(session.exec(chosen).all())
        further = len(rows) > limit
        shown = rows[:limit][::-1] if back else rows[:limit]
        marks = [_written(case, key.key) for case in shown]
        files = read_cases(office, session, shown)
    if cursor and not files:
        return page(office, shelf, owner=owner, limit=limit)
    return Page(
        files,
        before=f"{BACK}{marks[0]}" if marks and (further if back else bool(cursor)) else "",
        after=f"{FORWARD}{marks[-1]}" if marks and (back or further) else "",
    )


def cases(
    office: Office, which: Which = Which.OPEN, *, owner: str | None = None, limit: int = PAGE
) -> tuple[CaseFile, ...]:
    """The head of a list.

    Args:
        office: database, clock, business.
        which: the list.
        owner: whose, for `MINE`.
        limit: at most so many.
    """
    return page(office, Shelf(frozenset({which})), owner=owner, limit=limit).cases


def _order(shelf: Shelf) -> tuple[Any, bool]:
    """The column that a list is ordered by, and whether the greatest comes first."""
    if Which.ALL in shelf.which:
        return col(Case.id), True
    return (col(Case.closed_at), True) if Which.CLOSED in shelf.which else (col(Case.due), False)


def _fits(office: Office, shelf: Shelf, owner: str | None) -> Iterator[Any]:
    today, due = office.today(), col(Case.due)
    holds: dict[Which, tuple[Any, ...]] = {
        Which.MINE: (col(Case.owner) == owner,),
        Which.UNCLAIMED: unclaimed(today),
        Which.WAITING: (waits_for_the_consumer(),),
        Which.DUE: (due.between(today, today + timedelta(days=shelf.days)),),
        Which.OVERDUE: (due < today,),
        Which.CLOSED: (col(Case.closed_at).is_not(None),),
    }
    if shelf.is_open:
        yield col(Case.closed_at).is_(None)
    for which in shelf.which:
        yield from holds.get(which, ())
    if shelf.statuses:
        yield col(Case.status).in_(shelf.statuses)
    if shelf.kinds:
        asked = [col(Request.case_id) == col(Case.id), col(Request.kind).in_(shelf.kinds)]
        yield exists().where(*asked, *([col(Request.outcome).is_(None)] if shelf.is_open else []))


def _written(case: Case, column: str) -> str:
    at: date | datetime | int = getattr(case, column)
    return f"{at if isinstance(at, int) else at.isoformat()}/{case.id}"


def _mark(key: Any, cursor: str) -> Any:
    """Where a page begins, as the database compares it."""
    at, _, case_id = cursor[1:].partition("/")
    match key.key:
        case "due":
            value: date | int = date.fromisoformat(at)
        case "closed_at":
            value = datetime.fromisoformat(at)
        case _:
            value = int(at)
    return tuple_(literal(value, key.type), literal(int(case_id)))
