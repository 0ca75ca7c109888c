"""What is done with several cases at once: one verb, one transaction, one ledger line a case all the same."""

from __future__ import annotations

from store.desk.claims import claim
from store.desk.decisions import resolve
from store.desk.work import Verb, Work
from store.rules.outcomes import Outcome
from store.values import Actor, CaseFile


@Verb
def dismiss(work: Work, ref: str, by: Actor) -> CaseFile:
    """Say of a whole case that it is no request: all that is open in it ends so, and its consumer is told.

    Whoever says so takes a case that nobody has.

    Args:
        work: the transaction.
        ref: the case.
        by: who says so.

    Raises:
        DeskError: it is closed, or it is not this person's case.
    """
    case = work.case(ref)
    if case.owner is None:
        claim.within(work, ref, by)
    lines = work.read(case).open_requests or work.read(case).requests
    for line in lines:
        resolve.within(work, ref, line.id, Outcome.NOT_A_REQUEST, by)
    return work.read(case)
