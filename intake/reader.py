"""Reading what was kept: one mail at a time, each as often as it takes; one that cannot be read stops no other."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

import structlog

from intake.reading import Reading, read
from intake.settings import IntakeSettings
from intake.sorting import Fate, arrival, destination
from intake.thread import trail
from store import desk, queries
from store.database import StoreUnavailable
from store.errors import MailSettled, NoSuchCase
from store.office import Bridge, Office

log = structlog.get_logger()

LOOK_SECONDS = 1.0
PAUSE_SECONDS = 5.0

Read = Callable[..., Reading]
"""How a mail is read: `intake.reading.read`, unless somebody needs another."""


class Reader:
    """Reads kept mails as they come, woken by the bell and looking every second besides.

    Args:
        bridge: the way to the desk.
        settings: the mail door's.
        read: how a mail is read.
        pause_seconds: how long to wait when the database is away.
    """

    def __init__(
        self, bridge: Bridge, settings: IntakeSettings, read: Read = read, pause_seconds: float = PAUSE_SECONDS
    ) -> None:
        self._bridge = bridge
        self._settings = settings
        self._read = read
        self._pause_seconds = pause_seconds
        self._bell = asyncio.Event()

    async def run(self) -> None:
        """Read until cancelled."""
        loop = asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(self._bell.set)

        self._bridge.office.bell.subscribe(wake)
        try:
            while True:
                await self._rounds()
        finally:
            self._bridge.office.bell.unsubscribe(wake)

    async def drain(self) -> None:
        """Read everything that is kept now."""
        while mail_ids := await self._bridge(queries.unread_mails):
            for mail_id in mail_ids:
                await self._bridge(read_one, mail_id, self._settings, self._read)

    async def _rounds(self) -> None:
        self._bell.clear()
        try:
            await self.drain()
        except Exception as error:  # noqa: BLE001 - the database is away, say; the mails are safe, so try again
            log.error("reading mails failed", trouble=type(error).__name__)
            await asyncio.sleep(self._pause_seconds)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_SECONDS):  # wait_for may swallow a cancellation when the bell rings with it
                await self._bell.wait()


def read_one(office: Office, mail_id: int, settings: IntakeSettings, read: Read = read) -> None:
    """Read one kept mail and send it where it belongs; what cannot be read is quarantined with its reason.

    Args:
        office: the store.
        mail_id: the kept mail.
        settings: the mail door's.
        read: how it is read.

    Raises:
        StoreUnavailable: the mail is as it was, and is read again later.
    """
    try:
        _read_or_quarantine(office, mail_id, settings, read)
    except MailSettled:
        log.info("mail was settled by another process", mail=mail_id)


def _read_or_quarantine(office: Office, mail_id: int, settings: IntakeSettings, read: Read) -> None:
    try:
        _read_and_sort(office, mail_id, settings, read)
    except (StoreUnavailable, MailSettled):
        raise
    except Exception as fault:  # noqa: BLE001 - one bad mail never stops the next: a person is shown it
        _quarantine(office, mail_id, fault)


def _read_and_sort(office: Office, mail_id: int, settings: IntakeSettings, read: Read) -> None:
    raw, envelope = queries.raw_mail(office, mail_id)
    ours = settings.addresses(office.business)
    reading = read(raw, trusted_hosts=settings.trusted_hosts, our_addresses=ours)
    mail = arrival(reading, envelope["sender"])
    found = trail(reading, envelope["recipients"])
    answered = found.message_ids
    if reading.screening.bounce is not None and reading.screening.bounce.original_message_id:
        answered = (*answered, f"<{reading.screening.bounce.original_message_id.strip('<>')}>")
    case, theirs = queries.case_of_thread(office, found.tokens, answered, mail.sender)
    named = _existing(office, found.reference)
    goal = destination(
        reading,
        case,
        theirs=theirs,
        named=named,
        whole=envelope.get("whole", True),
        answerable=mail.answerable,
        ours=queries.is_ours(office, f"<{mail.message_id.strip('<>')}>"),
        domains={address.rpartition("@")[2] for address in ours},
    )
    log.info("mail read", mail=mail_id, fate=goal.fate.value, case=goal.case)
    match goal.fate:
        case Fate.OPEN:
            desk.open_case(office, mail_id, mail)
        case Fate.ATTACH if goal.case:
            desk.attach(office, mail_id, mail, goal.case)
        case Fate.FILE:
            desk.file(office, mail_id, mail, reason=goal.reason)
        case _:
            desk.hold(office, mail_id, mail, reason=goal.reason, guess=goal.case)


def _existing(office: Office, reference: str | None) -> str | None:
    """The case of that reference, where there is one."""
    try:
        return queries.case(office, reference).ref if reference else None
    except NoSuchCase:
        return None


def _quarantine(office: Office, mail_id: int, fault: Exception) -> None:
    """The fault's text may quote the mail, so only its kind is told."""
    log.error("mail quarantined", mail=mail_id, fault=type(fault).__name__)
    desk.quarantine(office, mail_id, reason=f"Reading it failed ({type(fault).__name__}).")
