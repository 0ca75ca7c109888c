"""What a person sees while the desk takes its time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest

from bot.manners import FINISHED, STILL_AT_IT
from bot.sandbox import presses
from store import desk
from tests.bot.conftest import REQUESTS, STAFF1, STAFF2, Floor, read, until

SLOW = 1.8


def slowly(verb: Callable[..., Any]) -> Callable[..., Any]:
    def slow(*args: Any, **kwargs: Any) -> Any:
        time.sleep(SLOW)
        return verb(*args, **kwargs)

    return slow


def top(floor: Floor, user: str) -> str:
    return read(floor.world.slack.workspace.open_view(floor.user(user)) or {})


async def press(floor: Floor, user: str, ref: str, action: str) -> asyncio.Task[Any]:
    card = await floor.stands(ref)
    return asyncio.create_task(presses.press(floor.world.bench, user, REQUESTS, card["ts"], action))


async def test_a_modal_that_takes_long_is_waited_for_in_its_place(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = floor.arrives(text="Please delete my unicorns.")
    monkeypatch.setattr(desk, "read", slowly(desk.read))
    pressed = await press(floor, STAFF1, case.ref, "read")
    await until(lambda: STILL_AT_IT in top(floor, STAFF1))
    await until(lambda: "unicorns" in top(floor, STAFF1))

    assert not (await pressed).timed_out


async def test_a_refusal_that_takes_long_is_told_where_one_waits(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    case = floor.arrives()
    await floor.press(STAFF2, case.ref, "claim")
    card = await floor.stands(case.ref, ": claimed")
    monkeypatch.setattr(desk, "claim", slowly(desk.claim))
    old = floor.world.record.workspace.channels[floor.world.channels[REQUESTS]].messages[card["ts"]]
    claim = {**old, "blocks": [_claim(case.ref)]}
    from bot.sandbox.events import MessageChanged

    floor.world.record.enter(MessageChanged(floor.world.channels[REQUESTS], card["ts"], claim))
    asyncio.create_task(presses.press(floor.world.bench, STAFF1, REQUESTS, card["ts"], "claim"))  # noqa: RUF006
    await until(lambda: STILL_AT_IT in top(floor, STAFF1))

    await until(lambda: floor.user(STAFF2) in top(floor, STAFF1))


async def test_a_press_without_a_modal_that_takes_long_ends_in_a_word(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = floor.arrives()
    monkeypatch.setattr(desk, "claim", slowly(desk.claim))
    await press(floor, STAFF1, case.ref, "claim")
    await until(lambda: STILL_AT_IT in top(floor, STAFF1))

    await until(lambda: FINISHED in top(floor, STAFF1))


async def test_who_closes_the_waiting_view_is_left_alone(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    case = floor.arrives()
    monkeypatch.setattr(desk, "read", slowly(desk.read))
    await press(floor, STAFF1, case.ref, "read")
    await until(lambda: STILL_AT_IT in top(floor, STAFF1))
    await floor.closes(STAFF1)
    await asyncio.sleep(SLOW)

    assert not floor.sees_modal(STAFF1)
    assert floor.answers(STAFF1)[1] == 0


def _claim(ref: str) -> dict[str, Any]:
    button = {
        "type": "button",
        "action_id": "claim",
        "value": ref,
        "text": {"type": "plain_text", "text": "Claim"},
    }
    return {"type": "actions", "block_id": "moves", "elements": [button]}
