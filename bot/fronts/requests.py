"""Signed HTTP requests: Slack calls the desk through a proxy that ends TLS."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_sdk.signature import SignatureVerifier

from bot.fronts import Connection
from store.errors import ConfigurationError

if TYPE_CHECKING:
    from slack_bolt.app.async_app import AsyncApp

PATH = "/slack/events"
BODY_LIMIT = 4 * 1024 * 1024
"""A modal has at most 100 blocks of at most some thousand characters; Slack sends its state and itself."""
READ_SECONDS = 10.0
STOP_SECONDS = 5.0
WINDOW_SECONDS = 600.0
"""A request counts while its time is at most five minutes off, before or behind ours."""
SAY_SECONDS = 60.0

log = structlog.get_logger()


class RequestFront:
    """Bolt's app behind `/slack/events`, for commands, presses and events alike.

    A request is taken once, and only with Slack's signature over its body and a time at most five minutes off
    (<https://docs.slack.dev/authentication/verifying-requests-from-slack>); what it is about is not looked at before.
    Signatures are remembered by this process alone; what a request asks is checked against the case anyway.

    Args:
        app: Bolt's app, made with the same secret.
        secret: the app's signing secret.
        host: where to listen.
        port: where to listen; 0: a free one.
    """

    def __init__(self, app: AsyncApp, secret: str, host: str, port: int) -> None:
        self._app = app
        self._verifier = SignatureVerifier(secret)
        self._host, self._port = host, port
        self._runner: web.AppRunner | None = None
        self._taken: OrderedDict[str, float] = OrderedDict()
        self._changed_at = time.monotonic()
        self._heard_at: float | None = None
        self._refused = 0
        self._said_at = 0.0

    async def start(self) -> None:
        """Listen.

        Raises:
            ConfigurationError: the port is taken, or the host is not ours.
        """
        site = web.Application(client_max_size=BODY_LIMIT)
        site.router.add_post(PATH, self._take)
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=STOP_SECONDS)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            mend = f"nothing can listen there ({error.strerror}); give a free slack.events_host and slack.events_port"
            raise ConfigurationError(key="slack.events_port", value=str(self._port), mend=mend) from error
        self._changed_at = time.monotonic()
        log.info("slack's requests are taken", path=PATH, port=self.address[1] if self.address else None)

    async def stop(self) -> None:
        """Let what is on its way arrive, and close."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        self._changed_at = time.monotonic()

    @property
    def address(self) -> tuple[str, int] | None:
        """Where it listens, or None."""
        if self._runner is None or not self._runner.addresses:
            return None
        host, port, *_ = self._runner.addresses[0]
        return host, port

    @property
    def connection(self) -> Connection:
        """Whether it listens, and when Slack was last heard."""
        now = time.monotonic()
        heard = None if self._heard_at is None else now - self._heard_at
        return Connection(self.address is not None, now - self._changed_at, heard=heard)

    async def _take(self, request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(READ_SECONDS):
                body = await request.read()
        except TimeoutError as error:
            raise web.HTTPRequestTimeout from error
        signature = request.headers.get("X-Slack-Signature", "")
        if not self._is_slacks(body, request.headers.get("X-Slack-Request-Timestamp", ""), signature):
            self._refuse()
            raise web.HTTPUnauthorized(text="This is not signed by Slack, or too old.")
        if self._was_taken(signature):
            self._refuse()
            raise web.HTTPUnauthorized(text="This was taken before.")
        self._heard_at = time.monotonic()
        answer = await self._app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    def _is_slacks(self, body: bytes, timestamp: str, signature: str) -> bool:
        if not (timestamp.isascii() and timestamp.isdigit() and signature.isascii()):
            return False
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except ValueError:  # a body that is no UTF-8, or a time of thousands of digits
            return False

    def _was_taken(self, signature: str) -> bool:
        now = time.monotonic()
        while self._taken and next(iter(self._taken.values())) < now - WINDOW_SECONDS:
            self._taken.popitem(last=False)
        if signature in self._taken:
            return True
        self._taken[signature] = now
        return False

    def _refuse(self) -> None:
        """Say it, at most once a minute: anybody can send such requests."""
        self._refused += 1
        now = time.monotonic()
        if now - self._said_at >= SAY_SECONDS or self._refused == 1:
            log.warning("requests that are not slack's were refused", count=self._refused)
            self._said_at = now
