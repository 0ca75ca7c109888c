"""Slack and the consumer's mailbox remember, whatever happens to our process."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.events import ClockMoved, Letter, LetterArrived, MessagePosted, ViewsStacked
from bot.sandbox.faults import Fault
from bot.sandbox.journal import Journal
from bot.sandbox.snapshot import snapshot
from bot.sandbox.world import JOURNAL, World
from store.clock import MovableClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LETTER = Letter(
    "<1@x.test>",
    "a@x.test",
    "A",
    "b@x.test",
    "a@x.test",
    "s",
    "t",
    "",
    "2026-11-23T09:00:00+00:00",
    "",
    ("<0@x.test>",),
)
MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "PR-1001"},
    "blocks": [{"type": "divider"}],
}


async def begun(data: Path) -> World:
    world = World(data=data, clock=MovableClock())
    await world.start()
    return world


async def test_everything_is_there_again_after_a_restart(tmp_path: Path) -> None:
    world = await begun(tmp_path)
    client = AsyncWebClient(token=world.bot_token, base_url=world.slack_api_url)
    sam, requests = world.users["staff1"], world.channels["privacy-requests"]
    card = await client.chat_postMessage(channel=requests, text="card")
    await client.chat_postMessage(channel=requests, text="reply", thread_ts=card["ts"])
    await client.chat_update(channel=requests, ts=card["ts"], text="card, redrawn")
    gone = await client.chat_postMessage(channel=sam, text="gone soon")
    await client.chat_delete(channel=gone["channel"], ts=gone["ts"])
    await client.chat_postEphemeral(channel=requests, user=sam, text="for Sam")
    await client.views_publish(user_id=sam, view={"type": "home", "blocks": [{"type": "divider"}]})
    await client.views_open(trigger_id=world.slack.new_trigger(sam), view=MODAL)
    world.record.enter(LetterArrived(LETTER))
    await world.move_clock(world.clock() + timedelta(days=38))
    before = snapshot(world.slack)
    await world.stop()

    again = await begun(tmp_path)
    after = snapshot(again.slack)
    new = again.slack.message(requests, {"text": "new"})["ts"]
    await again.stop()

    assert {**after, "now": ""} == {**before, "now": ""}
    assert again.clock.offset == world.clock.offset
    assert new > max(message["ts"] for message in after["channels"][0]["messages"])


async def test_a_process_killed_in_the_middle_of_a_line_loses_that_line_only(tmp_path: Path) -> None:
    world = await begun(tmp_path)
    client = AsyncWebClient(token=world.bot_token, base_url=world.slack_api_url)
    for text in ("first", "second"):
        await client.chat_postMessage(channel=world.channels["privacy-requests"], text=text)
    await world.stop()
    journal = tmp_path / JOURNAL
    journal.write_bytes(journal.read_bytes()[:-20])

    again = await begun(tmp_path)
    await again.move_clock(again.clock() + timedelta(days=1))
    await again.stop()
    third = await begun(tmp_path)
    messages = snapshot(third.slack)["channels"][0]["messages"]
    await third.stop()

    assert [message["text"] for message in messages] == ["first"]
    assert third.clock.offset > timedelta(hours=23)


def test_an_event_is_with_the_kernel_before_anybody_hears_of_it(tmp_path: Path) -> None:
    dying = (
        "import os, signal, sys; from pathlib import Path\n"
        "from bot.sandbox.events import ClockMoved; from bot.sandbox.journal import Journal\n"
        "journal = Journal(Path(sys.argv[1])); journal.open(); journal.append(ClockMoved(5.0))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", dying, str(tmp_path / "j")], check=False, timeout=30)

    journal = Journal(tmp_path / "j")
    events = journal.open()
    journal.close()

    assert events == [ClockMoved(5.0)]


@pytest.mark.parametrize(
    "event",
    [
        LetterArrived(LETTER),
        MessagePosted("C1", {"ts": "1.000001", "text": "é\u2028\n\udc80 <&>"}),
        ViewsStacked("U1", ({"id": "V1"}, {"id": "V2"})),
    ],
)
def test_what_is_written_is_read_back_the_same(tmp_path: Path, event: Any) -> None:
    journal = Journal(tmp_path / "j")
    journal.open()
    journal.append(event)
    journal.close()

    reopened = Journal(tmp_path / "j")
    events = reopened.open()
    reopened.close()

    assert events == [event]


def test_a_journal_damaged_in_the_middle_is_refused_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "j").write_bytes(
        b'{"event":"ClockMoved","offset":1}\n{"event":"Nonsense"}\n{"event":"ClockMoved","offset":1}\n'
    )

    with pytest.raises(ValueError, match="Line 2 of"):
        Journal(tmp_path / "j").open()


async def test_the_world_stops_at_once_whoever_is_still_connected(tmp_path: Path, until: Callable[..., Any]) -> None:
    world = await begun(tmp_path)
    async with aiohttp.ClientSession(world.page_url) as http:
        changes = await http.get("/changes")
        socket = await http.ws_connect(world.socket.new_url())
        _, mail = await asyncio.open_connection(*world.consumer_smtp)
        planned = world.faults.plan("auth.test", Fault.TIMEOUT, count=1, seconds=None)
        hanging = asyncio.create_task(http.post("/api/auth.test", data={"token": world.bot_token}))
        await until(lambda: planned.count == 0)
        begun_to_stop = time.monotonic()
        await world.stop()
        took = time.monotonic() - begun_to_stop
        await asyncio.gather(hanging, return_exceptions=True)
        changes.close()
        await socket.close()
        mail.close()

    assert took < 1.5
    with pytest.raises(ConnectionError):
        await asyncio.open_connection(*world.consumer_smtp)


async def test_timestamps_grow_even_when_the_clock_is_moved_back(tmp_path: Path) -> None:
    world = await begun(tmp_path)
    stamps = []
    for day in (20, 3, 3, 25):
        await world.move_clock(datetime(2027, 1, day, tzinfo=UTC))
        stamps += [world.slack.message(world.channels["general"], {"text": "x"})["ts"] for _ in range(3)]
    await world.stop()

    assert stamps == sorted(set(stamps))
    assert stamps[-1].startswith(str(int(datetime(2027, 1, 25, tzinfo=UTC).timestamp()))[:7])
