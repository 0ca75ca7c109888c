"""The state of the pretended Slack workspace: a fold over the journal's events, and questions to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sandbox.accounts import BOT_USER
from bot.sandbox.events import (
    JSON,
    ChannelChanged,
    ChannelRead,
    DirectOpened,
    EphemeralGone,
    EphemeralShown,
    Event,
    HomePublished,
    MessageChanged,
    MessageDeleted,
    MessagePosted,
    ViewsStacked,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.sandbox.accounts import Accounts

STALE_VIEWS = 10
"""So many earlier looks of a message are kept: a person may press a button that is no longer there."""


@dataclass(slots=True)
class Channel:
    """A channel and everything in it.

    Args:
        id: Slack's channel id.
        name: without the number sign; empty for direct messages.
        purpose: one line.
        private: whether only members see it.
        members: user ids.
        person: whose direct messages these are, or None.
        archived: whether it is closed for good.
        shared: whether another company reads in it too.
    """

    id: str
    name: str
    purpose: str
    private: bool
    members: set[str]
    person: str | None = None
    archived: bool = False
    shared: bool = False
    messages: dict[str, JSON] = field(default_factory=dict)
    threads: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    ephemerals: dict[str, dict[str, JSON]] = field(default_factory=lambda: defaultdict(dict))
    earlier: dict[str, list[JSON]] = field(default_factory=lambda: defaultdict(list))
    read_up_to: dict[str, str] = field(default_factory=dict)
    last: int = 0

    def replies(self, ts: str) -> list[JSON]:
        """The messages of a thread after its parent, oldest first."""
        return [self.messages[reply] for reply in self.threads.get(ts, ()) if reply in self.messages]

    def looks(self, ts: str) -> Iterator[JSON]:
        """A message as it is, then as it was, newest first."""
        if ts in self.messages:
            yield self.messages[ts]
        yield from reversed(self.earlier.get(ts, ()))

    def next_ts(self, now: datetime) -> str:
        """A timestamp for the next message: unique, and later than every earlier one even when the clock moved back."""
        moment = max(int(now.timestamp() * 1_000_000), self.last + 1)
        self.last = moment
        return f"{moment // 1_000_000}.{moment % 1_000_000:06d}"

    def unread(self, user: str) -> int:
        """How many messages of others came after the last one this person read."""
        since = self.read_up_to.get(user, "0")
        return sum(
            1
            for ts in _after(self.messages, since)
            if self.messages[ts].get("user") != user and in_channel(self.messages[ts])
        )


class Workspace:
    """Everything Slack remembers.

    Args:
        accounts: the people, groups and channels of the new workspace.
    """

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts
        self.channels = {
            room.id: Channel(room.id, room.name, room.purpose, room.private, set(room.members))
            for room in accounts.rooms
        }
        self.homes: dict[str, JSON] = {}
        self.views: dict[str, tuple[JSON, ...]] = {}

    def apply(self, event: Event) -> None:  # noqa: C901 - one line for each kind of event reads best in one place
        """Change the state by one event."""
        match event:
            case MessagePosted():
                self._post(self.channels[event.channel], event.message)
            case MessageChanged():
                channel = self.channels[event.channel]
                earlier = channel.earlier[event.ts]
                earlier.append(channel.messages[event.ts])
                del earlier[:-STALE_VIEWS]
                channel.messages[event.ts] = event.message
            case MessageDeleted():
                self.channels[event.channel].messages.pop(event.ts, None)
            case EphemeralShown():
                channel = self.channels[event.channel]
                channel.ephemerals[event.user][event.message["ts"]] = event.message
                channel.last = max(channel.last, _microseconds(event.message["ts"]))
            case EphemeralGone():
                self.channels[event.channel].ephemerals[event.user].pop(event.ts, None)
            case DirectOpened():
                members = {event.user, BOT_USER}
                self.channels[event.channel] = Channel(
                    event.channel, "", "", private=True, members=members, person=event.user
                )
            case ChannelChanged():
                self.channels[event.channel].members = set(event.members)
                self.channels[event.channel].archived = event.archived
            case ChannelRead():
                self.channels[event.channel].read_up_to[event.user] = event.ts
            case HomePublished():
                self.homes[event.user] = event.view
            case ViewsStacked():
                self.views[event.user] = event.views
            case _:
                pass

    def channel_named(self, name: str) -> Channel | None:
        """Find a channel by id, or by name with or without the number sign."""
        plain = name.removeprefix("#")
        return self.channels.get(name) or next(
            (each for each in self.channels.values() if each.name and each.name == plain), None
        )

    def direct(self, user: str) -> Channel | None:
        """The direct messages between the app and a person, once opened."""
        return next((channel for channel in self.channels.values() if channel.person == user), None)

    def visible_to(self, user: str) -> list[Channel]:
        """The channels and direct messages a person can look into."""
        return [
            channel
            for channel in self.channels.values()
            if user in channel.members or (channel.person is None and not channel.private)
        ]

    def open_view(self, user: str) -> JSON | None:
        """The modal on top of a person's screen."""
        stack = self.views.get(user, ())
        return stack[-1] if stack else None

    def find_view(self, view_id: str = "", external_id: str = "") -> tuple[str, JSON] | None:
        """Who has a modal or a Home open, and the view, by either id."""
        homes = ((user, home) for user, home in self.homes.items())
        modals = ((user, view) for user, stack in self.views.items() for view in stack)
        for user, view in (*modals, *homes):
            if (view_id and view["id"] == view_id) or (external_id and view.get("external_id") == external_id):
                return user, view
        return None

    def _post(self, channel: Channel, message: JSON) -> None:
        ts = message["ts"]
        channel.messages[ts] = message
        channel.last = max(channel.last, _microseconds(ts))
        parent = message.get("thread_ts")
        if parent and parent != ts:
            channel.threads[parent].append(ts)


def in_channel(message: JSON) -> bool:
    """Whether a message stands in the channel itself, not only in a thread."""
    thread = message.get("thread_ts")
    return not thread or thread == message["ts"] or message.get("subtype") == "thread_broadcast"


def _after(messages: dict[str, JSON], since: str) -> Iterator[str]:
    for ts in reversed(messages):
        if ts <= since:
            return
        yield ts


def _microseconds(ts: str) -> int:
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1_000_000 + int(fraction or 0)
