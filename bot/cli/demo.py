"""`rightsdesk demo`: the whole desk on embedded defaults, offline, with the outside world on one page."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import sys
import webbrowser
from contextlib import closing
from pathlib import Path

from pydantic import SecretStr

from bot.cli.house import House, Settings, until_told_to_stop
from bot.cli.logs import log_to_stderr
from bot.sandbox.world import World
from bot.settings import BotSettings
from intake.settings import IntakeSettings
from scheduler.settings import PostSettings, SchedulerSettings, Security
from store.clock import MovableClock
from store.errors import ConfigurationError
from store.occupancy import occupy
from store.settings import Business, Retention, StoreSettings

PAGE_PORT = 7420
SMTP_PORT = 2525
LOOPBACK = "127.0.0.1"


def run_demo(*, port: int | None, smtp_port: int | None, data: Path, browser: bool) -> None:
    """Run the demo until SIGTERM or Ctrl-C; one line of JSON on stdout says when all is up.

    Args:
        port: the page's; None takes the usual one, or a free one.
        smtp_port: the privacy inbox's; likewise.
        data: where everything is kept, made when missing.
        browser: open the page, where there is a browser.

    Raises:
        ConfigurationError: a port that was asked for is taken.
    """
    log_to_stderr(logging.WARNING)
    for name in tuple(os.environ):  # embedded defaults, whatever a real installation on this machine has set
        if name.startswith(("RIGHTSDESK_", "SLACK_")):
            del os.environ[name]
    asyncio.run(_demo(_free("--port", port, PAGE_PORT), _free("--smtp-port", smtp_port, SMTP_PORT), data, browser))


async def _demo(port: int, smtp_port: int, data: Path, browser: bool) -> None:  # noqa: FBT001 - a switch handed on
    clock = MovableClock()
    _refuse_a_second_demo(data)
    world = World(data=data, clock=clock, inbox=Business().inbox, port=port)
    await world.start()
    house: House | None = None
    try:
        house = House(settings_for(world, data, smtp_port), clock)
        await house.open()
        world.intake_smtp = house.smtp_address
        world.on_clock_moved = house.look
        _say_ready(world, smtp_port, browser=browser)
        await until_told_to_stop()
    finally:
        if house is not None:
            await house.close()
        await world.stop()


def settings_for(world: World, data: Path, smtp_port: int) -> Settings:
    """The configuration that points the unchanged doors at the stand-in.

    Args:
        world: started, so that its addresses are known.
        data: where the database and the key file are kept.
        smtp_port: where the privacy inbox listens; 0 takes a free port.
    """
    host, port = world.consumer_smtp
    return Settings(
        business=Business(inbox=world.inbox),
        store=_store(data),
        intake=IntakeSettings(smtp_host=LOOPBACK, smtp_port=smtp_port),
        slack=BotSettings(
            bot_token=SecretStr(world.bot_token),
            app_token=SecretStr(world.app_token),
            signing_secret=SecretStr(""),
            api_url=world.slack_api_url,
            channel="privacy-requests",
            managers_channel="privacy-managers",
            staff_group="privacy-staff",
            managers_group="privacy-managers",
        ),
        scheduler=SchedulerSettings(tick_seconds=1),
        post=PostSettings(host=host, port=port, security=Security.NONE),
        retention=Retention(),
    )


def _store(data: Path) -> StoreSettings:
    return StoreSettings(database_url=f"sqlite:///{data}/rightsdesk.db", key_file=data / "master.key")


def _refuse_a_second_demo(data: Path) -> None:
    """Before anything is touched that a running demo writes to."""
    lock = occupy(_store(data))
    if lock is not None:
        lock.close()


def _say_ready(world: World, smtp_port: int, *, browser: bool) -> None:
    line = {"ready": True, "page": world.page_url, "smtp": f"{LOOPBACK}:{smtp_port}"}
    print(json.dumps(line), flush=True)  # noqa: T201 - the line that programs and people wait for
    if sys.stderr.isatty():
        sys.stderr.write(f"\n  Open {world.page_url} in a browser. Press Ctrl-C to stop.\n\n")
    if browser:
        webbrowser.open(world.page_url)


def _free(option: str, asked: int | None, usual: int) -> int:
    """The port to use.

    Raises:
        ConfigurationError: the one that was asked for is taken.
    """
    for candidate in (usual if asked is None else asked, 0):
        with closing(socket.socket()) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, candidate))
            except OSError as error:
                if asked is not None:
                    mend = f"{error.strerror}; choose another port"
                    raise ConfigurationError(key=option, value=asked, mend=mend) from error
                continue
            port: int = probe.getsockname()[1]
            return port
    raise ConfigurationError(key=option, value=usual, mend="no port is free on this machine")
