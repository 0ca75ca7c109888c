"""Whose case it is."""

from __future__ import annotations

from store.desk.work import Verb, Work
from store.errors import NotStaff
from store.ledger import Event
from store.models import Case
from store.rules.lifecycle import Move, Role
from store.values import Actor, CaseFile


@Verb
def claim(work: Work, ref: str, by: Actor) -> CaseFile:
    """Take a case that nobody has. Of several people at once one wins; the others are told who, and since when.

    Raises:
        AlreadyClaimed: somebody has it.
        DeskError: the case is closed, or there is none, or this is no staff.
    """
    case = work.case(ref)
    work.step(case, Move.CLAIM, by)
    give_to(work, case, by.id)
    work.record(case, Event.CLAIMED, by)
    return work.read(case)


@Verb
def release(work: Work, ref: str, by: Actor) -> CaseFile:
    """Give a case back, for anyone to claim.

    Raises:
        DeskError: nobody has it, or somebody else does.
    """
    case = work.case(ref)
    work.step(case, Move.RELEASE, by)
    give_to(work, case, None)
    work.record(case, Event.RELEASED, by)
    return work.read(case)


@Verb
def assign(work: Work, ref: str, to: Actor, by: Actor) -> CaseFile:
    """Hand a case over to somebody.

    Raises:
        NotStaff: the other one has no role here that works on cases.
        DeskError: it is not this person's to give.
    """
    case = work.case(ref)
    work.step(case, Move.ASSIGN, by)
    if to.role is None or not to.role.covers(Role.STAFF):
        raise NotStaff(ref=case.ref, owner=to.id)
    give_to(work, case, to.id)
    work.record(case, Event.ASSIGNED, by, to=to.id)
    return work.read(case)


def give_to(work: Work, case: Case, owner: str | None) -> None:
    """Make a case somebody's, or nobody's; the caller has made the move and writes it down."""
    case.owner = owner
    case.owned_since = work.now if owner else None
    work.session.add(case)
