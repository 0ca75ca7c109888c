"""The demo's one web page: Slack on the left, the consumer's mailbox and the clock on the right.

It is rendered on the server; a small script sends what people do to `/control/`, and fetches the page anew whenever
`/changes` says so, touching only what differs. Hooks for browser tests, all stable:

- whom one acts as: `[data-testid="act-as"] [data-person="staff1"]` (staff2, manager, outsider); the current one has
  `aria-current="true"`
- sidebar: `[data-channel-link="privacy-requests"]`, `[data-channel-link="direct"]`, `[data-channel-link="home"]`;
  unread ones hold `.unread`
- messages: `[data-testid="message"][data-ts="..."]` inside `[data-testid="messages"]` or `[data-testid="thread"]`;
  those for one person alone have `data-ephemeral="true"` and a `[data-testid="dismiss"]` button
- a message's thread: `[data-testid="open-thread"]`; closed by `[data-testid="close-thread"]`
- buttons, menus and fields of Block Kit: `[data-action-id="claim"]`, with `data-value`; an overflow menu is
  `details[data-menu="action id"]` around its buttons
- confirmation: `dialog#confirm`, `#confirm-yes`, `#confirm-no`
- modal: `dialog#modal[data-view-id]` with `data-callback-id`; a field is `[data-field="block id"]`, its error
  `[data-testid="field-error"]`; `[data-testid="modal-submit"]`, `[data-testid="modal-close"]`
- App Home: `[data-testid="home"]`
- what one types in Slack: `#say`, sent by `[data-testid="say-send"]`
- mailbox: `[data-testid="letter"][data-letter="r0"]` (`s0` for sent ones), open one `[data-testid="letter-open"]` with
  `[data-testid="letter-text"]`; `[data-testid="write"]` and `[data-testid="letters"]` switch
- writing: `form#compose` with `#mail-name`, `#mail-from`, `#mail-subject`, `#mail-text`, `[data-testid="mail-send"]`;
  answering: `form#reply` with `#reply-text`, `[data-testid="reply-send"]`
- clock: `[data-testid="clock-now"]`, `[data-advance="1d"]` (7d, 38d), `[data-testid="clock-reset"]`, `form#clock-to`
  with `#clock-date`
- what went wrong or was done: `#notice`
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp_jinja2
import jinja2
from aiohttp import web
from aiohttp_sse import sse_response

from bot.sandbox.postbox import postbox
from bot.sandbox.scene import Look, scene

if TYPE_CHECKING:
    from bot.sandbox.bench import Bench

HERE = Path(__file__).parent
QUIET_SECONDS = 0.03
"""Changes that come together are told once."""
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Page:
    """The page and its live line.

    Args:
        bench: the people's side of Slack.
        inbox: the address of the privacy inbox.
    """

    def __init__(self, bench: Bench, inbox: str) -> None:
        self._bench = bench
        self._inbox = inbox
        self._stopping = False
        self._run = secrets.token_hex(4)

    def routes(self) -> list[web.AbstractRouteDef]:
        """What to add to the server."""
        return [web.get("/", self._show), web.get("/changes", self._tell), web.static("/static", HERE / "static")]

    def furnish(self, application: web.Application) -> None:
        """Give the server its templates."""
        aiohttp_jinja2.setup(
            application,
            loader=jinja2.FileSystemLoader(HERE / "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def stop(self) -> None:
        """Let go of the browsers that listen for changes."""
        self._stopping = True
        self._bench.slack.record.ring()

    async def _show(self, request: web.Request) -> web.Response:
        query = request.query
        look = Look(query.get("as", "staff1"), query.get("channel", ""), query.get("thread", ""), query.get("mail", ""))
        shown = scene(self._bench, look)
        context = {
            "scene": shown,
            "look": shown.look,
            "post": postbox(self._bench.slack.record, shown.look),
            "md": shown.mrkdwn.block,
            "plain": shown.mrkdwn.plain,
            "version": self._version(),
            "inbox": self._inbox,
            "origin": self._bench.slack.url,
            "commands": self._bench.slack.manifest.commands,
            "everybody": self._bench.slack.record.accounts.people,
        }
        response = aiohttp_jinja2.render_template("page.html", request, context)
        response.headers.update(HEADERS)
        return response

    def _version(self) -> str:
        """What a browser compares: after a restart it must not take the new count for the old one."""
        return f"{self._run}.{self._bench.slack.record.version}"

    async def _tell(self, request: web.Request) -> web.StreamResponse:
        record = self._bench.slack.record
        version = record.version
        async with sse_response(request) as stream:
            with suppress(ConnectionError):
                while not self._stopping:
                    await stream.send(self._version())
                    version = await record.changed(version)
                    await asyncio.sleep(QUIET_SECONDS)
        return stream
