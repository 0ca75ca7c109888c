"""Four eyes: one person asks, another one signs, and exactly what was asked for is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, or_, select

from store.desk.decisions import extend, reopen, reply, resolve
from store.desk.work import Verb, Work
from store.errors import ApprovalLapsed, ApprovalSettled, NoSuchApproval, RoleMissing, SamePerson, WaitsAlready
from store.ledger import Event
from store.models import Approval, Case, Request
from store.office import Office
from store.rules.lifecycle import Role
from store.rules.outcomes import Outcome
from store.rules.states import PostKind
from store.rules.team import Signed
from store.signing import Deed, Proposal
from store.values import THE_DESK, Actor, CaseFile


def ask_second(office: Office, proposal: Proposal, by: Actor) -> int:
    """Ask for a second person. It is tried and undone first: who may not do it may not ask for it either.

    Args:
        office: database, vault, clock, business.
        proposal: what is to be done.
        by: the first person, who does it once somebody else has signed.

    Returns:
        The number of the approval that waits now.

    Raises:
        WaitsAlready: the same was asked for before, and nobody has decided.
        DeskError: it cannot be done, or this person may not do it.
    """
    with Work.begin(office, keep=False, answered_by=by if proposal.override else None) as work:
        _carry_out(work, proposal, by)
    return propose(office, proposal, by)


@Verb
def propose(work: Work, proposal: Proposal, by: Actor) -> int:
    """Put down, sealed, what is to be done; its case's thread asks for a second person.

    Raises:
        WaitsAlready: the same was asked for before, and nobody has decided.
    """
    case = work.case(proposal.ref)
    for other in _pending(work, case):
        if (other.what, other.request_id) == (proposal.deed, proposal.request) and work.now < _end(work, other):
            raise WaitsAlready(ref=case.ref, owner=other.asked_by, since=other.asked_at)
    row = Approval(
        case_id=case.id or 0,
        request_id=proposal.request,
        what=proposal.deed,
        particulars=b"",
        asked_by=by.id,
        asked_at=work.now,
    )
    work.session.add(row)
    work.session.flush()  # it is sealed to its place, which has a number now
    row.particulars = work.box(case.key_id).seal(_place(row), proposal.to_json())
    work.session.add(row)
    work.record(case, Event.SECOND_ASKED, by, **_facts(work, row))
    work.mark(PostKind.APPROVAL, str(row.id), case.id, new=True)
    return row.id or 0


@Verb
def sign(work: Work, approval_id: int, by: Actor, first: Actor) -> CaseFile:
    """Sign what somebody else has asked for: exactly that is done, in their name, or it is refused.

    Args:
        work: the transaction.
        approval_id: what waits.
        by: the second person.
        first: the one who asked, with the role they have now.

    Raises:
        SamePerson: nobody signs for themselves.
        ApprovalSettled: somebody has decided already.
        ApprovalLapsed: it waited too long.
        RoleMissing: the second person has not the role that the business wants.
        DeskError: it cannot be done any more, or the first person may not do it any more.
    """
    row, case = _waiting(work, approval_id)
    _check_role(work, by)
    if by.id == row.asked_by or first.id != row.asked_by:
        raise SamePerson(ref=case.ref)
    proposal = Proposal.from_json(work.box(case.key_id).open(_place(row), row.particulars))
    if proposal.override and first.role is not Role.MANAGER:
        raise RoleMissing(role=Role.MANAGER)
    work.signed_by, work.answered_by = by, first if proposal.override else None
    work.record(case, Event.SECOND_SIGNED, by, first=first.id, **_facts(work, row))
    file = _carry_out(work, proposal, first)
    _decide(work, row, Signed.APPROVED, by)
    return file


@Verb
def decline(work: Work, approval_id: int, by: Actor) -> CaseFile:
    """Decline what somebody else has asked for, or take back what one asked for oneself: nothing is done.

    Raises:
        ApprovalSettled: somebody has decided already.
        ApprovalLapsed: it waited too long.
        RoleMissing: this person has not the role that the business wants.
    """
    row, case = _waiting(work, approval_id)
    if by.id != row.asked_by:
        _check_role(work, by)
    work.record(case, Event.SECOND_DECLINED, by, first=row.asked_by, **_facts(work, row))
    _decide(work, row, Signed.DECLINED, by)
    return work.read(case)


@Verb
def lapse(work: Work) -> int:
    """End what has waited too long, or what became of nothing since its request was settled otherwise.

    Returns:
        How many.
    """
    too_old = col(Approval.asked_at) <= work.now - _patience(work)
    settled = col(Approval.request_id).in_(select(Request.id).where(col(Request.outcome).is_not(None)))
    overtaken = or_(too_old, settled & (col(Approval.what) != Deed.REOPEN))
    found = select(Approval.id).where(col(Approval.verdict).is_(None), overtaken).order_by(col(Approval.case_id))
    ids = work.session.exec(found).all()
    for approval_id in ids:
        row, case = _locked(work, approval_id or 0)
        work.record(case, Event.SECOND_LAPSED, THE_DESK, first=row.asked_by, **_facts(work, row))
        _decide(work, row, Signed.OVERTAKEN, None)
    return len(ids)


def _carry_out(work: Work, proposal: Proposal, by: Actor) -> CaseFile:
    ref, request, text = proposal.ref, proposal.request or 0, proposal.text
    match proposal.deed:
        case Deed.EXTEND:
            return extend.within(work, ref, request, text, by)
        case Deed.REPLY:
            return reply.within(work, ref, text, by)
        case Deed.REOPEN:
            return reopen.within(work, ref, request, text, by)
        case _:
            outcome, bases, first = Outcome(proposal.outcome), proposal.bases, proposal.first
            return resolve.within(work, ref, request, outcome, by, bases=bases, note=text, first=first)


def _pending(work: Work, case: Case) -> Iterator[Approval]:
    yield from work.session.exec(select(Approval).where(Approval.case_id == case.id, col(Approval.verdict).is_(None)))


def _waiting(work: Work, approval_id: int) -> tuple[Approval, Case]:
    row, case = _locked(work, approval_id)
    if row.verdict is not None:
        raise ApprovalSettled(ref=case.ref, outcome=row.verdict)
    if work.now >= _end(work, row):
        raise ApprovalLapsed(ref=case.ref)
    return row, case


def _locked(work: Work, approval_id: int) -> tuple[Approval, Case]:
    """An approval and its case, both locked, the case first as in every verb."""
    case_id = work.session.exec(select(Approval.case_id).where(col(Approval.id) == approval_id)).one_or_none()
    if case_id is None:
        raise NoSuchApproval
    case = work.case_by_id(case_id)
    wanted = select(Approval).where(col(Approval.id) == approval_id).with_for_update()
    return work.session.exec(wanted.execution_options(populate_existing=True)).one(), case


def _check_role(work: Work, by: Actor) -> None:
    needed = Role(work.office.business.second_person_role)
    if by.role is None or not by.role.covers(needed):
        raise RoleMissing(role=needed)


def _decide(work: Work, row: Approval, verdict: Signed, by: Actor | None) -> None:
    row.verdict, row.signed_by, row.signed_at = verdict, by.id if by else None, work.now
    work.session.add(row)
    work.mark(PostKind.APPROVAL, str(row.id), row.case_id)


def _facts(work: Work, row: Approval) -> dict[str, Any]:
    """What the ledger tells of it: the deed and the kind of its request, nothing personal."""
    request = work.session.get_one(Request, row.request_id) if row.request_id else None
    return {"what": row.what, **({"kind": request.kind} if request else {})}


def _end(work: Work, row: Approval) -> datetime:
    return row.asked_at + _patience(work)


def _patience(work: Work) -> timedelta:
    return timedelta(hours=work.office.business.second_person_hours)


def _place(row: Approval) -> str:
    return f"approval.particulars:{row.id}"
