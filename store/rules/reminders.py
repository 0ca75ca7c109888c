"""When somebody is reminded of a date: rungs of days left, and every day once it has passed.

The rungs count to the last working day on which the answer is in time, since nobody answers on a Sunday (law.md,
section 1). Where business days are counted, one more reminder comes by the strictest reading, that every day is one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from store.rules.deadlines import Due, conservative_day, days_left, last_safe_working_day

LADDER = (14, 7, 3, 1, 0)
ALARM = 99
"""The rung of the conservative alarm: it stands beside the ladder."""
HOUR = time(9)


@dataclass(frozen=True, slots=True)
class Aim:
    """What the reminders of a date aim at.

    Attributes:
        due: the last day on which the answer is in time, all of it included.
        safe: the last working day up to it.
        strict: the last day by the strictest reading of "business day"; None where that changes nothing.
        alarm: the last working day up to the strict one.
    """

    due: date
    safe: date
    strict: date | None = None
    alarm: date | None = None


def aim(due: date, counted: Due | None, received: date, holidays: Collection[date]) -> Aim:
    """What the reminders of a date aim at.

    Args:
        due: the last day on which the answer is in time.
        counted: the clock that gave it; None for a date of our own.
        received: the day of receipt.
        holidays: the days of the law's calendar that are no business days, from receipt to the due day.
    """
    safe = last_safe_working_day(due, holidays)
    strict = conservative_day(counted, received) if counted else due
    if strict >= due:
        return Aim(due, safe)
    return Aim(due, safe, strict, last_safe_working_day(strict, holidays))


def rung(aim: Aim, today: date) -> int | None:
    """The one reminder that applies today: what was missed before it is not sent any more.

    Args:
        aim: what the reminders aim at.
        today: the present day in the business's zone.

    Returns:
        The rung whose day came last: of the ladder, or `ALARM`; the (negative) days left once the date has passed;
        None while even the first rung is ahead.
    """
    left = days_left(aim.due, today)
    if left < 0:
        return left
    reached = {step: day for step, day in _days(aim).items() if day <= today}
    return max(reached, key=lambda step: reached[step], default=None)


def next_moment(aim: Aim, after: datetime, zone: ZoneInfo) -> datetime:
    """When to look at a request next: nine in the morning, local time, of its next rung's day.

    Args:
        aim: what the reminders aim at.
        after: the moment after which to look, aware.
        zone: the business's time zone.

    Returns:
        An aware datetime in UTC, later than `after`.
    """
    moments = sorted(datetime.combine(day, HOUR, zone) for day in _days(aim).values())
    ahead = next((moment for moment in moments if moment > after), None)
    if ahead is None:
        today = max(after.astimezone(zone).date(), aim.due + timedelta(days=1))
        ahead = datetime.combine(today, HOUR, zone)
        if ahead <= after:
            ahead = datetime.combine(today + timedelta(days=1), HOUR, zone)
    return ahead.astimezone(UTC)


def _days(aim: Aim) -> dict[int, date]:
    """The day of each rung. Of two on one day the ladder's comes first."""
    days = {step: aim.safe - timedelta(days=step) for step in LADDER}
    return days | {ALARM: aim.alarm} if aim.alarm else days
