"""The reminder of a code that still waits, sent before it is good no more."""

from __future__ import annotations

from sqlmodel import col, select

from store.desk.challenges import MOST_ATTEMPTS
from store.desk.post import is_reachable, write
from store.desk.work import Verb, Work
from store.ledger import Event
from store.letters import contexts
from store.models import Case, Challenge
from store.rules.deadlines import local_day
from store.values import THE_DESK

BATCH = 100


@Verb
def remind_of_codes(work: Work, limit: int = BATCH) -> int:
    """Remind the consumers whose codes end soon, each once.

    The due codes are found by an index on the moment of their reminder. Their cases are locked before they are; a case
    that somebody is at work on waits for the next look.

    Args:
        work: the transaction.
        limit: at most so many codes.

    Returns:
        How many codes were looked at; as many as `limit` means that more may be waiting.
    """
    is_due = col(Challenge.remind_at) <= work.now
    first = (col(Challenge.remind_at), col(Challenge.id))
    waiting = work.session.exec(select(Challenge.case_id).where(is_due).order_by(*first).limit(limit)).all()
    locked = select(Case).where(col(Case.id).in_(waiting)).order_by(col(Case.id)).with_for_update(skip_locked=True)
    cases = {case.id: case for case in work.session.exec(locked)}
    mine = select(Challenge).where(is_due, col(Challenge.case_id).in_(cases)).order_by(*first).limit(limit)
    due = work.session.exec(mine).all()
    for challenge in due:
        _remind(work, cases[challenge.case_id], challenge)
        challenge.remind_at = None
        work.session.add(challenge)
    return len(due)


def _remind(work: Work, case: Case, challenge: Challenge) -> None:
    waiting = [line for line in work.read(case).open_requests if line.verification.level.asks and line.lacks]
    is_good = challenge.expires_at > work.now and challenge.attempts < MOST_ATTEMPTS
    if waiting and is_good and is_reachable(work, case):
        expires_on = local_day(challenge.expires_at, work.office.business.zone)
        work.record(case, Event.CODE_REMINDED, THE_DESK, until=expires_on.isoformat())
        write(work, case, "code_reminder", contexts.code_reminder(expires_on, waiting))
