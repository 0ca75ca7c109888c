"""What old messages may still send: every envelope gets an answer."""

from __future__ import annotations

from bot import modals
from bot.manners import Reply, Shown
from bot.visit import Visit

OUTDATED = "That button is from an older version of the desk. Look at the case's card for what can be done now."


async def old_button(visit: Visit) -> None:
    """A button that nobody listens to any more."""
    await visit.tell(OUTDATED)


async def old_modal(_visit: Visit) -> Reply:
    """A modal that nobody listens to any more."""
    return Shown(modals.notice(OUTDATED))
