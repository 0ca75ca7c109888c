"""A connection to a mail server: signing in, and waiting on it for new mail."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from selectors import EVENT_READ, DefaultSelector

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from intake.imap.trouble import Trouble
from intake.oauth import Tokens, mechanism
from intake.settings import ImapMailbox

for chatty in ("imapclient.imapclient", "imapclient.imaplib"):
    logging.getLogger(chatty).disabled = True  # whole mails go there

BEARER_REFUSED = "The server refused the token; check the user, the scope, and that IMAP is allowed for this mailbox."
FILE_UNREADABLE = "The password's file cannot be read; check password_file and its rights."
TIMEOUT = SocketTimeout(connect=10, read=30)  # seconds


class Line(IMAPClient):  # type: ignore[misc] # imapclient is untyped
    """A connection that does not write down what it hears: for its log imapclient spells out every mail in full."""

    def __init__(self, mailbox: ImapMailbox) -> None:
        super().__init__(mailbox.host, mailbox.port, ssl=mailbox.tls, use_uid=True, timeout=TIMEOUT)
        self.normalise_times = False  # aware datetimes, as the server gave them
        self._imap.debug = 0

    def listen(self, seconds: float) -> None:
        """Wait until the server says something, or has said it already since the folder was opened."""
        if not (self._grew() or self._has_heard()):
            with DefaultSelector() as waiting:
                waiting.register(self.socket(), EVENT_READ)
                waiting.select(seconds)

    def _grew(self) -> bool:
        """Whether a mail came behind the opening of the folder: told with another answer, where nobody looks."""
        return len(self._imap.untagged_responses.get("EXISTS", ())) > 1

    def _has_heard(self) -> bool:
        """Whether something is read off the line already, where a socket does not look."""
        self.socket().settimeout(0)
        try:
            return bool(self._imap.file.peek(1))
        except OSError:  # nothing yet (TLS)
            return False
        finally:
            self._set_read_timeout()


class IdleRefused(Exception):
    """The server offers IDLE and does not begin it; what the line is in the middle of now is not known."""


@contextmanager
def sign_in(
    mailbox: ImapMailbox, tokens: Tokens | None = None, connected: Callable[[Line], None] = lambda _: None
) -> Iterator[Line]:
    """A connection that is signed in, for the length of the block.

    Args:
        mailbox: where it is.
        tokens: its access tokens, where an earlier sign-in by OAuth left some.
        connected: told the connection before the sign-in, so that somebody else may end it.

    Raises:
        IMAPClientError, OSError: the server cannot be reached, or refuses.
        Trouble, OAuthTrouble: the sign-in cannot succeed until a person mends something.
    """
    client = Line(mailbox)
    try:
        connected(client)
        _authenticate(client, mailbox, tokens or (Tokens(mailbox.oauth) if mailbox.oauth else None))
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


def wait_for_mail(client: Line, seconds: float) -> None:
    """Wait until the server says something of the folder that is open, or the time is up (IDLE, RFC 2177).

    What it says is read to its end behind DONE: `idle_check` does not wait for the rest of a line and breaks off at
    half a one. A line that died silently shows when the wait is over: nobody answers DONE.

    Raises:
        IdleRefused: the server does not do what it offers.
        IMAPClientError, OSError: the line was cut.
    """
    try:
        client.idle()
    except IMAPClientAbortError:
        raise
    except IMAPClientError as refused:
        raise IdleRefused from refused
    client.listen(seconds)
    client.idle_done()


def _authenticate(client: Line, mailbox: ImapMailbox, tokens: Tokens | None) -> None:
    try:
        if tokens is None:
            _by_password(client, mailbox)
        else:
            _by_token(client, mailbox, tokens)
    except LoginError as refused:
        if isinstance(refused.__context__, IMAPClientAbortError):  # imapclient calls a cut line a refusal
            raise refused.__context__ from None
        raise


def _by_password(client: Line, mailbox: ImapMailbox) -> None:
    """PLAIN (RFC 4616) where there is, since LOGIN takes neither blanks in a name nor letters beyond ASCII."""
    try:
        password = mailbox.secret()
    except (OSError, ValueError) as error:
        raise Trouble(FILE_UNREADABLE) from error
    if client.has_capability("AUTH=PLAIN"):
        client.plain_login(mailbox.user, password)
    else:
        client.login(mailbox.user, password)


def _by_token(client: Line, mailbox: ImapMailbox, tokens: Tokens) -> None:
    """Sign in by OAuth; a token refused that is not quite fresh may have been revoked: it is renewed once."""
    bearer = client.has_capability("AUTH=OAUTHBEARER")
    token, fresh = tokens.current()
    try:
        client.sasl_login(*mechanism(mailbox, token, bearer=bearer))
    except LoginError as refused:
        if isinstance(refused.__context__, IMAPClientAbortError):
            raise
        if fresh:
            raise Trouble(BEARER_REFUSED) from refused
        try:
            client.sasl_login(*mechanism(mailbox, tokens.renewed(), bearer=bearer))
        except LoginError as again:
            if isinstance(again.__context__, IMAPClientAbortError):
                raise
            raise Trouble(BEARER_REFUSED) from again
