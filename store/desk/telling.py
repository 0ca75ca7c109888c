"""How the owner of a case is told what can wait a night: as they wish, and never too late for the date."""

from __future__ import annotations

from datetime import date, datetime

from store.desk.work import Work
from store.models import Case
from store.rules.deadlines import local_day
from store.rules.quiet import end_of_quiet
from store.rules.states import PostKind
from store.rules.team import Reminders
from store.team import Wishes
from store.wishes import covering, is_alone, wishes_of


def tell(work: Work, case: Case, kind: PostKind, subject: str, *, last_day: date) -> None:
    """Have a case's owner told, or whoever covers for them; all of staff while nobody has it, or is there for it.

    Args:
        work: the transaction.
        case: whose owner.
        kind: of the post in the thread.
        subject: of what it tells.
        last_day: on which they must have heard of it, in the business's zone. Where quiet hours would go past its end,
            or hold on that very day, it is told in the thread at once, where everybody sees it.
    """
    if case.owner is None or is_alone(work.session, case.owner, work.today):
        work.mark(kind, subject, case.id)
        return
    wishes = wishes_of(work.session, covering(work.session, case.owner, work.today) or case.owner)
    quiet_until = _quiet_until(work, wishes)
    if quiet_until and work.today < last_day and local_day(quiet_until, work.office.business.zone) <= last_day:
        at = quiet_until
    elif quiet_until:
        work.mark(kind, subject, case.id)
        return
    else:
        at = work.now
    if wishes.reminders is not Reminders.DIRECT:
        work.mark(kind, subject, case.id, at=at)
    if wishes.reminders is not Reminders.THREAD:
        work.mark(PostKind.DIRECT, f"{kind} {subject}", case.id, at=at)


def _quiet_until(work: Work, wishes: Wishes) -> datetime | None:
    if wishes.quiet_from is None or wishes.quiet_until is None:
        return None
    return end_of_quiet(work.now, wishes.quiet_from, wishes.quiet_until, work.office.business.zone)
