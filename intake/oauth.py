"""Signing in to a mailbox with a token instead of a password: where tokens come from, and how they are shown.

Google gives a refresh token once, by which tokens are asked for (RFC 6749, 6); Microsoft 365 gives them to the desk as
itself (client credentials, RFC 6749, 4.4). They are shown by OAUTHBEARER (RFC 7628) or its forerunner XOAUTH2.
"""

from __future__ import annotations

import asyncio
import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import structlog

from intake.settings import ImapMailbox, OAuth

log = structlog.get_logger()

TIMEOUT = aiohttp.ClientTimeout(total=20)  # seconds, for everything
MOST_BYTES = 64 * 1024
MARGIN_SECONDS = 300.0
USUAL_SECONDS = 3600.0
"""How long a token lives whose server does not say so (RFC 6749, 5.1: it should, or document it)."""


class OAuthTrouble(Exception):
    """There is no token; its text is a sentence that says what to do."""


REFUSALS = {
    "invalid_grant": "The token server refused the refresh token: sign in again and set a new one.",
    "invalid_client": "The token server refused the client: check client_id and client_secret.",
    "unauthorized_client": "The token server refused the client: allow it this way of signing in.",
    "invalid_scope": "The token server refused the scope: check it.",
}
"""What its error codes (RFC 6749, 5.2) ask a manager to do."""


@dataclass(frozen=True, slots=True)
class Token:
    """An access token.

    Attributes:
        text: what is shown to the mail server.
        until: when it is to be renewed, on the monotonic clock: ahead of its expiry.
    """

    text: str
    until: float


class Tokens:
    """The access tokens of one mailbox: asked for when there is none, and ahead of their expiry.

    A refresh token that the server replaces by another (RFC 6749, 6) is used from then on. It is written into
    `refresh_token_file`, atomically and readable by the desk alone; where the configuration holds the refresh token
    itself, or the file cannot be written, the new one lasts as long as the process.

    Args:
        oauth: what to ask for, and where.
        clock: seconds, monotonic.
    """

    def __init__(self, oauth: OAuth, clock: Callable[[], float] = time.monotonic) -> None:
        self._oauth = oauth
        self._clock = clock
        self._token: Token | None = None
        self._replaced: tuple[str, str] | None = None
        self._lock = threading.Lock()

    def current(self) -> tuple[str, bool]:
        """A token, and whether it was given this very moment. It blocks: call it from a thread without a loop.

        Raises:
            OAuthTrouble: there is none to be had.
        """
        with self._lock:
            if self._token is not None and self._clock() < self._token.until:
                return self._token.text, False
        return self.renewed(), True

    def renewed(self) -> str:
        """A fresh token.

        Raises:
            OAuthTrouble: there is none to be had.
        """
        with self._lock:
            refresh = self._refresh_token()
            answer = asyncio.run(_ask(self._oauth.token_url, self._question(refresh)))
            lifetime = _seconds(answer.get("expires_in"))
            self._token = Token(_token(answer), self._clock() + lifetime - min(MARGIN_SECONDS, lifetime / 2))
            replacement = answer.get("refresh_token")
            if refresh and isinstance(replacement, str) and replacement not in {"", refresh}:
                self._keep(refresh, replacement)
            return self._token.text

    def _question(self, refresh: str) -> dict[str, str]:
        said = {
            "client_id": self._oauth.client_id,
            "client_secret": _read(self._oauth.secret, "client_secret_file"),
            "scope": self._oauth.scope,
            "refresh_token": refresh,
            "grant_type": "refresh_token" if refresh else "client_credentials",
        }
        return {name: value for name, value in said.items() if value}

    def _refresh_token(self) -> str:
        """What the configuration says, unless that is the very one that was replaced."""
        said = _read(self._oauth.refresh, "refresh_token_file")
        if self._oauth.refreshes and not said:
            raise OAuthTrouble("There is no refresh token in refresh_token_file: sign in and put one there.")
        return self._replaced[1] if self._replaced is not None and self._replaced[0] == said else said

    def _keep(self, refresh: str, replacement: str) -> None:
        said = self._replaced[0] if self._replaced is not None and self._replaced[1] == refresh else refresh
        self._replaced = said, replacement
        if self._oauth.refresh_token_file is not None:
            try:
                write_secret(self._oauth.refresh_token_file, replacement)
            except OSError as error:
                log.warning("new refresh token not written; it is lost at the end", trouble=type(error).__name__)


def mechanism(mailbox: ImapMailbox, token: str, *, bearer: bool) -> tuple[str, Callable[[bytes], bytes]]:
    """How a token is shown to a mail server: the SASL mechanism's name, and what it answers to each challenge.

    The second challenge tells why the first answer was refused; what it is answered with only ends the exchange
    (RFC 7628, 3.2.3).

    Args:
        mailbox: whose.
        token: the access token.
        bearer: whether the server knows OAUTHBEARER.
    """
    if bearer:
        name = mailbox.user.replace("=", "=3D").replace(",", "=2C")  # RFC 5801, 4
        words = f"n,a={name},\1host={mailbox.host}\1port={mailbox.port}\1auth=Bearer {token}\1\1"
        answers = iter([words.encode(), b"\1"])
    else:
        answers = iter([f"user={mailbox.user}\1auth=Bearer {token}\1\1".encode()])
    return ("OAUTHBEARER" if bearer else "XOAUTH2"), lambda _: next(answers, b"")


def write_secret(file: Path, secret: str) -> None:
    """Put a secret into a file in one step, readable by its owner alone.

    Raises:
        OSError: it cannot be written; what was there is still there.
    """
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
        opened.write(f"{secret}\n")
        opened.flush()
        os.fsync(opened.fileno())
    new.replace(file)


async def _ask(url: str, question: dict[str, str]) -> dict[str, Any]:
    """Ask a token server, and give its answer; no redirect is followed, since the question is a secret."""
    try:
        async with (
            aiohttp.ClientSession(timeout=TIMEOUT) as session,
            session.post(url, data=question, headers={"Accept": "application/json"}, allow_redirects=False) as answer,
        ):
            said = _object(await _beginning(answer.content))
    except TimeoutError as error:
        raise OAuthTrouble("The token server did not answer in time; it is tried again.") from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise OAuthTrouble("The token server cannot be reached; check token_url. It is tried again.") from error
    if answer.status != 200:  # noqa: PLR2004 - RFC 6749, 5.1
        unknown = f"The token server gave no token (status {answer.status}); it is tried again."
        raise OAuthTrouble(REFUSALS.get(str(said.get("error")), unknown))
    return said


async def _beginning(content: aiohttp.StreamReader) -> bytes:
    text = b""
    async for piece in content.iter_any():
        text += piece
        if len(text) > MOST_BYTES:
            break
    return text[:MOST_BYTES]


def _object(text: bytes) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _token(answer: dict[str, Any]) -> str:
    text = answer.get("access_token")
    if not isinstance(text, str) or not text.isascii() or not text.isprintable() or not text:
        raise OAuthTrouble("The token server's answer holds no token; check token_url.")
    return text


def _seconds(expires_in: object) -> float:
    try:
        return max(0.0, float(str(expires_in)))
    except ValueError:
        return USUAL_SECONDS


def _read(secret: Callable[[], str], file: str) -> str:
    try:
        return secret()
    except (OSError, ValueError) as error:
        raise OAuthTrouble(f"The {file} cannot be read; check where it is and its rights.") from error
