"""What people choose in the menu of a message: message shortcuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import payloads
from bot.sandbox.inputs import BadInputError
from bot.sandbox.methods.chat import as_read
from bot.sandbox.slack import Response

if TYPE_CHECKING:
    from bot.sandbox.bench import Bench
    from bot.sandbox.witness import Outcome


async def choose(bench: Bench, user: str, channel: str, ts: str, callback_id: str) -> Outcome:
    """A person chooses a shortcut in the menu of a message.

    Args:
        bench: the people's side.
        user: alias or id.
        channel: name or id.
        ts: the message's.
        callback_id: the shortcut's, as the manifest has it.

    Raises:
        BadInputError: no such person, message or shortcut.
    """
    slack = bench.slack
    person = bench.person(user)
    place = bench.channel(person, channel)
    message = place.messages.get(ts)
    if message is None:
        raise BadInputError(f"{person.name} sees no message {ts!r} there.")
    if callback_id not in slack.manifest.shortcuts or "commands" not in slack.manifest.scopes:
        raise BadInputError(f"There is no shortcut {callback_id!r}; there is: {', '.join(slack.manifest.shortcuts)}.")
    response = Response(person.id, place.id, slack.clock())
    shown = as_read(place, message, metadata=False)
    payload = payloads.message_action(person, slack.new_trigger(person.id), callback_id, place, shown) | {
        "response_url": slack.new_response_url(response),
    }
    witness = bench.witness(person)
    with slack.record.listening(witness):
        ack = await bench.road.deliver("interactive", payload, replies=False)
        if ack is None:
            bench.whisper(person, place, "rightsdesk did not respond. Try again in a moment.")
            return bench.outcome(person, witness, {}, timed_out=True)
        await witness.settle()
    return bench.outcome(person, witness, {})
