"""A world on loopback, a real Bolt app that talks to it, and hands on its control interface."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import Patience
from bot.sandbox.world import World
from store.clock import MovableClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

GENEROUS = """\
features:
  app_home:
    home_tab_enabled: true
  slash_commands:
    - command: /privacy
oauth_config:
  scopes:
    bot:
      - channels:history
      - channels:read
      - chat:write
      - commands
      - groups:history
      - groups:read
      - im:history
      - im:write
      - usergroups:read
      - users:read
settings:
  event_subscriptions:
    bot_events:
      - app_home_opened
"""
HASTY = Patience(ack=0.4, trigger=0.4, redeliver=(0.0, 0.05), settle=0.6)
DEADLINE = 10.0


@dataclass
class Hands:
    """Somebody at the control interface, with an app on the other end."""

    world: World
    http: aiohttp.ClientSession
    app: AsyncApp
    exits: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def client(self) -> AsyncWebClient:
        return self.app.client

    @property
    def requests(self) -> str:
        return self.world.channels["privacy-requests"]

    async def online(self) -> AsyncSocketModeHandler:
        """Connect the app once more."""
        before = self.world.socket.connections
        handler = AsyncSocketModeHandler(self.app, self.world.app_token, web_client=self.client)
        await handler.connect_async()
        self.exits.push_async_callback(handler.close_async)
        await until(lambda: self.world.socket.connections == before + 1)
        return handler

    async def post(self, verb: str, **body: Any) -> dict[str, Any]:
        status, answer = await self.post_anyhow(verb, body)
        assert status == 200, answer
        return answer

    async def post_anyhow(self, verb: str, body: Any) -> tuple[int, dict[str, Any]]:
        async with self.http.post(f"/control/{verb}", json=body) as response:
            return response.status, await response.json()

    async def state(self) -> dict[str, Any]:
        async with self.http.get("/control/state") as response:
            state: dict[str, Any] = await response.json()
            return state

    async def messages(self, name: str = "privacy-requests") -> list[dict[str, Any]]:
        channels = (await self.state())["channels"]
        return next(channel["messages"] for channel in channels if channel["name"] == name)


async def until(holds: Callable[[], Any], deadline: float = DEADLINE) -> None:
    """Wait for a condition, at most so many seconds."""
    async with asyncio.timeout(deadline):
        while not holds():
            await asyncio.sleep(0.01)


@pytest.fixture(name="until")
def waiting() -> Callable[[Callable[[], Any]], Any]:
    return until


@pytest.fixture
def patience() -> Patience:
    return HASTY


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """A manifest that allows everything the stand-in knows, whatever our own app asks for by now."""
    path = tmp_path / "generous.yml"
    path.write_text(GENEROUS)
    return path


@pytest.fixture
async def world(tmp_path: Path, patience: Patience, manifest: Path) -> AsyncIterator[World]:
    outside = World(data=tmp_path, clock=MovableClock(), patience=patience, manifest=manifest)
    await outside.start()
    yield outside
    await outside.stop()


@pytest.fixture
async def hands(world: World) -> AsyncIterator[Hands]:
    client = AsyncWebClient(token=world.bot_token, base_url=world.slack_api_url, retry_handlers=[])
    async with aiohttp.ClientSession(world.page_url) as http:
        somebody = Hands(world, http, AsyncApp(client=client))
        async with somebody.exits:
            yield somebody
