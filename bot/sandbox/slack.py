"""What the Web API and the interactions share: the record, the clock, the manifest, and what Slack hands out."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.sandbox.accounts import APP, BOT, BOT_NAME, BOT_USER, TEAM
from bot.sandbox.doubts import Doubts

if TYPE_CHECKING:
    from bot.sandbox.events import JSON
    from bot.sandbox.manifest import Manifest
    from bot.sandbox.record import Record
    from bot.sandbox.workspace import Workspace
    from store.clock import Clock

RESPONSE_URL_USES = 5
RESPONSE_URL_AGE = timedelta(minutes=30)


class SlackError(Exception):
    """Slack answers `ok: false`.

    Args:
        error: Slack's own name of the error.
        details: what stands beside it in the answer.
    """

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.error = error
        self.details = details

    @property
    def reason(self) -> str:
        """The error with what explains it, for a person."""
        told = [*self.details.get("response_metadata", {}).get("messages", ()), self.details.get("reason")]
        return ": ".join([self.error, *filter(None, told)])


@dataclass(frozen=True, slots=True)
class Patience:
    """How long Slack waits, in seconds; tests may shorten what they would otherwise sit out.

    Args:
        ack: for an acknowledgement, before the person sees a time-out.
        trigger: a trigger id lives so long.
        redeliver: pauses before an unacknowledged event is sent again.
        settle: after the acknowledgement, the control interface waits at most so long for what the person sees next.
        quiet: it stops waiting when nothing personal followed for so long.
        public: it stops waiting so long after a message changed for everybody.
    """

    ack: float = 3.0
    trigger: float = 3.0
    redeliver: tuple[float, ...] = (0.0, 60.0, 300.0)
    settle: float = 1.0
    quiet: float = 0.05
    public: float = 0.15


@dataclass(slots=True)
class Trigger:
    """A trigger id: whom it may show a modal to, until when, and whether it was used."""

    user: str
    until: float
    spent: bool = False


@dataclass(slots=True)
class Response:
    """A response URL: where its messages go, and how often it was used.

    Args:
        user: who sees ephemeral answers.
        channel: where they go.
        since: when it was handed out, by the demo's clock.
        message_ts: the message whose button was pressed, or None.
        ephemeral: whether that message was seen by this person alone.
        thread_ts: the thread that message stands in, or None.
    """

    user: str
    channel: str
    since: datetime
    message_ts: str | None = None
    ephemeral: bool = False
    thread_ts: str | None = None
    uses: int = 0


@dataclass(slots=True)
class Slack:
    """The pretended service.

    Args:
        record: what happened and the state it led to.
        clock: the demo's clock.
        manifest: what the app may do.
        patience: how long Slack waits.
        doubts: what nobody outside Slack knows, and how it is decided.
        url: the server's address with a slash at the end, known once it listens.
    """

    record: Record
    clock: Clock
    manifest: Manifest
    patience: Patience
    doubts: Doubts = field(default_factory=Doubts)
    url: str = ""
    _triggers: dict[str, Trigger] = field(default_factory=dict)
    _responses: dict[str, Response] = field(default_factory=dict)

    @property
    def workspace(self) -> Workspace:
        """The workspace's state."""
        return self.record.workspace

    def new_trigger(self, user: str) -> str:
        """Hand out a trigger id for one modal, within the next 3 seconds."""
        now = time.monotonic()
        for old in [each for each, trigger in self._triggers.items() if trigger.until < now - 60]:
            del self._triggers[old]
        trigger_id = f"{time.time_ns() // 1_000_000}.{TEAM.encode().hex()[:8]}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = Trigger(user, now + self.patience.trigger)
        return trigger_id

    def spend_trigger(self, trigger_id: str) -> str:
        """Use a trigger id; gives the user it was handed out for.

        Raises:
            SlackError: it is unknown, was used before, or is older than 3 seconds.
        """
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.spent:
            raise SlackError("exchanged_trigger_id")
        if trigger.until < time.monotonic():
            raise SlackError("expired_trigger_id")
        trigger.spent = True
        return trigger.user

    def new_response_url(self, response: Response) -> str:
        """Hand out a response URL: 5 uses in 30 minutes."""
        token = secrets.token_urlsafe(24)
        self._responses[token] = response
        return f"{self.url}hooks/{TEAM}/{token}"

    def use_response_url(self, token: str) -> Response:
        """Count one use of a response URL.

        Raises:
            SlackError: it is unknown, too old, or was used five times.
        """
        response = self._responses.get(token)
        if response is None or self.clock() - response.since > RESPONSE_URL_AGE:
            raise SlackError("expired_url")
        if response.uses >= RESPONSE_URL_USES:
            raise SlackError("used_url")
        response.uses += 1
        return response

    def message(self, channel: str, content: JSON, *, thread_ts: str | None = None, user: str = BOT_USER) -> JSON:
        """Make a message of this moment, from the app or from a person."""
        ts = self.workspace.channels[channel].next_ts(self.clock())
        message: JSON = {"type": "message", "user": user, "ts": ts, "team": TEAM, **content}
        if user == BOT_USER:
            message |= {"bot_id": BOT, "app_id": APP, "bot_profile": bot_profile()}
        if thread_ts:
            message["thread_ts"] = thread_ts
        return message


def bot_profile() -> JSON:
    """The app as it stands beside its messages."""
    return {"id": BOT, "app_id": APP, "user_id": BOT_USER, "name": BOT_NAME, "deleted": False, "team_id": TEAM}
