"""One connection: SMTP (RFC 5321), everything bounded, a mail answered when it is kept."""

from __future__ import annotations

import asyncio
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar, NoReturn

import structlog
from aiosmtpd.smtp import SMTP, syntax

from intake.content import NO_ROOM, TOO_LARGE, Content
from intake.limits import Crowd, Limits, Tally

log = structlog.get_logger()

LONGEST_COMMAND = 2048
READ_AHEAD = 64 * 1024
DECLARED = re.compile(r"\sSIZE=(\d{1,20})(?:\s|$)", re.IGNORECASE)
PLAIN_ANSWER = re.compile(rb"[245]\d\d (?!\d\.\d)")
PLAIN_ADDRESS = re.compile(r"<([\w+=-]+(?:\.[\w+=-]+)*@[\w-]+(?:\.[\w-]+)*)>((?: .*)?)", re.ASCII)
OUT_OF_TIME = "421 4.4.2 This takes too long, please try again later"
SILENT = "421 4.4.2 Nothing was heard for too long"
CLOSING = "421 4.3.2 Closing, please try again later"


class HungUp(ConnectionResetError):
    """This side ended the connection: too much was enough."""


class Connection(SMTP):
    """What aiosmtpd lacks: limits, clean ends, and a DATA that reads a mail in one go rather than line by line.

    Args:
        handler: what is asked about each mail: aiosmtpd's handler, with `too_large(size)` besides.
        crowd: who else is connected.
        limits: how much it may ask for.
        options: aiosmtpd's.
    """

    line_length_limit = READ_AHEAD
    protocol: ClassVar[str] = "ESMTP"

    def __init__(self, handler: Any, crowd: Crowd[Connection], limits: Limits, **options: Any) -> None:
        super().__init__(handler, **options)
        self.command_size_limits = defaultdict(lambda: LONGEST_COMMAND)
        self._most_bytes: int = options["data_size_limit"]
        self._mail_seconds = limits.mail_seconds
        self._tally = Tally(limits)
        self._crowd = crowd
        self._patience: asyncio.TimerHandle | None = None
        self._heard = 0.0
        self._head = b""

    def __dir__(self) -> list[str]:
        """The names that aiosmtpd looks for: it looks through all there are, five times for each connection."""
        return self._names()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Come in; one too many is told so and hung up on. Called again once the connection is encrypted."""
        if self in self._crowd:
            super().connection_made(transport)
            return
        peer = transport.get_extra_info("peername") or ("",)
        refusal = self._crowd.admit(self, str(peer[0]))
        if refusal is None:
            super().connection_made(transport)
            self._be_patient()
            self._talk().add_done_callback(_end_of_talk)
        else:
            self.transport = transport
            self._goodbye(refusal)

    def data_received(self, data: bytes) -> None:
        """Hear something: idle is who says nothing, a large mail on a slow line may take its time."""
        self._heard = self.loop.time()
        super().data_received(data)

    def connection_lost(self, error: Exception | None) -> None:
        """Go; aiosmtpd calls it twice when a handshake fails."""
        if self in self._crowd:
            self._crowd.forget(self)
            self._be_patient(forever=True)
            super().connection_lost(error)

    async def push(self, status: str | bytes) -> None:
        """Answer a command; the lines of one answer go out together."""
        line = status if isinstance(status, bytes) else status.encode("utf-8", "replace")
        if line[3:4] == b"-":
            self._head += line + b"\r\n"
        else:
            await self._answer([line])

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802 - aiosmtpd's name
        """Begin a mail; one that is declared too large (RFC 1870, 6.1) is told to the managers."""
        if enough := self._tally.begins():
            self._hang_up(enough)
        declared = DECLARED.search(arg or "")
        size = int(declared[1]) if declared else 0
        if size <= self._most_bytes:
            await super().smtp_MAIL(arg)
        elif not (await self.check_helo_needed() or await self.check_auth_needed("MAIL")):
            await self.event_handler.too_large(size)
            await self.push(TOO_LARGE.format(most=self._most_bytes))

    @syntax("DATA")
    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802 - aiosmtpd's name
        """Take a mail in (RFC 5321, 4.1.1.4)."""
        envelope = self.envelope
        if await self.check_helo_needed() or await self.check_auth_needed("DATA"):
            return
        if envelope is None or not envelope.rcpt_tos:
            await self.push("503 5.5.1 Error: need RCPT command")
            return
        if arg:
            await self.push("501 5.5.4 Syntax: DATA")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        content = await self._content()
        status = content.refusal()
        if content.too_large:
            await self.event_handler.too_large(content.size)
        elif status == NO_ROOM:
            log.warning("mail not kept", trouble="too much comes in")
        if status is None:
            envelope.original_content = content.mail()
            del content  # one copy of a large mail is enough while its commit is waited for
            status = str(await self.event_handler.handle_DATA(self, self.session, envelope))
        if status.startswith("250"):
            self._tally.kept()
        self.envelope = self._create_envelope()
        self._be_patient()
        await self._answer(self.replies(status.encode(), envelope.rcpt_tos))

    def replies(self, status: bytes, _recipients: Sequence[str]) -> list[bytes]:
        """What the peer is told about a mail: one answer."""
        return [status]

    def hang_up(self) -> asyncio.Task[None]:
        """Say that we close (RFC 5321, 3.8); what was not answered with 250 was not accepted, and comes again.

        Returns:
            What ends with the connection.
        """
        self._goodbye(CLOSING)
        return self._talk()

    def cut_off(self) -> None:
        """End the connection whatever the other side does, in the middle of a handshake, say."""
        self._talk().cancel()
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()

    @classmethod
    @cache
    def _names(cls) -> list[str]:
        return [name for name in dir(cls) if name.startswith(("smtp_", "auth_"))]

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """An address without quotes and comments at a fraction of the cost, since almost all are; any other as ever."""
        plain = PLAIN_ADDRESS.fullmatch(arg)
        return (plain[1], plain[2]) if plain else super()._getaddr(arg)

    async def _content(self) -> Content:
        content, rest = Content(self._most_bytes), b""
        try:
            while not content.ended:
                data = await self._reader.read(sys.maxsize)  # all that is there: what is behind the mail goes back
                if not data:
                    raise ConnectionResetError
                rest = content.feed(data)
                if not content.ended and not self._crowd.may_hold(self, content.held):
                    content.drop()
                if content.forsaken:
                    await self.event_handler.too_large(None)
                    self._hang_up(TOO_LARGE.format(most=self._most_bytes))
        finally:
            self._crowd.may_hold(self, 0)
        if rest:
            self._reader.feed_data(rest)
        return content

    async def _answer(self, lines: Sequence[bytes]) -> None:
        if enough := self._tally.answered(lines[0]):
            self._hang_up(enough)
        head, self._head = self._head, b""
        if not head and self.session is not None and self.session.extended_smtp:
            lines = [_enhanced(line) for line in lines]
        self._writer.write(head + b"\r\n".join(lines) + b"\r\n")
        await self._writer.drain()

    def _hang_up(self, status: str) -> NoReturn:
        self._goodbye(status)
        raise HungUp(status)

    def _talk(self) -> asyncio.Task[None]:
        if self._handler_coroutine is None:
            raise RuntimeError("asked before the connection was made")
        return self._handler_coroutine

    def _goodbye(self, status: str) -> None:
        if isinstance(self.transport, asyncio.Transport) and not self.transport.is_closing():
            self.transport.write(status.encode() + b"\r\n")
            self.transport.close()

    def _be_patient(self, *, forever: bool = False) -> None:
        """Give the next mail its time, from now on."""
        if self._patience is not None:
            self._patience.cancel()
        if not forever:
            self._patience = self.loop.call_later(self._mail_seconds, self._goodbye, OUT_OF_TIME)

    def _reset_timeout(self, duration: float | None = None) -> None:
        """Hear something: one timer that looks when it rings is cheaper than aiosmtpd's new one for each command."""
        self._heard = self.loop.time()
        if self._timeout_handle is None:
            self._timeout_handle = self.loop.call_later(duration or self._timeout_duration, self._timeout_cb)

    def _timeout_cb(self) -> None:
        left = self._heard + self._timeout_duration - self.loop.time()
        if left > 0:
            self._timeout_handle = self.loop.call_later(left, self._timeout_cb)
        else:
            self._goodbye(SILENT)


def _end_of_talk(talk: asyncio.Task[None]) -> None:
    """A consumer's server that is gone before it hears our answer is no fault of ours."""
    if not talk.cancelled() and talk.exception() is not None:
        log.info("connection lost", trouble=type(talk.exception()).__name__)


def _enhanced(line: bytes) -> bytes:
    """An answer with its enhanced status code (RFC 2034, 4), a general one where it has none of its own."""
    return b"%b%c.0.0 %b" % (line[:4], line[0], line[4:]) if PLAIN_ANSWER.match(line) else line
