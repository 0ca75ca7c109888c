"""The mail door: its listener, its pollers and its reader, started and stopped together."""

from __future__ import annotations

import asyncio

import structlog

from intake.imap import Poller
from intake.reader import Reader
from intake.settings import IntakeSettings
from intake.smtp import Listener
from store.office import Bridge

log = structlog.get_logger()

LOOK_SECONDS = 30.0


class IntakeDoor:
    """Everything by which mail comes in.

    Args:
        bridge: the way to the desk.
        settings: the mail door's.
        look_seconds: how often it is noted that the listener's port is open.
    """

    def __init__(self, bridge: Bridge, settings: IntakeSettings, look_seconds: float = LOOK_SECONDS) -> None:
        self.reader = Reader(bridge, settings)
        self.smtp_address: tuple[str, int] | None = None
        self._listener = Listener(bridge, settings) if settings.smtp else None
        self._pollers = [Poller(bridge, mailbox, settings.most_bytes) for mailbox in settings.imap]
        self._look_seconds = look_seconds
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Open every road.

        Raises:
            ConfigurationError: the port is taken, or the certificate cannot be used.
        """
        if self._listener is not None:
            self.smtp_address = await self._listener.start()
        self._tasks = [
            asyncio.create_task(work)
            for work in (self.reader.run(), self._go_on_looking(), *(each.run() for each in self._pollers))
        ]

    async def look(self) -> None:
        """Note now that the listener takes mail: after the demo's clock was moved, say.

        Raises:
            StoreUnavailable: the database is away.
        """
        if self._listener is not None:
            await self._listener.note()

    async def stop(self) -> None:
        """Close every road; what is kept and not read yet is read at the next start."""
        if self._listener is not None:
            await self._listener.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _go_on_looking(self) -> None:
        """Keep the listener's health fresh: a port that is open and silent is well."""
        while True:
            await asyncio.sleep(self._look_seconds)
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - the database is away; the next look tells
                log.debug("listener not noted", trouble=type(error).__name__)
