"""The ledger's daily seal."""

from __future__ import annotations

from store import desk
from store.office import Bridge


async def make_due_seal(bridge: Bridge) -> bool:
    """Have the ledger sealed for the day that ended last, unless it was already.

    Args:
        bridge: the way to the desk.
    """
    return await bridge(desk.seal)
