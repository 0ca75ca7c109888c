"""What people do in Slack that no app hears of: write a plain message, dismiss one, read a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.events import ChannelRead, EphemeralGone, MessagePosted
from bot.sandbox.inputs import BadInputError
from bot.sandbox.witness import Outcome

if TYPE_CHECKING:
    from bot.sandbox.bench import Bench


def say(bench: Bench, user: str, channel: str, text: str, thread_ts: str = "") -> Outcome:
    """A person writes a message, escaped as Slack does.

    Raises:
        BadInputError: no such person, channel or thread, or nothing was written.
    """
    person = bench.person(user)
    place = bench.channel(person, channel)
    if not text.strip():
        raise BadInputError("There is nothing to send.")
    if thread_ts and thread_ts not in place.messages:
        raise BadInputError("There is no such thread.")
    escaped = text.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    message = bench.slack.message(place.id, {"text": escaped}, thread_ts=thread_ts or None, user=person.id)
    bench.slack.record.enter(MessagePosted(place.id, message))
    return Outcome(ok=True)


def dismiss(bench: Bench, user: str, channel: str, ts: str) -> Outcome:
    """A person dismisses an ephemeral message; it is gone for good.

    Raises:
        BadInputError: no such person, channel or message.
    """
    person = bench.person(user)
    place = bench.channel(person, channel)
    if ts not in place.ephemerals[person.id]:
        raise BadInputError(f"{person.name} sees no such message.")
    bench.slack.record.enter(EphemeralGone(place.id, person.id, ts))
    return Outcome(ok=True)


def read(bench: Bench, user: str, channel: str) -> Outcome:
    """A person has read a channel to its end.

    Raises:
        BadInputError: no such person or channel.
    """
    person = bench.person(user)
    place = bench.channel(person, channel)
    if place.unread(person.id):
        bench.slack.record.enter(ChannelRead(place.id, person.id, next(reversed(place.messages))))
    return Outcome(ok=True)
