"""Letters out: each case's in order, each with backoff, a retry with the same bytes and the same Message-ID."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any

import aiosmtplib
import structlog

from scheduler.settings import PostSettings, Security
from store import desk
from store.office import Bridge
from store.outbox import LEASE
from store.values import LetterJob

log = structlog.get_logger()

LOOK_SECONDS = 1.0
PAUSE_SECONDS = 5.0
MOST_SECONDS = LEASE.total_seconds() - 10
"""How long handing over one letter may take in all: another postman may take it when its lease is over."""
NOTING_SECONDS = 1.0
"""The pause before a letter that was taken is noted once more."""
LEAVING_SECONDS = 1.0
"""How long the other side may take to answer QUIT."""
PARTING_SECONDS = 5.0
NEVER = frozenset({501, 550, 551, 552, 553, 554, 555, 556})
"""The replies that speak of this letter or its recipient; other 5yz are about us (sign-in, say) and may be mended."""


class Postman:
    """Sends what is due, woken by the bell and looking every second besides.

    Args:
        bridge: the way to the desk.
        settings: the outgoing mail server.
        name: of this process, for its leases.
    """

    def __init__(self, bridge: Bridge, settings: PostSettings, name: str) -> None:
        self._bridge = bridge
        self._settings = settings
        self._name = name
        self._bell = asyncio.Event()
        self._sending: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Send until cancelled; what is on its way then may still arrive, for a short grace."""
        loop = asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(self._bell.set)

        self._bridge.office.bell.subscribe(wake)
        try:
            while True:
                await self._round()
        finally:
            self._bridge.office.bell.unsubscribe(wake)
            await self._part()

    async def drain(self) -> None:
        """Try everything that is due now."""
        loop = asyncio.get_running_loop()
        while True:
            lease_ends = loop.time() + LEASE.total_seconds()
            jobs = await self._bridge(desk.lease_letters, self._name)
            if not jobs:
                return
            sending = [self._begin(self._send(job, lease_ends)) for job in jobs]
            await asyncio.wait(sending)  # unlike gather, it leaves them alone when it is cancelled
            for each in sending:
                each.result()

    async def _round(self) -> None:
        self._bell.clear()
        try:
            await self.drain()
        except Exception as error:  # noqa: BLE001 - the database is away, say; the letters are safe, so try again
            log.error("sending letters failed", trouble=type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_SECONDS):  # wait_for may swallow a cancellation when the bell rings with it
                await self._bell.wait()

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
        return task

    async def _send(self, job: LetterJob, lease_ends: float) -> None:
        client = _client(self._settings)
        try:
            await self._hand_over_and_note(client, job, lease_ends)
            await _take_leave(client)
        finally:
            client.close()

    async def _hand_over_and_note(self, client: aiosmtplib.SMTP, job: LetterJob, lease_ends: float) -> None:
        """An accepted DATA is a sent letter (RFC 5321, 4.2.5), and noted before the other side may take its leave."""
        try:
            async with asyncio.timeout(MOST_SECONDS):
                await self._hand_over(client, job)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this letter's: noted, and told at last
            trouble, final = trouble_of(error)
            log.warning("letter delayed", letter=job.id, trouble=trouble, final=final)
            await self._bridge(desk.letter_delayed, job.id, self._name, trouble, final=final)
            return
        await self._note_sent(job, lease_ends)
        log.info("letter sent", letter=job.id)

    async def _hand_over(self, client: aiosmtplib.SMTP, job: LetterJob) -> None:
        await client.connect()
        await client.sendmail(
            self._bridge.office.business.inbox,
            [job.recipient],
            job.content,
            mail_options=[] if job.recipient.isascii() else ["SMTPUTF8"],  # RFC 6531, 3.4
        )

    async def _note_sent(self, job: LetterJob, lease_ends: float) -> None:
        """Note it while the lease lasts, since a letter that was taken and is not noted would be sent again."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                await self._bridge(desk.letter_sent, job.id, self._name)
            except Exception as error:
                if loop.time() + NOTING_SECONDS >= lease_ends:
                    raise
                log.error("letter sent and not noted yet", letter=job.id, trouble=type(error).__name__)
                await asyncio.sleep(NOTING_SECONDS)
            else:
                return

    async def _part(self) -> None:
        """Let what is on its way arrive and be noted; what takes longer is cut off and tried again later."""
        sending = tuple(self._sending)
        if sending:
            _, late = await asyncio.wait(sending, timeout=PARTING_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*sending, return_exceptions=True)


async def knock(settings: PostSettings) -> str | None:
    """Sign in to the outgoing mail server and leave again.

    Returns:
        What is wrong, in a sentence; None when all is well.
    """
    client = _client(settings)
    try:
        async with client:
            await client.noop()
    except (aiosmtplib.SMTPException, OSError) as error:
        return trouble_of(error)[0]
    return None


def trouble_of(error: Exception) -> tuple[str, bool]:
    """What went wrong, impersonally, and whether it is final for this letter.

    Args:
        error: what aiosmtplib or the socket raised.

    Returns:
        A sentence without anything the server said, which may quote the address; and whether a retry is pointless.
    """
    match error:
        case aiosmtplib.SMTPRecipientsRefused():
            codes = [refused.code for refused in error.recipients]
            return f"The recipient was refused ({codes[0]}).", all(code in NEVER for code in codes)
        case aiosmtplib.SMTPAuthenticationError():
            return f"The mail server refused our sign-in ({error.code}).", False
        case aiosmtplib.SMTPResponseException():
            return f"The mail server refused the letter ({error.code}).", error.code in NEVER
        case TimeoutError():
            return "The mail server did not answer in time.", False
        case aiosmtplib.SMTPServerDisconnected():
            return "The mail server broke off.", False
        case aiosmtplib.SMTPConnectError() | OSError():
            return "The mail server cannot be reached.", False
        case aiosmtplib.SMTPException():
            return f"The mail server did not agree ({type(error).__name__}).", False
        case _:
            return f"It could not be handed over ({type(error).__name__}).", False


def _client(settings: PostSettings) -> aiosmtplib.SMTP:
    return aiosmtplib.SMTP(
        hostname=settings.host,
        port=settings.port,
        use_tls=settings.security is Security.TLS,
        start_tls=settings.security is Security.STARTTLS,
        username=settings.user or None,
        password=settings.password.get_secret_value() or None,
        timeout=settings.timeout_seconds,
    )


async def _take_leave(client: aiosmtplib.SMTP) -> None:
    """QUIT (RFC 5321, 4.1.1.10); all is noted by then, so how the other side takes it does not matter."""
    with contextlib.suppress(aiosmtplib.SMTPException, OSError):
        if client.is_connected:
            await client.quit(timeout=LEAVING_SECONDS)
