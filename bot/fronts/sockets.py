"""Socket Mode: several connections, each with a watchdog, so that one of them is up while another is renewed."""

from __future__ import annotations

import asyncio
import math
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from bot.fronts import Connection
from bot.trouble import impersonal

if TYPE_CHECKING:
    from aiohttp import WSMessage
    from slack_bolt.app.async_app import AsyncApp

START_SECONDS = 10.0
WATCH_SECONDS = 2.0
ATTEMPT_SECONDS = 15.0
LOST_SECONDS = 30.0
PING_SECONDS = 5.0

log = structlog.get_logger()


class SocketFront:
    """Bolt's app behind sockets that Slack sends to; each envelope goes to any one of them.

    Args:
        app: Bolt's app.
        token: the app-level token.
        connections: how many sockets; Slack lets an app have ten, all its processes together.
    """

    def __init__(self, app: AsyncApp, token: str, connections: int) -> None:
        self._lines = [Line(app, token) for _ in range(connections)]
        self._tasks: list[asyncio.Task[None]] = []
        self._up = asyncio.Event()
        self._connected = False
        self._changed_at = time.monotonic()

    async def start(self) -> None:
        """Connect, and wait for the first connection at most 10 seconds; while Slack is away it goes on trying."""
        self._tasks = [asyncio.create_task(self._watch(line)) for line in self._lines]
        with suppress(TimeoutError):
            async with asyncio.timeout(START_SECONDS):
                await self._up.wait()
        if not self._connected:
            log.warning("slack is not there yet; the door goes on trying")

    async def stop(self) -> None:
        """Hang up."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for line in self._lines:
            await line.close()
        self._connected = False

    @property
    def connection(self) -> Connection:
        """How the sockets are, together."""
        heard = [line.heard for line in self._lines if line.heard is not None]
        up = sum(line.connected for line in self._lines) if self._connected else 0
        return Connection(self._connected, time.monotonic() - self._changed_at, up, min(heard, default=None))

    async def _watch(self, line: Line) -> None:
        while True:
            await line.mend()
            connected = any(each.connected for each in self._lines)
            if connected != self._connected:
                self._connected, self._changed_at = connected, time.monotonic()
                log.info("connected to slack" if connected else "the connection to slack is lost")
            if connected:
                self._up.set()
            await asyncio.sleep(WATCH_SECONDS)


class Line:
    """One socket and its watchdog.

    The client of the SDK answers Slack's own requests to renew a connection, and notices by pings without an answer
    that it is dead. But an address can be used once, and the client alone would try one that failed for ever.

    Args:
        app: Bolt's app.
        token: the app-level token.
    """

    def __init__(self, app: AsyncApp, token: str) -> None:
        self._client = AsyncSocketModeHandler(app, token, ping_interval=PING_SECONDS).client
        self._client.on_message_listeners.append(self._hear)
        self._was_up = False
        self._heard_at: float | None = None
        self._changed_at = time.monotonic()
        self._tried_at = -math.inf
        self.connected = False

    @property
    def heard(self) -> float | None:
        """Seconds since the last frame, or the last ping that was answered; None: nothing yet."""
        ages = [] if self._heard_at is None else [time.monotonic() - self._heard_at]
        if self._client.last_ping_pong_time is not None:
            ages.append(max(time.time() - self._client.last_ping_pong_time, 0.0))
        return min(ages, default=None)

    async def mend(self) -> None:
        """See how it is; connect when it never was up, or by a fresh address when it has been down for long."""
        await self._note()
        patience = LOST_SECONDS if self._was_up else 0.0
        if not self.connected and time.monotonic() - max(self._tried_at, self._changed_at) >= patience:
            self._tried_at = time.monotonic()
            await self._connect()
            await self._note()

    async def close(self) -> None:
        """Hang up."""
        self.connected = False
        await self._client.close()  # type: ignore[no-untyped-call] # the SDK left it untyped

    async def _connect(self) -> None:
        try:
            async with asyncio.timeout(ATTEMPT_SECONDS):
                await self._client.connect_to_new_endpoint(force=True)
        except Exception as error:  # noqa: BLE001 - the client stumbles over answers that are not Slack's, such as a 503
            log.warning("slack could not be reached", **impersonal(error))

    async def _note(self) -> None:
        connected = await self._client.is_connected()
        if connected != self.connected:
            self.connected, self._changed_at = connected, time.monotonic()
        self._was_up |= connected

    async def _hear(self, _: WSMessage) -> None:
        self._heard_at = time.monotonic()
