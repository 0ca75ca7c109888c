"""`rightsdesk check`: everything the desk needs, each ok or what to do."""

from __future__ import annotations

import asyncio
import errno
import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli.house import Settings, read_settings
from bot.fronts.requests import PATH
from bot.names import SCOPES
from bot.settings import BotSettings
from intake.imap import Line, Trouble, open_folder, sign_in, trouble_of
from intake.settings import ImapMailbox
from scheduler.postman import knock
from scheduler.settings import PostSettings
from store.clock import system_clock
from store.database import StoreUnavailable
from store.errors import DeskError
from store.office import open_office
from store.rules.pack import PackError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: fine, or what to do about it."""

    what: str
    ok: bool
    told: str


def check_everything(config: Path | None, *, as_json: bool) -> int:
    """Look at the configuration, the database, the key, both mail roads and Slack.

    Returns:
        The exit code: 1 when something must be mended.
    """
    findings = list(_findings(config))
    if as_json:
        sys.stdout.write(json.dumps([asdict(finding) for finding in findings]) + "\n")
    else:
        console = Console()
        for finding in findings:
            mark = "[green]ok  [/green]" if finding.ok else "[red]mend[/red]"
            console.print(f"{mark} {finding.what}: {finding.told}", highlight=False)
    return 0 if all(finding.ok for finding in findings) else 1


def _findings(config: Path | None) -> Iterator[Finding]:
    try:
        settings = read_settings(config)
    except DeskError as error:
        yield Finding("configuration", ok=False, told=str(error))
        return
    yield Finding("configuration", ok=True, told=str(config or "defaults, rightsdesk.toml and the environment"))
    yield _store(settings)
    for mailbox in settings.intake.imap:
        yield from _mailbox(mailbox)
    if settings.intake.smtp:
        told = f"will listen on {settings.intake.smtp_host}:{settings.intake.smtp_port}"
        yield Finding("mail in by SMTP", ok=True, told=told)
    yield asyncio.run(_post(settings.post))
    yield from asyncio.run(_slack(settings))


def _store(settings: Settings) -> Finding:
    try:
        office = open_office(settings.store, settings.business, system_clock)
        office.database.alive()
        office.close()
    except (DeskError, PackError) as error:
        return Finding("database and key", ok=False, told=str(error))
    except StoreUnavailable as error:
        told = f"the database does not answer ({error}); look at store.database_url"
        return Finding("database and key", ok=False, told=told)
    return Finding("database and key", ok=True, told="answers, up to date, and the key is its own")


def _mailbox(mailbox: ImapMailbox) -> list[Finding]:
    """Each folder of a mailbox: whether it can be read, and how much is in it."""
    try:
        with sign_in(mailbox) as client:
            return [_folder(client, mailbox, folder) for folder in mailbox.folders]
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told in words
        told = trouble_of(error)
        return [Finding(f"mailbox {mailbox.name(folder)}", ok=False, told=told) for folder in mailbox.folders]


def _folder(client: Line, mailbox: ImapMailbox, folder: str) -> Finding:
    what = f"mailbox {mailbox.name(folder)}"
    try:
        mails = open_folder(client, folder).exists
    except Trouble as trouble:
        return Finding(what, ok=False, told=str(trouble))
    return Finding(what, ok=True, told=f"signed in, the folder can be read; {mails} mail{'s' * (mails != 1)} in it")


async def _post(post: PostSettings) -> Finding:
    what = f"mail out by {post.host}:{post.port}"
    trouble = await knock(post)
    return Finding(what, ok=trouble is None, told=trouble or "answers and takes our sign-in")


async def _slack(settings: Settings) -> list[Finding]:
    slack = settings.slack
    bot = AsyncWebClient(slack.bot_token.get_secret_value(), base_url=slack.api_url, retry_handlers=[])
    signed_in = await _asked("Slack sign-in (SLACK_BOT_TOKEN)", lambda: _scopes(bot))
    if slack.front == "http":
        return [signed_in, await _requests(slack)]
    app = AsyncWebClient(slack.app_token.get_secret_value(), base_url=slack.api_url, retry_handlers=[])
    return [signed_in, await _asked("Slack socket (SLACK_APP_TOKEN)", lambda: _socket(app))]


async def _asked(what: str, question: Callable[[], Awaitable[Finding]]) -> Finding:
    try:
        return await question()
    except SlackApiError as error:
        told = f"Slack says {error.response['error']}; look at the token, and install the app from manifest.yml"
        return Finding(what, ok=False, told=told)
    except (SlackClientError, OSError, TimeoutError) as error:
        return Finding(what, ok=False, told=f"Slack cannot be reached ({type(error).__name__}); look at slack.api_url")


async def _scopes(client: AsyncWebClient) -> Finding:
    answer = await client.auth_test()
    granted = {scope for scope in str(answer.headers.get("x-oauth-scopes", "")).replace(" ", "").split(",") if scope}
    missing = sorted(set(SCOPES) - granted)
    if granted and missing:
        told = f"the app lacks {', '.join(missing)}; install it again from manifest.yml"
        return Finding("Slack scopes", ok=False, told=told)
    return Finding("Slack sign-in", ok=True, told=f"signed in as {answer['user']} with every scope it needs")


async def _requests(slack: BotSettings) -> Finding:
    what, where = "Slack requests", f"{slack.events_host}:{slack.events_port}"
    try:
        server = await asyncio.start_server(lambda *_: None, slack.events_host, slack.events_port)
    except OSError as error:
        told = f"nothing can listen at {where} ({error.strerror}); perhaps the desk runs already"
        return Finding(what, ok=error.errno == errno.EADDRINUSE, told=told)
    server.close()
    return Finding(what, ok=True, told=f"will be taken at {where}; your proxy must lead {PATH} there")


async def _socket(client: AsyncWebClient) -> Finding:
    await client.apps_connections_open(app_token=client.token or "")
    return Finding("Slack socket", ok=True, told="a socket can be opened")
