"""What becomes of a kept mail: a case, an addition to one, held for a person, filed, or quarantined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from store.desk.appeals import contest
from store.desk.cases import add_request, chosen, learn, meant, new_case, requests_of, resume
from store.desk.challenges import answer_challenge
from store.desk.corrections import mail_judged
from store.desk.links import redraw_repeats
from store.desk.mails import reading_of, settle, unread, waiting, where_it_goes_on
from store.desk.own_words import obey
from store.desk.post import acknowledge, is_reachable
from store.desk.snoozing import wake_up
from store.desk.work import Verb, Work
from store.errors import ContentDestroyed, DecisionFaulty
from store.ledger import Event
from store.models import Case, Mail
from store.rules.kinds import Kind
from store.rules.lifecycle import Move
from store.rules.states import MailState, PostKind
from store.rules.team import Manner
from store.settings import LateReply
from store.values import CONSUMER, THE_DESK, Actor, Arrival, CaseFile, Wish


@Verb
def open_case(work: Work, mail_id: int, arrival: Arrival) -> CaseFile:
    """Open a case for a mail that asks for something, and acknowledge it (section 7021(a)).

    Raises:
        MailSettled: somebody dealt with the mail already.
        DecisionFaulty: it invokes no right.
    """
    mail = unread(work, mail_id)
    return begin_case(work, mail, arrival, arrival.wishes)


@Verb
def attach(work: Work, mail_id: int, arrival: Arrival, ref: str, *, by_address: bool = False) -> CaseFile:
    """Add a consumer's mail to their case: a code in it is matched, a right newly invoked becomes a request.

    A right invoked in a closed case opens a new one, since a closed case has no clocks; any other word there is noted,
    or reopens it, as the business has set. A bare "status" or "cancel" is obeyed. What answers a merged case goes into
    the one that it goes on in.

    Args:
        work: the transaction.
        mail_id: the kept mail.
        arrival: the mail, read.
        ref: the case.
        by_address: it carries nothing of the case but its consumer's address, which DMARC confirms.

    Raises:
        MailSettled: somebody dealt with the mail already.
    """
    mail = unread(work, mail_id)
    case = work.case(where_it_goes_on(work, ref))
    if case.closed_at is not None and arrival.wishes:
        return begin_case(work, mail, arrival, arrival.wishes, answered=case.id)
    _join(work, mail, arrival, case, by_address=by_address)
    if obey(work, case, arrival):
        return work.read(case)
    answer_challenge(work, case, mail, arrival)
    if case.closed_at is not None and work.office.business.reply_to_closed is LateReply.REOPEN:
        _return(work, case)
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
    mail = unread(work, mail_id)
    mail.guess_case_id = work.case(guess).id if guess else None
    settle(work, mail, MailState.HELD, reason, arrival)
    work.record_for_the_desk(Event.MAIL_HELD, THE_DESK, mail=mail_id, reason=reason)
    work.mark(PostKind.HELD, str(mail_id))


@Verb
def file(work: Work, mail_id: int, arrival: Arrival, *, reason: str) -> None:
    """File a mail that needs nothing (an automatic answer, a list, a bounce), with its reason."""
    mail = unread(work, mail_id)
    settle(work, mail, MailState.FILED, reason, arrival)
    work.record_for_the_desk(Event.MAIL_FILED, THE_DESK, mail=mail_id, reason=reason)


@Verb
def quarantine(work: Work, mail_id: int, *, reason: str) -> None:
    """Keep a mail that could not be read, and show it to staff."""
    mail = unread(work, mail_id)
    settle(work, mail, MailState.QUARANTINED, reason, None)
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
    mail = waiting(work, mail_id, by)
    arrival = reading_of(work, mail)
    case = begin_case(work, mail, meant(arrival), chosen(arrival, kinds), by)
    mail_judged(work, arrival, kinds)
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
    mail = waiting(work, mail_id, by)
    case = work.case(where_it_goes_on(work, ref))
    arrival = reading_of(work, mail)
    work.mark(PostKind.HELD, str(mail_id))
    if case.closed_at is not None and arrival.wishes:
        return begin_case(work, mail, arrival, arrival.wishes, by, answered=case.id)
    _join(work, mail, arrival, case, by)
    return work.read(case)


@Verb
def set_aside(work: Work, mail_id: int, by: Actor) -> None:
    """File a held mail: a person says that it is no request.

    Raises:
        MailSettled: somebody was faster.
        RoleMissing: that person is no staff.
    """
    mail = waiting(work, mail_id, by)
    if mail.reading is not None:
        mail_judged(work, reading_of(work, mail), ())
    settle(work, mail, MailState.FILED, "not a request", None, None, by)
    work.record_for_the_desk(Event.MAIL_FILED, by, mail=mail_id, reason="not a request")
    work.mark(PostKind.HELD, str(mail_id))


def begin_case(
    work: Work,
    mail: Mail,
    arrival: Arrival,
    wishes: Sequence[Wish],
    by: Actor | None = None,
    *,
    answered: int | None = None,
    manner: Manner = Manner.EMAIL,
) -> CaseFile:
    """Open a case for a mail, or for what a person took down like one, and acknowledge it.

    Args:
        work: the transaction.
        mail: its row, which belongs to the case from now on.
        arrival: the mail, read.
        wishes: the rights it invokes.
        by: the person who says so; None for the desk itself.
        answered: the closed case that it answers.
        manner: how it reached the business.

    Raises:
        DecisionFaulty: it invokes no right.
    """
    if not wishes:
        raise DecisionFaulty(why="Say which right the mail invokes; a case needs at least one.")
    told_by = by if by and manner is not Manner.EMAIL else CONSUMER
    case = new_case(work, arrival, mail.received_at, wishes, manner=manner, by=told_by)
    contest(work, case, answered)
    settle(work, mail, MailState.OPENED, mail.reason, arrival, case, by)
    opened = work.read(case)
    if arrival.answerable and is_reachable(work, case):
        acknowledge(work, case, mail.received_at, opened.open_requests)
    return replace(opened, waiting_letters=len(work.drafts))


def _join(
    work: Work, mail: Mail, arrival: Arrival, case: Case, by: Actor | None = None, *, by_address: bool = False
) -> None:
    if case.content_destroyed_at is not None:  # nobody could read it there
        raise ContentDestroyed
    work.step(case, Move.ATTACH, THE_DESK)
    settle(work, mail, MailState.ATTACHED, mail.reason, arrival, case, by)
    case.last_word_at = max(case.last_word_at, mail.received_at)
    facts: dict[str, Any] = {"mail": mail.id, **({"known_by": "address"} if by_address else {})}
    work.record(case, Event.MAIL_PLACED if by else Event.ATTACHED, by or CONSUMER, **facts)
    wake_up(work, case)
    waiting = {request.kind for request in requests_of(work, case) if request.outcome is None}
    learn(work, case, arrival)
    new = [wish for wish in arrival.wishes if wish.kind not in waiting]
    for wish in new:
        add_request(work, case, work.box(case.key_id), wish, mail.received_at)
        work.record(case, Event.REQUEST_ADDED, CONSUMER, kind=wish.kind)
    contest(work, case)
    if new and arrival.answerable and is_reachable(work, case):
        kinds = [wish.kind for wish in new]
        lines = [line for line in work.read(case).open_requests if line.kind in kinds]
        acknowledge(work, case, mail.received_at, lines)
    if new:
        redraw_repeats(work, case)


def _return(work: Work, case: Case) -> None:
    """The request that was settled last is looked at again; whose case it was, has it."""
    latest = max(requests_of(work, case), key=lambda request: (request.settled_at or work.now, request.id))
    work.step(case, Move.RETURN, THE_DESK, latest.id)
    for request in resume(work, case, latest):
        work.record(case, Event.REOPENED, THE_DESK, kind=request.kind)
    redraw_repeats(work, case)
