"""A mailbox that lives elsewhere, read by IMAP: never deleted from, flagged or moved only after the commit.

Which mails are new is told by (UIDVALIDITY, UID) (RFC 3501, 2.3.1.1), never by who opened them; and every mail is known
by its content, so that a folder that starts counting anew doubles nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import structlog
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from intake.receive import receive
from intake.settings import Done, ImapMailbox
from store import desk, queries
from store.office import Bridge, Office, installed_at

log = structlog.get_logger()
for chatty in ("imapclient.imapclient", "imapclient.imaplib"):
    logging.getLogger(chatty).disabled = True  # whole mails go there

KEPT = b"$RightsdeskKept"
BATCH = 20
TIMEOUT = SocketTimeout(connect=10, read=30)  # seconds
LONGEST_PAUSE = 600.0
GRACE_SECONDS = 2.0


class Poller:
    """Reads one mailbox again and again, in a thread of its own.

    Args:
        bridge: the way to the desk.
        mailbox: where it is.
        most_bytes: the largest mail that is fetched.
    """

    def __init__(self, bridge: Bridge, mailbox: ImapMailbox, most_bytes: int) -> None:
        self._bridge = bridge
        self._mailbox = mailbox
        self._most_bytes = most_bytes
        self._client: IMAPClient | None = None
        self._leaving = False

    async def run(self) -> None:
        """Poll until cancelled; after a failure, ever more slowly, and said so in the digest."""
        failures = 0
        while True:
            try:
                await self._poll()
                failures = 0
            except Exception as error:  # noqa: BLE001 - fetching never stops; whatever is wrong is told to the managers
                failures += 1
                await self._tell(error)
            wait = self._mailbox.poll_seconds * 2 ** min(failures, 8)
            await asyncio.sleep(min(wait, max(LONGEST_PAUSE, self._mailbox.poll_seconds)))

    async def _poll(self) -> None:
        """Poll once; when cancelled, cut the line and see the thread end, so that nothing is written after the end."""
        outcome: Future[int] = Future()
        threading.Thread(target=self._work, args=(outcome,), name="mailbox", daemon=True).start()
        polling = asyncio.wrap_future(outcome)
        try:
            await asyncio.shield(polling)
        except asyncio.CancelledError:
            self._leaving = True
            if self._client is not None:
                with contextlib.suppress(OSError):
                    self._client.socket().shutdown(socket.SHUT_RDWR)
            await asyncio.wait({polling}, timeout=GRACE_SECONDS)
            polling.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # nobody waits for it now
            raise

    def _work(self, outcome: Future[int]) -> None:
        try:
            outcome.set_result(poll(self._bridge.office, self._mailbox, self._most_bytes, self._connected))
        except Exception as error:  # noqa: BLE001 - it is raised where the outcome is awaited
            outcome.set_exception(error)

    def _connected(self, client: IMAPClient) -> None:
        self._client = client
        if self._leaving:
            raise ConnectionAbortedError

    async def _tell(self, error: Exception) -> None:
        trouble = trouble_of(error)
        log.error("mailbox not read", mailbox=self._mailbox.folder, trouble=trouble)
        try:
            await self._bridge(desk.mailbox_failed, self._mailbox.name, trouble)
        except Exception as also:  # noqa: BLE001 - the database is away too; the next round tells
            log.error("mailbox failure not noted", trouble=type(also).__name__)


def trouble_of(error: Exception) -> str:
    """What is wrong with a mailbox, for a manager: never what the server said, which may quote a mail."""
    match error:
        case LoginError():
            return "The server refused the sign-in; check the user and the password."
        case TimeoutError():
            return "The server did not answer in time."
        case OSError():
            return f"The server cannot be reached ({type(error).__name__})."
        case IMAPClientError():
            return "The server refused a command; check the folder's name and rights."
        case _:
            return f"Reading it failed ({type(error).__name__})."


def poll(
    office: Office, mailbox: ImapMailbox, most_bytes: int, connected: Callable[[IMAPClient], None] = lambda _: None
) -> int:
    """Read what is new in a mailbox, once.

    Args:
        office: the store.
        mailbox: where it is.
        most_bytes: the largest mail that is fetched.
        connected: told the connection, by which somebody else may end it.

    Returns:
        How many mails were kept that were not known before.

    Raises:
        IMAPClientError, OSError: the mailbox cannot be read; what was kept stays kept.
        StoreUnavailable: a mail could not be kept; it is fetched again.
    """
    new = 0
    with sign_in(mailbox, connected) as client:
        selected = client.select_folder(mailbox.folder)
        uidvalidity = int(selected[b"UIDVALIDITY"])
        known, last = queries.mailbox(office, mailbox.name)
        first = known != uidvalidity
        uids, end = _first_seen(office, client, mailbox) if first else _later_than(last, client)
        for start in range(0, len(uids), BATCH):
            batch = uids[start : start + BATCH]
            new += _keep_batch(office, client, mailbox, batch, most_bytes)
            if not first:  # a first look that breaks off begins anew, lest it goes on among the old mails
                desk.mailbox_read(office, mailbox.name, uidvalidity=uidvalidity, last_uid=batch[-1])
        desk.mailbox_read(office, mailbox.name, uidvalidity=uidvalidity, last_uid=end)
    return new


@contextmanager
def sign_in(mailbox: ImapMailbox, connected: Callable[[IMAPClient], None] = lambda _: None) -> Iterator[IMAPClient]:
    """A connection that is signed in, for the length of the block.

    Args:
        mailbox: where it is.
        connected: told the connection before the sign-in, so that somebody else may end it.

    Raises:
        IMAPClientError, OSError: the server cannot be reached, or refuses.
    """
    client = IMAPClient(mailbox.host, mailbox.port, ssl=mailbox.tls, use_uid=True, timeout=TIMEOUT)
    client.normalise_times = False  # aware datetimes, as the server gave them
    try:
        connected(client)
        client.login(mailbox.user, mailbox.secret())
        yield client
    except BaseException:
        with contextlib.suppress(OSError):
            client.shutdown()
        raise
    try:
        client.logout()
    except (IMAPClientError, OSError):  # all is done; how the other side takes leave does not matter
        with contextlib.suppress(OSError):
            client.shutdown()


def _first_seen(office: Office, client: IMAPClient, mailbox: ImapMailbox) -> tuple[list[int], int]:
    """The mails of a folder never seen under its UIDVALIDITY that are not too old to answer, and its last UID.

    SINCE looks at INTERNALDATE, the day in the server's own zone (RFC 3501, 6.4.4).
    """
    everything = client.search(["UID", "1:*"])
    oldest = installed_at(office).date() - timedelta(days=mailbox.since_days)
    uids = sorted(client.search(["UID", "1:*", "SINCE", oldest]))
    return uids, max([*everything, *uids], default=0)


def _later_than(last: int, client: IMAPClient) -> tuple[list[int], int]:
    """The mails that came after that UID, and the last UID; "*" is the last mail even when it is not later."""
    uids = sorted(uid for uid in client.search(["UID", f"{last + 1}:*"]) if uid > last)
    return uids, uids[-1] if uids else last


def _keep_batch(office: Office, client: IMAPClient, mailbox: ImapMailbox, uids: Sequence[int], most_bytes: int) -> int:
    sizes = client.fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
    new, kept = 0, []
    for uid in uids:
        facts = sizes.get(uid)
        if facts is None:  # expunged meanwhile by somebody else
            continue
        whole = int(facts[b"RFC822.SIZE"]) <= most_bytes
        part = b"BODY[]" if whole else b"BODY[HEADER]"
        content = client.fetch([uid], [part.replace(b"BODY", b"BODY.PEEK")]).get(uid, {}).get(part)
        if content is None:
            continue
        received_at = _aware(facts[b"INTERNALDATE"])
        result = receive(
            office, content, road=mailbox.name, sender=None, recipients=(), received_at=received_at, whole=whole
        )
        new += not result.known
        kept.append(uid)
    _mark_done(client, mailbox, kept)
    return new


def _mark_done(client: IMAPClient, mailbox: ImapMailbox, uids: Sequence[int]) -> None:
    """Only a courtesy to people who look into the mailbox: what is kept is known by its UID and content anyway."""
    if not uids:
        return
    try:
        if mailbox.done is Done.MOVE and client.has_capability("MOVE"):
            if not client.folder_exists(mailbox.move_to):
                client.create_folder(mailbox.move_to)
            client.move(uids, mailbox.move_to)
        else:
            client.add_flags(uids, [KEPT], silent=True)
    except IMAPClientError as error:
        log.warning("kept mails not marked", mailbox=mailbox.folder, trouble=type(error).__name__)


def _aware(internal_date: datetime) -> datetime:
    """INTERNALDATE: when the mail reached the mailbox, which is day 0."""
    return internal_date.astimezone(UTC)
