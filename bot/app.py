"""The Slack door, opened: Bolt's app, its socket, and the courier."""

from __future__ import annotations

import asyncio
import logging
import math
import secrets
import socket
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.courier import Courier
from bot.listeners import register
from bot.people import People
from bot.settings import BotSettings
from bot.trouble import TROUBLE, impersonal, said
from bot.visit import Workplace
from store.errors import ConfigurationError
from store.office import Bridge

CALL_SECONDS = 15
"""Less than half of a lease, so that a call has ended before anybody else may take the post."""
START_SECONDS = 10.0
WATCH_SECONDS = 2.0
ATTEMPT_SECONDS = 15.0
LOST_SECONDS = 30.0
PING_SECONDS = 5.0
NO_SIGNATURES = "requests over Socket Mode are not signed"
BAD_TOKENS = (
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "not_allowed_token_type",
)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Connection:
    """How the door's connection to Slack is.

    Args:
        connected: whether the socket is up.
        since: seconds for which it has been so.
    """

    connected: bool
    since: float


class SlackDoor:
    """The desk's door to Slack.

    Args:
        bridge: the way to the desk.
        settings: tokens, channels, groups.
        name: of this process, under which its courier leases posts; made up when it is not given.
    """

    def __init__(self, bridge: Bridge, settings: BotSettings, name: str = "") -> None:
        self._bridge = bridge
        self._settings = settings
        self._name = name or f"courier {socket.gethostname()} {secrets.token_hex(4)}"
        self._session: aiohttp.ClientSession | None = None
        self._handler: AsyncSocketModeHandler | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._up = asyncio.Event()
        self._connected = False
        self._changed_at = time.monotonic()

    async def start(self) -> None:
        """Connect and begin to deliver. While Slack is away it goes on trying behind.

        Raises:
            ConfigurationError: Slack does not know a token.
        """
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_SECONDS))
        client = web_client(self._settings, self._session)
        await self._check_tokens(client)
        people = People(client, self._settings)
        with suppress(*TROUBLE):
            await people.staff_mention()  # asked ahead, so that the first press is as quick as the others
        app = build_app(Workplace(self._bridge, people, self._settings), client)
        token = self._settings.app_token.get_secret_value()
        self._handler = AsyncSocketModeHandler(app, token, ping_interval=PING_SECONDS)
        courier = Courier(self._bridge, client, people, self._settings, self._name)
        self._tasks = [
            asyncio.create_task(courier.run()),
            asyncio.create_task(self._stay_connected(self._handler.client)),
        ]
        with suppress(TimeoutError):
            async with asyncio.timeout(START_SECONDS):
                await self._up.wait()
        if not self._connected:
            log.warning("slack is not there yet; the door goes on trying")

    async def stop(self) -> None:
        """Let what is on its way arrive, and hang up."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._handler is not None:
            await self._handler.client.close()  # type: ignore[no-untyped-call] # the SDK left it untyped
        if self._session is not None:
            await self._session.close()
        self._connected = False

    @property
    def connection(self) -> Connection:
        """How the connection is, for the health check."""
        return Connection(self._connected, time.monotonic() - self._changed_at)

    async def _check_tokens(self, client: AsyncWebClient) -> None:
        try:
            await client.auth_test()
        except SlackApiError as error:
            if said(error) in BAD_TOKENS:
                mend = f"Slack says {said(error)}; copy the token anew from the app's page"
                raise ConfigurationError(key="slack.bot_token", value="(secret)", mend=mend) from error
            log.warning("slack did not answer yet", trouble=said(error))
        except TROUBLE as error:
            log.warning("slack did not answer yet", trouble=type(error).__name__)

    async def _stay_connected(self, client: SocketModeClient) -> None:
        """Connect, and again with a fresh address when the client has not mended a lost connection by itself.

        An address can be used once, and the client alone would try one that failed for ever.
        """
        tried_at = -math.inf
        while True:
            await self._note(client)
            patience = LOST_SECONDS if self._up.is_set() else 0.0
            if not self._connected and time.monotonic() - max(tried_at, self._changed_at) >= patience:
                tried_at = time.monotonic()
                await self._connect(client)
                await self._note(client)
            await asyncio.sleep(WATCH_SECONDS)

    async def _connect(self, client: SocketModeClient) -> None:
        try:
            async with asyncio.timeout(ATTEMPT_SECONDS):
                await client.connect_to_new_endpoint(force=True)
        except Exception as error:  # noqa: BLE001 - the client stumbles over answers that are not Slack's, such as a 503
            log.warning("slack could not be reached", **impersonal(error))

    async def _note(self, client: SocketModeClient) -> None:
        connected = await client.is_connected()
        if connected != self._connected:
            self._connected, self._changed_at = connected, time.monotonic()
            log.info("connected to slack" if connected else "the connection to slack is lost")
        if connected:
            self._up.set()


def web_client(settings: BotSettings, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Slack's Web API, without retries: they would post twice when a connection breaks after the call was read.

    Args:
        settings: where it is, and the token.
        session: the connections; their time-out counts.
    """
    return AsyncWebClient(
        token=settings.bot_token.get_secret_value(),
        base_url=settings.api_url,
        timeout=CALL_SECONDS,
        session=session,
        retry_handlers=[],
    )


def build_app(workplace: Workplace, client: AsyncWebClient) -> AsyncApp:
    """Bolt's app with all listeners.

    Everything is passed, so that nothing in the environment can change whom it acts for: Bolt would read
    `SLACK_BOT_TOKEN`, `SLACK_SIGNING_SECRET` and `SLACK_CLIENT_ID` on its own.

    Args:
        workplace: what the listeners work with.
        client: Slack's Web API, with the bot's token.
    """
    logger = logging.getLogger("rightsdesk.slack")
    logger.setLevel(logging.ERROR)  # Bolt's warnings repeat whole payloads, in which people's words stand
    app = AsyncApp(
        name="rightsdesk",
        client=AsyncWebClient(
            base_url=client.base_url, timeout=client.timeout, session=client.session, retry_handlers=[], logger=logger
        ),
        authorize=_authorized_by(client),
        signing_secret=NO_SIGNATURES,
        logger=logger,
    )
    register(app, workplace)
    return app


def _authorized_by(client: AsyncWebClient) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Everything acts with the one bot token; Slack is asked once whose it is."""
    known: list[AuthorizeResult] = []

    async def authorize() -> AuthorizeResult:
        if not known:
            whose = await client.auth_test()
            known.append(AuthorizeResult.from_auth_test_response(bot_token=client.token, auth_test_response=whose))
        return known[0]

    return authorize
