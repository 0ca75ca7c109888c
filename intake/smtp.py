"""The SMTP and LMTP listeners: `250` only after the commit, mail for the privacy inbox only, everything bounded."""

from __future__ import annotations

import asyncio
import logging
import ssl
from enum import StrEnum
from functools import partial

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from intake.commits import Busy, Commits
from intake.connection import Connection
from intake.limits import Crowd, Limits
from intake.lmtp import LmtpConnection
from intake.receive import Incoming
from intake.settings import IntakeSettings
from intake.signing import Credentials, credentials
from store import desk
from store.database import StoreUnavailable
from store.errors import ConfigurationError
from store.office import Bridge

log = structlog.get_logger()
logging.getLogger("mail.log").disabled = True  # aiosmtpd writes every command there, with its addresses

MOST_RECIPIENTS = 20
MOST_WAITING = 1000
MOST_WAITING_LARGE = 4
MOST_UNFINISHED_LARGE = 8
GRACE_SECONDS = 2.0
NULL_SENDER = "<>"
LIMITS = Limits()
TRY_AGAIN = "451 4.3.0 The mail could not be stored, please try again later"
BUSY = "452 4.3.1 Too much mail is waiting to be stored, please try again later"


class Road(StrEnum):
    """What a listener speaks."""

    SMTP = "smtp"
    LMTP = "lmtp"


class Inbox:
    """What aiosmtpd asks for each mail; the answer *is* the acceptance.

    Args:
        bridge: the way to the desk.
        commits: where mails are kept.
        addresses: whom mail is taken for, in lower case; `name+anything@` counts as `name@`.
        road: how its mails come.
        signs_in: whether a client has to.
    """

    def __init__(
        self, bridge: Bridge, commits: Commits, addresses: frozenset[str], road: Road = Road.SMTP, *, signs_in: bool
    ) -> None:
        self._bridge = bridge
        self._commits = commits
        self._addresses = addresses
        self._road = road
        self._signs_in = signs_in

    async def handle_EHLO(  # noqa: N802 - aiosmtpd calls it so
        self, _server: SMTP, session: Session, _envelope: Envelope, host_name: str, offers: list[str]
    ) -> list[str]:
        """Offer what is there, and nothing else: aiosmtpd offers AUTH to everybody."""
        session.host_name = host_name
        kept = [offer for offer in offers if self._signs_in or not offer.startswith("250-AUTH")]
        return [*kept[:-1], "250-PIPELINING", "250-ENHANCEDSTATUSCODES", kept[-1]]

    async def handle_RCPT(  # noqa: N802
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
        mail = Incoming(
            raw=envelope.original_content or b"",
            road=self._road,
            sender=(envelope.mail_from or "").removeprefix(NULL_SENDER),
            recipients=tuple(envelope.rcpt_tos),
            received_at=self._bridge.office.clock(),
        )
        try:
            await self._commits.keep(mail)
        except Busy:
            log.warning("mail not kept", trouble="too much waits")
            return BUSY
        except Exception as error:  # noqa: BLE001 - whatever it was, the mail is not kept: never a false 250
            log.error("mail not kept", trouble=type(error).__name__)
            return TRY_AGAIN
        return "250 2.0.0 Kept"

    async def too_large(self, size: int | None) -> None:
        """Have the managers told that a consumer's mail was refused for its size."""
        try:
            await self._bridge(desk.mail_refused, size)
        except Exception as error:  # noqa: BLE001 - the consumer is told in any case, by the answer
            log.error("refused mail not noted", trouble=type(error).__name__)

    async def handle_exception(self, error: Exception) -> str:
        """Own trouble is never the sender's fault: without this aiosmtpd answers 500, and the mail is lost."""
        log.error("command failed", trouble=type(error).__name__)
        return TRY_AGAIN


class Listener:
    """An open port.

    The certificate is read when the listener starts: after it was renewed on disk, start the desk again.

    Args:
        bridge: the way to the desk.
        settings: the mail door's.
        road: what it speaks.
        limits: how much one connection may ask for.
    """

    def __init__(
        self, bridge: Bridge, settings: IntakeSettings, road: Road = Road.SMTP, limits: Limits = LIMITS
    ) -> None:
        self._bridge = bridge
        self._settings = settings
        self._road = road
        self._limits = limits
        self._server: asyncio.Server | None = None
        self._crowd: Crowd[Connection] = Crowd(
            settings.most_connections, settings.most_connections_per_client, MOST_UNFINISHED_LARGE * settings.most_bytes
        )
        self._commits = Commits(bridge, MOST_WAITING, MOST_WAITING_LARGE * settings.most_bytes)
        ours = settings.addresses(bridge.office.business)
        self._inbox = Inbox(bridge, self._commits, ours, road, signs_in=settings.auth_user is not None)

    async def start(self) -> tuple[str, int]:
        """Listen, and say where.

        Raises:
            ConfigurationError: the port is taken, or the certificate or the password cannot be used.
        """
        host, key = self._settings.smtp_host, f"{self._road}_port"
        port = self._settings.smtp_port if self._road is Road.SMTP else self._settings.lmtp_port
        make = partial(self._connection, _tls(self._settings), credentials(self._settings))
        try:
            self._server = await asyncio.get_running_loop().create_server(make, host, port)
        except OSError as error:
            mend = f"{error.strerror}; choose another {key}"
            raise ConfigurationError(key=f"intake.{key}", value=port, mend=mend) from error
        try:
            await self.note()
        except StoreUnavailable as error:  # mail waits with its sender until it is back, and `look` notes it then
            log.warning("listener not noted", trouble=type(error).__name__)
        where: tuple[str, int] = self._server.sockets[0].getsockname()[:2]
        return where

    async def note(self) -> None:
        """Say that the port is open now, while it is; it wakes nobody.

        Raises:
            StoreUnavailable: the database is away.
        """
        if self._server is not None and self._server.is_serving():
            await self._bridge(desk.mailbox_read, self._road.value)

    async def stop(self) -> None:
        """Answer the mails that are being kept, end the connections; who does not let go in time is cut off."""
        if self._server is None:
            return
        self._server.close()
        await self._commits.close(GRACE_SECONDS)
        ending = {connection: connection.hang_up() for connection in tuple(self._crowd)}
        if ending:
            await asyncio.wait(ending.values(), timeout=GRACE_SECONDS)
        for connection, talk in ending.items():
            if not talk.done():
                connection.cut_off()
        await asyncio.gather(*ending.values(), return_exceptions=True)
        await self._server.wait_closed()

    def _connection(self, context: ssl.SSLContext | None, account: Credentials | None) -> Connection:
        speak = Connection if self._road is Road.SMTP else LmtpConnection
        return speak(
            self._inbox,
            self._crowd,
            self._limits,
            data_size_limit=self._settings.most_bytes,
            enable_SMTPUTF8=True,
            decode_data=False,
            timeout=self._settings.idle_seconds,
            tls_context=context,
            auth_required=account is not None,
            authenticator=account,
            hostname=self._bridge.office.business.inbox.partition("@")[2],
            ident=f"{speak.protocol} rightsdesk",
            loop=asyncio.get_running_loop(),
        )


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
