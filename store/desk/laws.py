"""Under which law a case stands: what its mail said, the default, or what a person found out."""

from __future__ import annotations

from store.desk.cases import recompute, requests_of
from store.desk.work import Verb, Work
from store.errors import DecisionFaulty
from store.ledger import Event
from store.models import Case
from store.rules.lifecycle import Move
from store.rules.pack import PackError
from store.values import Actor, CaseFile


@Verb
def change_law(work: Work, ref: str, law: str, by: Actor) -> CaseFile:
    """Put a case under the law of another residence: every open clock is computed anew from the day of receipt.

    What is settled keeps its dates. What was matched stays matched, and counts by the new law's rules.

    Args:
        work: the transaction.
        ref: the case.
        law: the law's short name, such as "us-va".
        by: who changes it.

    Raises:
        DecisionFaulty: there is no such law here, or the case stands under it already.
        DeskError: nothing in it is open, or it is not this person's case.
    """
    case = work.case(ref)
    work.step(case, Move.CHANGE_LAW, by)
    _check(work, case, law)
    was, case.law, case.law_named = case.law, law, ""
    work.session.add(case)
    waiting = [request for request in requests_of(work, case) if request.outcome is None]
    before = [request.due for request in waiting]
    for request in waiting:
        recompute(work, case, request)
    dates = [
        {"kind": request.kind, "was": old.isoformat(), "due": request.due.isoformat()}
        for request, old in zip(waiting, before, strict=True)
    ]
    work.record(case, Event.LAW_CHANGED, by, was=was, law=law, dates=dates)
    return work.read(case)


def _check(work: Work, case: Case, law: str) -> None:
    try:
        work.office.pack(law)
    except PackError as error:
        raise DecisionFaulty(why=str(error)) from error
    if law == case.law:
        raise DecisionFaulty(why=f"{case.ref} stands under {law} already.")
