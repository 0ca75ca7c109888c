"""Every button of every state, pressed twice by two people at once: each gets an answer, nothing is doubled."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from bot.manners import WENT_WRONG
from bot.sandbox import forms, presses
from bot.sandbox.blocks import plain
from bot.sandbox.inputs import BadInputError
from bot.sandbox.slack import Patience
from bot.sandbox.witness import Outcome
from store import queries
from store.ledger import Event
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from tests.bot.conftest import REQUESTS, STAFF1, STAFF2, Floor
from tests.builders import code_in, letters, write_again

ONCE = frozenset(
    {
        *(Event.CLAIMED, Event.RELEASED, Event.ASSIGNED, Event.VERIFICATION_ASKED, Event.LEVEL_REACHED),
        *(Event.EXTENDED, Event.RESOLVED, Event.CLOSED, Event.REOPENED, Event.MERGED, Event.WOKEN),
    }
)
"""What may happen once in these few seconds, whoever presses how often."""


async def new(floor: Floor) -> str:
    case = floor.arrives(Kind.DELETE, Kind.OPT_OUT)
    await floor.stands(case.ref)
    return case.ref


async def claimed(floor: Floor) -> str:
    ref = await new(floor)
    await floor.press(STAFF1, ref, "claim")
    await floor.stands(ref, ": claimed")
    return ref


async def verifying(floor: Floor) -> str:
    ref = await claimed(floor)
    await floor.press(STAFF1, ref, "ask_to_verify")
    await floor.submit(STAFF1)
    await floor.stands(ref, "being verified")
    return ref


async def verified(floor: Floor) -> str:
    ref = await verifying(floor)
    asked = next(letter for letter in reversed(letters(floor.office, ref)) if "code" in letter.get_content())
    write_again(floor.office, ref, f"My code is {code_in(asked)}.")
    await floor.stands(ref, "1 of 2")
    await floor.press(STAFF1, ref, "verify")
    boxes = next(block for block in floor.view(STAFF1)["blocks"] if block["block_id"].startswith("points"))
    await floor.submit(STAFF1, points=[option["value"] for option in boxes["element"]["options"]][:2])
    await floor.stands(ref, ": verified")
    return ref


async def closed(floor: Floor) -> str:
    case = floor.arrives(Kind.OPT_OUT)
    await floor.stands(case.ref)
    await floor.press(STAFF1, case.ref, "claim")
    await floor.stands(case.ref, ": claimed")
    await floor.press(STAFF1, case.ref, "resolve")
    await floor.submit(STAFF1, outcome="complied_in_full")
    await floor.submit(STAFF1)
    await floor.stands(case.ref, ": closed")
    return case.ref


STATES: dict[Status, Callable[[Floor], Awaitable[str]]] = {
    Status.NEW: new,
    Status.CLAIMED: claimed,
    Status.VERIFYING: verifying,
    Status.VERIFIED: verified,
    Status.CLOSED: closed,
}


def buttons(card: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Action and value of all that can be pressed on a card, lines of its menu included."""
    for block in card["blocks"]:
        for element in [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else ())]:
            if element.get("type") == "button":
                yield element["action_id"], element.get("value", "")
            for option in element.get("options", ()) if element.get("type") == "overflow" else ():
                yield element["action_id"], option["value"]


async def press(floor: Floor, user: str, ts: str, action: str, value: str) -> Outcome:
    return await presses.press(floor.world.bench, user, REQUESTS, ts, action, value)


async def submit(floor: Floor, user: str) -> Outcome | None:
    """Submit the modal on top as it stands; None where there is none, or it wants more than it holds."""
    view = floor.world.slack.workspace.open_view(floor.user(user))
    if view is None or not view.get("submit"):
        return None
    try:
        return await forms.submit(floor.world.bench, user, view["id"], {})
    except BadInputError:
        return None


def close_all(floor: Floor) -> list[Awaitable[Any]]:
    return [floor.closes(user) for user in (STAFF1, STAFF2) if floor.sees_modal(user)]


@pytest.mark.parametrize("status", [*STATES])
async def test_every_button_twice_by_two_people(floor: Floor, status: Status) -> None:
    first = await STATES[status](floor)
    count = len([*buttons(await floor.stands(first))])
    floor.world.slack.patience = Patience(settle=0.8, public=0.2)
    pressed: list[str] = []
    for number in range(count):
        ref = await STATES[status](floor)
        card = await floor.stands(ref)
        action, value = [*buttons(card)][number]
        pressed.append(value if action in ("more", "further") else action)
        before = Counter(line.event for line in queries.history(floor.office, ref))
        people = (STAFF1, STAFF2, STAFF1, STAFF2)
        seen = await asyncio.gather(*(press(floor, user, card["ts"], action, value) for user in people))
        sent = await asyncio.gather(*(submit(floor, user) for user in (STAFF1, STAFF2)))
        outcomes = [*seen, *(each for each in sent if each is not None)]
        added = Counter(line.event for line in queries.history(floor.office, ref)) - before

        assert not any(each.timed_out for each in outcomes), action
        assert not any(WENT_WRONG in told(each) for each in outcomes), (action, value)
        assert all(added[event] <= 1 for event in ONCE), (action, value, added)
        assert len(floor.cards(ref)) == 1
        while waiting := close_all(floor):
            await asyncio.gather(*waiting)

    assert len(pressed) == count >= 3


def told(outcome: Outcome) -> str:
    """Everything that one press said."""
    view = plain((outcome.view or {}).get("blocks") or [])
    return "\n".join([outcome.ephemeral or "", view, *(outcome.errors or {}).values()])
