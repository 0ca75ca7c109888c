"""The control interface takes what it promises, and answers bad input with one clear sentence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.control import span
from bot.sandbox.inputs import BadInputError
from bot.sandbox.world import World
from store.clock import MovableClock

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Hands


async def test_the_state_names_people_by_their_aliases(hands: Hands) -> None:
    await hands.post("say", user="outsider", channel="privacy-requests", text="<b> & *hi*")
    state = await hands.state()

    assert set(state) == {"now", "channels", "views", "homes", "mailbox"}
    assert set(state["views"]) == {"staff1", "staff2", "manager", "outsider"}
    assert [(each["user"], each["text"]) for each in await hands.messages()] == [("outsider", "&lt;b&gt; &amp; *hi*")]


async def test_a_private_channel_is_closed_to_who_is_not_in_it(hands: Hands) -> None:
    status, answer = await hands.post_anyhow("say", {"user": "staff1", "channel": "#privacy-managers", "text": "hi"})

    assert (status, answer["ok"]) == (400, False)
    assert answer["error"] == "Sam Rivera sees no channel '#privacy-managers'; there are #privacy-requests, #general."


async def test_the_clock_is_moved_before_the_desk_is_told_and_the_mover_answered(tmp_path: Path) -> None:
    told: list[datetime] = []
    clock = MovableClock()

    async def on_clock_moved() -> None:
        told.append(clock())

    world = World(data=tmp_path, clock=clock, on_clock_moved=on_clock_moved)
    await world.start()
    await world.move_clock(datetime(2027, 1, 5, 17, tzinfo=UTC))
    await world.stop()

    assert told[0] - datetime(2027, 1, 5, 17, tzinfo=UTC) < timedelta(seconds=5)


async def test_the_clock_moves_by_a_span_or_to_a_moment(hands: Hands) -> None:
    moved = await hands.post("clock", to="2027-01-05T09:00:00-08:00")
    back = await hands.post("clock", advance="-1d12h")

    assert moved["now"].startswith("2027-01-05T17:00:0")
    assert back["now"].startswith("2027-01-04T05:00:0")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("38d", timedelta(days=38)),
        ("1d12h", timedelta(days=1, hours=12)),
        ("-2w", timedelta(weeks=-2)),
        ("90 s", timedelta(seconds=90)),
    ],
)
def test_a_span_is_written_as_people_write_it(text: str, length: timedelta) -> None:
    assert span(text) == length


@pytest.mark.parametrize("text", ["", "soon", "3", "3d and more", "d3"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="no span of time"):
        span(text)


@pytest.mark.parametrize(
    ("verb", "body", "words"),
    [
        ("clock", {}, 'either "advance"'),
        ("clock", {"to": "2027-01-05T09:00:00"}, "no offset from UTC"),
        ("clock", {"to": "tomorrow"}, "no moment"),
        ("clock", {"advance": "999999999d"}, "beyond every calendar"),
        ("clock", ["38d"], "JSON object"),
        ("fault", {"on": "chat.shout", "fault": "429"}, "Nothing can go wrong on"),
        ("fault", {"on": "smtp", "fault": "flood"}, "There is no fault"),
        ("fault", {"on": "smtp", "fault": "429", "count": -1}, "not negative"),
        ("fault", {"fault": "429"}, '"on" must be a string'),
        ("command", {"user": 7}, '"user" must be a string'),
        ("submit", {"user": "staff1", "view_id": "V1", "values": []}, "object of block ids"),
        ("submit", {"user": "staff1", "view_id": "V1", "values": {}}, "has no view"),
        ("press", {"user": "staff1", "channel": "general", "ts": "1.2", "action_id": "claim"}, "sees no message"),
        ("say", {"user": "staff1", "channel": "general", "text": "  "}, "nothing to send"),
        ("dismiss", {"user": "staff1", "channel": "general", "ts": "1.2"}, "no such message"),
        ("shout", {}, "no such request"),
    ],
)
async def test_bad_input_is_answered_with_one_clear_sentence(hands: Hands, verb: str, body: Any, words: str) -> None:
    status, answer = await hands.post_anyhow(verb, body)

    assert (status, answer["ok"]) == (400, False)
    assert words in answer["error"]


async def test_only_json_is_read(hands: Hands) -> None:
    async with hands.http.post("/control/clock", data={"advance": "1d"}) as response:
        form = (response.status, await response.json())
    headers = {"Content-Type": "application/json"}
    async with hands.http.post("/control/clock", data="{", headers=headers) as response:
        torn = (response.status, await response.json())

    assert form == (400, {"ok": False, "error": "The request must be JSON (Content-Type: application/json)."})
    assert torn == (400, {"ok": False, "error": "The request's body is not JSON."})
