"""The listener's other side, and what it left in the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlmodel import col, select

from intake.settings import IntakeSettings
from intake.smtp import Listener
from store import queries
from store.models import Mail
from store.office import Bridge, Office
from store.settings import load
from tests.mailing import INBOX, ROSA


@asynccontextmanager
async def listening(bridge: Bridge, **said: Any) -> AsyncIterator[tuple[str, int]]:
    """A listener on a free port, for the length of the block; gives its address."""
    listener = Listener(bridge, load(IntakeSettings, {"intake": {"smtp_port": 0, **said}}))
    where = await listener.start()
    try:
        yield where
    finally:
        await listener.stop()


class Line:
    """A connection that speaks SMTP byte by byte, as a careless or hostile peer does."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def say(self, words: bytes) -> str:
        """Write bytes as they are and give the answer's last line."""
        self.writer.write(words)
        return await self.hear()

    async def hear(self) -> str:
        async with asyncio.timeout(10):
            while True:
                line = (await self.reader.readline()).decode()
                if line[3:4] != "-":
                    return line.rstrip()

    async def until_data(self, sender: str = ROSA) -> str:
        """Go as far as the invitation to send the mail."""
        await self.say(b"EHLO mx.example.net\r\n")
        await self.say(f"MAIL FROM:<{sender}>\r\n".encode())
        await self.say(f"RCPT TO:<{INBOX}>\r\n".encode())
        return await self.say(b"DATA\r\n")


@asynccontextmanager
async def line(where: tuple[str, int], greeting: str = "220") -> AsyncIterator[Line]:
    reader, writer = await asyncio.open_connection(*where)
    opened = Line(reader, writer)
    try:
        assert (await opened.hear()).startswith(greeting)
        yield opened
    finally:
        writer.close()


def mails(office: Office) -> list[Mail]:
    """Every mail that is kept, the oldest first."""
    with office.database.reading() as session:
        found = list(session.exec(select(Mail).order_by(col(Mail.id))))
        session.expunge_all()
        return found


def raws(office: Office) -> list[bytes]:
    """The bytes of every mail that is kept."""
    return [queries.raw_mail(office, kept.id or 0)[0] for kept in mails(office)]


def envelope_of(office: Office, number: int = 0) -> dict[str, Any]:
    return queries.raw_mail(office, mails(office)[number].id or 0)[1]
