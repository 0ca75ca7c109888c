"""The official Bolt for JavaScript is served by the stand-in like by Slack: who made it never saw our code."""

from __future__ import annotations

import asyncio
import os
from asyncio.subprocess import PIPE
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.slack import Patience
from tests.bot.peers import PEERS, no_bolt

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from conftest import Hands

START_SECONDS = 30.0
pytestmark = pytest.mark.skipif(bool(no_bolt()), reason=no_bolt())


@pytest.fixture
def patience() -> Patience:
    return Patience(settle=3.0, quiet=0.5, public=0.5)


@pytest.fixture
async def official(hands: Hands) -> AsyncIterator[Hands]:
    """Somebody at the control interface, with Slack's own framework on the other end."""
    world = hands.world
    told = {
        "PATH": os.environ["PATH"],
        "SLACK_API_URL": world.slack_api_url,
        "PEER_BOT_TOKEN": world.bot_token,
        "PEER_APP_TOKEN": world.app_token,
    }
    peer = await asyncio.create_subprocess_exec(
        "node", "bolt.js", cwd=PEERS, env=told, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    assert peer.stdin is not None
    assert peer.stdout is not None
    assert peer.stderr is not None
    async with asyncio.timeout(START_SECONDS):
        first = await peer.stdout.readline()
    assert first == b"ready\n", (await peer.stderr.read()).decode()
    yield hands
    peer.stdin.close()
    async with asyncio.timeout(START_SECONDS):
        complaints = await peer.stderr.read()
        await peer.wait()
    assert complaints.decode() == ""


async def test_slacks_own_framework_opens_a_modal_posts_a_card_and_redraws_it(
    official: Hands, until: Callable[..., Any]
) -> None:
    here = {"user": "staff1", "channel": "privacy-requests"}
    channel = official.world.slack.workspace.channels[official.requests]
    asked = await official.post("command", **here, text="/privacy reply")
    view = asked["view"]["id"]
    too_short = await official.post("submit", user="staff1", view_id=view, values={"words": "no"})
    await official.post("submit", user="staff1", view_id=view, values={"words": "Hello & goodbye"})
    await until(lambda: channel.messages)
    (ts, posted) = next(iter(channel.messages.items()))
    await official.post("press", **here, ts=ts, action_id="claim", value="PR-1001")
    await until(lambda: len(channel.messages) == 2)
    card, line = channel.messages.values()

    assert asked["ephemeral"] == "You asked for reply"
    assert too_short["errors"] == {"words": "Please say more."}
    assert (posted["text"], posted["metadata"]["event_type"]) == ("PR-1001: Hello & goodbye", "card")
    assert (card["ts"], card["text"]) == (ts, f"PR-1001: claimed by <@{official.world.users['staff1']}>")
    assert (line["thread_ts"], line["text"]) == (ts, "PR-1001: told")


async def test_slacks_own_framework_draws_a_home_and_connects_anew_when_asked_to(
    official: Hands, until: Callable[..., Any]
) -> None:
    socket = official.world.socket
    old = socket._sockets[0]
    await socket.refresh(warning=0.05)
    await until(lambda: socket._sockets and socket._sockets[0] is not old)
    await official.post("home", user="staff2")
    homes = official.world.slack.workspace.homes
    await until(lambda: official.world.users["staff2"] in homes)

    assert homes[official.world.users["staff2"]]["blocks"][0]["text"]["text"] == "Nothing to do."
