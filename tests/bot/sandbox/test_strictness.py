"""The stand-in is as strict as Slack's texts say Slack is: its address, errors, scopes, acknowledgements, shapes."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.methods import METHODS
from bot.sandbox.slack import RESPONSE_URL_AGE, RESPONSE_URL_USES, Patience

if TYPE_CHECKING:
    from conftest import Hands

BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "Read it."}}]
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "PR-1001"}, "blocks": BLOCKS}
OF_CHANNELS = {
    "conversations.history": "channels:history",
    "conversations.info": "channels:read",
    "conversations.list": "channels:read",
    "conversations.members": "channels:read",
    "conversations.replies": "channels:history",
}
NEEDING = {method: scope for method, (scope, _) in METHODS.items() if scope} | OF_CHANNELS
FREE = {"auth.test", "chat.getPermalink", "views.open", "views.publish", "views.push", "views.update"}


async def test_nobody_outside_this_machine_can_reach_it(hands: Hands) -> None:
    assert hands.world._runner is not None
    assert [address[0] for address in hands.world._runner.addresses] == ["127.0.0.1"]
    assert hands.world.slack_api_url.startswith("http://127.0.0.1:")


def test_it_waits_as_long_as_slack_does() -> None:
    assert (Patience().ack, Patience().trigger) == (3.0, 3.0)
    assert Patience().redeliver == (0.0, 60.0, 300.0)
    assert (RESPONSE_URL_USES, RESPONSE_URL_AGE.total_seconds()) == (5, 1_800)


async def test_an_error_is_an_answer_with_status_200(hands: Hands) -> None:
    headers = {"Authorization": f"Bearer {hands.world.bot_token}"}
    async with hands.http.post("/api/chat.postMessage", headers=headers, json={"channel": "C0NOWHERE"}) as response:
        answer = await response.json()

    assert (response.status, answer) == (200, {"ok": False, "error": "no_text"})


@pytest.mark.parametrize("method", NEEDING)
async def test_every_method_needs_its_scope_in_the_manifest(hands: Hands, method: str) -> None:
    everything = {"channel": hands.requests, "text": "t", "user": "U0SAMRIVERA", "users": "U0SAMRIVERA", "ts": "1.2"}
    scopes = hands.world.slack.manifest.scopes - {NEEDING[method]}
    hands.world.slack.manifest = replace(hands.world.slack.manifest, scopes=scopes)
    with pytest.raises(SlackApiError) as refusal:
        await hands.client.api_call(method, json={**everything, "usergroup": "S0PRIVSTAFF"})

    assert refusal.value.response["error"] == "missing_scope"
    assert refusal.value.response["needed"] == NEEDING[method]


def test_no_method_is_free_by_mistake() -> None:
    assert set(METHODS) == {*NEEDING, *FREE}


async def test_a_command_needs_the_scope_commands(hands: Hands) -> None:
    scopes = hands.world.slack.manifest.scopes - {"commands"}
    hands.world.slack.manifest = replace(hands.world.slack.manifest, scopes=scopes)
    status, answer = await hands.post_anyhow(
        "command", {"user": "staff1", "channel": "privacy-requests", "text": "/privacy list"}
    )

    assert status == 400
    assert "not a valid command" in answer["error"]


async def test_an_envelope_may_be_acknowledged_on_any_connection(hands: Hands) -> None:
    first = await hands.http.ws_connect(hands.world.socket.new_url())
    second = await hands.http.ws_connect(hands.world.socket.new_url())
    greetings = [await socket.receive_json() for socket in (first, second)]
    pressed = asyncio.create_task(
        hands.post("command", user="staff1", channel="privacy-requests", text="/privacy list")
    )
    waiting = {asyncio.create_task(socket.receive_json()): socket for socket in (first, second)}
    done, pending = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    (received,) = done
    envelope = received.result()
    (other,) = (waiting[task] for task in pending)
    await other.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "heard"}})
    answer = await pressed
    for task in pending:
        task.cancel()
    for socket in (first, second):
        await socket.close()

    assert [greeting["type"] for greeting in greetings] == ["hello", "hello"]
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert (answer["ok"], answer["ephemeral"]) == (True, "heard")


async def test_a_view_over_250_kilobytes_is_refused(hands: Hands) -> None:
    huge = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_000}}] * 90
    with pytest.raises(SlackApiError) as refusal:
        await hands.client.views_publish(user_id=hands.world.users["staff1"], view={"type": "home", "blocks": huge})

    assert refusal.value.response["error"] == "view_too_large"


async def test_answers_have_the_shapes_of_slacks(hands: Hands) -> None:
    client, channel, sam = hands.client, hands.requests, hands.world.users["staff1"]
    posted = (await client.chat_postMessage(channel=channel, text="one", blocks=BLOCKS)).data
    ts = posted["ts"]
    updated = (await client.chat_update(channel=channel, ts=ts, text="two", blocks=BLOCKS)).data
    ephemeral = (await client.chat_postEphemeral(channel=channel, user=sam, text="you")).data
    history = (await client.conversations_history(channel=channel)).data
    replies = (await client.conversations_replies(channel=channel, ts=ts)).data
    trigger = hands.world.slack.new_trigger(sam)
    shown: dict[str, Any] = (await client.views_open(trigger_id=trigger, view=MODAL)).data
    home = (await client.views_publish(user_id=sam, view={"type": "home", "blocks": BLOCKS})).data
    shapes = [sorted(each) for each in (posted, updated, ephemeral, shown, home)]

    assert shapes == [
        ["channel", "message", "ok", "ts"],
        ["channel", "message", "ok", "text", "ts"],
        ["message_ts", "ok"],
        ["ok", "view"],
        ["ok", "view"],
    ]
    assert {"type", "user", "ts", "text", "blocks", "bot_id", "app_id", "team", "bot_profile"} <= set(posted["message"])
    assert all(block["block_id"] for block in posted["message"]["blocks"])
    assert history["response_metadata"]["next_cursor"] == ""
    assert (history["has_more"], history["pin_count"]) == (False, 0)
    assert [message["ts"] for message in replies["messages"]] == [ts]
    assert {"id", "hash", "state", "root_view_id", "previous_view_id", "team_id", "app_id", "bot_id"} <= set(
        shown["view"]
    )
