"""What people do with a modal: fill it in, submit it, close it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import answers, payloads, screens
from bot.sandbox.events import HomePublished, ViewsStacked
from bot.sandbox.inputs import BadInputError, State, fill, missing
from bot.sandbox.slack import SlackError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.accounts import Person
    from bot.sandbox.bench import Bench
    from bot.sandbox.events import JSON
    from bot.sandbox.witness import Outcome, Witness

TROUBLE = "We had some trouble connecting. Try again?"


async def submit(bench: Bench, user: str, view_id: str, values: Mapping[str, Any]) -> Outcome:
    """A person fills in a modal and submits it.

    Args:
        bench: the people's side.
        user: alias or id.
        view_id: the modal on top.
        values: plain values by block id; fields that are not named keep what they hold.

    Raises:
        BadInputError: no such person, view or field, or a value that it does not offer.
    """
    person = bench.person(user)
    view = bench.view(person, view_id)
    if view["type"] != "modal" or view["submit"] is None:
        raise BadInputError("This view cannot be submitted.")
    state = fill(view["blocks"], state_of(view), values, bench.slack.record.accounts)
    view = keep_state(bench, person, view, state)
    witness = bench.witness(person)
    errors = missing(view["blocks"], state)
    if errors:
        return _refused(bench, person, witness, view_id, errors)
    bench.field_errors.pop(view_id, None)
    payload = payloads.view_submission(person, bench.slack.new_trigger(person.id), view)
    with bench.slack.record.listening(witness):
        ack = await bench.road.deliver("interactive", payload, replies=True)
        if ack is None:
            return _refused(bench, person, witness, view_id, {"": TROUBLE}, timed_out=True)
        witness.forget_stirring()
        errors = _answered(bench, person, view_id, ack)
        if errors:
            return _refused(bench, person, witness, view_id, errors)
        if not bench.slack.workspace.open_view(person.id):
            witness.forget_stirring()
        await witness.settle()
    return bench.outcome(person, witness, {})


async def close(bench: Bench, user: str, view_id: str) -> Outcome:
    """A person closes a modal; the app is told when it had asked for that.

    Raises:
        BadInputError: no such person or view.
    """
    person = bench.person(user)
    view = bench.view(person, view_id)
    if view["type"] != "modal":
        raise BadInputError("Only a modal can be closed.")
    clearing = view["clear_on_close"]
    if clearing:
        screens.cleared(bench.slack, person.id)
    else:
        screens.closed(bench.slack, person.id, view_id)
    bench.field_errors.pop(view_id, None)
    timed_out = False
    if view["notify_on_close"]:
        payload = payloads.view_closed(person, view, cleared=clearing)
        timed_out = await bench.road.deliver("interactive", payload, replies=False) is None
    return bench.outcome(person, bench.witness(person), {}, timed_out=timed_out)


def state_of(view: JSON) -> State:
    """What the fields of a view hold."""
    values: State = view["state"]["values"]
    return values


def keep_state(bench: Bench, person: Person, view: JSON, state: State) -> JSON:
    """Remember what a person filled in; gives the view with it."""
    if state == view["state"]["values"]:
        return view
    filled = {**view, "state": {"values": state}}
    if view["type"] == "home":
        bench.slack.record.enter(HomePublished(person.id, filled))
        return filled
    stack = bench.slack.workspace.views.get(person.id, ())
    bench.slack.record.enter(ViewsStacked(person.id, (*stack[:-1], filled)))
    return filled


def _answered(bench: Bench, person: Person, view_id: str, ack: JSON) -> dict[str, str]:
    try:
        return answers.after_submission(bench.slack, person.id, view_id, ack)
    except SlackError as error:
        return {"": f"{TROUBLE} ({error.reason})"}


def _refused(
    bench: Bench, person: Person, witness: Witness, view_id: str, errors: dict[str, str], *, timed_out: bool = False
) -> Outcome:
    bench.refuse_form(view_id, errors)
    return bench.outcome(person, witness, errors, timed_out=timed_out)
