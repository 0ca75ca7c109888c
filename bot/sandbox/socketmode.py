"""Socket Mode: single-use addresses, several connections, envelopes to one of them, acknowledgements on any."""

from __future__ import annotations

import asyncio
import json
import secrets
import uuid
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from bot.sandbox.accounts import APP

if TYPE_CHECKING:
    from bot.sandbox.events import JSON
    from bot.sandbox.slack import Slack

MOST_CONNECTIONS = 10
HEARTBEAT = 20.0
APPROXIMATE_CONNECTION_TIME = 18_060


class SocketMode:
    """The app's sockets.

    Args:
        slack: the pretended service, for its address and its patience.
    """

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._tickets: set[str] = set()
        self._sockets: list[web.WebSocketResponse] = []
        self._transports: dict[web.WebSocketResponse, asyncio.Transport | None] = {}
        self._leaving: set[web.WebSocketResponse] = set()
        self._turn = count()
        self._acks: dict[str, asyncio.Future[JSON]] = {}
        self._arrived = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        """What to add to the server."""
        return [web.get("/link/", self._serve)]

    def new_url(self) -> str:
        """A WebSocket address that can be used once."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return f"{self._slack.url.replace('http', 'ws', 1)}link/?ticket={ticket}&app_id={APP}"

    @property
    def connections(self) -> int:
        """How many sockets are open."""
        return len(self._sockets)

    async def deliver(
        self, kind: str, payload: JSON, *, replies: bool, retry: tuple[int, str] | None = None
    ) -> JSON | None:
        """Send an envelope to one connection and wait for its acknowledgement.

        Args:
            kind: `slash_commands`, `interactive` or `events_api`.
            payload: what the app gets.
            replies: whether the acknowledgement may carry an answer.
            retry: for events, which attempt this is and why there was one before.

        Returns:
            The acknowledgement's payload, `{}` when it had none; None when none came in time.
        """
        envelope: JSON = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": replies,
        }
        if kind == "events_api":
            attempt, reason = retry or (0, "")
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        ack: asyncio.Future[JSON] = asyncio.get_running_loop().create_future()
        self._acks[envelope["envelope_id"]] = ack
        try:
            async with asyncio.timeout(self._slack.patience.ack):
                await self._send(envelope)
                return await ack
        except TimeoutError:
            return None
        finally:
            del self._acks[envelope["envelope_id"]]

    async def refresh(self, *, warning: float = 10.0) -> None:
        """Ask all connections to be replaced, as Slack does every few hours: a warning, then `refresh_requested`.

        Args:
            warning: seconds between the two.
        """
        leaving = list(self._sockets)
        for socket in leaving:
            await _tell(socket, {"type": "disconnect", "reason": "warning", "debug_info": {"host": "stand-in"}})
        await asyncio.sleep(warning)
        self._leaving.update(leaving)
        for socket in leaving:
            await _tell(
                socket, {"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "stand-in"}}
            )

    def cut(self) -> None:
        """Break the oldest connection without a word."""
        if self._sockets and (transport := self._transports[self._sockets[0]]) is not None:
            transport.abort()

    def freeze(self) -> None:
        """Let every connection stand open and dead: nothing that the app sends is read, pings included."""
        for socket in self._sockets:
            self._leaving.add(socket)
            transport = self._transports[socket]
            if isinstance(transport, asyncio.Transport):
                transport.pause_reading()

    async def close(self) -> None:
        """Close every socket."""
        for socket in list(self._sockets):
            await socket.close(code=1001, message=b"the stand-in stops")

    async def _send(self, envelope: JSON) -> None:
        while True:
            ready = [socket for socket in self._sockets if socket not in self._leaving and not socket.closed]
            if ready:
                socket = ready[next(self._turn) % len(ready)]
                with suppress(ConnectionError):
                    await socket.send_json(envelope)
                    return
            self._arrived.clear()
            await self._arrived.wait()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="This address was used before, or never handed out.")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT)
        await socket.prepare(request)
        if len(self._sockets) >= MOST_CONNECTIONS:
            await _tell(socket, {"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        self._sockets.append(socket)
        self._transports[socket] = request.transport
        try:
            await _tell(socket, self._hello())
            self._arrived.set()
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            self._sockets.remove(socket)
            del self._transports[socket]
            self._leaving.discard(socket)
        return socket

    def _hello(self) -> JSON:
        return {
            "type": "hello",
            "num_connections": len(self._sockets),
            "connection_info": {"app_id": APP},
            "debug_info": {
                "host": "stand-in",
                "build_number": 1,
                "approximate_connection_time": APPROXIMATE_CONNECTION_TIME,
            },
        }

    def _take(self, data: str) -> None:
        try:
            answer: Any = json.loads(data)
        except ValueError:
            return
        ack = self._acks.get(answer.get("envelope_id", "")) if isinstance(answer, dict) else None
        if ack is not None and not ack.done():
            payload = answer.get("payload")
            ack.set_result(payload if isinstance(payload, dict) else {})


async def _tell(socket: web.WebSocketResponse, frame: JSON) -> None:
    with suppress(ConnectionError):
        await socket.send_json(frame)
