"""Quiet hours: when a person is not to be reminded, and when that ends."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def end_of_quiet(at: datetime, begins: time, ends: time, zone: ZoneInfo) -> datetime | None:
    """When the quiet hours end that hold at a moment.

    Args:
        at: the moment, aware.
        begins: on the clock of the zone; later than `ends` where they go past midnight.
        ends: the first moment that is not quiet.
        zone: the business's time zone.

    Returns:
        An aware datetime in UTC, later than `at`; None when it is not quiet then.
    """
    local = at.astimezone(zone)
    now, today = local.time(), local.date()
    over_night = ends <= begins
    if over_night and now >= begins:
        today += timedelta(days=1)
    elif not (now < ends and (over_night or now >= begins)):
        return None
    return datetime.combine(today, ends, zone).astimezone(UTC)
