"""Sending a letter that was previewed: when it would be another one by now, it is shown again instead."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot import modals
from bot.manners import Done, Pushed, Reply, Shown
from bot.modals import Matter, Preview
from bot.visit import Visit
from store.values import Draft


def shown_first(preview: Preview, matter: Matter) -> Reply:
    """Show a letter before it is sent."""
    return Pushed(modals.preview(preview, matter))


async def sent_as_seen(
    visit: Visit,
    preview: Callable[[Sequence[Draft]], Preview],
    drafts: Sequence[Draft],
    send: Callable[[], Awaitable[object]],
) -> Reply:
    """Send what was previewed, or show what it has become.

    Args:
        visit: Send, pressed in a preview.
        preview: shows letters, as the one that was pressed in did.
        drafts: the letters as they would be now.
        send: does it.
    """
    if modals.digest_of(drafts) != visit.matter.seen:
        return Shown(modals.preview(preview(drafts), visit.matter, changed=True))
    await send()
    return Done()
