"""Letters out: each case's in order, each with backoff, a retry with the same bytes and the same Message-ID."""

from __future__ import annotations

import asyncio
import contextlib

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

    async def run(self) -> None:
        """Send until cancelled."""
        loop = asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(self._bell.set)

        self._bridge.office.bell.subscribe(wake)
        try:
            while True:
                await self._round()
        finally:
            self._bridge.office.bell.unsubscribe(wake)

    async def drain(self) -> None:
        """Try everything that is due now."""
        while jobs := await self._bridge(desk.lease_letters, self._name):
            done = await asyncio.gather(*(self._send(job) for job in jobs), return_exceptions=True)
            for trouble in done:
                if trouble is not None:
                    raise trouble

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

    async def _send(self, job: LetterJob) -> None:
        try:
            async with asyncio.timeout(MOST_SECONDS):
                await self._hand_over(job)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this letter's: noted, and told at last
            trouble, final = trouble_of(error)
            log.warning("letter delayed", letter=job.id, trouble=trouble, final=final)
            await self._bridge(desk.letter_delayed, job.id, self._name, trouble, final=final)
            return
        await self._bridge(desk.letter_sent, job.id, self._name)
        log.info("letter sent", letter=job.id)

    async def _hand_over(self, job: LetterJob) -> None:
        settings = self._settings
        await aiosmtplib.send(
            job.content,
            sender=self._bridge.office.business.inbox,
            recipients=[job.recipient],
            mail_options=[] if job.recipient.isascii() else ["SMTPUTF8"],  # RFC 6531, 3.4
            hostname=settings.host,
            port=settings.port,
            use_tls=settings.security is Security.TLS,
            start_tls=settings.security is Security.STARTTLS,
            username=settings.user or None,
            password=settings.password.get_secret_value() or None,
            timeout=settings.timeout_seconds,
        )


async def knock(settings: PostSettings) -> str | None:
    """Sign in to the outgoing mail server and leave again.

    Returns:
        What is wrong, in a sentence; None when all is well.
    """
    client = aiosmtplib.SMTP(
        hostname=settings.host,
        port=settings.port,
        use_tls=settings.security is Security.TLS,
        start_tls=settings.security is Security.STARTTLS,
        username=settings.user or None,
        password=settings.password.get_secret_value() or None,
        timeout=settings.timeout_seconds,
    )
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
