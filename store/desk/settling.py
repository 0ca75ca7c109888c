"""Settling a request, and closing its case with the last one: used by every verb that ends something."""

from __future__ import annotations

import json
from collections.abc import Sequence

from store.desk.post import withdraw_put_off
from store.desk.proofs import destroy_proof
from store.desk.work import Work
from store.ledger import Event
from store.models import Case, Request
from store.rules.lifecycle import Status
from store.rules.outcomes import Outcome
from store.values import Actor


def settle_request(work: Work, request: Request, outcome: Outcome, bases: Sequence[str] = ()) -> None:
    """End a request: its clock stops."""
    request.outcome, request.settled_at, request.bases = outcome, work.now, json.dumps(list(bases))
    request.next_reminder_at = None
    work.session.add(request)


def close_when_done(work: Work, case: Case, by: Actor) -> None:
    """Say that a case is closed, when the move that was made has closed it; proof that has served is destroyed."""
    destroy_proof(work, case)
    if case.status == Status.CLOSED:
        case.closed_at = work.now
        case.snoozed_until, case.snoozed_by = None, None
        work.session.add(case)
        withdraw_put_off(work, case)
        work.record(case, Event.CLOSED, by)
