"""The SMTP listener: `250` only after the commit, mail for the privacy inbox only, everything bounded."""

from __future__ import annotations

import asyncio
import logging
import ssl
from typing import Any

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from intake.receive import receive
from intake.settings import IntakeSettings
from store import desk
from store.errors import ConfigurationError
from store.office import Bridge

log = structlog.get_logger()
logging.getLogger("mail.log").disabled = True  # aiosmtpd writes every command there, with its addresses

ROAD = "smtp"
MOST_RECIPIENTS = 20
LONGEST_LINE = 1024 * 1024
GRACE_SECONDS = 2.0
NULL_SENDER = "<>"
TRY_AGAIN = "451 4.3.0 The mail could not be stored, please try again later"


class Inbox:
    """What aiosmtpd asks for each mail; the answer *is* the acceptance.

    Args:
        bridge: the way to the desk.
        addresses: whom mail is taken for, in lower case; `name+anything@` counts as `name@`.
    """

    def __init__(self, bridge: Bridge, addresses: frozenset[str]) -> None:
        self._bridge = bridge
        self._addresses = addresses

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take mail for the configured inboxes only: this is no relay (RFC 5321, 3.6.2)."""
        local, _, domain = address.lower().rpartition("@")
        if f"{local.partition('+')[0]}@{domain}" not in self._addresses:
            return "550 5.1.1 This server takes mail for the privacy inbox only"
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail; what is not committed is not accepted (RFC 5321, 4.2.5)."""
        try:
            kept = await self._bridge(
                receive,
                _bytes(envelope.original_content),
                road=ROAD,
                sender=(envelope.mail_from or "").removeprefix(NULL_SENDER),
                recipients=tuple(envelope.rcpt_tos),
                received_at=self._bridge.office.clock(),
            )
        except Exception as error:  # noqa: BLE001 - whatever it was, the mail is not kept: never a false 250
            log.error("mail not kept", trouble=type(error).__name__)
            return TRY_AGAIN
        log.info("mail kept", mail=kept.mail_id, road=ROAD, known=kept.known)
        return "250 2.0.0 Kept"

    async def handle_exception(self, error: Exception) -> str:
        """Own trouble is never the sender's fault: without this aiosmtpd answers 500, and the mail is lost."""
        log.error("command failed", trouble=type(error).__name__)
        return TRY_AGAIN


class Listener:
    """The open port.

    Args:
        bridge: the way to the desk.
        settings: the mail door's.
    """

    def __init__(self, bridge: Bridge, settings: IntakeSettings) -> None:
        self._bridge = bridge
        self._settings = settings
        self._server: asyncio.Server | None = None
        self._open: set[_Connection] = set()
        self._inbox = Inbox(bridge, settings.addresses(bridge.office.business))

    async def start(self) -> tuple[str, int]:
        """Listen, and say where.

        Raises:
            ConfigurationError: the port is taken, or the certificate cannot be used.
        """
        host, port = self._settings.smtp_host, self._settings.smtp_port
        context = _tls(self._settings)
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(lambda: self._connection(context), host, port)
        except OSError as error:
            mend = f"{error.strerror}; choose another smtp_port"
            raise ConfigurationError(key="intake.smtp_port", value=port, mend=mend) from error
        await self.note()
        where: tuple[str, int] = self._server.sockets[0].getsockname()[:2]
        return where

    async def note(self) -> None:
        """Say that the port is open now, while it is; it wakes nobody.

        Raises:
            StoreUnavailable: the database is away.
        """
        if self._server is not None and self._server.is_serving():
            await self._bridge(desk.mailbox_read, ROAD)

    async def stop(self) -> None:
        """Take no more connections and end the open ones; who does not let go in time is cut off."""
        if self._server is None:
            return
        self._server.close()
        ending = {connection: connection.hang_up() for connection in tuple(self._open)}
        if ending:
            await asyncio.wait(ending.values(), timeout=GRACE_SECONDS)
        for connection, talk in ending.items():
            if not talk.done():
                connection.cut_off()
        await asyncio.gather(*ending.values(), return_exceptions=True)
        await self._server.wait_closed()

    def _connection(self, context: ssl.SSLContext | None) -> _Connection:
        return _Connection(
            self._inbox,
            self._open,
            self._settings.most_connections,
            data_size_limit=self._settings.most_bytes,
            enable_SMTPUTF8=True,
            decode_data=False,
            timeout=self._settings.idle_seconds,
            tls_context=context,
            hostname=self._bridge.office.business.inbox.partition("@")[2],
            ident="rightsdesk",
            loop=asyncio.get_running_loop(),
        )


class _Connection(SMTP):
    """One connection; one too many is told so and hung up on (RFC 5321, 3.8).

    Longer lines than RFC 5321 (4.5.3.1.6) allows are taken: a request is not refused for a careless mail program.
    """

    line_length_limit = LONGEST_LINE

    def __init__(self, handler: Inbox, connections: set[_Connection], most: int, **options: Any) -> None:
        super().__init__(handler, **options)
        self._connections = connections
        self._most = most

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self not in self._connections and len(self._connections) >= self._most:
            if isinstance(transport, asyncio.Transport):
                transport.write(b"421 4.3.2 Too many connections, please try again later\r\n")
            transport.close()
            return
        self._connections.add(self)
        super().connection_made(transport)
        self._talk().add_done_callback(_end_of_talk)

    def data_received(self, data: bytes) -> None:
        self._reset_timeout()  # idle is who says nothing: a large mail on a slow line may take its time
        super().data_received(data)

    def connection_lost(self, error: Exception | None) -> None:
        if self in self._connections:
            self._connections.discard(self)
            super().connection_lost(error)

    def hang_up(self) -> asyncio.Task[None]:
        """Say that we close (RFC 5321, 3.8); what was not answered with 250 was not accepted, and comes again.

        Returns:
            What ends with the connection.
        """
        if isinstance(self.transport, asyncio.Transport) and not self.transport.is_closing():
            self.transport.write(b"421 4.3.2 Closing, please try again later\r\n")
            self.transport.close()
        return self._talk()

    def cut_off(self) -> None:
        """End the connection whatever the other side does, in the middle of a handshake, say."""
        self._talk().cancel()
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()

    def _talk(self) -> asyncio.Task[None]:
        if self._handler_coroutine is None:
            raise RuntimeError("asked before the connection was made")
        return self._handler_coroutine


def _end_of_talk(talk: asyncio.Task[None]) -> None:
    """A consumer's server that is gone before it hears our answer is no fault of ours."""
    if not talk.cancelled() and talk.exception() is not None:
        log.info("connection lost", trouble=type(talk.exception()).__name__)


def _tls(settings: IntakeSettings) -> ssl.SSLContext | None:
    if settings.tls_certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(settings.tls_certificate, settings.tls_key)
    except (OSError, ssl.SSLError) as error:
        mend = f"{error.strerror or error}; give a PEM certificate and its key"
        raise ConfigurationError(key="intake.tls_certificate", value=settings.tls_certificate, mend=mend) from error
    return context


def _bytes(content: bytes | str | None) -> bytes:
    return content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content or b""
