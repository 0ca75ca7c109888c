"""The consumer's mail server: whatever is sent to any address is in the mailbox, once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiosmtpd.smtp import SMTP

from bot.sandbox.events import LetterArrived
from bot.sandbox.faults import SMTP as MAIL
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.letters import read_letter

if TYPE_CHECKING:
    from aiosmtpd.smtp import Envelope, Session

    from bot.sandbox.record import Record
    from store.clock import Clock

SIZE_LIMIT = 26_214_400


class MailServer:
    """An SMTP server on a free port of 127.0.0.1, in the running loop.

    Args:
        record: where letters are kept.
        clock: the demo's clock, for the time of arrival.
        faults: the bad days that are planned for "smtp".
    """

    def __init__(self, record: Record, clock: Clock, faults: Faults) -> None:
        self._record = record
        self._clock = clock
        self._faults = faults
        self._server: asyncio.Server | None = None
        self._connections: set[_Connection] = set()

    async def start(self) -> tuple[str, int]:
        """Listen; gives the host and port."""
        self._server = await asyncio.get_running_loop().create_server(self._connect, "127.0.0.1", 0)
        host, port = self._server.sockets[0].getsockname()[:2]
        return host, port

    async def stop(self) -> None:
        """Close the port and every connection."""
        if self._server is None:
            return
        self._server.close()
        conversations = [conversation for connection in self._connections if (conversation := connection.hang_up())]
        await asyncio.gather(*conversations, return_exceptions=True)
        await self._server.wait_closed()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd gives the hook its name and arguments
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take any recipient, unless a fault says there is no such mailbox."""
        rule = self._faults.strike_only(Fault.REFUSE, MAIL)
        if rule is not None:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Put a letter into the mailbox, or have a bad day."""
        rule = self._faults.strike(MAIL)
        match rule and rule.fault:
            case Fault.TOO_MANY:
                return "451 4.7.1 Too much mail at once, try again later"
            case Fault.ERROR:
                return "554 5.3.0 Something is broken here"
            case Fault.TIMEOUT:
                await asyncio.sleep(rule.hold() if rule is not None else 0)
                await _break_off(server)
            case Fault.DROP_AFTER:
                self._keep(envelope)
                await _break_off(server)
            case _:
                self._keep(envelope)
        return "250 2.0.0 In the mailbox"

    def _connect(self) -> asyncio.Protocol:
        rule = self._faults.strike_only(Fault.OUTAGE, MAIL)
        return _Away() if rule is not None else _Connection(self, self._connections)

    def _keep(self, envelope: Envelope) -> None:
        content = envelope.original_content or b""
        for recipient in envelope.rcpt_tos:
            letter = read_letter(content, recipient, self._clock())
            # Mailbox providers collapse a second delivery with the same Message-ID.
            if not (letter.message_id and self._record.has_letter(letter.message_id, recipient)):
                self._record.enter(LetterArrived(letter))


class _Away(asyncio.Protocol):
    """Nobody is there: the connection is reset at once."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            transport.abort()


class _Connection(SMTP):
    """One client, known to the server so that it can be hung up on."""

    def __init__(self, handler: MailServer, connections: set[_Connection]) -> None:
        loop = asyncio.get_running_loop()
        super().__init__(
            handler, data_size_limit=SIZE_LIMIT, enable_SMTPUTF8=True, hostname="mx.consumer.test", loop=loop
        )
        self._connections = connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._connections.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._connections.discard(self)
        super().connection_lost(error)

    def hang_up(self) -> asyncio.Task[None] | None:
        """Break the connection; gives the task that will end by it."""
        _abort(self)
        task: asyncio.Task[None] | None = self._handler_coroutine
        return task


async def _break_off(connection: SMTP) -> None:
    """Break the connection, and wait for aiosmtpd to end its conversation by that."""
    _abort(connection)
    await asyncio.Event().wait()


def _abort(connection: SMTP) -> None:
    if isinstance(connection.transport, asyncio.Transport):
        connection.transport.abort()
