"""What goes when its time is up, once a day."""

from __future__ import annotations

from store import desk
from store.desk import retention
from store.office import Bridge
from store.settings import Retention

SWEEPS = (desk.destroy_raw, desk.destroy_content, desk.destroy_mails, desk.purge_records, desk.purge_traces)
"""In this order: what goes first makes room for what goes after it."""


async def sweep_once_a_day(bridge: Bridge, kept: Retention) -> int:
    """Let everything go that is due, unless today's look was had: a batch a transaction, others at work between them.

    Args:
        bridge: the way to the desk.
        kept: how long what is kept.

    Returns:
        How many mails and cases something of went.
    """
    if not await bridge(desk.begin_sweep):
        return 0
    total = 0
    for destroy in SWEEPS:
        while gone := await bridge(destroy, kept, retention.BATCH):
            total += gone
    if total:
        await bridge(retention.compact)
    return total
