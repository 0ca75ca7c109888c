"""What a person chooses for themselves: where and when they are reminded, what they read best, when they are away."""

from __future__ import annotations

from datetime import date, time

from bot import modals
from bot.manners import Done, Faulty, Reply
from bot.names import Field
from bot.visit import Visit
from store import desk, queries
from store.rules.lifecycle import Role
from store.rules.team import Reminders
from store.team import Wishes

USAGE = "`/privacy settings` chooses where and when you are reminded, and who covers for you while you are away"


async def open_settings(visit: Visit) -> None:
    """Change…, pressed in the Home."""
    office = visit.workplace.bridge.office
    wishes = await visit.desk(queries.wishes, visit.actor.id)
    await visit.open(modals.settings(wishes, office.today(), office.business.zone.key))


async def type_settings(visit: Visit, _words: list[str]) -> None:
    """`settings`."""
    await open_settings(visit)


async def choose(visit: Visit) -> Reply:
    """They were filled in."""
    answers = visit.answers
    away, named = answers.many(Field.AWAY), answers.one(Field.COVER)
    quiet = answers.many(Field.QUIET)
    language = answers.one(Field.LANGUAGE)
    wishes = Wishes(
        reminders=Reminders(answers.one(Field.REMINDERS) or Reminders.THREAD),
        quiet_from=_time(answers.picked(Field.QUIET_FROM)) if quiet else None,
        quiet_until=_time(answers.picked(Field.QUIET_UNTIL)) if quiet else None,
        language="" if language == modals.ANY_LANGUAGE else language,
        away_until=_day(answers.picked(Field.AWAY_UNTIL)) if away else None,
    )
    cover = await visit.workplace.people.actor(named) if away and named else None
    if cover and (cover.role is None or not cover.role.covers(Role.STAFF)):
        return Faulty({Field.COVER: "That person is not on the privacy team, so they cannot cover for you."})
    await visit.desk(desk.choose, wishes, visit.actor, cover)
    return Done()


def _time(picked: str) -> time | None:
    return time.fromisoformat(picked) if picked else None


def _day(picked: str) -> date | None:
    return date.fromisoformat(picked) if picked else None
