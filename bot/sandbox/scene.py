"""What one person's screen shows right now, as plain values for the templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bot.sandbox.accounts import BOT_NAME, BOT_USER, TEAM_NAME
from bot.sandbox.mrkdwn import Mrkdwn, clock_time
from bot.sandbox.workspace import in_channel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.accounts import Person
    from bot.sandbox.bench import Bench
    from bot.sandbox.events import JSON
    from bot.sandbox.workspace import Channel

HOME = "home"
SHOWN_MESSAGES = 120
"""The newest ones; a page of thousands would help nobody."""


@dataclass(frozen=True, slots=True)
class Look:
    """Where somebody looks: the page's query.

    Args:
        user: alias of the person one acts as.
        channel: a channel's id, or "home".
        thread: the timestamp of the open thread's parent, or empty.
        mail: "write", "list", or the open letter's id; empty: whichever helps most.
    """

    user: str = "staff1"
    channel: str = ""
    thread: str = ""
    mail: str = ""

    def href(self, **changes: str) -> str:
        """The address of a look that differs in some respect."""
        now = {"as": self.user, "channel": self.channel, "thread": self.thread, "mail": self.mail} | changes
        return "/?" + urlencode({name: value for name, value in now.items() if value})


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the sidebar."""

    id: str
    name: str
    kind: str
    href: str
    unread: int
    current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One message on the screen.

    Args:
        message: in Slack's own shape.
        author: the display name.
        avatar: the style of the picture: "bot", "slackbot" or the person's alias.
        initials: inside the picture.
        app: whether an app wrote it.
        time: of day, in the reader's zone.
        day: a heading when a new day begins, or empty.
        ephemeral: whether only the reader sees it.
        href: opens the thread.
    """

    message: JSON
    author: str
    avatar: str
    initials: str
    app: bool
    time: str
    day: str
    ephemeral: bool
    replies: int
    last_reply: str
    href: str


@dataclass(frozen=True, slots=True)
class Scene:
    """Slack's side of the page for one person."""

    look: Look
    me: Person
    people: tuple[tuple[Person, str], ...]
    team: str
    places: list[Place]
    channel: Channel | None
    title: str
    purpose: str
    lines: list[Line]
    thread: list[Line]
    home: JSON | None
    modal: JSON | None
    depth: int
    errors: Mapping[str, str]
    mrkdwn: Mrkdwn
    clock: str
    day: str
    now: datetime
    moved: bool


def scene(bench: Bench, look: Look) -> Scene:
    """Build the screen of the person one acts as; a look at what is not there falls back to the first channel."""
    accounts, workspace = bench.slack.record.accounts, bench.slack.workspace
    me = accounts.person(look.user) or accounts.people[0]
    visible = workspace.visible_to(me.id)
    channel = None if look.channel == HOME else next((each for each in visible if each.id == look.channel), visible[0])
    look = Look(me.alias, HOME if channel is None else channel.id, look.thread, look.mail)
    now = bench.slack.clock()
    local = now.astimezone(ZoneInfo(me.time_zone))
    names = {each.id: each.name for each in workspace.channels.values()}
    artist = _Artist(bench, me, look)
    stack = workspace.views.get(me.id, ())
    modal = stack[-1] if stack else None
    return Scene(
        look=look,
        me=me,
        people=tuple((person, look.href(**_as(bench, person, look))) for person in accounts.people),
        team=TEAM_NAME,
        places=[artist.place(each) for each in visible],
        channel=channel,
        title=BOT_NAME if channel is None or channel.person else channel.name,
        purpose="" if channel is None else channel.purpose,
        lines=artist.lines(channel) if channel is not None else [],
        thread=artist.thread(channel) if channel is not None else [],
        home=workspace.homes.get(me.id),
        modal=modal,
        depth=len(stack),
        errors=bench.field_errors.get(modal["id"], {}) if modal is not None else {},
        mrkdwn=Mrkdwn(accounts, names, me.time_zone, now),
        clock=clock_time(local),
        day=f"{local:%a}, {local:%b} {local.day}, {local.year}",
        now=local,
        moved=abs((now - datetime.now(UTC)).total_seconds()) > 1,
    )


class _Artist:
    """Draws channels and messages for one reader."""

    def __init__(self, bench: Bench, me: Person, look: Look) -> None:
        self._bench = bench
        self._me = me
        self._look = look
        self._zone = ZoneInfo(me.time_zone)

    def place(self, channel: Channel) -> Place:
        kind = "direct" if channel.person else "private" if channel.private else "public"
        return Place(
            id=channel.id,
            name=BOT_NAME if channel.person else channel.name,
            kind=kind,
            href=self._look.href(channel=channel.id, thread=""),
            unread=channel.unread(self._me.id),
            current=channel.id == self._look.channel,
        )

    def lines(self, channel: Channel) -> list[Line]:
        newest = [message for message in list(channel.messages.values())[-SHOWN_MESSAGES:] if in_channel(message)]
        own = [each for each in channel.ephemerals[self._me.id].values() if not self._in_thread(each)]
        return self._drawn(channel, [*newest, *own], own)

    def thread(self, channel: Channel) -> list[Line]:
        parent = channel.messages.get(self._look.thread)
        if parent is None:
            return []
        own = [each for each in channel.ephemerals[self._me.id].values() if each.get("thread_ts") == parent["ts"]]
        return self._drawn(channel, [parent, *channel.replies(parent["ts"]), *own], own)

    def _drawn(self, channel: Channel, messages: list[JSON], own: list[JSON]) -> list[Line]:
        private = {message["ts"] for message in own}
        lines, day = [], ""
        for message in sorted(messages, key=lambda each: str(each["ts"])):
            moment = self._moment(message["ts"])
            heading = f"{moment:%A}, {moment:%B} {moment.day}"
            lines.append(
                self._line(channel, message, "" if heading == day else heading, ephemeral=message["ts"] in private)
            )
            day = heading
        return lines

    def _line(self, channel: Channel, message: JSON, day: str, *, ephemeral: bool) -> Line:
        replies = channel.replies(message["ts"])
        person = self._bench.slack.record.accounts.person(message["user"])
        app = person is None
        author = person.name if person else BOT_NAME if message["user"] == BOT_USER else "Slackbot"
        return Line(
            message=message,
            author=author,
            avatar=person.alias if person else "bot" if message["user"] == BOT_USER else "slackbot",
            initials="".join(word[0] for word in author.split()[:2]).upper(),
            app=app,
            time=clock_time(self._moment(message["ts"])),
            day=day,
            ephemeral=ephemeral,
            replies=len(replies),
            last_reply=clock_time(self._moment(replies[-1]["ts"])) if replies else "",
            href=self._look.href(thread=message.get("thread_ts") or message["ts"]),
        )

    def _in_thread(self, message: JSON) -> bool:
        """An ephemeral answer in a thread is shown in the channel unless that thread is open."""
        return bool(message.get("thread_ts")) and message["thread_ts"] == self._look.thread

    def _moment(self, ts: str) -> datetime:
        return datetime.fromtimestamp(float(ts), UTC).astimezone(self._zone)


def _as(bench: Bench, person: Person, look: Look) -> dict[str, str]:
    """The same look for another person: direct messages become the other's own, unseen channels the first."""
    changes = {"as": person.alias}
    channel = bench.slack.workspace.channels.get(look.channel)
    if channel is not None and channel not in bench.slack.workspace.visible_to(person.id):
        own = bench.slack.workspace.direct(person.id)
        changes |= {"channel": own.id if channel.person and own is not None else "", "thread": ""}
    return changes
