"""Dates that come near, letters that came back: found by an index, so that a look costs what is due."""

from __future__ import annotations

from collections.abc import Callable

from store import desk
from store.desk import codes, dates, returns
from store.office import Bridge, Office


async def make_due_reminders(bridge: Bridge) -> int:
    """Make every reminder that is due now, a batch a transaction.

    Returns:
        How many requests were looked at.
    """
    return await _batches(bridge, desk.remind, dates.BATCH)


async def remind_of_codes(bridge: Bridge) -> int:
    """Remind every consumer whose one-time code ends soon and has not come back.

    Returns:
        How many codes were looked at.
    """
    return await _batches(bridge, desk.remind_of_codes, codes.BATCH)


async def tell_of_unreached(bridge: Bridge) -> int:
    """Tell the managers of every letter that came back a day ago, where the consumer was not heard of since.

    Returns:
        How many letters were looked at.
    """
    return await _batches(bridge, desk.escalate_unreached, returns.BATCH)


async def end_what_waited_too_long(bridge: Bridge) -> int:
    """End every move that no second person has signed in time.

    Returns:
        How many.
    """
    return await bridge(desk.lapse)


async def _batches(bridge: Bridge, verb: Callable[[Office, int], int], size: int) -> int:
    total = 0
    while True:
        looked_at = await bridge(verb, size)
        total += looked_at
        if looked_at < size:
            return total
