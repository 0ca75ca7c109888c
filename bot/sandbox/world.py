"""The outside world of the demo and the tests: Slack, the consumer's mail server, the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.accounts import APP_TOKEN, BOT_TOKEN, BOT_USER, SIGNING_SECRET, Accounts
from bot.sandbox.answers import ResponseUrls
from bot.sandbox.bench import Bench
from bot.sandbox.consumer import Consumer
from bot.sandbox.control import Control
from bot.sandbox.events import ChannelChanged, ClockMoved
from bot.sandbox.faults import Faults
from bot.sandbox.journal import Journal
from bot.sandbox.mailserver import MailServer
from bot.sandbox.manifest import MANIFEST, load
from bot.sandbox.page import Page
from bot.sandbox.record import Record
from bot.sandbox.road import Requests
from bot.sandbox.slack import Patience, Slack
from bot.sandbox.socketmode import SocketMode
from bot.sandbox.webapi import WebApi

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from pathlib import Path

    from bot.sandbox.events import JSON
    from store.clock import MovableClock

JOURNAL = "outside-world.jsonl"
SHUTDOWN_SECONDS = 2.0
BODY_LIMIT = 32 * 1024 * 1024


class World:
    """Everything the desk talks to, on loopback, surviving the desk's crashes in `data`.

    Start it first: it sets the clock to where the demo left it. Then give the doors `slack_api_url`, the two tokens and
    `consumer_smtp`, and set `intake_smtp` once the intake listens.

    Args:
        data: the directory of the journal, made when missing.
        clock: the demo's clock; messages, mails and the page follow it.
        inbox: the address of the privacy inbox, to which the consumer writes.
        port: of the page and of Slack's API, on 127.0.0.1; 0: a free one.
        on_clock_moved: awaited after the clock was moved, before the mover is answered.
        accounts: the people, groups and channels of the workspace when it is new.
        manifest: the app's manifest; its scopes, commands and events are enforced.
        patience: how long Slack waits; tests may shorten it.
    """

    bot_token = BOT_TOKEN
    app_token = APP_TOKEN
    signing_secret = SIGNING_SECRET
    bot_user_id = BOT_USER

    def __init__(
        self,
        *,
        data: Path,
        clock: MovableClock,
        inbox: str = "privacy@shop.test",
        port: int = 0,
        on_clock_moved: Callable[[], Awaitable[None]] | None = None,
        accounts: Accounts | None = None,
        manifest: Path = MANIFEST,
        patience: Patience | None = None,
    ) -> None:
        self.accounts = accounts or Accounts()
        self.inbox = inbox
        self.clock = clock
        self.on_clock_moved = on_clock_moved
        self.faults = Faults()
        self.consumer_smtp = ("127.0.0.1", 0)
        self.page_url = ""
        self._port = port
        self._runner: web.AppRunner | None = None
        self.record = Record(Journal(data / JOURNAL), self.accounts)
        self.slack = Slack(self.record, clock, load(manifest), patience or Patience())
        self.socket = SocketMode(self.slack)
        self.bench = Bench(self.slack, self.socket)
        self.webapi = WebApi(self.slack, self.socket, self.faults)
        self._mail_server = MailServer(self.record, clock, self.faults)
        self._consumer = Consumer(self.record, clock, inbox)
        self._page = Page(self.bench, inbox)

    async def start(self) -> None:
        """Remember what happened before, and listen.

        Raises:
            ValueError: the journal is damaged.
            OSError: the port is taken.
        """
        for event in self.record.open():
            if isinstance(event, ClockMoved):
                self.clock.offset = timedelta(seconds=event.offset)
        self._runner = web.AppRunner(self._application(), shutdown_timeout=SHUTDOWN_SECONDS, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self.page_url = self.slack.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/"
        self.consumer_smtp = await self._mail_server.start()

    async def stop(self) -> None:
        """Close every connection and port, and the journal."""
        await self.bench.stop()
        await self._mail_server.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        self.record.close()

    @property
    def slack_api_url(self) -> str:
        """What `AsyncWebClient` takes as its `base_url`."""
        return f"{self.page_url}api/"

    async def send_requests(self, url: str) -> bool:
        """Send to an address, signed, in place of the sockets; gives whether the app knows it as its own."""
        requests = Requests(self.slack, url, SIGNING_SECRET)
        self.bench.road = requests
        return await requests.verify()

    @property
    def intake_smtp(self) -> tuple[str, int] | None:
        """Where the privacy inbox takes mail; whoever starts the listener sets it."""
        return self._consumer.intake

    @intake_smtp.setter
    def intake_smtp(self, address: tuple[str, int] | None) -> None:
        self._consumer.intake = address

    @property
    def channels(self) -> dict[str, str]:
        """Channel ids by name, without the number sign."""
        return {channel.name: channel.id for channel in self.slack.workspace.channels.values() if channel.name}

    @property
    def users(self) -> dict[str, str]:
        """User ids by alias."""
        return {person.alias: person.id for person in self.accounts.people}

    @property
    def usergroups(self) -> dict[str, str]:
        """User group ids by handle."""
        return {group.handle: group.id for group in self.accounts.groups}

    async def move_clock(self, moment: datetime) -> None:
        """Set the demo's clock to an aware moment, keep that, and wait until the desk has heard."""
        self.clock.move_to(moment)
        self.record.enter(ClockMoved(self.clock.offset.total_seconds()))
        if self.on_clock_moved is not None:
            await self.on_clock_moved()

    def change_channel(self, name: str, *, members: set[str] | None = None, archived: bool | None = None) -> None:
        """Invite and remove people or the app, archive a channel or bring it back.

        Raises:
            KeyError: there is no such channel.
        """
        channel = self.slack.workspace.channels[self.channels[name]]
        now = ChannelChanged(channel.id, tuple(sorted(channel.members)), channel.archived)
        if members is not None:
            now = replace(now, members=tuple(sorted(members)))
        if archived is not None:
            now = replace(now, archived=archived)
        self.record.enter(now)

    @property
    def api_calls(self) -> list[tuple[str, JSON]]:
        """The latest methods called since the start, oldest first, with their arguments, the token left out."""
        return list(self.webapi.calls)

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[_only_from_here], client_max_size=BODY_LIMIT)
        control = Control(self.bench, self._consumer, self.faults, self.move_clock)
        rooms = (self.webapi, self.socket, ResponseUrls(self.slack, self.webapi), control, self._page)
        for room in rooms:
            application.add_routes(room.routes())
        self._page.furnish(application)
        application.on_shutdown.append(self._hang_up)
        return application

    async def _hang_up(self, _application: web.Application) -> None:
        self.webapi.stop()
        self._page.stop()
        await self.socket.close()


@web.middleware
async def _only_from_here(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse what another site's page could send through a browser on this machine: foreign Host or Origin."""
    host = request.host.rpartition(":")[0] or request.host
    origin = request.headers.get("Origin")
    if host not in ("127.0.0.1", "localhost") or origin not in (None, f"http://{request.host}"):
        raise web.HTTPForbidden(text="This server answers only its own page and programs on this machine.")
    return await handler(request)
