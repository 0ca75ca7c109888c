"""What people do that sends the app an envelope: slash commands, buttons, fields, opening Home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import answers, payloads
from bot.sandbox.blocks import elements, find
from bot.sandbox.forms import keep_state, state_of
from bot.sandbox.inputs import BadInputError, fill, held
from bot.sandbox.methods.chat import as_read
from bot.sandbox.slack import Response, SlackError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.accounts import Person
    from bot.sandbox.bench import Bench
    from bot.sandbox.events import JSON
    from bot.sandbox.witness import Outcome
    from bot.sandbox.workspace import Channel

STATELESS = ("button", "overflow")


async def command(bench: Bench, user: str, channel: str, text: str, thread_ts: str = "") -> Outcome:
    """A person sends a slash command.

    Args:
        bench: the people's side.
        user: alias or id.
        channel: name or id.
        text: with the command, as `/privacy list`.
        thread_ts: the thread it was typed in; Slack refuses it there.

    Raises:
        BadInputError: no such person, channel or command, or typed in a thread.
    """
    slack = bench.slack
    person = bench.person(user)
    place = bench.channel(person, channel)
    name, _, rest = text.strip().partition(" ")
    if name not in slack.manifest.commands or "commands" not in slack.manifest.scopes:
        raise BadInputError(f"{name!r} is not a valid command; there is {', '.join(slack.manifest.commands)}.")
    if thread_ts:
        raise BadInputError(f"{name} is not supported in threads. Sorry!")
    response = Response(person.id, place.id, slack.clock())
    payload = payloads.slash_command(person, place, name, rest.strip()) | {
        "trigger_id": slack.new_trigger(person.id),
        "response_url": slack.new_response_url(response),
    }
    witness = bench.witness(person, alone=True)
    with slack.record.listening(witness):
        ack = await bench.road.deliver("slash_commands", payload, replies=True)
        if ack is None:
            bench.whisper(person, place, f'{name} failed with the error "operation_timeout"')
            return bench.outcome(person, witness, {}, timed_out=True)
        errors = _answered(bench, response, ack)
        await witness.settle()
    return bench.outcome(person, witness, errors)


async def press(
    bench: Bench, user: str, channel: str, ts: str, action_id: str, value: Any = None, *, block_id: str | None = None
) -> Outcome:
    """A person presses a button or changes a field of a message, as it is or as it was.

    Raises:
        BadInputError: no such person, message or element, or a value that it does not offer.
    """
    slack = bench.slack
    person = bench.person(user)
    place = bench.channel(person, channel)
    own = place.ephemerals[person.id].get(ts)
    looks = [own] if own is not None else list(place.looks(ts))
    if not looks:
        raise BadInputError(f"{person.name} sees no message {ts!r} there.")
    block, element = _element(looks, action_id, value, block_id)
    choice = _choice(bench, element, value)
    message = place.messages.get(ts, looks[0])
    response = Response(
        person.id, place.id, slack.clock(), ts, ephemeral=own is not None, thread_ts=message.get("thread_ts")
    )
    state = {} if element["type"] in STATELESS else {block["block_id"]: {action_id: choice}}
    payload = {
        **_action(bench, person, block, element, choice),
        **payloads.message_place(
            place, as_read(place, message, metadata=False), ephemeral=own is not None, state=state
        ),
        "response_url": slack.new_response_url(response),
    }
    return await _act(bench, person, place, payload)


async def press_in_view(
    bench: Bench,
    user: str,
    view_id: str,
    action_id: str,
    value: Any = None,
    *,
    block_id: str | None = None,
    values: Mapping[str, Any] | None = None,
) -> Outcome:
    """A person presses a button or changes a field of a modal or of the Home tab.

    Args:
        bench: the people's side.
        user: alias or id.
        view_id: the view on screen.
        action_id: the element's.
        value: a button's value, or what a field is changed to.
        block_id: the block's, where several elements share an action id.
        values: what the fields hold by then, by block id.

    Raises:
        BadInputError: no such person, view or element, or a value that it does not offer.
    """
    person = bench.person(user)
    view = bench.view(person, view_id)
    block, element = _element([view], action_id, value, block_id)
    choice = _choice(bench, element, value)
    state = fill(view["blocks"], state_of(view), values or {}, bench.slack.record.accounts)
    if element["type"] not in STATELESS:
        state.setdefault(block["block_id"], {})[action_id] = choice
    view = keep_state(bench, person, view, state)
    payload = _action(bench, person, block, element, choice) | payloads.view_place(view)
    return await _act(bench, person, bench.slack.record.direct(person.id), payload)


async def home(bench: Bench, user: str) -> Outcome:
    """A person opens the app's Home tab.

    Raises:
        BadInputError: no such person.
    """
    person = bench.person(user)
    slack = bench.slack
    channel = slack.record.direct(person.id)
    event = payloads.app_home_opened(person, channel, slack.workspace.homes.get(person.id), slack.clock())
    witness = bench.witness(person)
    with slack.record.listening(witness):
        acknowledged = await bench.event(event)
        if acknowledged:
            await witness.settle()
    return bench.outcome(person, witness, {}, timed_out=not acknowledged)


async def _act(bench: Bench, person: Person, place: Channel, payload: JSON) -> Outcome:
    witness = bench.witness(person)
    with bench.slack.record.listening(witness):
        ack = await bench.road.deliver("interactive", payload, replies=False)
        if ack is None:
            bench.whisper(person, place, "rightsdesk did not respond. Try again in a moment.")
            return bench.outcome(person, witness, {}, timed_out=True)
        await witness.settle()
    return bench.outcome(person, witness, {})


def _answered(bench: Bench, response: Response, ack: JSON) -> dict[str, str]:
    try:
        if ack:
            answers.respond(bench.slack, response, ack)
    except SlackError as error:
        return {"": f"Slack refused the answer: {error.reason}"}
    return {}


def _element(looks: list[JSON], action_id: str, value: Any, block_id: str | None) -> tuple[JSON, JSON]:
    wanted = None if value is None else str(value)
    for look in looks:
        found = find(look.get("blocks", []), action_id, wanted, block_id)
        if found is not None:
            return found
    there = dict.fromkeys(element["action_id"] for _, element in elements(looks[0].get("blocks", [])))
    with_value = "" if value is None else f" with the value {value!r}"
    raise BadInputError(f"There is no {action_id!r}{with_value} to press; there is: {', '.join(there) or 'nothing'}.")


def _choice(bench: Bench, element: JSON, value: Any) -> JSON:
    match element["type"]:
        case "button":
            return {}
        case "overflow":
            options = {option["value"]: option for option in element["options"]}
            if value not in options:
                raise BadInputError(f"This menu does not offer {value!r}; it offers: {', '.join(options)}.")
            return {"selected_option": options[value]}
        case _:
            return held(element, value, bench.slack.record.accounts)


def _action(bench: Bench, person: Person, block: JSON, element: JSON, choice: JSON) -> JSON:
    action = payloads.action_of(block, element, choice, bench.slack.clock())
    return payloads.block_actions(person, bench.slack.new_trigger(person.id), action)
