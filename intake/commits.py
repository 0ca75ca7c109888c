"""Group commit: mails that wait at one moment are kept by one transaction, and each is answered after it.

A commit costs the same for one mail as for fifty, so that durability costs no throughput once commits are shared.
Nobody waits for company: what has come while a commit ran goes into the next one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

import structlog

from intake.receive import Incoming, receive_all
from store.office import Bridge
from store.values import Kept

log = structlog.get_logger()

MOST_MAILS = 100
MOST_BYTES = 32 * 1024 * 1024


class Busy(Exception):
    """More mail waits to be kept than may; it must be sent again later."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    mail: Incoming
    told: asyncio.Future[Kept]


class Commits:
    """Keeps mails together, one transaction at a time.

    Args:
        bridge: the way to the desk.
        most_waiting: how many mails may wait.
        most_waiting_bytes: how large they may be together.
    """

    def __init__(self, bridge: Bridge, most_waiting: int, most_waiting_bytes: int) -> None:
        self._bridge = bridge
        self._most_waiting = most_waiting
        self._most_waiting_bytes = most_waiting_bytes
        self._waiting: deque[_Waiting] = deque()
        self._bytes = 0
        self._work: asyncio.Task[None] | None = None
        self._closed = False

    async def keep(self, mail: Incoming) -> Kept:
        """Keep a mail, together with those that wait.

        Returns:
            Where it is kept; it is committed.

        Raises:
            Busy: too much waits already, or the door is closing.
            StoreUnavailable: it is not kept.
            Exception: it cannot be kept.
        """
        size = len(mail.raw)
        full = len(self._waiting) >= self._most_waiting or self._bytes + size > self._most_waiting_bytes
        if self._closed or (full and self._waiting):
            raise Busy
        told: asyncio.Future[Kept] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(mail, told))
        self._bytes += size
        if self._work is None:
            self._work = asyncio.create_task(self._commit_all())
        return await told

    async def close(self, seconds: float) -> None:
        """Take no more and let what waits be kept, but wait for it no longer than that."""
        self._closed = True
        if self._work is not None:
            await asyncio.wait([self._work], timeout=seconds)

    async def _commit_all(self) -> None:
        while self._waiting:
            await asyncio.sleep(0)  # who is at the door by now comes along
            batch = self._next()
            await self._commit(batch)
            self._bytes -= sum(len(each.mail.raw) for each in batch)
        self._work = None

    def _next(self) -> list[_Waiting]:
        batch = [self._waiting.popleft()]
        size = len(batch[0].mail.raw)
        while self._waiting and len(batch) < MOST_MAILS:
            size += len(self._waiting[0].mail.raw)
            if size > MOST_BYTES:
                break
            batch.append(self._waiting.popleft())
        return batch

    async def _commit(self, batch: list[_Waiting]) -> None:
        try:
            outcomes = await self._bridge(receive_all, [each.mail for each in batch])
        except Exception as error:  # noqa: BLE001 - whoever waits is told, whatever it was
            outcomes = (error,) * len(batch)
        for each, outcome in zip(batch, outcomes, strict=True):
            _tell(each, outcome)
        if kept := [outcome for outcome in outcomes if isinstance(outcome, Kept)]:
            log.info("mail kept", mails=[place.mail_id for place in kept], known=sum(place.known for place in kept))


def _tell(waiting: _Waiting, outcome: Kept | Exception) -> None:
    if waiting.told.done():  # its connection is gone; the mail comes again and is known
        return
    if isinstance(outcome, Exception):
        waiting.told.set_exception(outcome)
    else:
        waiting.told.set_result(outcome)
