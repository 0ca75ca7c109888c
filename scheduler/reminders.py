"""Dates that come near: found by an index on the next one, so that a look costs what is due."""

from __future__ import annotations

from store import desk
from store.desk.dates import BATCH
from store.office import Bridge


async def make_due_reminders(bridge: Bridge) -> int:
    """Make every reminder that is due now, a batch a transaction.

    Returns:
        How many requests were looked at.
    """
    total = 0
    while True:
        looked_at = await bridge(desk.remind, BATCH)
        total += looked_at
        if looked_at < BATCH:
            return total
