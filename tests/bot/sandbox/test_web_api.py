"""The Web API refuses what Slack refuses, by Slack's own names."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.world import World
from store.clock import MovableClock

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from conftest import Hands

TITLE = {"type": "plain_text", "text": "PR-1001"}
BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "Read it."}}]
MODAL = {"type": "modal", "title": TITLE, "blocks": BLOCKS}
MARK = {"event_type": "card", "event_payload": {"id": "7"}}


async def error_of(call: Awaitable[Any]) -> str:
    with pytest.raises(SlackApiError) as refusal:
        await call
    return str(refusal.value.response["error"])


async def test_every_call_needs_the_right_token(hands: Hands) -> None:
    def whoever(token: str | None) -> AsyncWebClient:
        return AsyncWebClient(token=token, base_url=hands.world.slack_api_url)

    assert await error_of(whoever(None).auth_test()) == "not_authed"
    assert await error_of(whoever("xoxb-stolen").auth_test()) == "invalid_auth"
    assert await error_of(whoever(hands.world.app_token).auth_test()) == "not_allowed_token_type"
    assert (
        await error_of(hands.client.apps_connections_open(app_token=hands.world.bot_token)) == "not_allowed_token_type"
    )
    assert (await hands.client.auth_test())["user_id"] == hands.world.bot_user_id


async def test_form_json_and_query_arguments_are_taken_alike(hands: Hands) -> None:
    headers = {"Authorization": f"Bearer {hands.world.bot_token}"}
    words = {"channel": hands.requests, "text": "hello"}
    answers = []
    for arguments in ({"data": words}, {"json": words}, {"params": words}):
        async with hands.http.post("/api/chat.postMessage", headers=headers, **arguments) as response:
            answers.append((response.status, (await response.json())["ok"], response.headers["X-OAuth-Scopes"][:8]))

    assert answers == [(200, True, "channels")] * 3


@pytest.fixture
def poorer_manifest(manifest: Path) -> Path:
    text = manifest.read_text()
    manifest.write_text(text.replace("      - users:read\n", "").replace("      - groups:history\n", ""))
    return manifest


async def test_a_scope_the_manifest_lacks_is_named(tmp_path: Path, poorer_manifest: Path) -> None:
    world = World(data=tmp_path, clock=MovableClock(), manifest=poorer_manifest)
    await world.start()
    client = AsyncWebClient(token=world.bot_token, base_url=world.slack_api_url)
    with pytest.raises(SlackApiError) as refusal:
        await client.users_list()
    of_private_channels = await error_of(client.conversations_history(channel=world.channels["privacy-managers"]))
    of_public_channels = await client.conversations_history(channel=world.channels["privacy-requests"])
    await world.stop()

    assert refusal.value.response["error"] == "missing_scope"
    assert refusal.value.response["needed"] == "users:read"
    assert "users:read" not in refusal.value.response["provided"]
    assert of_private_channels == "missing_scope"
    assert of_public_channels["ok"]


async def test_the_app_writes_only_where_it_was_invited_and_nothing_is_archived(hands: Hands) -> None:
    world, client = hands.world, hands.client

    async def attempt() -> str:
        return await error_of(client.chat_postMessage(channel=hands.requests, text="hello"))

    assert await error_of(client.chat_postMessage(channel=world.channels["general"], text="hi")) == "not_in_channel"
    assert await error_of(client.chat_postMessage(channel="C0NOWHERE", text="hi")) == "channel_not_found"
    world.change_channel("privacy-requests", archived=True)
    assert await attempt() == "is_archived"
    world.change_channel("privacy-requests", archived=False, members={world.users["staff1"]})
    assert await attempt() == "not_in_channel"


async def test_a_private_channel_without_the_app_does_not_exist_for_it(hands: Hands) -> None:
    managers = hands.world.channels["privacy-managers"]
    hands.world.change_channel("privacy-managers", members={hands.world.users["manager"]})

    assert await error_of(hands.client.conversations_info(channel=managers)) == "channel_not_found"
    assert await error_of(hands.client.chat_postMessage(channel=managers, text="hi")) == "channel_not_found"


async def test_messages_are_updated_without_blocks_when_only_text_is_sent(hands: Hands) -> None:
    posted = await hands.client.chat_postMessage(channel=hands.requests, text="one", blocks=BLOCKS, metadata=MARK)
    updated = await hands.client.chat_update(channel=hands.requests, ts=posted["ts"], text="two")
    nowhere = hands.client.chat_update(channel=hands.requests, ts="1.000001", text="two")
    await hands.post("say", user="staff1", channel="privacy-requests", text="mine")
    mine = (await hands.messages())[-1]
    of_others = hands.client.chat_update(channel=hands.requests, ts=mine["ts"], text="yours")

    assert (updated["ts"], updated["message"]["text"]) == (posted["ts"], "two")
    assert "blocks" not in updated["message"]
    assert updated["message"]["metadata"] == MARK
    assert await error_of(nowhere) == "message_not_found"
    assert await error_of(of_others) == "cant_update_message"


async def test_a_deleted_card_is_gone_for_everybody(hands: Hands) -> None:
    posted = await hands.client.chat_postMessage(channel=hands.requests, text="one")
    await hands.client.chat_delete(channel=hands.requests, ts=posted["ts"])

    assert await hands.messages() == []
    assert await error_of(hands.client.chat_delete(channel=hands.requests, ts=posted["ts"])) == "message_not_found"


async def test_history_comes_in_pages_newest_first_with_metadata_when_asked(hands: Hands) -> None:
    for number in range(5):
        await hands.client.chat_postMessage(channel=hands.requests, text=f"card {number}", metadata=MARK)
    first = (await hands.messages())[0]["ts"]
    await hands.client.chat_postMessage(channel=hands.requests, text="in its thread", thread_ts=first, metadata=MARK)
    pages, cursor = [], ""
    while not pages or cursor:
        page = await hands.client.conversations_history(
            channel=hands.requests, limit=2, cursor=cursor, include_all_metadata=True
        )
        pages.append([message["text"] for message in page["messages"]])
        cursor = page["response_metadata"]["next_cursor"]
    plain = (await hands.client.conversations_history(channel=hands.requests))["messages"]
    thread = await hands.client.conversations_replies(channel=hands.requests, ts=first, include_all_metadata=True)

    assert pages == [["card 4", "card 3"], ["card 2", "card 1"], ["card 0"]]
    assert "metadata" not in plain[0]
    assert (plain[-1]["reply_count"], plain[-1]["thread_ts"]) == (1, first)
    assert [(each["text"], each["metadata"]) for each in thread["messages"]] == [
        ("card 0", MARK),
        ("in its thread", MARK),
    ]
    assert await error_of(hands.client.conversations_history(channel=hands.requests, cursor="x")) == "invalid_cursor"


async def test_direct_messages_open_once_and_take_a_user_id(hands: Hands) -> None:
    sam = hands.world.users["staff1"]
    opened = await hands.client.conversations_open(users=sam)
    again = await hands.client.conversations_open(users=sam)
    posted = await hands.client.chat_postMessage(channel=sam, text="PR-1001 is due")

    assert opened["channel"]["id"] == again["channel"]["id"] == posted["channel"]
    assert again["already_open"]
    assert await error_of(hands.client.conversations_open(users="U0NOBODY")) == "user_not_found"


async def test_an_ephemeral_message_needs_a_member_and_is_in_nobodys_history(hands: Hands) -> None:
    where = {"channel": hands.requests, "text": "for you"}
    await hands.client.chat_postEphemeral(user=hands.world.users["staff1"], **where)
    to_the_app_itself = hands.client.chat_postEphemeral(user="U0ELSEWHERE", **where)

    assert (await hands.client.conversations_history(channel=hands.requests))["messages"] == []
    assert [each["ephemeral_to"] for each in await hands.messages()] == ["staff1"]
    assert await error_of(to_the_app_itself) == "user_not_in_channel"


async def test_people_and_their_groups_are_told(hands: Hands) -> None:
    groups = (await hands.client.usergroups_list(include_users=True))["usergroups"]
    staff = next(group for group in groups if group["handle"] == "privacy-staff")
    managers = await hands.client.usergroups_users_list(usergroup=hands.world.usergroups["privacy-managers"])
    sam = (await hands.client.users_info(user=hands.world.users["staff1"]))["user"]
    users = hands.world.users

    assert staff["users"] == [users["staff1"], users["staff2"], users["manager"]]
    assert managers["users"] == [users["manager"]]
    assert (sam["tz"], sam["is_bot"]) == ("America/Los_Angeles", False)
    assert await error_of(hands.client.users_info(user="staff1")) == "user_not_found"


async def test_a_trigger_shows_one_modal_within_three_seconds(hands: Hands) -> None:
    slack = hands.world.slack
    sam = hands.world.users["staff1"]
    trigger = slack.new_trigger(sam)
    await hands.client.views_open(trigger_id=trigger, view=MODAL)
    late = slack.new_trigger(sam)
    await asyncio.sleep(slack.patience.trigger + 0.05)

    assert await error_of(hands.client.views_open(trigger_id=trigger, view=MODAL)) == "exchanged_trigger_id"
    assert await error_of(hands.client.views_open(trigger_id=late, view=MODAL)) == "expired_trigger_id"
    assert await error_of(hands.client.views_open(trigger_id="1.2.3", view=MODAL)) == "invalid_trigger_id"


async def test_modals_lie_three_deep_and_change_only_as_they_were_seen(hands: Hands) -> None:
    def trigger() -> str:
        return hands.world.slack.new_trigger(hands.world.users["staff1"])

    opened = (await hands.client.views_open(trigger_id=trigger(), view={**MODAL, "external_id": "read"}))["view"]
    for _ in range(2):
        await hands.client.views_push(trigger_id=trigger(), view=MODAL)
    await hands.client.views_update(view_id=opened["id"], hash=opened["hash"], view={**MODAL, "external_id": "read"})
    stale = hands.client.views_update(external_id="read", hash=opened["hash"], view=MODAL)

    assert await error_of(hands.client.views_push(trigger_id=trigger(), view=MODAL)) == "push_limit_reached"
    assert await error_of(stale) == "hash_conflict"
    assert await error_of(hands.client.views_update(view_id="V0GONE", view=MODAL)) == "not_found"
    assert (
        await error_of(hands.client.views_open(trigger_id=trigger(), view={**MODAL, "title": None}))
        == "invalid_arguments"
    )


async def test_broken_blocks_are_refused_with_the_reason(hands: Hands) -> None:
    header = [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]
    with pytest.raises(SlackApiError) as refusal:
        await hands.client.chat_postMessage(channel=hands.requests, text="t", blocks=header)
    huge = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2_900}} for _ in range(5)]

    assert refusal.value.response["error"] == "invalid_blocks"
    assert "at most 150 characters" in refusal.value.response["errors"][0]
    assert (
        await error_of(hands.client.chat_postMessage(channel=hands.requests, text="t", blocks=huge))
        == "msg_blocks_too_long"
    )
    assert await error_of(hands.client.api_call("chat.postMessage", json={"channel": hands.requests})) == "no_text"
    assert await error_of(hands.client.chat_postMessage(channel=hands.requests, text="x" * 4_001)) == "msg_too_long"
    assert await error_of(hands.client.api_call("chat.shout")) == "unknown_method"


async def test_on_a_bad_day_a_call_is_limited_lost_or_carried_out_unseen(hands: Hands) -> None:
    async def post(text: str) -> Any:
        return await hands.client.chat_postMessage(channel=hands.requests, text=text)

    await hands.post("fault", on="chat.postMessage", fault="429", count=1, seconds=7)
    with pytest.raises(SlackApiError) as limited:
        await post("limited")
    await hands.post("fault", on="chat.postMessage", fault="500")
    with pytest.raises(SlackApiError):
        await post("broken")
    await hands.post("fault", on="chat.postMessage", fault="refuse")
    with pytest.raises(aiohttp.ClientError):
        await post("refused")
    await hands.post("fault", on="chat.postMessage", fault="timeout", count=1, seconds=0.05)
    with pytest.raises(aiohttp.ClientError):
        await post("hanging")
    await hands.post("fault", on="chat.postMessage", fault="drop-after")
    with pytest.raises(aiohttp.ClientError):
        await post("carried out")
    await post("normal again")

    assert (limited.value.response.status_code, limited.value.response.headers["Retry-After"]) == (429, "7")
    assert [each["text"] for each in await hands.messages()] == ["carried out", "normal again"]


async def test_an_outage_of_all_slack_lasts_its_seconds_and_closes_the_sockets(hands: Hands) -> None:
    await hands.online()
    await hands.post("fault", on="slack", fault="outage", seconds=60)
    connections = hands.world.socket.connections
    with pytest.raises(SlackApiError) as away:
        await hands.client.auth_test()
    hands.world.faults.clear()
    back = await hands.client.auth_test()

    assert connections == 0
    assert away.value.response.status_code == 503
    assert back["ok"]


async def test_another_sites_page_gets_no_answer(hands: Hands) -> None:
    async with hands.http.post(
        "/control/clock", json={"advance": "1d"}, headers={"Origin": "http://evil.test"}
    ) as answer:
        from_elsewhere = answer.status
    async with hands.http.get("/control/state", headers={"Host": "evil.test"}) as answer:
        under_another_name = answer.status

    assert (from_elsewhere, under_another_name) == (403, 403)


async def test_channels_are_listed_described_and_their_members_told(hands: Hands) -> None:
    world = hands.world
    both = await hands.client.conversations_list(types="public_channel,private_channel")
    world.change_channel("general", archived=True)
    public = await hands.client.conversations_list(exclude_archived=True)
    managers = (await hands.client.conversations_info(channel=world.channels["privacy-managers"]))["channel"]
    members = await hands.client.conversations_members(channel=world.channels["privacy-managers"])

    assert [each["name"] for each in both["channels"]] == ["privacy-requests", "privacy-managers", "general"]
    assert [each["name"] for each in public["channels"]] == ["privacy-requests"]
    assert (managers["is_private"], managers["is_member"], managers["is_archived"]) == (True, True, False)
    assert set(members["members"]) == {world.users["manager"], world.bot_user_id}
    assert await error_of(hands.client.conversations_list(types="im")) == "missing_scope"


async def test_a_permalink_leads_to_the_message_on_the_page(hands: Hands) -> None:
    card = await hands.client.chat_postMessage(channel=hands.requests, text="card")
    reply = await hands.client.chat_postMessage(channel=hands.requests, text="reply", thread_ts=card["ts"])
    link = (await hands.client.chat_getPermalink(channel=hands.requests, message_ts=reply["ts"]))["permalink"]
    async with hands.http.get(link) as page:
        shown = await page.text()

    assert f'id="t-{reply["ts"]}"' in shown
    assert (
        await error_of(hands.client.chat_getPermalink(channel=hands.requests, message_ts="1.2")) == "message_not_found"
    )


async def test_threads_hang_on_messages_that_exist(hands: Hands) -> None:
    where = {"channel": hands.requests, "text": "reply"}
    card = await hands.client.chat_postMessage(channel=hands.requests, text="card")
    await hands.client.chat_postMessage(thread_ts=card["ts"], reply_broadcast=True, **where)
    shown = (await hands.client.conversations_history(channel=hands.requests))["messages"]

    assert [each["text"] for each in shown] == ["reply", "card"]
    assert shown[0]["parent_user_id"] == hands.world.bot_user_id
    assert await error_of(hands.client.chat_postMessage(thread_ts="1.000001", **where)) == "thread_not_found"
    assert (
        await error_of(hands.client.conversations_replies(channel=hands.requests, ts="1.000001")) == "thread_not_found"
    )


async def test_a_home_is_published_for_people_under_its_hash(hands: Hands) -> None:
    sam = hands.world.users["staff1"]
    home = {"type": "home", "blocks": BLOCKS}
    first = (await hands.client.views_publish(user_id=sam, view=home))["view"]
    second = (await hands.client.views_publish(user_id=sam, view=home, hash=first["hash"]))["view"]

    assert first["id"] == second["id"]
    assert await error_of(hands.client.views_publish(user_id=sam, view=home, hash=first["hash"])) == "hash_conflict"
    assert await error_of(hands.client.views_publish(user_id="U0NOBODY", view=home)) == "user_not_found"
    assert await error_of(hands.client.views_publish(user_id=sam, view=MODAL)) == "invalid_arguments"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"blocks": "[{"}, "invalid_blocks_format"),
        ({"text": "t", "metadata": "{"}, "invalid_metadata_format"),
        ({"text": "t", "metadata": {"event_payload": {}}}, "invalid_metadata_schema"),
        ({"text": "t", "metadata": {"event_type": "card"}}, "invalid_metadata_schema"),
    ],
)
async def test_torn_json_and_half_metadata_are_refused(hands: Hands, arguments: dict[str, Any], error: str) -> None:
    call = hands.client.api_call("chat.postMessage", json={"channel": hands.requests, **arguments})

    assert await error_of(call) == error


async def test_an_eleventh_connection_is_one_too_many(hands: Hands) -> None:
    sockets = [await hands.http.ws_connect(hands.world.socket.new_url()) for _ in range(11)]
    first_frames = [await socket.receive_json() for socket in sockets]
    for socket in sockets:
        await socket.close()

    assert [frame["type"] for frame in first_frames] == ["hello"] * 10 + ["disconnect"]
    assert first_frames[-1]["reason"] == "too_many_websockets"
