"""Senders whose mails are set aside: kept, filed, counted, and shown again to whoever lifts the block."""

from __future__ import annotations

from sqlmodel import col, select

from store.blocked import hashes, in_force
from store.casefile import masked
from store.desk.mails import reading_of, settle, unread, waiting
from store.desk.work import Verb, Work
from store.errors import NoAnswerPossible, NoSuchBlock, OwnDomain, RoleMissing
from store.ledger import Event
from store.models import WITHOUT_RAW, Mail, SenderBlock
from store.rules.lifecycle import Role
from store.rules.states import MailState, PostKind
from store.values import THE_DESK, Actor, Arrival

REASON = "its sender is blocked"
MOST_SHOWN_AGAIN = 100


@Verb
def block_sender(work: Work, mail_id: int, by: Actor, *, domain: bool = False) -> None:
    """Block the sender of a held mail, which is filed with this reason.

    Later mails of that sender are kept and filed, and counted; those that belong to a case still go there.

    Args:
        work: the transaction.
        mail_id: the held mail.
        by: who blocks.
        domain: everybody at the sender's domain, not that address alone.

    Raises:
        MailSettled: somebody was faster.
        MailUnreadable: the mail could not be read.
        OwnDomain: it is our own domain.
        RoleMissing: that person is no staff.
    """
    mail = waiting(work, mail_id, by)
    row = _block(work, reading_of(work, mail).sender, by, domain=domain)
    settle(work, mail, MailState.FILED, _reason(row), None, None, by)
    work.record_for_the_desk(Event.MAIL_FILED, by, mail=mail_id, reason=REASON)
    work.mark(PostKind.HELD, str(mail_id))


@Verb
def block_sender_of(work: Work, ref: str, by: Actor, *, domain: bool = False) -> None:
    """Block the sender of a case, which stays as it is: a request is answered whoever asks.

    Raises:
        NoSuchCase: there is none.
        NoAnswerPossible: it has no address.
        OwnDomain: it is our own domain.
        RoleMissing: that person is no staff.
    """
    _check_role(by)
    case = work.case(ref)
    address = work.box(case.key_id).open(f"case.address:{case.key_id}", case.address).decode()
    if "@" not in address:
        raise NoAnswerPossible(ref=case.ref)
    row = _block(work, address, by, domain=domain)
    work.record(case, Event.SENDER_BLOCKED, by, block=row.id, domain=domain)


@Verb
def file_blocked(work: Work, mail_id: int, arrival: Arrival) -> bool:
    """File a mail whose sender is blocked, and count it.

    Returns:
        Yes or no: with no, the block was lifted, and the mail is as it was.
    """
    mail = unread(work, mail_id)
    wanted = select(SenderBlock).where(in_force(hashes(work.office, arrival.sender))).with_for_update()
    row = work.session.exec(wanted.order_by(col(SenderBlock.id))).first()
    if row is None:
        return False
    row.times, row.last_at = row.times + 1, work.now
    work.session.add(row)
    settle(work, mail, MailState.FILED, _reason(row), arrival)
    work.record_for_the_desk(Event.MAIL_FILED, THE_DESK, mail=mail_id, reason=REASON)
    return True


@Verb
def lift_block(work: Work, block_id: int, by: Actor) -> int:
    """Lift a block. What it filed waits for a person again, the newest hundred: no mail is lost by a block.

    Returns:
        How many mails wait again.

    Raises:
        NoSuchBlock: there is none, or somebody lifted it.
        RoleMissing: that person is no staff.
    """
    _check_role(by)
    row = work.session.get(SenderBlock, block_id, with_for_update=True, populate_existing=True)
    if row is None or row.lifted_at is not None:
        raise NoSuchBlock
    row.lifted_by, row.lifted_at = by.id, work.now
    work.session.add(row)
    filed = select(Mail).where(
        Mail.state == MailState.FILED, Mail.reason == _reason(row), col(Mail.reading).is_not(None)
    )
    newest = filed.order_by(col(Mail.id).desc()).limit(MOST_SHOWN_AGAIN).options(WITHOUT_RAW).with_for_update()
    mails = work.session.exec(newest).all()
    for mail in mails:
        settle(work, mail, MailState.HELD, "Its sender was blocked, and is not any more.", None)
        work.mark(PostKind.HELD, str(mail.id))
    work.record_for_the_desk(Event.SENDER_LIFTED, by, block=row.id, mails=len(mails))
    return len(mails)


def _block(work: Work, sender: str, by: Actor, *, domain: bool) -> SenderBlock:
    """The block of that sender, in force; one that was lifted counts on from where it was."""
    own = work.office.business.inbox.rpartition("@")[2].lower()
    if domain and sender.strip().lower().rpartition("@")[2] == own:
        raise OwnDomain
    by_address, by_domain = hashes(work.office, sender)
    name = f"everybody at {masked(sender).rpartition('@')[2]}" if domain else masked(sender)
    values = {"sender_hash": by_domain if domain else by_address, "masked": name, "times": 0}
    nothing = dict.fromkeys(("last_at", "lifted_by", "lifted_at"))
    work.insert_missing(SenderBlock, [{**values, **nothing, "blocked_by": by.id, "blocked_at": work.now}])
    wanted = select(SenderBlock).where(SenderBlock.sender_hash == values["sender_hash"]).with_for_update()
    row = work.session.exec(wanted.execution_options(populate_existing=True)).one()
    if row.lifted_at is not None:
        row.blocked_by, row.blocked_at, row.lifted_by, row.lifted_at = by.id, work.now, None, None
        work.session.add(row)
    work.record_for_the_desk(Event.SENDER_BLOCKED, by, block=row.id, domain=domain)
    return row


def _reason(row: SenderBlock) -> str:
    return f"{REASON} (block {row.id})"


def _check_role(by: Actor) -> None:
    if by.role is None or not by.role.covers(Role.STAFF):
        raise RoleMissing(role=Role.STAFF)
