"""A mailbox read on and on: one thread, one connection, all its folders in turn."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections import deque

import structlog
from imapclient.exceptions import IMAPClientAbortError

from intake.imap.folder import FolderReader
from intake.imap.line import IdleRefused, Line, sign_in, wait_for_mail
from intake.imap.trouble import trouble_of
from intake.oauth import Tokens
from intake.settings import ImapMailbox
from store import desk
from store.database import StoreUnavailable
from store.office import Bridge

log = structlog.get_logger()

LONGEST_WAIT = 540.0
"""Seconds between two commands at most: servers hang up after half an hour, and routers forget after ten minutes."""

SETTLING = 5.0
"""Seconds to the next look where the last one brought something: what came just before IDLE some servers never tell."""

FIRST_PAUSE = 30.0
LONGEST_PAUSE = 120.0
GRACE_SECONDS = 2.0


class Poller:
    """Reads one mailbox until it is cancelled.

    It has one connection, however many folders there are, since servers allow few (Courier four from one address) and
    count every sign-in. The first folder is waited on (IDLE); the others are looked into at least every `poll_seconds`,
    and so is the first, since a server may forget to call.

    Args:
        bridge: the way to the desk.
        mailbox: where it is.
        most_bytes: the largest mail that is fetched.
    """

    def __init__(self, bridge: Bridge, mailbox: ImapMailbox, most_bytes: int) -> None:
        self._office = bridge.office
        self._mailbox = mailbox
        self._tokens = Tokens(mailbox.oauth) if mailbox.oauth else None
        self._first, *others = [FolderReader(bridge.office, mailbox, each, most_bytes) for each in mailbox.folders]
        self._others = deque(others)
        self._client: Line | None = None
        self._reading: FolderReader | None = None
        self._ailing: set[FolderReader] = set()
        self._idles = True
        self._leaving = threading.Event()

    async def run(self) -> None:
        """Read on until cancelled; then cut the line and see the thread end, so that nothing is written after it."""
        thread = threading.Thread(target=self._read_on, name="mailbox", daemon=True)
        thread.start()
        try:
            await asyncio.Event().wait()
        finally:
            self._leaving.set()
            if self._client is not None:
                with contextlib.suppress(OSError):
                    self._client.socket().shutdown(socket.SHUT_RDWR)
            await asyncio.to_thread(thread.join, GRACE_SECONDS)

    def _read_on(self) -> None:
        """Make one connection after the other; after failures ever more slowly, and the managers are told of each.

        A line that has served and breaks off is no failure: servers end them now and then. It is made anew.
        """
        failures = 0
        while not self._leaving.is_set():
            served, self._reading = False, None
            try:
                with sign_in(self._mailbox, self._tokens, self._connected) as client:
                    while not self._leaving.is_set():
                        brought = self._round(client)
                        failures, served = 0, True
                        self._wait(client, SETTLING if brought else LONGEST_WAIT)
            except Exception as error:  # noqa: BLE001 - reading never stops, whatever is wrong
                if not served and not self._leaving.is_set():
                    failures += 1
                    for reader in [self._reading] if self._reading else [self._first, *self._others]:
                        self._tell(reader, error)
            pause = min(FIRST_PAUSE, self._mailbox.poll_seconds) * 2 ** min(max(failures - 1, 0), 8)
            self._leaving.wait(min(pause, LONGEST_PAUSE))

    def _connected(self, client: Line) -> None:
        self._client = client
        if self._leaving.is_set():
            raise ConnectionAbortedError

    def _round(self, client: Line) -> int:
        """Look into every folder in turn until there is nothing new in any, and into the first one last.

        Returns:
            How many mails were dealt with.
        """
        total = 0
        while dealt := sum([self._look(client, reader) for reader in (self._first, *self._others)]):
            total += dealt
        while self._others and (dealt := self._look(client, self._first)):
            total += dealt
        return total

    def _look(self, client: Line, reader: FolderReader) -> int:
        """Look into a folder; one that cannot be read holds up no other."""
        self._reading = reader
        self._ailing.discard(reader)
        try:
            dealt = reader.look(client)
        except (IMAPClientAbortError, OSError, StoreUnavailable):
            if reader in self._others:  # next time the others come before it
                self._others.remove(reader)
                self._others.append(reader)
            raise
        except Exception as error:
            if self._leaving.is_set():
                raise
            self._ailing.add(reader)
            self._tell(reader, error)
            dealt = 0
        self._reading = None
        return dealt

    def _wait(self, client: Line, longest: float) -> None:
        """Wait for mail or for the next round, whichever comes first; where something ails, not for long."""
        seconds = min(self._mailbox.poll_seconds, longest)
        if self._ailing:
            seconds = min(seconds, FIRST_PAUSE)
        if not self._idles or self._first in self._ailing or not client.has_capability("IDLE"):
            self._leaving.wait(seconds)
            return
        try:
            wait_for_mail(client, seconds)
        except IdleRefused:
            self._idles = False
            raise

    def _tell(self, reader: FolderReader, error: Exception) -> None:
        trouble = trouble_of(error)
        log.error("mailbox not read", mailbox=reader.folder, trouble=trouble)
        try:
            desk.mailbox_failed(self._office, reader.name, trouble)
        except Exception as also:  # noqa: BLE001 - the database is away too; the next round tells
            log.error("mailbox failure not noted", trouble=type(also).__name__)
