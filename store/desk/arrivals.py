"""What becomes of a mail: kept, then a case, an addition to one, held for a person, filed, or quarantined."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from store.casefile import masked
from store.desk.cases import add_request, new_case, requests_of
from store.desk.challenges import answer_challenge
from store.desk.post import acknowledge, is_reachable
from store.desk.work import Verb, Work
from store.errors import DecisionFaulty, MailSettled, MailUnreadable, NoSuchMail, RoleMissing
from store.ledger import Event
from store.models import Case, DataKey, Mail, MailState, PostKind
from store.rules.kinds import Kind
from store.rules.lifecycle import Move, Role
from store.values import CONSUMER, THE_DESK, Actor, Arrival, CaseFile, Kept, Wish

UNSETTLED = (MailState.HELD, MailState.QUARANTINED)


@Verb
def keep(work: Work, raw: bytes, content_hash: str, *, road: str, envelope: str, received_at: datetime) -> Kept:
    """Store a mail's bytes, encrypted, before anybody is told that it was accepted.

    Args:
        work: the transaction.
        raw: the mail as it came.
        content_hash: what it is known by, whatever road it takes (hex).
        road: how it came: "smtp", or the mailbox's name.
        envelope: the envelope's addresses, as JSON.
        received_at: when it first reached one of our inboxes, aware.

    Returns:
        Where it is kept; `known` when the same mail was here before, by whatever road.
    """
    known = work.session.exec(select(Mail.id).where(Mail.content_hash == content_hash)).one_or_none()
    if known is not None:
        return Kept(known, known=True)
    key_id = secrets.token_hex(16)
    box, wrapped = work.office.vault.new_box(key_id)
    mail = Mail(
        key_id=key_id,
        content_hash=content_hash,
        road=road,
        state=MailState.KEPT,
        received_at=received_at,
        size=len(raw),
        raw=box.seal(f"mail.raw:{key_id}", raw),
        envelope=box.seal(f"mail.envelope:{key_id}", envelope),
    )
    try:
        with work.session.begin_nested():
            work.session.add(DataKey(id=key_id, wrapped=wrapped))
            work.session.flush()
            work.session.add(mail)
            work.session.flush()
    except IntegrityError:  # another process was faster by a moment (PostgreSQL)
        faster = work.session.exec(select(Mail.id).where(Mail.content_hash == content_hash)).one()
        return Kept(faster or 0, known=True)
    work.leaves_work = True
    return Kept(mail.id or 0, known=False)


@Verb
def open_case(work: Work, mail_id: int, arrival: Arrival) -> CaseFile:
    """Open a case for a mail that asks for something, and acknowledge it (section 7021(a)).

    Raises:
        MailSettled: somebody dealt with the mail already.
        DecisionFaulty: it invokes no right.
    """
    mail = _unread(work, mail_id)
    return _open(work, mail, arrival, arrival.wishes)


@Verb
def attach(work: Work, mail_id: int, arrival: Arrival, ref: str) -> CaseFile:
    """Add a consumer's mail to their case: a code in it is matched, a right newly invoked becomes a request.

    A right invoked in a closed case opens a new one, since a closed case has no clocks.

    Raises:
        MailSettled: somebody dealt with the mail already.
    """
    mail = _unread(work, mail_id)
    case = work.case(ref)
    if case.closed_at is not None and arrival.wishes:
        return _open(work, mail, arrival, arrival.wishes)
    _join(work, mail, arrival, case)
    answer_challenge(work, case, arrival)
    return work.read(case)


@Verb
def hold(work: Work, mail_id: int, arrival: Arrival, *, reason: str, guess: str | None = None) -> None:
    """Put a mail into the holding pen: a person says where it belongs; its clock runs from receipt meanwhile.

    Args:
        work: the transaction.
        mail_id: the kept mail.
        arrival: the mail, read.
        reason: why the desk does not decide, impersonal, a sentence.
        guess: the case it most likely belongs to.
    """
    mail = _unread(work, mail_id)
    mail.guess_case_id = work.case(guess).id if guess else None
    _settle(work, mail, MailState.HELD, reason, arrival)
    work.record_for_the_desk(Event.MAIL_HELD, THE_DESK, mail=mail_id, reason=reason)
    work.mark(PostKind.HELD, str(mail_id))


@Verb
def file(work: Work, mail_id: int, arrival: Arrival, *, reason: str) -> None:
    """File a mail that needs nothing (an automatic answer, a list, a bounce), with its reason."""
    mail = _unread(work, mail_id)
    _settle(work, mail, MailState.FILED, reason, arrival)
    work.record_for_the_desk(Event.MAIL_FILED, THE_DESK, mail=mail_id, reason=reason)


@Verb
def quarantine(work: Work, mail_id: int, *, reason: str) -> None:
    """Keep a mail that could not be read, and show it to staff."""
    mail = _unread(work, mail_id)
    _settle(work, mail, MailState.QUARANTINED, reason, None)
    work.record_for_the_desk(Event.MAIL_QUARANTINED, THE_DESK, mail=mail_id, reason=reason)
    work.mark(PostKind.HELD, str(mail_id))


@Verb
def place_as_new(work: Work, mail_id: int, kinds: Sequence[Kind], by: Actor) -> CaseFile:
    """Open a case for a held mail: a person says which rights it invokes.

    Raises:
        MailSettled: somebody was faster.
        MailUnreadable: the mail could not be read.
        DecisionFaulty: no right is named.
        RoleMissing: that person is no staff.
    """
    mail = _waiting(work, mail_id, by)
    arrival = _arrival(work, mail)
    said = {wish.kind: wish for wish in arrival.wishes}
    wishes = tuple(said.get(kind, Wish(kind)) for kind in dict.fromkeys(kinds))
    case = _open(work, mail, arrival, wishes, by)
    work.mark(PostKind.HELD, str(mail_id))
    return case


@Verb
def place_in(work: Work, mail_id: int, ref: str, by: Actor) -> CaseFile:
    """Add a held mail to a case: a person says to which. A code in it is not matched, since its sender is in doubt.

    A right invoked in a closed case opens a new one, since a closed case has no clocks.

    Raises:
        MailSettled: somebody was faster.
        NoSuchCase: there is no such case.
        RoleMissing: that person is no staff.
    """
    mail = _waiting(work, mail_id, by)
    case = work.case(ref)
    arrival = _arrival(work, mail)
    work.mark(PostKind.HELD, str(mail_id))
    if case.closed_at is not None and arrival.wishes:
        return _open(work, mail, arrival, arrival.wishes, by)
    _join(work, mail, arrival, case, by)
    return work.read(case)


@Verb
def set_aside(work: Work, mail_id: int, by: Actor) -> None:
    """File a held mail: a person says that it is no request.

    Raises:
        MailSettled: somebody was faster.
        RoleMissing: that person is no staff.
    """
    mail = _waiting(work, mail_id, by)
    _settle(work, mail, MailState.FILED, "not a request", None, None, by)
    work.record_for_the_desk(Event.MAIL_FILED, by, mail=mail_id, reason="not a request")
    work.mark(PostKind.HELD, str(mail_id))


def _open(work: Work, mail: Mail, arrival: Arrival, wishes: Sequence[Wish], by: Actor | None = None) -> CaseFile:
    if not wishes:
        raise DecisionFaulty(why="Say which right the mail invokes; a case needs at least one.")
    case = new_case(work, arrival, mail.received_at, wishes)
    _settle(work, mail, MailState.OPENED, mail.reason, arrival, case, by)
    if arrival.answerable and is_reachable(work, case):
        acknowledge(work, case, mail.received_at, [wish.kind for wish in wishes])
    return work.read(case)


def _join(work: Work, mail: Mail, arrival: Arrival, case: Case, by: Actor | None = None) -> None:
    work.step(case, Move.ATTACH, THE_DESK)
    _settle(work, mail, MailState.ATTACHED, mail.reason, arrival, case, by)
    case.last_word_at = max(case.last_word_at, mail.received_at)
    work.record(case, Event.MAIL_PLACED if by else Event.ATTACHED, by or CONSUMER, mail=mail.id)
    waiting = {request.kind for request in requests_of(work, case) if request.outcome is None}
    new = [wish for wish in arrival.wishes if wish.kind not in waiting]
    for wish in new:
        add_request(work, case, work.box(case.key_id), wish, mail.received_at)
        work.record(case, Event.REQUEST_ADDED, CONSUMER, kind=wish.kind)
    if new and arrival.answerable and is_reachable(work, case):
        acknowledge(work, case, mail.received_at, [wish.kind for wish in new])


def _unread(work: Work, mail_id: int) -> Mail:
    mail = work.session.exec(select(Mail).where(col(Mail.id) == mail_id).with_for_update()).one_or_none()
    if mail is None:
        raise NoSuchMail
    if mail.state != MailState.KEPT:
        raise MailSettled(outcome=mail.state)
    return mail


def _waiting(work: Work, mail_id: int, by: Actor) -> Mail:
    if by.role is None or not by.role.covers(Role.STAFF):
        raise RoleMissing(role=Role.STAFF)
    mail = work.session.exec(select(Mail).where(col(Mail.id) == mail_id).with_for_update()).one_or_none()
    if mail is None:
        raise NoSuchMail
    if mail.state not in UNSETTLED:
        raise MailSettled(outcome=mail.state)
    return mail


def _arrival(work: Work, mail: Mail) -> Arrival:
    if mail.reading is None:
        raise MailUnreadable
    return Arrival.from_json(work.box(mail.key_id).open(f"mail.reading:{mail.key_id}", mail.reading))


def _settle(
    work: Work,
    mail: Mail,
    state: MailState,
    reason: str,
    arrival: Arrival | None,
    case: Case | None = None,
    by: Actor | None = None,
) -> None:
    mail.state, mail.reason = state, reason
    mail.case_id = case.id if case else None
    mail.settled_by = by.id if by else None
    if arrival is not None:
        mail.masked_sender = masked(arrival.sender)
        mail.reading = work.box(mail.key_id).seal(f"mail.reading:{mail.key_id}", arrival.to_json())
    work.session.add(mail)
