"""Drawing Homes: whoever draws one waits for whoever draws the same, so that the newest stands last."""

from __future__ import annotations

import asyncio
import hashlib
import json
from weakref import WeakValueDictionary

from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import JSON
from bot.home.view import home
from store import queries
from store.office import Bridge
from store.rules.lifecycle import Role
from store.values import Actor


class Homes:
    """The Homes of everybody, as this process drew them last."""

    def __init__(self) -> None:
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._shown: dict[str, str] = {}

    async def draw(self, bridge: Bridge, client: AsyncWebClient, actor: Actor, *, again: bool = False) -> bool:
        """Draw a person's Home as things are now.

        Args:
            bridge: the way to the desk.
            client: Slack's Web API.
            actor: whose, with a role of staff at least.
            again: it is only kept up to date, so nothing is sent where nothing has changed.

        Returns:
            Whether it was sent to Slack.
        """
        async with self._turns.setdefault(actor.id, asyncio.Lock()):
            manager = actor.role is Role.MANAGER
            facts = await bridge(queries.home, actor.id, manager=manager)
            return await self._publish(client, actor.id, home(facts, bridge.office.business.zone), again=again)

    async def close(self, client: AsyncWebClient, user: str, view: JSON) -> bool:
        """Show somebody who works here no more what outsiders see; whether it was sent to Slack."""
        async with self._turns.setdefault(user, asyncio.Lock()):
            return await self._publish(client, user, view, again=True)

    async def _publish(self, client: AsyncWebClient, user: str, view: JSON, *, again: bool) -> bool:
        digest = hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()
        if again and self._shown.get(user) == digest:
            return False
        await client.views_publish(user_id=user, view=view)
        self._shown[user] = digest
        return True
