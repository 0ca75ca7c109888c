"""`rightsdesk run`, killed right before its n-th commit: a fork for each number read, so that imports cost once.

Reads a number a line: the child dies before that commit, 0 lives until the next line. Says `ready` and `died`.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, event

from bot.cli.house import Door, House, read_settings
from bot.cli.logs import log_to_stderr
from store.clock import system_clock


def main() -> None:
    """Fork once a line."""
    log_to_stderr()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _die_before_commit(int(line))
            asyncio.run(_live(Path(sys.argv[1])))
            os._exit(0)
        if int(line) == 0:
            sys.stdin.readline()
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        print("died", flush=True)  # noqa: T201


async def _live(config: Path) -> None:
    house = House(read_settings(config), system_clock, tuple(Door))
    await house.open()
    print("ready", flush=True)  # noqa: T201
    await asyncio.Event().wait()


def _die_before_commit(number: int) -> None:
    numbers: Iterator[int] = count(1)

    @event.listens_for(Engine, "commit")
    def _count(_connection: object) -> None:
        if next(numbers) == number:
            os.kill(os.getpid(), signal.SIGKILL)


main()
