"""A mail's row between being kept and being settled: used by every verb that decides where one belongs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select

from store.casefile import masked, number_of, ref_of
from store.desk.work import Work
from store.errors import SOMEBODY, MailSettled, MailUnreadable, NoSuchMail, RoleMissing
from store.models import WITHOUT_RAW, Case, Mail, Tie
from store.rules.lifecycle import Role, Status
from store.rules.requesters import Bond
from store.rules.states import MailState, PostKind
from store.values import Actor, Arrival

UNSETTLED = (MailState.HELD, MailState.QUARANTINED)


def locked(work: Work, mail_id: int) -> Mail:
    """The row of a mail, locked.

    Raises:
        NoSuchMail: there is none.
    """
    wanted = select(Mail).where(col(Mail.id) == mail_id).options(WITHOUT_RAW).with_for_update()
    mail = work.session.exec(wanted).one_or_none()
    if mail is None:
        raise NoSuchMail
    return mail


def unread(work: Work, mail_id: int) -> Mail:
    """The row of a mail that is kept and not read yet, locked.

    Raises:
        NoSuchMail: there is none.
        MailSettled: somebody dealt with it already.
    """
    mail = locked(work, mail_id)
    if mail.state != MailState.KEPT:
        raise settled_already(mail)
    return mail


def waiting(work: Work, mail_id: int, by: Actor) -> Mail:
    """The row of a mail that waits for a person, locked.

    Raises:
        NoSuchMail: there is none.
        MailSettled: somebody was faster.
        RoleMissing: this is no staff.
    """
    if by.role is None or not by.role.covers(Role.STAFF):
        raise RoleMissing(role=Role.STAFF)
    mail = locked(work, mail_id)
    if mail.state not in UNSETTLED:
        raise settled_already(mail)
    return mail


def settled_already(mail: Mail) -> MailSettled:
    """The refusal that tells who was faster."""
    return MailSettled(owner=mail.settled_by or SOMEBODY, outcome=mail.state)


def reading_of(work: Work, mail: Mail) -> Arrival:
    """What was read of a mail.

    Raises:
        MailUnreadable: nothing was.
    """
    if mail.reading is None:
        raise MailUnreadable
    return Arrival.from_json(work.box(mail.key_id).open(f"mail.reading:{mail.key_id}", mail.reading))


def mail_listing(case: Case) -> ColumnElement[bool]:
    """That a mail is the letter which named the person of this case beside others: it belongs to the first of them."""
    named = select(Tie.mail_id).where(Tie.case_id == case.id, Tie.bond == Bond.LIST)
    return col(Mail.id).in_(named)


def of_conversation(case: Case) -> ColumnElement[bool]:
    """That a mail is read in this case: its own, the letter that listed it, and those of cases merged into it."""
    return or_(col(Mail.case_id) == case.id, mail_listing(case), col(Mail.case_id).in_(merged_into(case)))


def merged_into(case: Case) -> Any:
    """The ids of the cases that go on in this one, to select from."""
    return select(Tie.case_id).where(Tie.other_id == case.id, Tie.bond == Bond.MERGED)


def where_it_goes_on(work: Work, ref: str) -> str:
    """The reference of the case that one was merged into; its own where it was not, or goes on by itself again.

    Asked before anything is locked: cases are locked in the order of their ids.

    Raises:
        NoSuchCase: it is no reference.
    """
    merged = (Tie.case_id == number_of(ref), Tie.bond == Bond.MERGED, Case.status == Status.CLOSED)
    tied = select(Tie.other_id).join(Case, col(Case.id) == Tie.case_id).where(*merged)
    first = work.session.exec(tied).one_or_none()
    return ref_of(first) if first else ref


def settle(
    work: Work,
    mail: Mail,
    state: MailState,
    reason: str,
    arrival: Arrival | None,
    case: Case | None = None,
    by: Actor | None = None,
) -> None:
    """Say what became of a mail, and keep what was read of it, sealed.

    Args:
        work: the transaction.
        mail: its row.
        state: where it went.
        reason: why, in words that staff may see.
        arrival: what was read of it now, if anything.
        case: the case it belongs to.
        by: the person who decided; None for the desk itself.
    """
    mail.state, mail.reason = state, reason
    mail.case_id = case.id if case else None
    mail.settled_by = by.id if by else None
    if arrival is not None:
        mail.masked_sender = masked(arrival.sender)
        mail.reading = work.box(mail.key_id).seal(f"mail.reading:{mail.key_id}", arrival.to_json())
    work.session.add(mail)
    if mail.replays:  # people were shown it, and may wonder what became of it
        work.mark(PostKind.HELD, str(mail.id))
