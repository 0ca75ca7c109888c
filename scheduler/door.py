"""The clock door: the timetable and the postman, started and stopped together."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.postman import Postman
from scheduler.settings import PostSettings, SchedulerSettings
from scheduler.timetable import Job, timetable
from store.office import Bridge
from store.settings import Retention

log = structlog.get_logger()

GRACE_SECONDS = 5.0


class SchedulerDoor:
    """Everything that happens because time passed, and the letters' way out.

    Args:
        bridge: the way to the desk.
        settings: the timetable's.
        post: the outgoing mail server.
        name: of this process, for its leases.
        kept: how long what is kept.
    """

    def __init__(
        self, bridge: Bridge, settings: SchedulerSettings, post: PostSettings, name: str, kept: Retention
    ) -> None:
        self.postman = Postman(bridge, post, name)
        self._jobs = timetable(bridge, settings, kept)
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._sending: asyncio.Task[None] | None = None
        self._working: set[asyncio.Future[None]] = set()

    async def start(self) -> None:
        """Look at once for what was missed while down, then keep the timetable."""
        for job in self._jobs:
            self._scheduler.add_job(
                self._run,
                IntervalTrigger(seconds=job.every.total_seconds(), timezone=UTC),
                args=(job,),
                id=job.id,
                next_run_time=datetime.now(UTC),
                misfire_grace_time=None,  # late is better than never: the default drops what is a second late
                coalesce=True,
                max_instances=1,
            )
        self._scheduler.start()
        self._sending = asyncio.create_task(self.postman.run())

    async def tick(self) -> None:
        """Look now for everything that is due: after the demo's clock was moved, and in tests."""
        for job in self._jobs:
            await self._run(job)

    async def stop(self) -> None:
        """Stop looking and sending; what is due stays due."""
        if self._scheduler.running:
            self._scheduler.pause()
            if self._working:
                await asyncio.wait(self._working, timeout=GRACE_SECONDS)
            self._scheduler.shutdown(wait=False)
        if self._sending is not None:
            self._sending.cancel()
            await asyncio.gather(self._sending, return_exceptions=True)

    async def _run(self, job: Job) -> None:
        """Do one job; a failure is logged and it is done again at the next look."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._working.add(done)
        try:
            await job.function(*job.arguments)
        except Exception as error:  # noqa: BLE001 - one job's trouble never stops the timetable
            log.error("job failed", job=job.id, trouble=type(error).__name__)
        finally:
            self._working.discard(done)
            done.set_result(None)
