"""Letters that did not arrive: the owner is told at once, the managers when a day has gone by and nothing was heard."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col, select

from store.casefile import is_unheard_of
from store.desk.mails import settle, unread
from store.desk.work import Verb, Work
from store.ledger import Event
from store.models import Case, Letter
from store.rules.states import LetterState, MailState, PostKind
from store.values import THE_DESK, Arrival

BATCH = 100
PATIENCE = timedelta(days=1)


@Verb
def bounce(
    work: Work, mail_id: int, arrival: Arrival, ref: str, *, message_id: str = "", status: str = "", hard: bool
) -> None:
    """File a mail system's word that a letter did not arrive, and have its case say so.

    Args:
        work: the transaction.
        mail_id: the kept mail.
        arrival: the mail, read.
        ref: the case whose letter came back.
        message_id: the letter's, with angle brackets, where the mail tells it; else the last one sent is meant.
        status: the status code (RFC 3463), or empty.
        hard: trying again does not help. A delay is only noted: the other side goes on trying.

    Raises:
        MailSettled: somebody dealt with the mail already.
    """
    mail = unread(work, mail_id)
    case = work.case(ref)
    reason = "a letter of ours came back" if hard else "a letter of ours is late"
    settle(work, mail, MailState.FILED, reason, arrival, case)
    work.record_for_the_desk(Event.MAIL_FILED, THE_DESK, mail=mail_id, reason=reason)
    letter = _letter(work, case, message_id)
    if letter is None:
        return
    work.record(case, Event.LETTER_BOUNCED, THE_DESK, letter=letter.name, id=letter.id, status=status, hard=hard)
    if hard:
        unreached(work, case, letter)


def unreached(work: Work, case: Case, letter: Letter) -> None:
    """Tell the owner that a letter did not arrive, once, and the managers later unless the consumer is heard of."""
    if letter.unreached_at is None:
        letter.unreached_at, letter.escalate_at = work.now, work.now + PATIENCE
        work.session.add(letter)
        work.mark(PostKind.UNREACHED, str(letter.id), case.id)


@Verb
def escalate_unreached(work: Work, limit: int = BATCH) -> int:
    """Tell the managers of the letters that came back a day ago, where nobody was heard of since.

    Found by an index on that moment, so that a look costs what is due.

    Args:
        work: the transaction.
        limit: at most so many letters.

    Returns:
        How many letters were looked at; as many as `limit` means that more may be waiting.
    """
    is_due = select(Letter).where(col(Letter.escalate_at) <= work.now).order_by(col(Letter.escalate_at)).limit(limit)
    due = work.session.exec(is_due.with_for_update(skip_locked=True)).all()
    for letter in due:
        letter.escalate_at = None
        work.session.add(letter)
        case = work.session.get_one(Case, letter.case_id)
        if is_unheard_of(case, letter.unreached_at):
            work.mark(PostKind.STILL_UNREACHED, str(letter.id), case.id)
    return len(due)


def _letter(work: Work, case: Case, message_id: str) -> Letter | None:
    theirs = select(Letter).where(Letter.case_id == case.id)
    named = work.session.exec(theirs.where(Letter.message_id == message_id)).one_or_none()
    sent = theirs.where(Letter.state == LetterState.SENT).order_by(col(Letter.id).desc()).limit(1)
    return named or work.session.exec(sent).one_or_none()
