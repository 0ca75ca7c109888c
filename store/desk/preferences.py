"""What the people of the team choose for themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from store.desk.work import Verb, Work
from store.errors import AbsenceOver, CoverFaulty, NotOnTheTeam, QuietHoursFaulty, RoleMissing
from store.ledger import Event
from store.models import Preference
from store.rules.lifecycle import Role
from store.rules.team import Reminders
from store.team import Wishes
from store.values import Actor

USUAL: dict[str, Any] = {
    "reminders": Reminders.THREAD,
    "quiet_from": "",
    "quiet_until": "",
    "language": "",
    "away_until": None,
    "cover": "",
    "home_opened_at": None,
}


@Verb
def open_home(work: Work, by: Actor) -> bool:
    """Remember that a person has opened their Home: from then on it is kept up to date for them.

    Args:
        work: the transaction.
        by: the person.

    Returns:
        Yes or no: it was the first time.
    """
    _check_role(by)
    row = _preference(work, by.id)
    if row.home_opened_at is not None:
        return False
    row.home_opened_at = work.now
    work.session.add(row)
    return True


@Verb
def choose(work: Work, wishes: Wishes, by: Actor, cover: Actor | None = None) -> Wishes:
    """Choose how one is reminded, which mails one reads best, and when one is away.

    Args:
        work: the transaction.
        wishes: all of them, as they are to be; who covers stands beside them.
        by: whose they are.
        cover: who works for them while they are away, with the role they have now.

    Returns:
        The wishes as they are kept.

    Raises:
        QuietHoursFaulty: they have no beginning, no end, or no length.
        AbsenceOver: its last day has passed.
        CoverFaulty: one cannot cover for oneself, and nobody is covered for who is here.
        NotOnTheTeam: whoever is to cover does not work here.
        RoleMissing: this is no staff.
    """
    _check_role(by)
    chosen = replace(wishes, cover=cover.id if cover else "")
    _check(work, chosen, by, cover)
    row = _preference(work, by.id)
    was_away = row.away_until is not None
    row.reminders, row.language = chosen.reminders, chosen.language
    row.quiet_from = f"{chosen.quiet_from:%H:%M}" if chosen.quiet_from else ""
    row.quiet_until = f"{chosen.quiet_until:%H:%M}" if chosen.quiet_until else ""
    absence = (chosen.away_until, chosen.cover)
    changed = absence != (row.away_until, row.cover)
    row.away_until, row.cover = absence
    work.session.add(row)
    quiet = f"{row.quiet_from}-{row.quiet_until}" if row.quiet_from else ""
    facts = {"reminders": row.reminders, "quiet": quiet, "language": row.language}
    work.record_for_the_desk(Event.SETTINGS_CHOSEN, by, **facts)
    if changed and chosen.away_until is not None:
        work.record_for_the_desk(Event.AWAY, by, until=chosen.away_until.isoformat(), cover=chosen.cover)
    elif changed and was_away:
        work.record_for_the_desk(Event.BACK, by)
    return chosen


def _check(work: Work, wishes: Wishes, by: Actor, cover: Actor | None) -> None:
    if (wishes.quiet_from is None) != (wishes.quiet_until is None) or (
        wishes.quiet_from is not None and wishes.quiet_from == wishes.quiet_until
    ):
        raise QuietHoursFaulty
    if wishes.away_until is not None and wishes.away_until < work.today:
        raise AbsenceOver(until=wishes.away_until)
    if cover is None:
        return
    if cover.id == by.id or wishes.away_until is None:
        raise CoverFaulty
    if cover.role is None or not cover.role.covers(Role.STAFF):
        raise NotOnTheTeam(owner=cover.id)


def _check_role(by: Actor) -> None:
    if by.role is None or not by.role.covers(Role.STAFF):
        raise RoleMissing(role=Role.STAFF)


def _preference(work: Work, user: str) -> Preference:
    """A person's row, locked; made when there was none, even if another process is at it too."""
    work.insert_missing(Preference, [{"user": user, **USUAL}])
    return work.session.get_one(Preference, user, with_for_update=True)
