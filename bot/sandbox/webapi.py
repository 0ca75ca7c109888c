"""Slack's Web API over HTTP: tokens, scopes, arguments, faults, and the methods' answers."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.accounts import APP, APP_TOKEN, BOT_TOKEN
from bot.sandbox.call import Call
from bot.sandbox.faults import SLACK, Fault, Faults, Rule
from bot.sandbox.methods import METHODS
from bot.sandbox.methods.common import need_scope
from bot.sandbox.rates import Rates
from bot.sandbox.slack import SlackError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.events import JSON
    from bot.sandbox.slack import Slack
    from bot.sandbox.socketmode import SocketMode

CONNECT = "apps.connections.open"
REMEMBERED_CALLS = 10_000


class WebApi:
    """The methods under `/api/`.

    Args:
        slack: the pretended service.
        socket: hands out the socket's address.
        faults: the bad days that are planned.
    """

    def __init__(self, slack: Slack, socket: SocketMode, faults: Faults) -> None:
        self._slack = slack
        self._socket = socket
        self._faults = faults
        self._rates = Rates()
        self._stopping = asyncio.Event()
        self.calls: deque[tuple[str, JSON]] = deque(maxlen=REMEMBERED_CALLS)

    def routes(self) -> list[web.RouteDef]:
        """What to add to the server."""
        return [web.post("/api/{method}", self._answer), web.get("/api/{method}", self._answer)]

    def stop(self) -> None:
        """Let go of the calls that a fault keeps waiting."""
        self._stopping.set()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        wait = self._rates.wait(method, str(arguments.get("channel", ""))) if self._slack.doubts.paced else 0
        if wait:
            return _limited(wait)
        return await self.under_faults(request, (method, SLACK), lambda: self._carry_out(request, method, arguments))

    async def under_faults(
        self, request: web.Request, names: tuple[str, ...], carry_out: Callable[[], web.Response]
    ) -> web.StreamResponse:
        """Carry out a call unless a planned fault under one of these names prevents it."""
        rule = self._faults.strike(*names)
        if rule is None:
            return carry_out()
        match rule.fault:
            case Fault.TOO_MANY:
                return _limited(rule.retry_after())
            case Fault.ERROR:
                return web.json_response({"ok": False, "error": "internal_error"}, status=500)
            case Fault.OUTAGE:
                return web.Response(status=503, text="Slack is having an outage.")
            case Fault.TIMEOUT:
                await self._hang(rule)
            case Fault.DROP_AFTER:
                carry_out()
            case Fault.REFUSE:
                pass
        return _broken(request)

    def _carry_out(self, request: web.Request, method: str, arguments: JSON) -> web.Response:
        try:
            body = {"ok": True, **self._result(request, method, arguments)}
        except SlackError as error:
            body = {"ok": False, "error": error.error, **error.details}
        scopes = ",".join(sorted(self._slack.manifest.scopes))
        return web.json_response(body, headers={"X-OAuth-Scopes": scopes})

    def _result(self, request: web.Request, method: str, arguments: JSON) -> JSON:
        token = _token(request, arguments)
        if method == CONNECT:
            if token != APP_TOKEN:
                raise SlackError("not_allowed_token_type")
            return {"url": self._socket.new_url()}
        if method not in METHODS:
            raise SlackError("unknown_method", req_method=method)
        if token != BOT_TOKEN:
            raise SlackError("not_allowed_token_type")
        scope, function = METHODS[method]
        if scope is not None:
            need_scope(self._slack, scope)
        call = Call(method, {name: value for name, value in arguments.items() if name != "token"})
        self.calls.append((method, dict(call.arguments)))
        return function(self._slack, call)

    async def _hang(self, rule: Rule) -> None:
        try:
            async with asyncio.timeout(rule.hold()):
                await self._stopping.wait()
        except TimeoutError:
            return


async def _arguments(request: web.Request) -> JSON:
    arguments: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            body = {}
        return arguments | (body if isinstance(body, dict) else {})
    return arguments | {name: value for name, value in (await request.post()).items() if isinstance(value, str)}


def _token(request: web.Request, arguments: JSON) -> str:
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    token = bearer.strip() if scheme == "Bearer" else str(arguments.get("token", ""))
    if not token:
        raise SlackError("not_authed")
    if token not in (BOT_TOKEN, APP_TOKEN):
        raise SlackError("invalid_auth")
    return token


def _limited(seconds: int) -> web.Response:
    headers = {"Retry-After": str(seconds)}
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)


def _broken(request: web.Request) -> web.Response:
    """Break the connection; nobody receives this answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500, text=f"{APP} never gets this.")
