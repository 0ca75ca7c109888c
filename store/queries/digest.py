"""What managers read in the morning."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from store.casefile import read_cases
from store.ledger import Event
from store.models import Case, Entry, Letter, Mail, Seal
from store.notes import DigestFacts, SealNote
from store.office import Office
from store.queries.cases import due_column, unclaimed
from store.queries.mailboxes import mailboxes
from store.rules.lifecycle import Status
from store.rules.states import LetterState, MailState
from store.values import CaseFile

SHOWN = 10


def digest(office: Office) -> DigestFacts:
    """What managers read at nine."""
    today, zone = office.today(), office.business.zone
    midnight = datetime.combine(today, time.min, zone)
    yesterday = midnight - timedelta(days=1)
    due = due_column()
    is_open = Case.status != Status.CLOSED
    overdue, near = (is_open, due < today), (is_open, due >= today, due <= today + timedelta(days=7))
    with office.database.reading() as session:
        return DigestFacts(
            at=office.clock(),
            today=today,
            open_cases=_count(session, Case, is_open),
            opened_yesterday=_count(session, Case, col(Case.opened_at) >= yesterday, col(Case.opened_at) < midnight),
            closed_yesterday=_count(session, Case, col(Case.closed_at) >= yesterday, col(Case.closed_at) < midnight),
            overdue=_some(office, session, *overdue),
            due_this_week=_some(office, session, *near),
            unclaimed=_some(office, session, *unclaimed(today)),
            overdue_count=_count(session, Case, *overdue),
            due_count=_count(session, Case, *near),
            unclaimed_count=_count(session, Case, *unclaimed(today)),
            held_count=_count(session, Mail, Mail.state == MailState.HELD),
            quarantined_count=_count(session, Mail, Mail.state == MailState.QUARANTINED),
            unread_mails=_count(session, Mail, Mail.state == MailState.KEPT),
            waiting_letters=_count(session, Letter, Letter.state == LetterState.WAITING),
            parked_letters=_count(session, Letter, Letter.state == LetterState.PARKED),
            refused_mails=_refused(session, yesterday),
            mailboxes=mailboxes(office),
            seal=_seal(session),
            stale_laws=tuple(pack.law for pack in office.laws.stale(today)),
        )


def _seal(session: Session) -> SealNote | None:
    last = session.exec(select(col(Seal.day), col(Seal.digest)).order_by(col(Seal.day).desc()).limit(1)).first()
    return SealNote(*last) if last else None


def _refused(session: Session, since: datetime) -> int:
    """How many mails were too large; a line of the ledger also tells of those before it that got none of their own."""
    lines = session.exec(select(Entry.facts).where(Entry.event == Event.MAIL_REFUSED, col(Entry.at) >= since))
    return sum(1 + int(json.loads(facts)["untold"]) for facts in lines)


def _count(session: Session, table: type[Case | Mail | Letter], *where: Any) -> int:
    return session.exec(select(func.count()).select_from(table).where(*where)).one()


def _some(office: Office, session: Session, *where: Any) -> tuple[CaseFile, ...]:
    rows: Sequence[Case] = session.exec(
        select(Case).where(*where).order_by(due_column(), col(Case.id)).limit(SHOWN)
    ).all()
    return read_cases(office, session, rows)
