"""What a person's Home shows, who has opened theirs, and whether anything has changed since."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, and_, case, col, func, select

from store.casefile import read_cases
from store.models import WITHOUT_RAW, Case, Entry, Letter, Mail, Preference
from store.office import Office
from store.queries.cases import due_column, unclaimed
from store.queries.mailboxes import mailboxes
from store.rules.deadlines import local_day
from store.rules.lifecycle import Status
from store.rules.states import LetterState, MailState
from store.team import HeldLine, HomeFacts, Load, TeamFacts, Wishes
from store.values import CaseFile
from store.waiting import waits_for_the_consumer
from store.wishes import of_row, wishes_of

MINE, UNCLAIMED, WAITING, HELD, LOADS = 12, 10, 10, 5, 15
"""So many of each list are shown."""
MOST_HOMES = 500
SOON = timedelta(days=7)
IN_THE_PEN = (MailState.HELD, MailState.QUARANTINED)

Where = tuple[Any, ...]


def home(office: Office, user: str, *, manager: bool = False) -> HomeFacts:
    """What a person's Home shows.

    Args:
        office: database, clock, business.
        user: whose.
        manager: whether they also see the team and the mailboxes.
    """
    today = office.today()
    mine: Where = (Case.status != Status.CLOSED, Case.owner == user)
    waiting, free = (*mine, waits_for_the_consumer()), unclaimed(today)
    with office.database.reading() as session:
        preference = session.get(Preference, user)
        opened_at = preference.home_opened_at if preference else None
        return HomeFacts(
            today=today,
            mine=_some(office, session, MINE, mine),
            mine_count=_count(session, Case, *mine),
            unclaimed=_some(office, session, UNCLAIMED, free),
            unclaimed_count=_count(session, Case, *free),
            waiting=_some(office, session, WAITING, waiting),
            waiting_count=_count(session, Case, *waiting),
            held=_held(session),
            held_count=_count(session, Mail, col(Mail.state).in_(IN_THE_PEN)),
            unreadable_count=_count(session, Mail, Mail.state == MailState.QUARANTINED),
            wishes=of_row(preference),
            is_new=opened_at is None or local_day(opened_at, office.business.zone) == today,
            team=_team(office, session, today) if manager else None,
        )


def wishes(office: Office, user: str) -> Wishes:
    """What a person of the team has chosen for themselves; what is usual where they have not."""
    with office.database.reading() as session:
        return wishes_of(session, user)


def home_openers(office: Office) -> tuple[str, ...]:
    """Who has ever opened their Home, by id."""
    with office.database.reading() as session:
        opened = select(Preference.user).where(col(Preference.home_opened_at).is_not(None))
        return tuple(session.exec(opened.order_by(col(Preference.user)).limit(MOST_HOMES)))


def last_change(office: Office) -> tuple[int, date]:
    """What is another value once anything has happened at the desk, or a day has begun."""
    with office.database.reading() as session:
        return session.exec(select(func.max(Entry.id))).one() or 0, office.today()


def _team(office: Office, session: Session, today: date) -> TeamFacts:
    returned = and_(
        col(Letter.unreached_at) >= col(Case.last_word_at),
        Letter.state != LetterState.PARKED,
        Case.status != Status.CLOSED,
    )
    came_back = select(func.count()).select_from(Letter).join(Case).where(returned)
    has_cases = (Case.status != Status.CLOSED, col(Case.owner).is_not(None))
    people = session.exec(select(func.count(func.distinct(Case.owner))).where(*has_cases)).one()
    return TeamFacts(
        loads=_loads(session, today),
        people=people,
        mailboxes=mailboxes(office),
        unread_mails=_count(session, Mail, Mail.state == MailState.KEPT),
        unreadable_mails=_count(session, Mail, Mail.state == MailState.QUARANTINED),
        waiting_letters=_count(session, Letter, Letter.state == LetterState.WAITING),
        parked_letters=_count(session, Letter, Letter.state == LetterState.PARKED),
        returned_letters=session.exec(came_back).one(),
    )


def _loads(session: Session, today: date) -> tuple[Load, ...]:
    has_cases = (Case.status != Status.CLOSED, col(Case.owner).is_not(None))
    theirs = select(col(Case.owner).label("owner"), due_column().label("due")).where(*has_cases).subquery()
    late = func.sum(case((theirs.c.due < today, 1), else_=0))
    soon = func.sum(case((theirs.c.due.between(today, today + SOON), 1), else_=0))
    counts = select(theirs.c.owner, func.count(), late, soon).group_by(theirs.c.owner)
    rows = session.exec(counts.order_by(func.count().desc(), theirs.c.owner).limit(LOADS)).all()
    known = session.exec(select(Preference).where(col(Preference.user).in_([row[0] for row in rows]))).all()
    away = {row.user: row for row in known if of_row(row).is_away(today)}
    return tuple(
        Load(owner, *counted, *((away[owner].away_until, away[owner].cover) if owner in away else ()))
        for owner, *counted in rows
    )


def _some(office: Office, session: Session, limit: int, where: Where) -> tuple[CaseFile, ...]:
    rows = session.exec(select(Case).where(*where).order_by(due_column(), col(Case.id)).limit(limit)).all()
    return read_cases(office, session, rows)


def _held(session: Session) -> tuple[HeldLine, ...]:
    waiting = select(Mail).where(col(Mail.state).in_(IN_THE_PEN)).options(WITHOUT_RAW).limit(HELD)
    return tuple(
        HeldLine(mail.id or 0, mail.state == MailState.QUARANTINED, mail.masked_sender, mail.received_at, mail.reason)
        for mail in session.exec(waiting.order_by(col(Mail.received_at), col(Mail.id)))
    )


def _count(session: Session, table: type[Case | Mail | Letter], *where: Any) -> int:
    return session.exec(select(func.count()).select_from(table).where(*where)).one()
