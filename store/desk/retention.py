"""What goes when its time is up: mails' bytes, then all content, then the record itself, in batches of a transaction.

Content goes with its data key: the key is destroyed and the row emptied, so that a forgotten copy of either is worth
nothing. The record that section 7101 wants (what was asked, when, and how it was answered) stays until its own time.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import update
from sqlmodel import SQLModel, col, delete, or_, select

from store import ledger, retention
from store.casefile import ref_of
from store.desk.work import Verb, Work
from store.ledger import Event
from store.models import (
    WITHOUT_RAW,
    Approval,
    Bookmark,
    Case,
    Challenge,
    DataKey,
    Letter,
    Mail,
    Note,
    Point,
    Post,
    Reminder,
    Request,
    Standing,
    Tie,
)
from store.office import Office
from store.retention import Sweep
from store.rules.states import PostKind
from store.settings import Retention
from store.values import THE_DESK

BATCH = 50
LAST_SWEEP = "last retention"
EMPTY = b""


@Verb
def destroy_raw(work: Work, kept: Retention, limit: int = BATCH) -> int:
    """Destroy the bytes of mails whose cases were closed long enough ago; what was read of them stays.

    Returns:
        How many mails.
    """
    due = select(Mail).where(retention.raw_due(work.now, kept)).order_by(col(Mail.received_at)).limit(limit)
    mails = _with_their_cases(work, due)
    for mail in mails:
        _destroy_raw(work, mail)
    _tell(work, mails, "mails as they came")
    return len(mails)


@Verb
def destroy_content(work: Work, kept: Retention, limit: int = BATCH) -> int:
    """Destroy all that is personal in cases that were closed long enough ago; their records stay.

    Returns:
        How many cases.
    """
    due = select(Case).where(retention.content_due(work.now, kept)).order_by(col(Case.closed_at)).limit(limit)
    cases = work.session.exec(due.with_for_update(skip_locked=True)).all()
    for case in cases:
        _destroy_content(work, case, kept)
    return len(cases)


@Verb
def destroy_mails(work: Work, kept: Retention, limit: int = BATCH) -> int:
    """Destroy the content of mails that belong to no case, or came to one whose content is gone.

    Returns:
        How many mails.
    """
    due = select(Mail).where(retention.mail_due(work.now, kept)).order_by(col(Mail.received_at)).limit(limit)
    mails = _with_their_cases(work, due)
    for mail in mails:
        destroy_mail(work, mail)
    _tell(work, mails, "mails")
    return len(mails)


@Verb
def purge_records(work: Work, kept: Retention, limit: int = BATCH) -> int:
    """Let go of cases whose record has been kept as long as the law wants (section 7101(a)).

    Returns:
        How many cases.
    """
    due = select(Case).where(retention.record_due(work.office, work.session, kept)).order_by(col(Case.id)).limit(limit)
    cases = work.session.exec(due.with_for_update(skip_locked=True)).all()
    for case in cases:
        _purge(work, case)
    return len(cases)


@Verb
def purge_traces(work: Work, kept: Retention, limit: int = BATCH) -> int:
    """Let go of what is left of mails that never belonged to a case.

    Returns:
        How many mails.
    """
    due = select(Mail).where(retention.trace_due(work.office, kept)).order_by(col(Mail.id)).limit(limit)
    mails = work.session.exec(due.options(WITHOUT_RAW).with_for_update(skip_locked=True)).all()
    _purge_mails(work, mails)
    return len(mails)


def sweep(office: Office, kept: Retention) -> Sweep:
    """Let everything go that is due, a batch a transaction, and leave nothing of it in the database's files."""
    swept = Sweep(
        raw=_all(office, destroy_raw, kept),
        cases=_all(office, destroy_content, kept),
        mails=_all(office, destroy_mails, kept),
        records=_all(office, purge_records, kept),
        traces=_all(office, purge_traces, kept),
        held=retention.due(office, kept).held,
    )
    if swept.anything:
        compact(office)
    return swept


def compact(office: Office) -> None:
    """Leave nothing of what went in the database's files."""
    office.database.compact()


@Verb
def begin_sweep(work: Work) -> bool:
    """Note that the sweep of the day, in the business's zone, has begun; False when it had before."""
    noted, today = work.session.get(Bookmark, LAST_SWEEP), work.today.isoformat()
    is_new = noted is None or noted.value != today
    work.session.merge(Bookmark(name=LAST_SWEEP, value=today))
    return is_new


def _all(office: Office, destroy: Verb[[Retention, int], int], kept: Retention) -> int:
    total = 0
    while gone := destroy(office, kept, BATCH):
        total += gone
    return total


def _with_their_cases(work: Work, due: Any) -> Sequence[Mail]:
    """Mails that are due, locked after their cases as in every verb; what somebody is at work on waits."""
    found = {mail.id: mail.case_id for mail in work.session.exec(due.options(WITHOUT_RAW))}
    theirs = select(Case).where(col(Case.id).in_(set(found.values()) - {None})).order_by(col(Case.id))
    free = {case.id for case in work.session.exec(theirs.with_for_update(skip_locked=True)) if case.held_since is None}
    ids = [mail_id for mail_id, case_id in found.items() if case_id is None or case_id in free]
    locked = select(Mail).where(col(Mail.id).in_(ids)).order_by(col(Mail.case_id), col(Mail.id))
    return work.session.exec(locked.options(WITHOUT_RAW).with_for_update(skip_locked=True)).all()


def _destroy_raw(work: Work, mail: Mail) -> None:
    """What was read of a mail gets another data key, so that the one which sealed its bytes can be destroyed."""
    if mail.reading is None:
        destroy_mail(work, mail)
        return
    old = mail.key_id
    reading = work.box(old).open(f"mail.reading:{old}", mail.reading)
    mail.key_id, box = work.new_box()
    mail.reading = box.seal(f"mail.reading:{mail.key_id}", reading)
    mail.raw, mail.envelope, mail.raw_destroyed_at = EMPTY, EMPTY, work.now
    work.session.add(mail)
    work.session.flush()
    _remove(work, DataKey, col(DataKey.id) == old)


def destroy_mail(work: Work, mail: Mail) -> None:
    """Destroy a mail whole: its row is emptied and its data key is gone."""
    _destroy_key(work, mail.key_id)
    mail.raw, mail.envelope, mail.reading, mail.destroyed_at = EMPTY, EMPTY, None, work.now
    work.session.add(mail)


def _destroy_key(work: Work, key_id: str) -> None:
    key = work.session.get_one(DataKey, key_id)
    key.wrapped = None
    work.session.add(key)


def _destroy_content(work: Work, case: Case, kept: Retention) -> None:
    written = work.session.exec(select(Letter).where(Letter.case_id == case.id)).all()
    for letter in written:
        letter.recipient, letter.content, letter.recipient_hash = EMPTY, EMPTY, ""
        work.session.add(letter)
    for request in work.session.exec(select(Request).where(Request.case_id == case.id)):
        request.evidence = EMPTY
        work.session.add(request)
    for note in work.session.exec(select(Note).where(Note.case_id == case.id)):
        note.content = EMPTY
        work.session.add(note)
    for approval in work.session.exec(select(Approval).where(Approval.case_id == case.id)):
        approval.particulars = EMPTY
        work.session.add(approval)
    case.token, case.address, case.name, case.subject, case.on_behalf_of = EMPTY, EMPTY, EMPTY, EMPTY, None
    case.content_destroyed_at = work.now
    work.session.add(case)
    _destroy_key(work, case.key_id)
    work.session.flush()
    theirs = select(Mail).where(Mail.case_id == case.id, retention.mail_due(work.now, kept))
    mails = work.session.exec(theirs.options(WITHOUT_RAW).with_for_update()).all()
    for mail in mails:
        destroy_mail(work, mail)
    told = {"mails": [mail.id for mail in mails], "letters": len(written)}
    work.record(case, Event.CONTENT_DESTROYED, THE_DESK, told=False, what="all content", **told)


def _tell(work: Work, mails: Sequence[Mail], what: str) -> None:
    """Write into each case's chain, or the desk's own, which of its mails were destroyed."""
    for case_id, its in groupby(mails, lambda mail: mail.case_id):
        facts = {"what": what, "mails": [mail.id for mail in its]}
        if case_id is None:
            work.record_for_the_desk(Event.CONTENT_DESTROYED, THE_DESK, **facts)
        else:
            work.record(work.case_by_id(case_id), Event.CONTENT_DESTROYED, THE_DESK, told=False, **facts)


def _purge(work: Work, case: Case) -> None:
    """Remove a case with everything that hangs on it; what other cases say of it they say of none."""
    requests = select(Request.id).where(Request.case_id == case.id)
    theirs = col(Request.appeal_of).in_(requests)
    work.session.execute(update(Request).where(theirs).values(appeal_of=None))
    work.session.execute(update(Request).where(col(Request.first_case_id) == case.id).values(first_case_id=None))
    work.session.execute(update(Mail).where(col(Mail.guess_case_id) == case.id).values(guess_case_id=None))
    outlasting = or_(col(Standing.until).is_(None), col(Standing.until) > work.today)
    owed = col(Standing.case_id) == case.id
    work.session.execute(update(Standing).where(owed, outlasting).values(case_id=None, request_id=None))
    for table in (Approval, Standing, Post, Reminder, Point, Challenge, Letter, Note):
        _remove(work, table, col(table.case_id) == case.id)
    _remove(work, Tie, or_(col(Tie.case_id) == case.id, col(Tie.other_id) == case.id))
    _remove(work, Request, col(Request.case_id) == case.id)
    _purge_mails(work, work.session.exec(select(Mail).where(Mail.case_id == case.id).options(WITHOUT_RAW)).all())
    facts = ledger.purge(work.session, case, at=work.now)
    work.record_for_the_desk(Event.RECORD_PURGED, THE_DESK, case=ref_of(facts["chain"]), **facts)
    _remove(work, Case, col(Case.id) == case.id)
    _remove(work, DataKey, col(DataKey.id) == case.key_id)


def _purge_mails(work: Work, mails: Collection[Mail]) -> None:
    ids, keys = [mail.id for mail in mails], [mail.key_id for mail in mails]
    shown = [str(mail_id) for mail_id in ids]
    _remove(work, Post, (col(Post.kind) == PostKind.HELD) & col(Post.subject).in_(shown))
    _remove(work, Mail, col(Mail.id).in_(ids))
    _remove(work, DataKey, col(DataKey.id).in_(keys))


def _remove(work: Work, table: type[SQLModel], which: Any) -> None:
    work.session.execute(delete(table).where(which))
