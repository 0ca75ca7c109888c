"""How cases belong together: the older one of the same person that asks for the same, and those that people linked."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, bindparam, union_all
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, func, select

from store.models import Case, Request, Tie
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.requesters import MOST_PEOPLE, Bond, Requester


@dataclass(frozen=True, slots=True)
class Twin:
    """The oldest open case of the same address that asks for the same as a later one, and for what of it."""

    case_id: int
    kinds: frozenset[Kind]


def twins(session: Session, cases: Collection[int], nobody: str) -> Mapping[int, Twin]:
    """The twins of cases, by the later one's id.

    An agent's next client is somebody else, and a case that is tied already has been looked at: these have none.

    Args:
        session: a transaction.
        cases: the ids of the later ones.
        nobody: the hash of the empty address.
    """
    found = session.connection().execute(_repeats(), {"cases": list(cases), "nobody": nobody})
    firsts: dict[int, int] = {later: first for later, first in found if first is not None}
    asked = _asked(session, {*firsts, *firsts.values()})
    return {later: Twin(first, asked[later] & asked[first]) for later, first in firsts.items()}


def links(session: Session, cases: Sequence[int]) -> Mapping[int, Sequence[tuple[int, Bond]]]:
    """The cases that these are linked to, in the order of their ids, at most as many as a letter may make."""
    found: dict[int, list[tuple[int, Bond]]] = {case: [] for case in cases}
    for row in session.connection().execute(_tied(), {"cases": list(cases)}):
        found[row.here].append((row.there, Bond(row.bond)))
    return found


@functools.cache
def _repeats() -> Any:
    """Each of `:cases` that may repeat another, with that one; built once, since that costs more than asking."""
    return select(Case.id, _first()).where(
        col(Case.id).in_(bindparam("cases", expanding=True)),
        Case.status != Status.CLOSED,
        Case.requester != Requester.AGENT,
        col(Case.address_hash) != bindparam("nobody"),
        ~exists().where(col(Tie.case_id) == col(Case.id)),
    )


@functools.cache
def _tied() -> Any:
    """The ties of each of `:cases`, to earlier ones and from later ones."""
    later, earlier = col(Tie.case_id), col(Tie.other_id)
    wanted: BindParameter[int] = bindparam("cases", expanding=True)
    ties = union_all(
        select(later.label("here"), earlier.label("there"), Tie.bond).where(later.in_(wanted)),
        select(earlier.label("here"), later.label("there"), Tie.bond).where(earlier.in_(wanted)),
    ).subquery()
    place = func.row_number().over(partition_by=ties.c.here, order_by=ties.c.there)
    placed = sa_select(ties.c.here, ties.c.there, ties.c.bond, place.label("place")).subquery()
    return sa_select(placed).where(placed.c.place <= MOST_PEOPLE).order_by(placed.c.here, placed.c.there)


def _first() -> Any:
    """The oldest case that a later one, `Case`, may repeat: found by the address, the first that fits."""
    older, theirs, mine = aliased(Case), aliased(Request), aliased(Request)
    same = (
        select(theirs.id)
        .join(mine, col(mine.kind) == col(theirs.kind))
        .where(theirs.case_id == older.id, mine.case_id == Case.id)
        .where(col(theirs.outcome).is_(None), col(mine.outcome).is_(None))
    )
    return (
        select(older.id)
        .where(
            older.address_hash == Case.address_hash,
            col(older.id) < col(Case.id),
            col(older.closed_at).is_(None),
            older.requester != Requester.AGENT,
            same.correlate(older, Case).exists(),
        )
        .order_by(col(older.id))
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )


def _asked(session: Session, cases: Collection[int]) -> Mapping[int, frozenset[Kind]]:
    """What these cases ask for and have no answer to yet."""
    if not cases:
        return {}
    rows = session.exec(
        select(Request.case_id, Request.kind).where(col(Request.case_id).in_(cases), col(Request.outcome).is_(None))
    ).all()
    return {case: frozenset(Kind(kind) for owner, kind in rows if owner == case) for case in cases}
