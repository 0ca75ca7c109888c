"""Reading what was kept: one mail at a time, each as often as it takes; one that cannot be read stops no other."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

import structlog

from intake.arrival import arrival
from intake.reading import Reading, read
from intake.screen import Bounce, BounceKind
from intake.settings import IntakeSettings
from intake.sorting import Clues, Destination, Fate, destination
from intake.thread import trail
from store import desk, queries
from store.database import StoreUnavailable
from store.errors import MailSettled, NoSuchCase
from store.office import Bridge, Office
from store.values import Arrival

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
    reading = read(raw, trusted_hosts=settings.trusted_hosts, our_addresses=ours, form_senders=settings.form_senders)
    mail = arrival(reading, envelope["sender"], ours, office.laws.names)
    found = trail(reading, envelope["recipients"])
    author = reading.mail.sender.address if reading.mail.sender else envelope["sender"] or ""
    bounced = reading.screening.bounce or Bounce()
    letter = f"<{bounced.original_message_id.strip('<>')}>" if bounced.original_message_id else ""
    answered = (*found.message_ids, *([letter] if letter else []))
    case, theirs = queries.case_of_thread(office, found.tokens, answered, found.written, author)
    if case is None and bounced.recipients:
        case = queries.case_of_recipient(office, bounced.recipients)
    clues = Clues(
        case=case,
        theirs=theirs,
        named=_existing(office, found.reference),
        known=_known(office, reading) if case is None else None,
        lacking=envelope.get("lacking", ""),
        answerable=mail.answerable,
        forged=reading.screening.authentication.dmarc == "fail",
        ours=queries.is_ours(office, f"<{mail.message_id.strip('<>')}>"),
        addresses=ours,
    )
    goal = destination(reading, clues)
    log.info("mail read", mail=mail_id, fate=goal.fate.value, case=goal.case)
    if _is_set_aside(office, mail_id, mail, goal):
        log.info("mail filed, its sender is blocked", mail=mail_id)
        return
    match goal.fate:
        case Fate.OPEN:
            desk.open_case(office, mail_id, mail)
        case Fate.ATTACH if goal.case:
            desk.attach(office, mail_id, mail, goal.case, by_address=case is None)
        case Fate.BOUNCE if goal.case:
            hard = bounced.kind is BounceKind.HARD or bounced.status.startswith("5")  # a full mailbox is final too
            desk.bounce(office, mail_id, mail, goal.case, message_id=letter, status=bounced.status, hard=hard)
        case Fate.FILE:
            desk.file(office, mail_id, mail, reason=goal.reason)
        case _:
            desk.hold(office, mail_id, mail, reason=goal.reason, guess=goal.case)


def _is_set_aside(office: Office, mail_id: int, mail: Arrival, goal: Destination) -> bool:
    """File what comes from a blocked sender, unless it belongs to a case."""
    belongs = goal.case is not None or goal.fate not in (Fate.OPEN, Fate.HOLD)
    return not belongs and queries.is_blocked(office, mail.sender) and desk.file_blocked(office, mail_id, mail)


def _known(office: Office, reading: Reading) -> str | None:
    """The one open case of a sender whom DMARC confirms; anybody can write an address (RFC 7489)."""
    sender = reading.mail.sender
    if sender is None or reading.screening.authentication.dmarc != "pass":
        return None
    return queries.open_case_of(office, sender.address)


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
