"""Which request a duplicate repeats: the first keeps its date and its right."""

from __future__ import annotations

from sqlmodel import col, or_, select

from store.casefile import COMPLYING, number_of
from store.desk.cases import address_hash
from store.desk.work import Work
from store.errors import NoFirst
from store.models import Case, Request
from store.rules.requesters import Requester
from store.values import RequestLine

MOST = 100


def first_of(work: Work, case: Case, line: RequestLine, named: str) -> Request:
    """The request that a duplicate repeats: of an earlier case of the same address, open or answered, never refused.

    Whoever asks from another address is somebody else as far as we know, and is told nothing of a first case.

    Args:
        work: the transaction.
        case: the later case.
        line: its request that is a duplicate.
        named: the first case, as a person names it; empty for the oldest that fits.

    Raises:
        NoFirst: there is none, or that one is none.
        NoSuchCase: that is no reference.
    """
    wanted = number_of(named) if named.strip() else None
    found = (
        select(Request)
        .join(Case, col(Case.id) == col(Request.case_id))
        .where(
            Case.address_hash == case.address_hash,
            col(Case.id) < case.id,
            (col(Case.requester) == Requester.AGENT) == (case.requester == Requester.AGENT),
            Request.kind == line.kind,
            or_(col(Request.outcome).is_(None), col(Request.outcome).in_(COMPLYING)),
        )
        .order_by(col(Request.id))
        .limit(MOST)
    )
    if wanted is not None:
        found = found.where(Request.case_id == wanted)
    elif _is_told_apart_by_nothing(work, case):
        raise NoFirst(ref=case.ref, kind=line.kind.plain)
    first = work.session.exec(found).first()
    if first is None:
        raise NoFirst(ref=case.ref, kind=line.kind.plain)
    return first


def _is_told_apart_by_nothing(work: Work, case: Case) -> bool:
    """Yes or no: the cases of its address may be different people's, so a person must say which one is meant."""
    return case.requester == Requester.AGENT or case.address_hash == address_hash(work, "")
