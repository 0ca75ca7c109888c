"""Small words that cards, modals and refusals share: days and moments, people, and outside text made harmless."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from store.rules.deadlines import days_left
from store.values import CONSUMER, THE_DESK

_USER = re.compile(r"[UW][A-Z0-9]{2,}")
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_ENTITY = 5  # the longest of &amp; &lt; &gt;


def escape(text: str) -> str:
    """Outside text as Slack shows it literally: it can neither ping `<!channel>` nor forge a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fit(text: str, limit: int) -> str:
    """A text of at most so many characters; a cut one ends in an ellipsis, never within an escaped character."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    amp = cut.rfind("&", max(0, len(cut) - _ENTITY + 1))
    if amp >= 0 and ";" not in cut[amp:]:
        cut = cut[:amp]
    return cut + "…"


def without_addresses(text: str) -> str:
    """A text in which no e-mail address is left: what a mail server says often repeats the recipient's."""
    return _ADDRESS.sub("(address)", text)


def mention(user: str) -> str:
    """A person as Slack shows and pings one; whoever is no Slack user, by name."""
    if _USER.fullmatch(user):
        return f"<@{user}>"
    return {CONSUMER.id: "the consumer", THE_DESK.id: "the desk"}.get(user) or escape(fit(user, 80))


def day(when: date) -> str:
    """A calendar day: Wed 16 Dec 2026."""
    return f"{when:%a} {when.day} {when:%b %Y}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A moment on the business's clock: Mon 23 Nov 2026, 09:12 PST.

    Args:
        at: aware.
        zone: the business's time zone.
    """
    local = at.astimezone(zone)
    return f"{day(local.date())}, {local:%H:%M %Z}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 day, 3 days."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def nearness(due: date, today: date) -> str:
    """How near a day is, in words: 23 days left, last day today, overdue by 2 days."""
    left = days_left(due, today)
    if left == 0:
        return "last day today"
    return f"{counted(left, 'day')} left" if left > 0 else f"overdue by {counted(-left, 'day')}"


def ago(at: datetime, now: datetime) -> str:
    """How long ago a moment was: 2 minutes ago."""
    seconds = max(0, int((now - at).total_seconds()))
    for size, noun in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{counted(seconds // size, noun)} ago"
    return "less than a minute ago"


def listed(words: list[str]) -> str:
    """Words as a sentence lists them: a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
