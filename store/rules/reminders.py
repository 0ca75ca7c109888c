"""When somebody is reminded of a date: rungs of days left, and every day once it has passed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LADDER = (14, 7, 3, 1, 0)
HOUR = time(9)


def rung(days_left: int) -> int | None:
    """The one reminder that applies with so many days left: what was missed before it is not sent any more.

    Args:
        days_left: calendar days until the due day; 0 on it, negative after it.

    Returns:
        The lowest rung of the ladder that has been reached; the (negative) day itself once the date has passed; None
        while even the first rung is ahead.
    """
    if days_left < 0:
        return days_left
    return min((step for step in LADDER if step >= days_left), default=None)


def next_moment(due: date, after: datetime, zone: ZoneInfo) -> datetime:
    """When to look at a request next: nine in the morning, local time, of its next rung's day.

    Args:
        due: the last day on which the answer is in time.
        after: the moment after which to look, aware.
        zone: the business's time zone.

    Returns:
        An aware datetime in UTC, later than `after`.
    """
    days = (due - timedelta(days=step) for step in LADDER)
    moments = (datetime.combine(day, HOUR, zone) for day in days)
    ahead = next((moment for moment in moments if moment > after), None)
    if ahead is None:
        today = max(after.astimezone(zone).date(), due + timedelta(days=1))
        ahead = datetime.combine(today, HOUR, zone)
        if ahead <= after:
            ahead = datetime.combine(today + timedelta(days=1), HOUR, zone)
    return ahead.astimezone(UTC)
