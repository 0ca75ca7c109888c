"""The whole house in one process: the store, and the doors that were asked for."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import signal
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.app import SlackDoor
from bot.cli.logs import log_to_stderr
from bot.settings import BotSettings
from intake.door import IntakeDoor
from intake.reading import read
from intake.settings import IntakeSettings
from scheduler.door import SchedulerDoor
from scheduler.settings import PostSettings, SchedulerSettings
from store import desk, retention
from store.clock import Clock, system_clock
from store.errors import ConfigurationError
from store.occupancy import occupy
from store.office import Bridge, Office, open_office
from store.settings import Business, Retention, StoreSettings, configuration, load

ANY_MAIL = b"From: a@b.example\nSubject: My data\n\nPlease delete my data.\n"


class Door(StrEnum):
    """The three doors."""

    BOT = "bot"
    INTAKE = "intake"
    SCHEDULER = "scheduler"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every table of the configuration, read once."""

    business: Business
    store: StoreSettings
    intake: IntakeSettings
    slack: BotSettings
    scheduler: SchedulerSettings
    post: PostSettings
    retention: Retention


def read_settings(config: Path | None) -> Settings:
    """Read the configuration file and the environment.

    Raises:
        ConfigurationError: naming the key, the value and the mend.
    """
    tables = configuration(config)
    sections = (Business, StoreSettings, IntakeSettings, BotSettings, SchedulerSettings, PostSettings, Retention)
    known = {section.table for section in sections}
    for table in tables:
        if table not in known:
            raise ConfigurationError(key=table, value="[table]", mend=f"there are only {', '.join(sorted(known))}")
    return Settings(*(load(section, tables) for section in sections))  # type: ignore[arg-type] # in the fields' order


class House:
    """The store and some doors, opened together and closed together.

    Args:
        settings: all of them.
        clock: the present moment.
        doors: which doors.
    """

    def __init__(self, settings: Settings, clock: Clock, doors: Collection[Door] = tuple(Door)) -> None:
        self._lock = occupy(settings.store)
        self.office: Office = open_office(settings.store, settings.business, clock)
        retention.check(self.office, settings.retention)
        if self._lock is not None:
            desk.free_leases(self.office)
        self.bridge = Bridge(self.office)
        name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
        self.intake = IntakeDoor(self.bridge, settings.intake) if Door.INTAKE in doors else None
        self.slack = SlackDoor(self.bridge, settings.slack, name) if Door.BOT in doors else None
        self.scheduler = (
            SchedulerDoor(self.bridge, settings.scheduler, settings.post, name, settings.retention)
            if Door.SCHEDULER in doors
            else None
        )

    async def open(self) -> None:
        """Start the doors: what goes out before what comes in."""
        await self.bridge(_warm_up)
        for door in (self.slack, self.scheduler, self.intake):
            if door is not None:
                await door.start()

    async def look(self) -> None:
        """Look at once for what is due: after the demo's clock was moved."""
        if self.intake is not None:
            await self.intake.look()
        if self.scheduler is not None:
            await self.scheduler.tick()

    async def close(self) -> None:
        """Stop the doors in the opposite order, then the store."""
        for door in (self.intake, self.scheduler, self.slack):
            if door is not None:
                await door.stop()
        self.bridge.close()
        self.office.close()
        if self._lock is not None:
            self._lock.close()

    @property
    def smtp_address(self) -> tuple[str, int] | None:
        """Where mail is taken, once open."""
        return self.intake.smtp_address if self.intake else None


def _warm_up(office: Office) -> None:
    """Load what the first mail would wait for: the reading's rules, the holidays."""
    read(ANY_MAIL)
    office.holidays(office.pack(office.business.law), office.today())


def run_house(config: Path | None, only: str | None) -> None:
    """`rightsdesk run`: until SIGTERM or Ctrl-C.

    Args:
        config: the configuration file.
        only: one door's name; all doors without it.

    Raises:
        DeskError: something in the configuration or the store is wrong.
    """
    log_to_stderr()
    doors = tuple(Door)
    if only is not None:
        if only not in doors:
            raise ConfigurationError(key="--only", value=only, mend=f"write one of {', '.join(doors)}")
        doors = (Door(only),)
    asyncio.run(_run(read_settings(config), doors))


async def _run(settings: Settings, doors: Collection[Door]) -> None:
    house = House(settings, system_clock, doors)
    try:
        await house.open()
        ready: dict[str, Any] = {"ready": True, "doors": [str(door) for door in doors]}
        if house.smtp_address:
            ready["smtp"] = "{}:{}".format(*house.smtp_address)
        print(json.dumps(ready), flush=True)  # noqa: T201 - the line a supervisor waits for
        await until_told_to_stop()
    finally:
        await house.close()


async def until_told_to_stop(also: Callable[[asyncio.Event], None] | None = None) -> None:
    """Wait for SIGTERM or Ctrl-C.

    Args:
        also: given the event, so that something else may end the waiting too.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop.set)
    if also is not None:
        also(stop)
    await stop.wait()
