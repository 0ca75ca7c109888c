"""What the people of the team have chosen for themselves, read from its rows."""

from __future__ import annotations

from datetime import date, time

from sqlmodel import Session

from store.models import Preference
from store.rules.team import Reminders
from store.team import Wishes


def wishes_of(session: Session, user: str) -> Wishes:
    """What a person has chosen; what is usual where they have not."""
    return of_row(session.get(Preference, user))


def of_row(row: Preference | None) -> Wishes:
    """A row as a frozen value."""
    if row is None:
        return Wishes()
    return Wishes(
        reminders=Reminders(row.reminders),
        quiet_from=time.fromisoformat(row.quiet_from) if row.quiet_from else None,
        quiet_until=time.fromisoformat(row.quiet_until) if row.quiet_until else None,
        language=row.language,
        away_until=row.away_until,
        cover=row.cover,
    )


def is_alone(session: Session, owner: str | None, today: date) -> bool:
    """Yes or no: somebody's cases are nobody's to see to on that day, since they are away and not covered for."""
    return bool(owner) and wishes_of(session, owner or "").is_away(today) and not covering(session, owner, today)


def covering(session: Session, owner: str | None, today: date) -> str:
    """Who works for somebody on that day; empty where they are here, or nobody does who is here.

    Args:
        session: an open transaction.
        owner: whose cases it is about; None for nobody.
        today: the day in the business's zone.
    """
    wishes = wishes_of(session, owner) if owner else Wishes()
    if not (wishes.cover and wishes.is_away(today)) or wishes_of(session, wishes.cover).is_away(today):
        return ""
    return wishes.cover
