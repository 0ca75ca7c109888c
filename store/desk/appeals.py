"""An appeal and the refusal that it contests: tied when it comes, undone when the appeal is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from store.casefile import ref_of
from store.desk.cases import address_hash, requests_of, resume
from store.desk.work import Work
from store.ledger import Event
from store.models import Case, Request
from store.rules.kinds import Kind
from store.rules.lifecycle import Move, Status
from store.rules.outcomes import Outcome
from store.rules.requesters import Requester
from store.values import CONSUMER, THE_DESK

REFUSED = (Outcome.DENIED, Outcome.COMPLIED_IN_PART)
DECIDED = (Outcome.COMPLIED_IN_FULL, *REFUSED)
"""How an appeal ends when somebody has looked again."""


def contest(work: Work, case: Case, answered: int | None = None) -> None:
    """Tie the appeals of a case to the refusal that they contest: the newest there, else the newest of the address.

    Args:
        work: the transaction.
        case: the one with the appeal.
        answered: the id of the case whose letter the consumer answered; without it, this one.
    """
    for appeal in requests_of(work, case):
        if appeal.kind != Kind.APPEAL or appeal.outcome is not None or appeal.appeal_of is not None:
            continue
        refused = _refusal(work, case, answered or case.id or 0)
        if refused is None:
            continue
        appeal.appeal_of = refused.id
        work.session.add(appeal)
        facts: dict[str, Any] = {"kind": refused.kind, "refused_in": ref_of(refused.case_id), "appeal_in": case.ref}
        work.record(case, Event.APPEALED, CONSUMER, **facts)
        if refused.case_id != case.id:
            work.record(work.case_by_id(refused.case_id), Event.APPEALED, CONSUMER, **facts)


def lock_refused(work: Work, request_id: int, number: int) -> None:
    """Lock the case whose refusal an appeal contests before the appeal's own, in the order of their ids.

    Args:
        work: the transaction.
        request_id: the appeal, or any other request, for which nothing is locked.
        number: the id of its case.
    """
    refused = select(Request.case_id).where(col(Request.id).in_(_contested(request_id)))
    earlier = work.session.exec(refused).one_or_none()
    if earlier is not None and earlier < number:
        work.case_by_id(earlier)


def give_way(work: Work, case: Case, appeal: Request) -> None:
    """An appeal was right: the refusal is undone, and the request that it refused is open again on its first dates."""
    refused = work.session.get(Request, appeal.appeal_of) if appeal.appeal_of else None
    if refused is None or refused.outcome not in REFUSED:
        return
    earlier = case if refused.case_id == case.id else work.case_by_id(refused.case_id)
    if earlier.status == Status.CLOSED:
        work.step(earlier, Move.RETURN, THE_DESK, refused.id)
    for request in resume(work, earlier, refused):
        work.record(earlier, Event.REOPENED, THE_DESK, kind=request.kind)


def _contested(request_id: int) -> Any:
    return select(Request.appeal_of).where(Request.id == request_id)


def _refusal(work: Work, case: Case, answered: int) -> Request | None:
    there = _newest(work, [Request.case_id == answered])
    if there is not None or case.requester == Requester.AGENT or case.address_hash == address_hash(work, ""):
        return there
    return _newest(work, [Case.address_hash == case.address_hash, Case.requester != Requester.AGENT])


def _newest(work: Work, where: Sequence[Any]) -> Request | None:
    refused = (
        select(Request)
        .join(Case, col(Case.id) == col(Request.case_id))
        .where(*where, col(Request.outcome).in_(REFUSED), Request.kind != Kind.APPEAL)
        .order_by(col(Request.settled_at).desc(), col(Request.id).desc())
        .limit(1)
    )
    return work.session.exec(refused).one_or_none()
