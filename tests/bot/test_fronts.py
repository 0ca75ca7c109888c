"""How Slack reaches the desk: sockets that break, and requests that must be Slack's own."""

from __future__ import annotations

import asyncio
import io
import json
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from pydantic import SecretStr
from slack_sdk.signature import SignatureVerifier

from bot.app import SlackDoor
from bot.fronts import requests, sockets
from store.errors import ConfigurationError
from tests.bot.conftest import REQUESTS, STAFF1, Floor, until

HTTP = {"front": "http", "events_port": 0}


@pytest.fixture
async def door(bare_floor: Floor) -> AsyncIterator[SlackDoor]:
    """The desk's door for signed requests; the pretended Slack sends to it."""
    secret = SecretStr(bare_floor.world.signing_secret)
    settings = bare_floor.settings.model_copy(update={**HTTP, "signing_secret": secret})
    opened = SlackDoor(bare_floor.bridge, settings)
    await opened.start()
    assert await bare_floor.world.send_requests(where(opened))
    yield opened
    await opened.stop()


def where(door: SlackDoor) -> str:
    assert door.address is not None
    return "http://{}:{}/slack/events".format(*door.address)


def signed(floor: Floor, body: str, *, at: float | None = None, secret: str | None = None) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(secret or floor.world.signing_secret).generate_signature(timestamp=stamp, body=body)
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature or "",
    }


def a_command(floor: Floor, text: str = "list") -> str:
    return urlencode(
        {
            "command": "/privacy",
            "text": text,
            "user_id": floor.user(STAFF1),
            "channel_id": floor.world.channels[REQUESTS],
            "team_id": "T0STANDIN",
            "trigger_id": "1.2.3",
            "response_url": f"{floor.world.page_url}hooks/none",
        }
    )


async def post(door: SlackDoor, body: str | bytes, headers: dict[str, str]) -> tuple[int, str]:
    data = io.BytesIO(body.encode() if isinstance(body, str) else body)
    async with aiohttp.ClientSession() as session, session.post(where(door), data=data, headers=headers) as answer:
        return answer.status, await answer.text()


async def test_the_desk_is_worked_by_signed_requests(bare_floor: Floor, door: SlackDoor) -> None:
    case = bare_floor.arrives()
    await bare_floor.stands(case.ref)
    await bare_floor.press(STAFF1, case.ref, "claim")
    await bare_floor.stands(case.ref, ": claimed")
    typed = await bare_floor.types(STAFF1, "mine")
    await bare_floor.press(STAFF1, case.ref, "extend")
    wrong = await bare_floor.submit(STAFF1, reason=" ")

    assert case.ref in (typed.ephemeral or "")
    assert wrong.errors
    assert bare_floor.world.socket.connections == 0
    assert door.connection.connected
    assert (door.connection.heard or 0) < 5


@pytest.mark.parametrize(
    "spoilt",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v0=é"},
        {"X-Slack-Signature": ""},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "yesterday"},
        {"X-Slack-Request-Timestamp": "9" * 5000},
        {"X-Slack-Request-Timestamp": "-1"},
    ],
)
async def test_what_slack_did_not_sign_is_refused(bare_floor: Floor, door: SlackDoor, spoilt: dict[str, str]) -> None:
    body = a_command(bare_floor)
    status, said = await post(door, body, {**signed(bare_floor, body), **spoilt})

    assert (status, said) == (401, "This is not signed by Slack, or too old.")


@pytest.mark.parametrize("off", [-301.0, 301.0])
async def test_a_request_of_another_time_is_refused(bare_floor: Floor, door: SlackDoor, off: float) -> None:
    body = a_command(bare_floor)

    assert (await post(door, body, signed(bare_floor, body, at=time.time() + off)))[0] == 401


async def test_another_apps_secret_or_another_body_is_refused(bare_floor: Floor, door: SlackDoor) -> None:
    body = a_command(bare_floor)

    assert (await post(door, body, signed(bare_floor, body, secret="6b" * 16)))[0] == 401
    assert (await post(door, body + "&text=settings", signed(bare_floor, body)))[0] == 401
    assert (await post(door, b"\xff\xfe", signed(bare_floor, body)))[0] == 401


async def test_a_request_counts_once(bare_floor: Floor, door: SlackDoor) -> None:
    body = a_command(bare_floor, "help")
    headers = signed(bare_floor, body)
    first, again = await post(door, body, headers), await post(door, body, headers)

    assert first[0] == 200
    assert again == (401, "This was taken before.")


async def test_signatures_are_forgotten_when_their_time_is_over(
    bare_floor: Floor, door: SlackDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = a_command(bare_floor, "help")
    headers = signed(bare_floor, body)
    await post(door, body, headers)
    monkeypatch.setattr(requests, "WINDOW_SECONDS", -1.0)

    assert (await post(door, body, headers))[0] == 200


async def test_bodies_are_bounded(bare_floor: Floor, door: SlackDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = "a" * (requests.BODY_LIMIT + 1)
    too_much = await post(door, huge, signed(bare_floor, huge))
    monkeypatch.setattr(requests, "READ_SECONDS", 0.05)

    async def slowly() -> AsyncIterator[bytes]:
        yield b"payload="
        await asyncio.sleep(2)

    async with aiohttp.ClientSession() as session, session.post(where(door), data=slowly()) as answer:
        too_slow = answer.status

    assert (too_much[0], too_slow) == (413, 408)


async def test_only_one_path_and_one_method_are_there(door: SlackDoor) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(where(door)) as answer:
            assert answer.status == 405
        async with session.post(where(door).replace("events", "install")) as answer:
            assert answer.status == 404


async def test_a_port_that_is_taken_is_told_with_its_key(bare_floor: Floor, door: SlackDoor) -> None:
    assert door.address is not None
    secret = SecretStr(bare_floor.world.signing_secret)
    taken = {**HTTP, "events_port": door.address[1], "signing_secret": secret}
    second = SlackDoor(bare_floor.bridge, bare_floor.settings.model_copy(update=taken))
    with pytest.raises(ConfigurationError, match="events_port"):
        await second.start()
    await second.stop()


async def test_refusals_are_said_once_a_minute(door: SlackDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[dict[str, Any]] = []
    monkeypatch.setattr(requests.log, "warning", lambda _, **facts: said.append(facts))
    for _ in range(5):
        await post(door, json.dumps({"type": "event_callback"}), {})

    assert [facts["count"] for facts in said] == [1]


async def test_presses_go_on_while_one_of_two_sockets_is_cut(bare_floor: Floor) -> None:
    door = SlackDoor(bare_floor.bridge, bare_floor.settings)
    await door.start()
    await until(lambda: bare_floor.world.socket.connections == 2)
    case = bare_floor.arrives()
    await bare_floor.stands(case.ref)
    bare_floor.world.socket.cut()
    await until(lambda: bare_floor.world.socket.connections == 1)
    seen = await bare_floor.press(STAFF1, case.ref, "claim")
    await bare_floor.stands(case.ref, ": claimed")
    still = door.connection
    await door.stop()

    assert not seen.timed_out
    assert still.connected
    assert still.sockets >= 1
    assert still.heard is not None


async def test_sockets_that_stand_open_and_dead_are_replaced(
    bare_floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "PING_SECONDS", 0.4)
    monkeypatch.setattr(sockets, "WATCH_SECONDS", 0.1)
    door = SlackDoor(bare_floor.bridge, bare_floor.settings.model_copy(update={"connections": 1}))
    await door.start()
    case = bare_floor.arrives()
    await bare_floor.stands(case.ref)
    bare_floor.world.socket.freeze()
    await bare_floor.press(STAFF1, case.ref, "claim")
    await bare_floor.stands(case.ref, ": claimed")
    up = door.connection.connected
    await door.stop()

    assert up


async def test_a_closed_door_is_not_connected(bare_floor: Floor) -> None:
    door = SlackDoor(bare_floor.bridge, bare_floor.settings)

    assert not door.connection.connected
    assert door.address is None
    assert replace(door.connection, sockets=0) == door.connection
