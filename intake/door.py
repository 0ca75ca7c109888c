"""The mail door: its listener, its pollers and its reader, started and stopped together."""

from __future__ import annotations

import asyncio

import structlog

from intake.imap import Poller
from intake.reader import Reader
from intake.settings import IntakeSettings
from intake.smtp import Listener, Road
from store.office import Bridge

log = structlog.get_logger()

LOOK_SECONDS = 30.0


class IntakeDoor:
    """Everything by which mail comes in.

    Args:
        bridge: the way to the desk.
        settings: the mail door's.
        look_seconds: how often it is noted that the listeners' ports are open.
    """

    def __init__(self, bridge: Bridge, settings: IntakeSettings, look_seconds: float = LOOK_SECONDS) -> None:
        self.reader = Reader(bridge, settings)
        self.smtp_address: tuple[str, int] | None = None
        self.lmtp_address: tuple[str, int] | None = None
        self._smtp = Listener(bridge, settings) if settings.smtp else None
        self._lmtp = Listener(bridge, settings, Road.LMTP) if settings.lmtp_port is not None else None
        self._pollers = [Poller(bridge, mailbox, settings.most_bytes) for mailbox in settings.imap]
        self._look_seconds = look_seconds
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Open every road.

        Raises:
            ConfigurationError: a port is taken, or the certificate or the password cannot be used.
        """
        if self._smtp is not None:
            self.smtp_address = await self._smtp.start()
        if self._lmtp is not None:
            self.lmtp_address = await self._lmtp.start()
        self._tasks = [
            asyncio.create_task(work)
            for work in (self.reader.run(), self._go_on_looking(), *(each.run() for each in self._pollers))
        ]

    async def look(self) -> None:
        """Note now that the listeners take mail: after the demo's clock was moved, say.

        Raises:
            StoreUnavailable: the database is away.
        """
        for listener in self._listeners():
            await listener.note()

    async def stop(self) -> None:
        """Close every road; what is kept and not read yet is read at the next start."""
        for listener in self._listeners():
            await listener.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _listeners(self) -> list[Listener]:
        return [listener for listener in (self._smtp, self._lmtp) if listener is not None]

    async def _go_on_looking(self) -> None:
        """Keep the listeners' health fresh: a port that is open and silent is well."""
        while True:
            await asyncio.sleep(self._look_seconds)
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - the database is away; the next look tells
                log.debug("listener not noted", trouble=type(error).__name__)
