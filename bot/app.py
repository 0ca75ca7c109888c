"""The Slack door, opened: Bolt's app, the way from Slack to it, and the courier."""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress

import aiohttp
import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.assigner import Assigner
from bot.courier import Courier
from bot.fronts import Connection, Front
from bot.fronts.requests import RequestFront
from bot.fronts.sockets import SocketFront
from bot.home.keeper import Keeper
from bot.listeners import register
from bot.people import People
from bot.settings import BotSettings
from bot.trouble import TROUBLE, said
from bot.visit import Workplace
from store.errors import ConfigurationError
from store.office import Bridge

CALL_SECONDS = 15
"""Less than half of a lease, so that a call has ended before anybody else may take the post."""
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
        self._front: Front | None = None
        self._courier: asyncio.Task[None] | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._assigner: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Connect and begin to deliver. While Slack is away it goes on trying behind.

        Raises:
            ConfigurationError: Slack does not know a token, or nothing can listen where its requests should come in.
        """
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_SECONDS))
        client = web_client(self._settings, self._session)
        await self._check_tokens(client)
        people = People(client, self._settings)
        with suppress(*TROUBLE):
            await people.staff_mention()  # asked ahead, so that the first press is as quick as the others
        workplace = Workplace(self._bridge, people, self._settings)
        app = build_app(workplace, client, self._secret)
        self._front = self._open_front(app)
        self._courier = asyncio.create_task(Courier(self._bridge, client, people, self._settings, self._name).run())
        self._keeper = asyncio.create_task(Keeper(workplace, client).run())
        self._assigner = asyncio.create_task(Assigner(self._bridge, people, self._settings.assigning).run())
        await self._front.start()

    async def stop(self) -> None:
        """Let what is on its way arrive, and hang up."""
        for task in filter(None, (self._assigner, self._keeper, self._courier)):
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        if self._front is not None:
            await self._front.stop()
        if self._session is not None:
            await self._session.close()

    @property
    def connection(self) -> Connection:
        """How the way from Slack is, for the health check."""
        return self._front.connection if self._front is not None else Connection(connected=False, since=0.0)

    @property
    def address(self) -> tuple[str, int] | None:
        """Where Slack's requests are taken; None over Socket Mode."""
        return self._front.address if isinstance(self._front, RequestFront) else None

    @property
    def _secret(self) -> str:
        return self._settings.signing_secret.get_secret_value() or NO_SIGNATURES

    def _open_front(self, app: AsyncApp) -> Front:
        settings = self._settings
        if settings.front == "http":
            return RequestFront(app, self._secret, settings.events_host, settings.events_port)
        return SocketFront(app, settings.app_token.get_secret_value(), settings.connections)

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


def build_app(workplace: Workplace, client: AsyncWebClient, secret: str = NO_SIGNATURES) -> AsyncApp:
    """Bolt's app with all listeners.

    Everything is passed, so that nothing in the environment can change whom it acts for: Bolt would read
    `SLACK_BOT_TOKEN`, `SLACK_SIGNING_SECRET` and `SLACK_CLIENT_ID` on its own.

    Args:
        workplace: what the listeners work with.
        client: Slack's Web API, with the bot's token.
        secret: with which Slack signs its requests; never used over Socket Mode.
    """
    logger = logging.getLogger("rightsdesk.slack")
    logger.setLevel(logging.ERROR)  # Bolt's warnings repeat whole payloads, in which people's words stand
    app = AsyncApp(
        name="rightsdesk",
        client=AsyncWebClient(
            base_url=client.base_url, timeout=client.timeout, session=client.session, retry_handlers=[], logger=logger
        ),
        authorize=_authorized_by(client),
        signing_secret=secret,
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
