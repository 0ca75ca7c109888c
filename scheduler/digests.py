"""When the day's digest is due, whatever was missed while the desk was down."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from store import desk
from store.office import Bridge


async def make_due_digest(bridge: Bridge, at: time) -> bool:
    """Have the digest of the last slot made, unless it was made already.

    Args:
        bridge: the way to the desk.
        at: the hour of the digest, in the business's zone.
    """
    office = bridge.office
    return await bridge(desk.make_digest, last_slot(office.clock(), office.business.zone, at))


def last_slot(now: datetime, zone: ZoneInfo, at: time) -> datetime:
    """The last moment up to now at which a digest was due: today's hour, or the one of the day before.

    Args:
        now: aware.
        zone: the business's time zone.
        at: the hour of the digest there.

    Returns:
        An aware datetime in UTC, never later than `now`.
    """
    today = now.astimezone(zone).date()
    days = (today - timedelta(days=back) for back in count())  # Samoa left out 30 December 2011
    slots = (datetime.combine(day, at, zone).astimezone(UTC) for day in days)
    return next(slot for slot in slots if slot <= now)
