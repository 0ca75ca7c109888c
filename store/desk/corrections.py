"""What people's corrections teach: how often which right was read wrongly, and never a word of a mail (7101(d))."""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

from store.desk.work import Work
from store.models import Case, Correction, Request
from store.rules.kinds import Kind
from store.values import Arrival

NONE = ""
"""In the place of a right: none was read, or none was meant."""


def request_misread(work: Work, case: Case, request: Request, meant: str = NONE) -> None:
    """Count that a person says what a request is, once, and only where the desk had read it.

    Args:
        work: the transaction.
        case: its case.
        request: as it was read.
        meant: the right that was meant; without it, none.
    """
    if request.score is not None:
        _count(work, case.language, [(request.kind, meant)])
        request.score = None
        work.session.add(request)


def mail_misread(work: Work, arrival: Arrival, meant: Collection[Kind]) -> None:
    """Count in what a person's reading of a mail differs from ours: the rights that we missed, and those too many.

    Args:
        work: the transaction.
        arrival: the mail, as it was read.
        meant: the rights that it invokes, as the person says.
    """
    read = {wish.kind for wish in arrival.wishes}
    missed = [(NONE, kind) for kind in meant if kind not in read]
    _count(work, arrival.language, [*missed, *((kind, NONE) for kind in read if kind not in meant)])


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
