"""What the clock asks of the desk: reminders that are due, the day's digest."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, select

from store.casefile import aim_of, is_snoozed
from store.desk.cases import set_reminder
from store.desk.telling import tell
from store.desk.work import Verb, Work
from store.ledger import Event
from store.models import Bookmark, Case, Reminder, Request
from store.office import INSTALLED_AT
from store.rules import proposals
from store.rules.deadlines import days_left
from store.rules.kinds import Kind
from store.rules.reminders import LADDER, rung
from store.rules.states import PostKind
from store.values import THE_DESK

BATCH = 100
LAST_DIGEST = "last digest"
CAN_WAIT = frozenset(LADDER) - {0}
"""The rungs that a snoozed case is not told of: neither the last safe day's, nor any of the days after it."""


@Verb
def remind(work: Work, limit: int = BATCH) -> int:
    """Make the reminders that are due now: of each request the one that applies, and never the same one twice.

    The due requests are found by an index on their next date, so the cost grows with what is due. Their cases are
    locked before they are, as in every verb; a case that somebody is at work on waits for the next look.

    Args:
        work: the transaction.
        limit: at most so many requests.

    Returns:
        How many requests were looked at; as many as `limit` means that more may be waiting.
    """
    is_due = (col(Request.outcome).is_(None), col(Request.next_reminder_at) <= work.now)
    first = (col(Request.next_reminder_at), col(Request.id))
    waiting = work.session.exec(select(Request.case_id).where(*is_due).order_by(*first).limit(limit)).all()
    locked = select(Case).where(col(Case.id).in_(waiting)).order_by(col(Case.id)).with_for_update(skip_locked=True)
    cases = {case.id: case for case in work.session.exec(locked)}
    mine = select(Request).where(*is_due, col(Request.case_id).in_(cases)).order_by(*first).limit(limit)
    due = work.session.exec(mine).all()
    for request in due:
        _remind(work, cases[request.case_id], request)
        set_reminder(work, request)
    return len(due)


@Verb
def make_digest(work: Work, slot: datetime) -> bool:
    """Have the digest of a slot drawn, once, whoever asks how often.

    Args:
        work: the transaction.
        slot: the moment it was due, aware; one before the desk was installed, or before the last one made, is not made.

    Returns:
        Whether it was made now.
    """
    in_turn = (INSTALLED_AT, LAST_DIGEST)  # the first is always there to be locked, so processes take turns at it
    kept = [work.session.get(Bookmark, name, with_for_update=True) for name in in_turn]
    since = max(datetime.fromisoformat(bookmark.value) for bookmark in kept if bookmark)
    if slot <= since:
        return False
    work.session.merge(Bookmark(name=LAST_DIGEST, value=slot.isoformat()))
    day = slot.astimezone(work.office.business.zone).date().isoformat()
    work.record_for_the_desk(Event.DIGEST_MADE, THE_DESK, day=day)
    work.mark(PostKind.DIGEST, day)
    return True


def _remind(work: Work, case: Case, request: Request) -> None:
    aim = aim_of(work.office, case.law, request)
    if work.today >= aim.safe:
        _propose_denial(work, case, request)
    left, step = days_left(request.due, work.today), rung(aim, work.today)
    if step is None or _reminded(work, request, step) or (step in CAN_WAIT and is_snoozed(case, work.today)):
        return
    reminder = Reminder(
        case_id=request.case_id,
        request_id=request.id or 0,
        due=request.due,
        rung=step,
        owner=case.owner,
        made_at=work.now,
    )
    work.session.add(reminder)
    work.session.flush()
    event = Event.ESCALATED if left < 0 else Event.REMINDED
    work.record(case, event, THE_DESK, told=False, kind=request.kind, due=request.due.isoformat(), days_left=left)
    if left < 0:  # whatever anybody wishes
        work.mark(PostKind.REMINDER, str(reminder.id), case.id)
        work.mark(PostKind.ESCALATION, str(reminder.id), case.id)
    else:
        tell(work, case, PostKind.REMINDER, str(reminder.id), last_day=aim.safe)


def _propose_denial(work: Work, case: Case, request: Request) -> None:
    """Say that a request's time ends unverified, so that it may be denied (section 7021(b)): a person decides."""
    basis = proposals.denial(work.pack(case), Kind(request.kind))
    if basis is None or request.denial_proposed_at is not None or not work.read(case).request(request.id or 0).lacks:
        return
    request.denial_proposed_at = work.now
    work.session.add(request)
    due = request.due.isoformat()
    work.record(case, Event.DENIAL_PROPOSED, THE_DESK, kind=request.kind, basis=basis.id, due=due)


def _reminded(work: Work, request: Request, step: int) -> bool:
    made = select(Reminder.id).where(Reminder.request_id == request.id, Reminder.due == request.due)
    return work.session.exec(made.where(Reminder.rung == step)).first() is not None
