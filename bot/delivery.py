"""One post brought to Slack: drawn, put where it belongs, and what became of it, as a value."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import Message
from bot.drawing import draw
from bot.names import METADATA
from bot.people import People
from bot.places import NoSuchChannel, Places
from bot.settings import BotSettings
from bot.trouble import TROUBLE, impersonal, said
from store import queries
from store.office import Bridge
from store.outbox import backoff
from store.rules.lifecycle import Role
from store.values import Place, PostJob

GONE = ("message_not_found", "cant_update_message", "edit_window_closed")
"""What stood there cannot be changed any more: it is posted anew."""
ELSEWHERE = ("channel_not_found", "is_archived", "not_in_channel")
"""The channel itself is closed to us."""
CONTENT = ("invalid_blocks", "msg_too_long", "msg_blocks_too_long", "no_text", "invalid_blocks_format")
"""A fault of this one drawing, which no other post shares."""
THREADED = ("line", "reminder", "unreached", "approval")
TO_MANAGERS = ("escalation", "digest", "still unreached", "alarm")
DIRECT = "direct"
UNREACHABLE = ("user_not_found", "user_disabled", "cannot_dm_bot", "messages_tab_disabled", "channel_not_found")
"""Slack brings nothing to this person."""
NO_CARD_YET = timedelta(milliseconds=250)
CLOCK_SKEW = timedelta(minutes=5)
PAGE, MOST_PAGES = 200, 25

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Drawn:
    """It stands as wanted; a place of None means that there was nothing to draw."""

    place: Place | None


@dataclass(frozen=True, slots=True)
class Lost:
    """What stood in Slack is gone."""


@dataclass(frozen=True, slots=True)
class Delay:
    """Slack did not take it.

    Args:
        trouble: what it said, impersonal.
        wait: how long it asked to wait; None: longer with each attempt.
        holds: whether the later posts of the same case wait too, so that they keep their order.
    """

    trouble: str
    wait: timedelta | None = None
    holds: bool = False

    def length(self, attempts: int) -> timedelta:
        """How long it waits after so many attempts."""
        return self.wait or backoff(attempts)


Outcome = Drawn | Lost | Delay


class Delivery:
    """Brings one post to Slack.

    Args:
        bridge: the way to the desk.
        client: Slack's Web API, without retries of its own.
        people: for names and mentions.
        places: for channels.
        settings: their names.
    """

    def __init__(
        self, bridge: Bridge, client: AsyncWebClient, people: People, places: Places, settings: BotSettings
    ) -> None:
        self._bridge = bridge
        self._client = client
        self._people = people
        self._places = places
        self._settings = settings
        self._certain: dict[int, int] = {}
        """Posts by id, and the attempt up to which it is sure that nothing was posted."""
        self._paused_until: dict[str, float] = {}

    async def deliver(self, job: PostJob, thread: Place | None) -> Outcome:
        """Draw a post and bring it to Slack.

        Args:
            job: the post.
            thread: where the card of its case stands, if it does.

        Returns:
            What became of it; whatever goes wrong comes back as a `Delay`.
        """
        try:
            return await self._bring(job, thread)
        except SlackApiError as error:
            return self._refused(job, error)
        except NoSuchChannel as error:
            log.error("the app sees no such channel: create it, or invite the app", channel=str(error))
            self._nothing_posted(job)
            return Delay("no such channel", holds=True)
        except TROUBLE as error:
            return Delay(type(error).__name__, holds=True)
        except Exception as error:  # noqa: BLE001 - one post never stops another
            log.error("a post could not be drawn", post=job.id, kind=job.kind, **impersonal(error))
            return Delay(type(error).__name__)

    async def _bring(self, job: PostJob, thread: Place | None) -> Outcome:
        drawing = await draw(self._bridge, self._people, job)
        if drawing is None:
            return Drawn(None)
        if job.kind == DIRECT and job.place is None:
            return await self._bring_directly(job, thread, drawing)
        if job.kind in THREADED and thread is None:
            self._nothing_posted(job)
            return Delay("its card does not stand yet", NO_CARD_YET)
        thread = thread if job.kind in THREADED else None
        channel = thread.channel if thread else await self._channel(job)
        place = job.place
        if place is None and self._uncertain(job):
            place = await self._look_for(job, channel, thread)
            self._certain[job.id] = job.attempts - 1
        if place is not None:
            return await self._change(job, place, drawing)
        wait = self._paused_until.get(channel, 0.0) - time.monotonic()
        if wait > 0:
            self._nothing_posted(job)
            return Delay("ratelimited", timedelta(seconds=wait), holds=True)
        return await self._post(job, channel, thread, drawing)

    async def _bring_directly(self, job: PostJob, thread: Place | None, drawing: Message) -> Outcome:
        """Tell one person alone; in the case's thread where they cannot be told, or work here no more.

        After an uncertain attempt it may come twice: to look for it we would have to read what people write to us.
        """
        told = await self._bridge(queries.told_directly, job.subject)
        actor = await self._people.actor(told) if told else None
        if actor and actor.role is not None and actor.role.covers(Role.STAFF):
            try:
                return await self._post(job, actor.id, None, drawing)
            except SlackApiError as error:
                if said(error) not in UNREACHABLE:
                    raise
        what, _, subject = job.subject.partition(" ")
        if thread is None:
            self._nothing_posted(job)
            return Delay("its card does not stand yet", NO_CARD_YET)
        there = await draw(self._bridge, self._people, replace(job, kind=what, subject=subject))
        return await self._post(job, thread.channel, thread, there or drawing)

    async def _post(self, job: PostJob, channel: str, thread: Place | None, drawing: Message) -> Outcome:
        try:
            answer = await self._client.chat_postMessage(
                channel=channel,
                text=drawing.text,
                blocks=list(drawing.blocks) or None,
                thread_ts=thread.ts if thread else None,
                metadata={"event_type": METADATA, "event_payload": {"token": job.token}},
                link_names=False,
                unfurl_links=False,
                unfurl_media=False,
            )
        except SlackApiError as error:
            if error.response.status_code == HTTPStatus.TOO_MANY_REQUESTS:  # counted by Slack per method and channel
                self._paused_until[channel] = time.monotonic() + _retry_after(error)
            raise
        self._certain.pop(job.id, None)
        return Drawn(Place(str(answer["channel"]), str(answer["ts"])))

    async def _change(self, job: PostJob, place: Place, drawing: Message) -> Outcome:
        try:
            await self._client.chat_update(
                channel=place.channel, ts=place.ts, text=drawing.text, blocks=list(drawing.blocks), link_names=False
            )
        except SlackApiError as error:
            moved = said(error) in ELSEWHERE and place.channel not in await self._own_channels()
            if said(error) not in GONE and not moved:
                raise
            self._certain[job.id] = job.attempts  # what may still stand there is not looked for, it is given up
            return Lost()
        self._certain.pop(job.id, None)
        return Drawn(place)

    def _uncertain(self, job: PostJob) -> bool:
        """Whether an earlier attempt may have reached Slack: it ended without Slack's word, or with its process."""
        return job.attempts > 1 and self._certain.get(job.id) != job.attempts - 1

    def _nothing_posted(self, job: PostJob) -> None:
        """Remember that this attempt did not reach Slack, provided that the ones before it did not either."""
        if not self._uncertain(job):
            self._certain[job.id] = job.attempts

    async def _look_for(self, job: PostJob, channel: str, thread: Place | None) -> Place | None:
        """Find the post by its token, which stands in its metadata; nothing older than its mark can be it."""
        oldest = f"{(job.marked_at - CLOCK_SKEW).timestamp():.6f}"
        query: dict[str, Any] = {"oldest": oldest, "limit": PAGE, "include_all_metadata": True}
        cursor = ""
        for _ in range(MOST_PAGES):
            if thread:
                answer = await self._client.conversations_replies(channel=channel, ts=thread.ts, cursor=cursor, **query)
            else:
                answer = await self._client.conversations_history(channel=channel, cursor=cursor, **query)
            for message in answer["messages"]:
                if _token(message) == job.token:
                    return Place(channel, str(message["ts"]))
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                break
        return None

    def _refused(self, job: PostJob, error: SlackApiError) -> Delay:
        """Slack said no, so nothing was posted by this attempt, unless it broke down while at it (5xx)."""
        status, trouble = error.response.status_code, said(error)
        if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            self._nothing_posted(job)
        log.warning("slack did not take a post", post=job.id, kind=job.kind, trouble=trouble)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return Delay("ratelimited", timedelta(seconds=_retry_after(error)), holds=True)
        return Delay(trouble, holds=trouble not in CONTENT)

    async def _channel(self, job: PostJob) -> str:
        managers = job.kind in TO_MANAGERS
        return await self._places.channel(self._settings.managers_channel if managers else self._settings.channel)

    async def _own_channels(self) -> tuple[str, ...]:
        names = (self._settings.channel, self._settings.managers_channel)
        return tuple([await self._places.channel(name) for name in names])


def _retry_after(error: SlackApiError) -> float:
    return max(1.0, float(error.response.headers.get("Retry-After", 1)))


def _token(message: dict[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != METADATA:
        return ""
    return str((metadata.get("event_payload") or {}).get("token", ""))
