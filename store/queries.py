"""Everything the doors ask without changing anything; each gives frozen values."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, func, select

from store import ledger
from store.casefile import number_of, read_case, read_cases, ref_of
from store.errors import NoSuchCase, NoSuchMail
from store.ledger import Fault, Line
from store.models import (
    Case,
    DataKey,
    Entry,
    Letter,
    LetterState,
    Mail,
    Mailbox,
    MailState,
    Reminder,
    Request,
)
from store.office import Office
from store.rules.deadlines import days_left
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.values import (
    Arrival,
    CaseFile,
    DigestFacts,
    HeldMail,
    MailboxHealth,
    ReminderNote,
)
from store.vault import Box

PAGE = 20
SHOWN = 10
MOST_CANDIDATES = 50


class Which(StrEnum):
    """The lists that people ask for."""

    OPEN = "open"
    MINE = "mine"
    UNCLAIMED = "unclaimed"
    OVERDUE = "overdue"
    CLOSED = "closed"
    ALL = "all"


def case(office: Office, ref: str) -> CaseFile:
    """One case.

    Raises:
        NoSuchCase: there is none of that reference.
    """
    return case_by_id(office, number_of(ref))


def case_by_id(office: Office, case_id: int) -> CaseFile:
    """One case, by its id.

    Raises:
        NoSuchCase: there is none.
    """
    with office.database.reading() as session:
        row = session.get(Case, case_id)
        if row is None:
            raise NoSuchCase(ref=ref_of(case_id))
        return read_case(office, session, row)


def cases(
    office: Office, which: Which = Which.OPEN, *, owner: str | None = None, limit: int = PAGE, after: int = 0
) -> tuple[CaseFile, ...]:
    """A list of cases, the nearest date first; closed ones last closed first.

    Args:
        office: database, clock, business.
        which: the list.
        owner: whose, for `MINE`.
        limit: at most so many.
        after: how many to leave out at the head.
    """
    due = _due_column()
    chosen = select(Case).limit(limit).offset(after)
    match which:
        case Which.OPEN:
            chosen = chosen.where(Case.status != Status.CLOSED).order_by(due, col(Case.id))
        case Which.MINE:
            chosen = chosen.where(Case.status != Status.CLOSED, Case.owner == owner).order_by(due, col(Case.id))
        case Which.UNCLAIMED:
            chosen = chosen.where(Case.status != Status.CLOSED, col(Case.owner).is_(None)).order_by(due, col(Case.id))
        case Which.OVERDUE:
            chosen = chosen.where(Case.status != Status.CLOSED, due < office.today()).order_by(due, col(Case.id))
        case Which.CLOSED:
            chosen = chosen.where(Case.status == Status.CLOSED).order_by(
                col(Case.closed_at).desc(), col(Case.id).desc()
            )
        case Which.ALL:
            chosen = chosen.order_by(col(Case.id).desc())
    with office.database.reading() as session:
        return read_cases(office, session, session.exec(chosen).all())


def history(office: Office, ref: str) -> tuple[Line, ...]:
    """A case's ledger, the oldest line first.

    Raises:
        NoSuchCase: there is none of that reference.
    """
    case_id = case(office, ref).id
    with office.database.reading() as session:
        entries = session.exec(select(Entry).where(Entry.chain == case_id).order_by(col(Entry.number)))
        return tuple(ledger.line_of(entry) for entry in entries)


def entry(office: Office, entry_id: int) -> Line:
    """One line of the ledger."""
    with office.database.reading() as session:
        return ledger.line_of(session.get_one(Entry, entry_id))


def audit(office: Office) -> tuple[Fault, ...]:
    """The first fault of each broken chain; empty when the ledger is whole."""
    with office.database.reading() as session:
        return tuple(ledger.faults(session))


def reminder(office: Office, reminder_id: int) -> ReminderNote:
    """A reminder, as it is now: whose the case is, and whether it is still needed."""
    with office.database.reading() as session:
        made = session.get_one(Reminder, reminder_id)
        request = session.get_one(Request, made.request_id)
        row = session.get_one(Case, made.case_id)
        return ReminderNote(
            ref=row.ref,
            kind=Kind(request.kind),
            due=made.due,
            days_left=days_left(made.due, office.today()),
            owner=row.owner,
            settled=request.outcome is not None or request.due != made.due,
        )


def held_mail(office: Office, mail_id: int) -> HeldMail:
    """A mail that waits, or waited, for a person.

    Raises:
        NoSuchMail: there is none.
    """
    with office.database.reading() as session:
        mail = session.get(Mail, mail_id)
        if mail is None:
            raise NoSuchMail
        guess = session.get(Case, mail.guess_case_id) if mail.guess_case_id else None
        found = session.get(Case, mail.case_id) if mail.case_id else None
        reading = _arrival(office, session, mail)
        return HeldMail(
            mail_id=mail_id,
            state=mail.state,
            reason=mail.reason,
            masked_sender=mail.masked_sender,
            received_at=mail.received_at,
            size=mail.size,
            guess=guess.ref if guess else None,
            wishes=tuple(wish.kind for wish in reading.wishes) if reading else (),
            settled_by=mail.settled_by,
            case=found.ref if found else None,
        )


def unread_mails(office: Office, limit: int = PAGE) -> tuple[int, ...]:
    """The ids of the mails that are kept and not read yet, the oldest first."""
    with office.database.reading() as session:
        waiting = select(Mail.id).where(Mail.state == MailState.KEPT).order_by(col(Mail.id)).limit(limit)
        return tuple(mail_id for mail_id in session.exec(waiting) if mail_id is not None)


def raw_mail(office: Office, mail_id: int) -> tuple[bytes, dict[str, Any]]:
    """A mail's bytes as they came, and its envelope.

    Raises:
        NoSuchMail: there is none.
        ContentDestroyed: its time was up.
    """
    with office.database.reading() as session:
        mail = session.get(Mail, mail_id)
        if mail is None:
            raise NoSuchMail
        box = _box(office, session, mail.key_id)
        envelope = json.loads(box.open(f"mail.envelope:{mail.key_id}", mail.envelope))
        return box.open(f"mail.raw:{mail.key_id}", mail.raw), envelope


def case_of_thread(
    office: Office, tokens: Collection[str], message_ids: Collection[str], sender: str
) -> tuple[str | None, bool]:
    """The case that a mail's tokens or the Message-IDs it answers belong to.

    Args:
        office: database and vault.
        tokens: what looks like a case's token in it.
        message_ids: what it answers or refers to, with angle brackets.
        sender: its address.

    Returns:
        The case's reference, or None; and whether the sender's address is the case's.
    """
    hashes = [office.vault.hash("case token", token) for token in tokens][:MOST_CANDIDATES]
    answered = list(message_ids)[-MOST_CANDIDATES:]
    with office.database.reading() as session:
        found = session.exec(select(Case).where(col(Case.token_hash).in_(hashes))).all()
        if not found:
            letters = select(Letter.case_id).where(col(Letter.message_id).in_(answered))
            found = session.exec(select(Case).where(col(Case.id).in_(letters))).all()
        known = office.vault.hash("address", sender.strip().lower())
        theirs = [row for row in found if row.address_hash == known]
        best = next(iter(theirs or found), None)
        return (best.ref, bool(theirs)) if best else (None, False)


def is_ours(office: Office, message_id: str) -> bool:
    """Yes or no: a letter of ours has this Message-ID (with angle brackets)."""
    with office.database.reading() as session:
        return session.exec(select(Letter.id).where(Letter.message_id == message_id)).first() is not None


def mailbox(office: Office, name: str) -> tuple[int | None, int]:
    """The UIDVALIDITY and the last UID that were kept for a mailbox's folder."""
    with office.database.reading() as session:
        kept = session.get(Mailbox, name)
        return (kept.uidvalidity, kept.last_uid) if kept else (None, 0)


def mailboxes(office: Office) -> tuple[MailboxHealth, ...]:
    """How the mailboxes are."""
    with office.database.reading() as session:
        rows = session.exec(select(Mailbox).order_by(col(Mailbox.name))).all()
        return tuple(MailboxHealth(row.name, row.read_at, row.failing_since, row.trouble) for row in rows)


def digest(office: Office) -> DigestFacts:
    """What managers read at nine."""
    today, zone = office.today(), office.business.zone
    midnight = datetime.combine(today, time.min, zone)
    yesterday = midnight - timedelta(days=1)
    due = _due_column()
    is_open = Case.status != Status.CLOSED
    overdue, near = (is_open, due < today), (is_open, due >= today, due <= today + timedelta(days=7))
    unclaimed = (is_open, col(Case.owner).is_(None))
    with office.database.reading() as session:
        return DigestFacts(
            at=office.clock(),
            today=today,
            open_cases=_count(session, Case, is_open),
            opened_yesterday=_count(session, Case, col(Case.opened_at) >= yesterday, col(Case.opened_at) < midnight),
            closed_yesterday=_count(session, Case, col(Case.closed_at) >= yesterday, col(Case.closed_at) < midnight),
            overdue=_some(office, session, *overdue),
            due_this_week=_some(office, session, *near),
            unclaimed=_some(office, session, *unclaimed),
            overdue_count=_count(session, Case, *overdue),
            due_count=_count(session, Case, *near),
            unclaimed_count=_count(session, Case, *unclaimed),
            held_count=_count(session, Mail, Mail.state == MailState.HELD),
            quarantined_count=_count(session, Mail, Mail.state == MailState.QUARANTINED),
            unread_mails=_count(session, Mail, Mail.state == MailState.KEPT),
            waiting_letters=_count(session, Letter, Letter.state == LetterState.WAITING),
            parked_letters=_count(session, Letter, Letter.state == LetterState.PARKED),
            mailboxes=mailboxes(office),
        )


def _due_column() -> Any:
    """A case's date: the earliest of its open requests'."""
    date_of = func.coalesce(Request.extended_to, Request.respond_by)
    return (
        select(func.min(date_of))
        .where(Request.case_id == Case.id, col(Request.outcome).is_(None))
        .correlate(Case)
        .scalar_subquery()
    )


def _count(session: Session, table: type[Case | Mail | Letter], *where: Any) -> int:
    return session.exec(select(func.count()).select_from(table).where(*where)).one()


def _some(office: Office, session: Session, *where: Any) -> tuple[CaseFile, ...]:
    rows: Sequence[Case] = session.exec(
        select(Case).where(*where).order_by(_due_column(), col(Case.id)).limit(SHOWN)
    ).all()
    return read_cases(office, session, rows)


def _arrival(office: Office, session: Session, mail: Mail) -> Arrival | None:
    if mail.reading is None:
        return None
    return Arrival.from_json(_box(office, session, mail.key_id).open(f"mail.reading:{mail.key_id}", mail.reading))


def _box(office: Office, session: Session, key_id: str) -> Box:
    key = session.get(DataKey, key_id)
    return office.vault.open_box(key_id, key.wrapped if key else None)
