"""Owners who have not moved: looked for once a day, at the hour of the reminders."""

from __future__ import annotations

from scheduler.digests import last_slot
from store import desk
from store.desk import idling
from store.office import Bridge
from store.rules.reminders import HOUR


async def remind_idle_owners(bridge: Bridge, days: int) -> int:
    """Tell every owner of a case in which nothing was done for so many days.

    Args:
        bridge: the way to the desk.
        days: how many; 0: nobody is told.

    Returns:
        How many cases were found.
    """
    if not days:
        return 0
    office, total = bridge.office, 0
    slot = last_slot(office.clock(), office.business.zone, HOUR)
    while True:
        found = await bridge(desk.remind_idle, slot, days, idling.BATCH)
        total += found
        if found < idling.BATCH:
            return total
