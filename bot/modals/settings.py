"""A person's own settings."""

from __future__ import annotations

from datetime import date, timedelta

from bot.blocks import JSON, context, option
from bot.modals.frame import CONFIRMED, Matter, choice, day_field, modal, person, select, ticks, time_field
from bot.names import Field
from bot.names import View as Name
from store.rules.languages import KNOWN, name_of
from store.rules.team import Reminders
from store.team import Wishes

ANY_LANGUAGE = "any"
WHERE = {
    Reminders.THREAD: ("In the case’s thread", "You are mentioned there, as everybody sees"),
    Reminders.DIRECT: ("By direct message", "Only you see it; nothing personal is in it"),
    Reminders.BOTH: ("Both", ""),
}
EVENING, MORNING = "20:00", "08:00"


def settings(wishes: Wishes, today: date, zone: str) -> JSON:
    """What a person may choose for themselves.

    Args:
        wishes: what they have chosen.
        today: the present day in the business's zone.
        zone: the business's time zone, by name.
    """
    where = choice(
        Field.REMINDERS,
        "Remind me of dates",
        [option(text, kind, more) for kind, (text, more) in WHERE.items()],
        chosen=wishes.reminders,
    )
    begins, ends = wishes.quiet_from, wishes.quiet_until
    quiet = ticks(
        Field.QUIET,
        "Quiet hours",
        [option("Do not remind me in these hours", CONFIRMED)],
        chosen=[CONFIRMED] if begins else [],
        optional=True,
    )
    language = select(
        Field.LANGUAGE,
        "Mails I read best",
        [option("Any language", ANY_LANGUAGE), *(option(name_of(code), code) for code in KNOWN)],
        chosen=wishes.language or ANY_LANGUAGE,
        hint="Where cases are given out by themselves, those in this language come to you first.",
    )
    away = ticks(
        Field.AWAY,
        "Absence",
        [option("I am away", CONFIRMED)],
        chosen=[CONFIRMED] if wishes.is_away(today) else [],
        optional=True,
    )
    last_day = wishes.away_until if wishes.away_until and wishes.is_away(today) else today + timedelta(days=7)
    return modal(
        Name.SETTINGS,
        "My settings",
        [
            where,
            quiet,
            time_field(Field.QUIET_FROM, "From", value=f"{begins:%H:%M}" if begins else EVENING),
            time_field(Field.QUIET_UNTIL, "Until", value=f"{ends:%H:%M}" if ends else MORNING),
            context(f"On the business’s clock ({zone}). What is overdue or due on its last day is told all the same."),
            language,
            away,
            day_field(Field.AWAY_UNTIL, "Last day away", value=last_day.isoformat()),
            person(Field.COVER, "Covered by", value=wishes.cover, optional=True, hint=COVERED),
        ],
        Matter(),
        submit="Save",
    )


COVERED = "They are reminded in your place, and may do with your cases what you may. Your cases stay yours."
