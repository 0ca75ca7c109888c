"""What can happen in the outside world, each a frozen fact that fits on one line of the journal."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

JSON = dict[str, Any]
"""A JSON object, in the shape that Slack's Web API gives it."""


@dataclass(frozen=True, slots=True)
class MessagePosted:
    """A message came into a channel."""

    channel: str
    message: JSON


@dataclass(frozen=True, slots=True)
class MessageChanged:
    """A message is from now on this one."""

    channel: str
    ts: str
    message: JSON


@dataclass(frozen=True, slots=True)
class MessageDeleted:
    """A message is gone."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class EphemeralShown:
    """One person alone sees this message (again, with the same `ts`, when it is replaced)."""

    channel: str
    user: str
    message: JSON


@dataclass(frozen=True, slots=True)
class EphemeralGone:
    """That person dismissed it, or the app deleted it."""

    channel: str
    user: str
    ts: str


@dataclass(frozen=True, slots=True)
class DirectOpened:
    """The app and one person have a direct message channel."""

    channel: str
    user: str


@dataclass(frozen=True, slots=True)
class ChannelChanged:
    """A channel's members, or whether it is archived, changed."""

    channel: str
    members: tuple[str, ...]
    archived: bool


@dataclass(frozen=True, slots=True)
class ChannelRead:
    """A person has read a channel up to this message."""

    channel: str
    user: str
    ts: str


@dataclass(frozen=True, slots=True)
class HomePublished:
    """A person's App Home shows this view."""

    user: str
    view: JSON


@dataclass(frozen=True, slots=True)
class ViewsStacked:
    """The modals a person has open, the lowest first; empty when all are closed."""

    user: str
    views: tuple[JSON, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as its reader sees it.

    Args:
        message_id: with its angle brackets.
        sender: the address in From.
        sender_name: the name in From.
        to: the envelope's recipient.
        reply_to: the address in Reply-To, or the sender's.
        subject: decoded.
        text: the plain part.
        html: the HTML part, or empty.
        at: when it arrived, ISO 8601 with an offset.
        in_reply_to: the Message-ID it answers, or empty.
        references: the Message-IDs before it, oldest first.
        attachments: names of the attached files.
    """

    message_id: str
    sender: str
    sender_name: str
    to: str
    reply_to: str
    subject: str
    text: str
    html: str
    at: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterArrived:
    """A letter of ours lies in the consumer's mailbox."""

    letter: Letter


@dataclass(frozen=True, slots=True)
class LetterSent:
    """The consumer wrote a mail, and this is what our mail server said to it."""

    letter: Letter
    reply: str


@dataclass(frozen=True, slots=True)
class ClockMoved:
    """The demo's clock is this many seconds ahead of the machine's."""

    offset: float


Event = (
    MessagePosted
    | MessageChanged
    | MessageDeleted
    | EphemeralShown
    | EphemeralGone
    | DirectOpened
    | ChannelChanged
    | ChannelRead
    | HomePublished
    | ViewsStacked
    | LetterArrived
    | LetterSent
    | ClockMoved
)

_KINDS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        MessagePosted,
        MessageChanged,
        MessageDeleted,
        EphemeralShown,
        EphemeralGone,
        DirectOpened,
        ChannelChanged,
        ChannelRead,
        HomePublished,
        ViewsStacked,
        LetterArrived,
        LetterSent,
        ClockMoved,
    )
}


def to_json(event: Event) -> JSON:
    """Turn an event into a JSON object that `from_json` reads back."""
    return {"event": type(event).__name__, **asdict(event)}


def from_json(line: JSON) -> Event:
    """Read an event back.

    Raises:
        KeyError: this version knows no event of that name.
    """
    facts = dict(line)
    kind = _KINDS[facts.pop("event")]
    if "letter" in facts:
        letter = facts["letter"]
        lists = {name: tuple(letter[name]) for name in ("references", "attachments")}
        facts["letter"] = Letter(**{**letter, **lists})
    for name in ("members", "views"):
        if name in facts:
            facts[name] = tuple(facts[name])
    return kind(**facts)
