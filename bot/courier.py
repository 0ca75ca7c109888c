"""The courier: brings to Slack what the desk has marked, each post exactly once, as the case is at delivery."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Coroutine
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakValueDictionary

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import DIRECT, TO_MANAGERS, Delay, Delivery, Drawn, Lost, Outcome
from bot.people import People
from bot.places import Places
from bot.settings import BotSettings
from bot.trouble import impersonal
from store import desk
from store.office import Bridge
from store.values import Place, PostJob

LOOK_SECONDS = 1.0
GATHER_SECONDS = 0.01
"""Marks that come this close together become one look at the outbox."""
MOST_AT_ONCE = 40
TAKEN = timedelta(seconds=30)
"""A post that waited so long behind others of its case is left to its next lease, which is still its own now."""
PARTING_SECONDS = 5.0
MOST_KNOWN = 2_000

log = structlog.get_logger()


class Courier:
    """Delivers posts under leases; any number of couriers may work side by side.

    A case's posts go one after the other, in order; different cases go at once. What fails waits and holds back only
    the later posts of its own case.

    Args:
        bridge: the way to the desk.
        client: Slack's Web API, without retries of its own: it would post twice.
        people: for names and mentions.
        settings: the channels.
        name: of this process, under which it holds its leases; another process has another.
    """

    def __init__(
        self, bridge: Bridge, client: AsyncWebClient, people: People, settings: BotSettings, name: str
    ) -> None:
        self._bridge = bridge
        self._name = name
        self._delivery = Delivery(bridge, client, people, Places(client), settings)
        self._rung = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._queues: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._held_until: dict[int, datetime] = {}
        self._cards: OrderedDict[int, Place] = OrderedDict()
        self._lost: set[int] = set()

    async def run(self) -> None:
        """Deliver until cancelled: whenever the desk rings, and every second anyway."""
        bell, loop = self._bridge.office.bell, asyncio.get_running_loop()

        def wake() -> None:
            with suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(self._rung.set)

        bell.subscribe(wake)
        try:
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_SECONDS):
                        await self._rung.wait()
                await asyncio.sleep(GATHER_SECONDS)
                self._rung.clear()
                await self._look_quietly()
        finally:
            bell.unsubscribe(wake)
            await self._part()

    async def drain(self) -> int:
        """Deliver everything that is due now; gives how many posts were taken."""
        count = 0
        while taken := await self._look():
            count += taken
            await asyncio.gather(*self._tasks)
        return count

    async def _look_quietly(self) -> None:
        try:
            while await self._look():
                if len(self._tasks) >= MOST_AT_ONCE:
                    await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        except Exception as error:  # noqa: BLE001 - the database is away: the next look comes in a second
            log.error("the outbox could not be looked at", **impersonal(error))

    async def _look(self) -> int:
        jobs = await self._bridge(desk.lease_posts, self._name)
        until = self._bridge.office.clock() + TAKEN
        for job in jobs:
            self._begin(self._in_turn(job, until))
        return len(jobs)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _in_turn(self, job: PostJob, until: datetime) -> None:
        own_queue = job.case_id is None or job.kind in (*TO_MANAGERS, DIRECT)  # their trouble is not the case's
        key = -job.id if own_queue else job.case_id or 0
        queue = self._queues.setdefault(key, asyncio.Lock())
        try:
            async with queue:
                if self._bridge.office.clock() < until:
                    await self._deliver(job, key)
        except Exception as error:  # noqa: BLE001 - one post never stops another; its lease runs out
            log.error("a post could not be settled", post=job.id, kind=job.kind, **impersonal(error))

    async def _deliver(self, job: PostJob, key: int) -> None:
        now = self._bridge.office.clock()
        held_until = self._held_until.get(key, now)
        if held_until > now:
            await self._settle(job, Delay("waits behind an earlier post of its case", held_until - now))
            return
        self._held_until.pop(key, None)
        thread = self._cards.get(key) or (None if key in self._lost else job.thread)
        outcome = await self._delivery.deliver(job, thread)
        match outcome:
            case Drawn(place=Place() as place) if job.kind == "card":
                self._remember(key, place)
            case Lost() if job.kind == "card":
                self._cards.pop(key, None)
                self._lost.add(key)
            case Delay(holds=True):
                self._hold(key, outcome.length(job.attempts))
        await self._settle(job, outcome)

    async def _settle(self, job: PostJob, outcome: Outcome) -> None:
        match outcome:
            case Drawn(place=place):
                await self._bridge(desk.post_drawn, job, self._name, place)
            case Lost():
                await self._bridge(desk.post_lost, job, self._name)
            case Delay(trouble=trouble, wait=wait):
                await self._bridge(desk.post_delayed, job, self._name, trouble, wait)

    def _hold(self, key: int, wait: timedelta) -> None:
        if len(self._held_until) >= MOST_KNOWN:
            self._held_until.clear()
        self._held_until[key] = self._bridge.office.clock() + wait

    def _remember(self, key: int, place: Place) -> None:
        """Where a card stands, for the lines that were leased together with it and do not know yet."""
        self._lost.discard(key)
        self._cards[key] = place
        self._cards.move_to_end(key)
        while len(self._cards) > MOST_KNOWN:
            self._cards.popitem(last=False)

    async def _part(self) -> None:
        """Let what is on its way arrive; what does not in time is looked for before it is posted again."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=PARTING_SECONDS)
            for task in late:
                task.cancel()
