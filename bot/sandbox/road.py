"""The way from the pretended Slack to the app: the app's sockets, or requests that Slack signs and sends."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

if TYPE_CHECKING:
    from bot.sandbox.events import JSON
    from bot.sandbox.slack import Slack


class Road(Protocol):
    """How what people do reaches the app."""

    async def deliver(
        self, kind: str, payload: JSON, *, replies: bool, retry: tuple[int, str] | None = None
    ) -> JSON | None:
        """Send something and wait for its acknowledgement.

        Args:
            kind: `slash_commands`, `interactive` or `events_api`.
            payload: what the app gets.
            replies: whether the acknowledgement may carry an answer.
            retry: for events, which attempt this is and why there was one before.

        Returns:
            The acknowledgement's payload, `{}` when it had none; None when none came in time.
        """

    async def close(self) -> None:
        """Break what is open."""


class Requests:
    """Requests to the app's address, signed with its secret.

    Args:
        slack: the pretended service, for its patience.
        url: the app's request URL, for everything.
        secret: the signing secret.
    """

    def __init__(self, slack: Slack, url: str, secret: str) -> None:
        self._slack = slack
        self._url = url
        self._verifier = SignatureVerifier(secret)

    async def verify(self) -> bool:
        """Ask the app whether the address is its own, as Slack does when one is entered."""
        challenge = secrets.token_urlsafe(24)
        answer = await self.deliver("events_api", {"type": "url_verification", "challenge": challenge}, replies=True)
        return answer is not None and challenge in (answer.get("challenge"), answer.get("text"))

    async def deliver(
        self, kind: str, payload: JSON, *, replies: bool, retry: tuple[int, str] | None = None
    ) -> JSON | None:
        """Post something and wait for the answer; what is no 200 is as good as none."""
        headers, body = _written(kind, payload)
        if retry is not None:
            headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        now = str(int(time.time()))
        headers["X-Slack-Request-Timestamp"] = now
        headers["X-Slack-Signature"] = self._verifier.generate_signature(timestamp=now, body=body) or ""
        try:
            async with (
                asyncio.timeout(self._slack.patience.ack),
                aiohttp.ClientSession() as session,
                session.post(self._url, data=body.encode(), headers=headers) as answer,
            ):
                if answer.status != HTTPStatus.OK:
                    return None
                return _read(await answer.text()) if replies else {}
        except (TimeoutError, aiohttp.ClientError):
            return None

    async def close(self) -> None:
        """Nothing stays open."""


def _written(kind: str, payload: JSON) -> tuple[dict[str, str], str]:
    if kind == "events_api":
        return {"Content-Type": "application/json"}, json.dumps(payload)
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(form)


def _read(text: str) -> JSON:
    try:
        answer = json.loads(text)
    except ValueError:
        return {"text": text} if text else {}
    return answer if isinstance(answer, dict) else {}
