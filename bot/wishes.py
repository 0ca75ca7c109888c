"""What a person has chosen for themselves, in words."""

from __future__ import annotations

from datetime import date

from bot.words import day, escape, fit, mention
from store.rules.languages import name_of
from store.rules.team import Reminders
from store.team import Wishes

WHERE = {
    Reminders.THREAD: "in the case’s thread",
    Reminders.DIRECT: "by direct message",
    Reminders.BOTH: "in the case’s thread and by direct message",
}
LONGEST = 40


def told(wishes: Wishes, today: date) -> str:
    """All of it in a few lines, as Home and `/privacy me` show it.

    Args:
        wishes: theirs.
        today: the present day in the business's zone.
    """
    return "\n".join(
        [
            f"*Reminders*: {WHERE[wishes.reminders]}",
            f"*Quiet hours*: {_quiet(wishes)}",
            f"*Mails I read best*: {_language(wishes)}",
            f"*Absence*: {_absence(wishes, today)}",
        ]
    )


def _quiet(wishes: Wishes) -> str:
    if wishes.quiet_from is None or wishes.quiet_until is None:
        return "none"
    return f"{wishes.quiet_from:%H:%M} to {wishes.quiet_until:%H:%M}, on the business’s clock"


def _language(wishes: Wishes) -> str:
    return escape(fit(name_of(wishes.language), LONGEST)) if wishes.language else "any language"


def _absence(wishes: Wishes, today: date) -> str:
    if wishes.away_until is None or not wishes.is_away(today):
        return "none"
    return f"until {day(wishes.away_until)}, covered by {mention(wishes.cover) if wishes.cover else 'nobody'}"
