"""What people's corrections teach: how often which right was read rightly or wrongly, and no mail's words (7101(d))."""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import select

from store.desk.work import Work
from store.models import Case, Correction, Request, Tie
from store.rules.kinds import Kind
from store.rules.requesters import Bond
from store.values import Arrival

NONE = ""
"""In the place of a right: none was read, or none was meant."""


def request_misread(work: Work, case: Case, request: Request, meant: str = NONE) -> None:
    """Count that a person says what a request is, once, and only where the desk had read it.

    A letter for several people was read once: its first case stands for all.

    Args:
        work: the transaction.
        case: its case.
        request: as it was read.
        meant: the right that was meant; without it, none.
    """
    if request.score is not None:
        if not _repeats_a_letter(work, case):
            _count(work, case.language, [(request.kind, meant)])
        request.score = None
        work.session.add(request)


def mail_judged(work: Work, arrival: Arrival, meant: Collection[Kind]) -> None:
    """Count a person's reading of a mail beside ours: the rights that we read too, missed, or read without cause.

    Args:
        work: the transaction.
        arrival: the mail, as it was read.
        meant: the rights that it invokes, as the person says.
    """
    read = {wish.kind for wish in arrival.wishes}
    missed = [(NONE, kind) for kind in meant if kind not in read]
    _count(work, arrival.language, [*missed, *((kind, kind if kind in meant else NONE) for kind in read)])


def _repeats_a_letter(work: Work, case: Case) -> bool:
    tied = select(Tie.case_id).where(Tie.case_id == case.id, Tie.bond == Bond.LIST)
    return work.session.exec(tied).first() is not None


def _count(work: Work, language: str, differences: Sequence[tuple[str, str]]) -> None:
    """Add one to each; in the order of their keys, so that two who count the same never wait for each other."""
    rows = [
        {"read": str(read), "meant": str(meant), "language": language, "times": 1}
        for read, meant in sorted(set(differences))
    ]
    if rows:
        work.session.connection().execute(_one_more(on_sqlite=work.office.database.is_sqlite), rows)


@functools.cache
def _one_more(*, on_sqlite: bool) -> Insert:
    table: Table = Correction.__table__  # type: ignore[attr-defined] # every table has one
    key, more = table.primary_key.columns, {"times": table.c.times + 1}
    if on_sqlite:
        return sqlite.insert(table).on_conflict_do_update(index_elements=key, set_=more)
    return postgresql.insert(table).on_conflict_do_update(index_elements=key, set_=more)
