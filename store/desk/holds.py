"""A legal hold: nothing of a case is destroyed, neither content nor record, until a manager lifts it."""

from __future__ import annotations

from store.desk.proofs import destroy_proof
from store.desk.work import Verb, Work
from store.errors import HoldUnexplained
from store.ledger import Event
from store.rules.lifecycle import Move
from store.values import Actor, CaseFile


@Verb
def hold_case(work: Work, ref: str, reason: str, by: Actor) -> CaseFile:
    """Keep all that is left of a case, however long ago it was closed.

    Args:
        work: the transaction.
        ref: the case.
        reason: why; sealed, since it may name people.
        by: a manager.

    Raises:
        HoldUnexplained: no reason is given.
        AlreadyHeld: it is held already.
        DeskError: there is no such case, or this is no manager.
    """
    case = work.case(ref)
    work.step(case, Move.HOLD, by)
    if not reason.strip():
        raise HoldUnexplained(ref=case.ref)
    if case.content_destroyed_at is None:
        box = work.box(case.key_id)
    else:  # its key is destroyed; what is said now has another
        case.key_id, box = work.new_box()
    case.hold_reason = box.seal(f"case.hold_reason:{case.key_id}", reason.strip())
    case.held_since, case.held_by = work.now, by.id
    work.session.add(case)
    work.record(case, Event.HELD, by)
    return work.read(case)


@Verb
def lift_hold(work: Work, ref: str, by: Actor) -> CaseFile:
    """End a legal hold: what was due to go meanwhile goes at the next look.

    Raises:
        NotHeld: it is under none.
        DeskError: there is no such case, or this is no manager.
    """
    case = work.case(ref)
    work.step(case, Move.LIFT, by)
    case.held_since, case.held_by, case.hold_reason = None, None, None
    work.session.add(case)
    work.record(case, Event.HOLD_LIFTED, by)
    destroy_proof(work, case)
    return work.read(case)
