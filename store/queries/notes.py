"""What a short post tells: a date, a letter that did not arrive, a mailbox that cannot be read."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from store import wishes
from store.casefile import aim_of, is_unheard_of, read_case
from store.models import (
    Case,
    Entry,
    Letter,
    Mailbox,
    Reminder,
    Request,
)
from store.notes import OutageNote, ReminderNote, UnreachedNote
from store.office import Office
from store.rules import proposals
from store.rules.deadlines import days_left
from store.rules.kinds import Kind


def reminder(office: Office, reminder_id: int) -> ReminderNote:
    """A reminder, as it is now: whose the case is, and whether it is still needed."""
    with office.database.reading() as session:
        made = session.get_one(Reminder, reminder_id)
        request = session.get_one(Request, made.request_id)
        row = session.get_one(Case, made.case_id)
        aim = aim_of(office, row.law, request)
        return ReminderNote(
            ref=row.ref,
            kind=Kind(request.kind),
            due=made.due,
            days_left=days_left(made.due, office.today()),
            owner=row.owner,
            settled=request.outcome is not None or request.due != made.due,
            safe=aim.safe if aim.safe < aim.due else None,
            strict=aim.strict,
            unverified=_unverified(office, session, row, request),
            cover=wishes.covering(session, row.owner, office.today()),
            alone=wishes.is_alone(session, row.owner, office.today()),
        )


def told_directly(office: Office, subject: str) -> str:
    """Whom a direct message is for, as it is now: a case's owner, or whoever covers for them; empty for nobody.

    Args:
        office: database, clock.
        subject: what its post is called: "reminder" or "line", and its id.
    """
    with office.database.reading() as session:
        owner = _case_of(session, subject).owner
        return wishes.covering(session, owner, office.today()) or owner or ""


def told_of(office: Office, subject: str) -> str:
    """Of which case a direct message tells; empty where it is closed by now, or nobody's.

    Args:
        office: database.
        subject: what its post is called: "reminder" or "line", and its id.
    """
    with office.database.reading() as session:
        row = _case_of(session, subject)
        return row.ref if row.owner and row.closed_at is None else ""


def _case_of(session: Session, subject: str) -> Case:
    what, _, number = subject.partition(" ")
    case_id = (
        session.get_one(Entry, int(number)).chain if what == "line" else session.get_one(Reminder, int(number)).case_id
    )
    return session.get_one(Case, case_id)


def _unverified(office: Office, session: Session, row: Case, request: Request) -> str:
    """By which section a request may be denied that is proposed for denial; empty for any other."""
    basis = proposals.denial(office.pack(row.law), Kind(request.kind))
    if basis is None or not read_case(office, session, row).request(request.id or 0).denial_proposed:
        return ""
    return basis.citation + ("" if basis.confirmed else ", not confirmed")


def unreached(office: Office, letter_id: int) -> UnreachedNote:
    """A letter that did not arrive, as it is now: whose its case is, and whether it still matters."""
    with office.database.reading() as session:
        letter = session.get_one(Letter, letter_id)
        row = session.get_one(Case, letter.case_id)
        since = letter.unreached_at or letter.written_at
        return UnreachedNote(
            row.ref, letter.name, since, row.owner, settled=not is_unheard_of(row, letter.unreached_at)
        )


def outage(office: Office, subject: str) -> OutageNote:
    """A mailbox's outage, as it is now.

    Args:
        office: database.
        subject: what its post is called: when it began, and the mailbox.
    """
    began, _, name = subject.partition(" ")
    since = datetime.fromisoformat(began)
    with office.database.reading() as session:
        row = session.get_one(Mailbox, name)
        return OutageNote(name, since, row.trouble, over=row.failing_since != since)
