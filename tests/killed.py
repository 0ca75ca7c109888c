"""A process that ends itself with `kill -9` right before or right after its n-th commit.

The processes are forked from a server that has everything imported, so that hundreds of deaths cost seconds.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from sqlalchemy import event

from intake.door import IntakeDoor
from intake.settings import IntakeSettings
from scheduler.postman import Postman
from scheduler.settings import PostSettings
from store import desk
from store.office import Bridge, Office
from store.settings import load
from tests.builders import StillClock, office_at

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.killed"])


class When(StrEnum):
    """On which side of the commit the process dies."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Death:
    """When a process dies: never, when `number` is 0."""

    when: When
    number: int


@contextmanager
def mortal_office(url: str, death: Death) -> Iterator[Office]:
    """An office whose process dies at that commit, counted from its opening on."""
    office = office_at(url, StillClock())
    commits = 0

    def _commit(_connection: Any) -> None:
        nonlocal commits
        commits += 1
        if death.when is When.BEFORE and commits == death.number:
            os.kill(os.getpid(), signal.SIGKILL)

    def _given_back(_connection: Any, _record: Any) -> None:
        if death.when is When.AFTER and commits == death.number > 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(office.database.engine, "commit", _commit)
    event.listen(office.database.engine, "checkin", _given_back)
    yield office
    office.close()


def begin(part: Callable[..., None], *arguments: Any) -> BaseProcess:
    """Start a process that plays one of the parts below."""
    process = FORKS.Process(target=part, args=arguments, daemon=True)
    process.start()
    return process


def take_mail_in(url: str, death: Death, line: Connection) -> None:
    """Open the mail door, tell its port through the line, and close it when the line is closed."""
    with mortal_office(url, death) as office:
        asyncio.run(_take_mail_in(office, line))


def deliver(url: str, death: Death, host: str, port: int) -> None:
    """Send the letters that are due to that server."""
    with mortal_office(url, death) as office:
        desk.free_leases(office)
        asyncio.run(_deliver(office, host, port))


async def _take_mail_in(office: Office, line: Connection) -> None:
    bridge = Bridge(office)
    door = IntakeDoor(bridge, load(IntakeSettings, {"intake": {"smtp_port": 0}}))
    await door.start()
    assert door.smtp_address
    line.send(door.smtp_address)
    await asyncio.to_thread(line.poll, None)
    await door.stop()
    bridge.close()


async def _deliver(office: Office, host: str, port: int) -> None:
    bridge = Bridge(office)
    post = {"post": {"host": host, "port": port, "security": "none"}}
    await Postman(bridge, load(PostSettings, post), f"process {os.getpid()}").drain()
    bridge.close()
