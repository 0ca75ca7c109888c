"""The one writer: an event is kept in the journal, folded into the state, and told to whoever listens."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.sandbox.accounts import BOT_USER
from bot.sandbox.events import DirectOpened, LetterArrived, LetterSent
from bot.sandbox.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.sandbox.accounts import Accounts
    from bot.sandbox.events import Event, Letter
    from bot.sandbox.journal import Journal
    from bot.sandbox.workspace import Channel


class Record:
    """Everything that happened, and the state it led to.

    Args:
        journal: where events are kept.
        accounts: the workspace as it was when new.
    """

    def __init__(self, journal: Journal, accounts: Accounts) -> None:
        self._journal = journal
        self._listeners: set[Callable[[Event], None]] = set()
        self._waiting: set[asyncio.Event] = set()
        self.accounts = accounts
        self.workspace = Workspace(accounts)
        self.received: list[Letter] = []
        self._known_letters: set[tuple[str, str]] = set()
        self.sent: list[tuple[Letter, str]] = []
        self.version = 0

    def open(self) -> list[Event]:
        """Read the journal into the state; gives its events, oldest first."""
        events = self._journal.open()
        for event in events:
            self._apply(event)
        return events

    def close(self) -> None:
        """Write nothing from now on."""
        self._journal.close()

    def enter(self, event: Event) -> None:
        """Keep an event, let it change the state, and tell the listeners."""
        self._journal.append(event)
        self._apply(event)
        for listener in tuple(self._listeners):
            listener(event)
        self.ring()

    def ring(self) -> None:
        """Tell everybody who waits that something changed."""
        self.version += 1
        for waiting in self._waiting:
            waiting.set()

    @contextmanager
    def listening(self, listener: Callable[[Event], None]) -> Iterator[None]:
        """Hand every event to a function for as long as the block lasts."""
        self._listeners.add(listener)
        try:
            yield
        finally:
            self._listeners.discard(listener)

    async def changed(self, since: int) -> int:
        """Wait until something has happened after that version; gives the version now."""
        while self.version == since:
            waiting = asyncio.Event()
            self._waiting.add(waiting)
            try:
                await waiting.wait()
            finally:
                self._waiting.discard(waiting)
        return self.version

    def has_letter(self, message_id: str, to: str) -> bool:
        """Whether a letter with this Message-ID lies in this recipient's mailbox."""
        return (message_id, to) in self._known_letters

    def direct(self, user: str) -> Channel:
        """The direct messages between the app and a person, opened when they were not."""
        channel = self.workspace.direct(user)
        if channel is None:
            self.enter(DirectOpened(channel="D" + user.removeprefix("U"), user=user))
            channel = self.workspace.direct(user)
        if channel is None:
            raise LookupError(f"No direct messages with {user}, {BOT_USER} is not a person.")
        return channel

    def _apply(self, event: Event) -> None:
        match event:
            case LetterArrived():
                self.received.append(event.letter)
                self._known_letters.add((event.letter.message_id, event.letter.to))
            case LetterSent():
                self.sent.append((event.letter, event.reply))
            case _:
                self.workspace.apply(event)
