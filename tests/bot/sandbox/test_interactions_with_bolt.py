"""People press and type, an unchanged Bolt app answers over real sockets."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Hands

CLAIM = {"type": "button", "action_id": "claim", "value": "PR-1001", "text": {"type": "plain_text", "text": "Claim"}}
CARD = [{"type": "actions", "block_id": "moves", "elements": [CLAIM]}]


def modal(callback_id: str = "verify", **more: Any) -> dict[str, Any]:
    title = {"type": "plain_text", "text": callback_id}
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "Tick what matched."}}]
    return {"type": "modal", "callback_id": callback_id, "title": title, "blocks": blocks, **more}


def form(callback_id: str = "verify") -> dict[str, Any]:
    def field(block_id: str, element: dict[str, Any], *, optional: bool = False) -> dict[str, Any]:
        label = {"type": "plain_text", "text": block_id}
        return {"type": "input", "block_id": block_id, "label": label, "element": element, "optional": optional}

    options = [{"text": {"type": "plain_text", "text": each}, "value": each} for each in ("mail", "order", "phone")]
    blocks = [
        field("points", {"type": "checkboxes", "action_id": "p", "options": options, "initial_options": options[:1]}),
        field("reason", {"type": "plain_text_input", "action_id": "r"}),
        field("level", {"type": "static_select", "action_id": "l", "options": options}, optional=True),
        field("who", {"type": "users_select", "action_id": "w"}, optional=True),
        field("day", {"type": "datepicker", "action_id": "d", "initial_date": "2026-11-23"}),
    ]
    return modal(callback_id, blocks=blocks, submit={"type": "plain_text", "text": "Send"}, notify_on_close=True)


async def card(hands: Hands, blocks: list[dict[str, Any]] | None = None) -> str:
    posted = await hands.client.chat_postMessage(channel=hands.requests, text="PR-1001", blocks=blocks or CARD)
    return str(posted["ts"])


async def test_a_command_is_answered_to_its_sender_alone(hands: Hands) -> None:
    seen: list[dict[str, Any]] = []

    @hands.app.command("/privacy")
    async def privacy(ack: Any, command: dict[str, Any]) -> None:
        seen.append(command)
        await ack(text=f"You asked for {command['text']}")

    await hands.online()
    answer = await hands.post("command", user="staff1", channel="privacy-requests", text="/privacy list mine")

    assert answer == {
        "ok": True,
        "ephemeral": "You asked for list mine",
        "view": None,
        "errors": {},
        "timed_out": False,
    }
    assert [each["ephemeral_to"] for each in await hands.messages()] == ["staff1"]
    assert seen[0]["channel_id"] == hands.requests
    assert seen[0]["user_id"] == hands.world.users["staff1"]


async def test_a_command_in_a_thread_or_of_another_app_is_refused_in_words(hands: Hands) -> None:
    here = {"user": "staff1", "channel": "#privacy-requests"}
    in_thread = await hands.post_anyhow("command", {**here, "text": "/privacy list", "thread_ts": "1.000001"})
    of_others = await hands.post_anyhow("command", {**here, "text": "/weather"})

    assert in_thread == (400, {"ok": False, "error": "/privacy is not supported in threads. Sorry!"})
    assert of_others[0] == 400
    assert "not a valid command" in of_others[1]["error"]


async def test_a_press_redraws_the_same_card_and_tells_its_thread(hands: Hands) -> None:
    @hands.app.action("claim")
    async def claim(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        place = {"channel": body["channel"]["id"], "text": f"{body['actions'][0]['value']} has an owner"}
        await client.chat_update(ts=body["message"]["ts"], **place)
        await client.chat_postMessage(thread_ts=body["message"]["ts"], **place)

    await hands.online()
    ts = await card(hands)
    answer = await hands.post(
        "press", user="staff1", channel="privacy-requests", ts=ts, action_id="claim", value="PR-1001"
    )
    first, second = await hands.messages()

    assert answer["ok"]
    assert (first["ts"], first["text"], first["blocks"]) == (ts, "PR-1001 has an owner", [])
    assert first["edited"]
    assert second["thread_ts"] == ts


async def test_who_presses_a_button_that_is_gone_by_now_is_told_so_alone(hands: Hands) -> None:
    @hands.app.action("claim")
    async def claim(ack: Any, respond: Any, body: dict[str, Any]) -> None:
        await ack()
        await respond(f"{body['message']['text']}", response_type="ephemeral", replace_original=False)

    await hands.online()
    ts = await card(hands)
    await hands.client.chat_update(channel=hands.requests, ts=ts, text="Sam has PR-1001", blocks=[])
    answer = await hands.post("press", user="staff2", channel="privacy-requests", ts=ts, action_id="claim")

    assert answer["ephemeral"] == "Sam has PR-1001"


async def test_a_wrong_press_is_answered_with_what_there_is(hands: Hands) -> None:
    ts = await card(hands)
    place = {"user": "staff1", "channel": "privacy-requests", "ts": ts}
    wrong_button = await hands.post_anyhow("press", {**place, "action_id": "destroy"})
    wrong_value = await hands.post_anyhow("press", {**place, "action_id": "claim", "value": "PR-9"})
    wrong_person = await hands.post_anyhow("press", {**place, "user": "nobody", "action_id": "claim"})

    assert wrong_button == (400, {"ok": False, "error": "There is no 'destroy' to press; there is: claim."})
    assert wrong_value[0] == 400
    assert "staff1, staff2, manager, outsider" in wrong_person[1]["error"]


async def test_without_an_acknowledgement_the_person_sees_the_time_out(hands: Hands) -> None:
    @hands.app.command("/privacy")
    async def privacy(ack: Any) -> None:
        await asyncio.sleep(1)
        await ack()

    await hands.online()
    answer = await hands.post("command", user="staff1", channel="privacy-requests", text="/privacy list")

    assert (answer["ok"], answer["timed_out"]) == (False, True)
    assert "operation_timeout" in answer["ephemeral"]


async def test_a_press_opens_a_modal_and_its_fields_reach_the_app(hands: Hands) -> None:
    sent: list[dict[str, Any]] = []

    @hands.app.action("claim")
    async def claim(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    @hands.app.view("verify")
    async def verify(ack: Any, view: dict[str, Any]) -> None:
        sent.append(view["state"]["values"])
        await ack()

    await hands.online()
    ts = await card(hands)
    opened = await hands.post("press", user="staff1", channel="privacy-requests", ts=ts, action_id="claim")
    values = {"reason": "matched by phone", "points": ["mail", "order"], "level": "phone", "who": "staff2"}
    closed = await hands.post("submit", user="staff1", view_id=opened["view"]["id"], values=values)

    assert opened["view"]["callback_id"] == "verify"
    assert (closed["ok"], closed["view"]) == (True, None)
    assert [option["value"] for option in sent[0]["points"]["p"]["selected_options"]] == ["mail", "order"]
    assert sent[0]["reason"]["r"] == {"type": "plain_text_input", "value": "matched by phone"}
    assert sent[0]["level"]["l"]["selected_option"]["value"] == "phone"
    assert sent[0]["who"]["w"]["selected_user"] == hands.world.users["staff2"]
    assert sent[0]["day"]["d"]["selected_date"] == "2026-11-23"


async def test_a_half_filled_modal_survives_slacks_and_the_apps_refusals(hands: Hands) -> None:
    sent: list[dict[str, Any]] = []

    @hands.app.command("/privacy")
    async def privacy(ack: Any, command: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=form())

    @hands.app.view("verify")
    async def verify(ack: Any, view: dict[str, Any]) -> None:
        sent.append(view["state"]["values"])
        if len(sent) == 1:
            await ack(response_action="errors", errors={"reason": "Please say more."})
        else:
            await ack()

    await hands.online()
    opened = await hands.post("command", user="staff1", channel="privacy-requests", text="/privacy verify")
    place = {"user": "staff1", "view_id": opened["view"]["id"]}
    empty = await hands.post("submit", **place, values={"points": ["order"], "reason": ""})
    unknown = await hands.post_anyhow("submit", {**place, "values": {"colour": "red"}})
    refused = await hands.post("submit", **place, values={"reason": "x"})
    taken = await hands.post("submit", **place, values={"reason": "more"})

    assert empty["errors"] == {"reason": "Please complete this required field."}
    assert unknown[0] == 400
    assert refused["errors"] == {"reason": "Please say more."}
    assert refused["view"]["id"] == opened["view"]["id"]
    assert taken["ok"]
    assert [option["value"] for option in sent[1]["points"]["p"]["selected_options"]] == ["order"]


async def test_a_submission_can_show_the_next_modal_on_top_and_then_close_all(hands: Hands) -> None:
    send = {"type": "plain_text", "text": "Send"}

    @hands.app.command("/privacy")
    async def privacy(ack: Any, command: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=modal("first", submit=send))

    @hands.app.view("first")
    async def first(ack: Any) -> None:
        await ack(response_action="push", view=modal("second", submit=send))

    @hands.app.view("second")
    async def second(ack: Any) -> None:
        await ack(response_action="update", view=modal("third", submit=send))

    @hands.app.view("third")
    async def third(ack: Any) -> None:
        await ack(response_action="clear")

    await hands.online()
    shown = await hands.post("command", user="staff1", channel="privacy-requests", text="/privacy resolve")
    seen = [shown["view"]["callback_id"]]
    while shown["view"]:
        shown = await hands.post("submit", user="staff1", view_id=shown["view"]["id"], values={})
        seen.append(shown["view"] and shown["view"]["callback_id"])

    assert seen == ["first", "second", "third", None]


async def test_an_app_that_wants_to_know_hears_of_a_closed_modal(hands: Hands) -> None:
    closed: list[str] = []

    @hands.app.command("/privacy")
    async def privacy(ack: Any, command: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=form())

    @hands.app.view_closed("verify")
    async def verify(ack: Any, body: dict[str, Any]) -> None:
        closed.append(body["view"]["callback_id"])
        await ack()

    await hands.online()
    opened = await hands.post("command", user="staff1", channel="privacy-requests", text="/privacy verify")
    answer = await hands.post("close", user="staff1", view_id=opened["view"]["id"])

    assert (answer["ok"], answer["view"], closed) == (True, None, ["verify"])


async def test_opening_home_lets_the_app_draw_it_and_its_buttons_work(hands: Hands) -> None:
    @hands.app.event("app_home_opened")
    async def opened(event: dict[str, Any], client: Any) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": CARD})

    @hands.app.action("claim")
    async def claim(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text=body["container"]["type"])

    await hands.online()
    await hands.post("home", user="staff1")
    home = (await hands.state())["homes"]["staff1"]
    await hands.post("press", user="staff1", view_id=home["id"], action_id="claim")

    assert home["type"] == "home"
    assert [each["text"] for each in await hands.messages("@staff1")] == ["view"]


async def test_an_event_nobody_acknowledged_is_sent_again_with_its_attempt(
    hands: Hands, until: Callable[..., Any]
) -> None:
    envelopes: list[dict[str, Any]] = []
    opening = await hands.client.apps_connections_open(app_token=hands.world.app_token)
    async with hands.http.ws_connect(opening["url"]) as socket:
        assert (await socket.receive_json())["type"] == "hello"

        first = asyncio.create_task(hands.post("home", user="staff1"))
        while len(envelopes) < 3:
            envelopes.append(await socket.receive_json())
        await socket.send_json({"envelope_id": envelopes[2]["envelope_id"]})
        answer = await first
        await until(lambda: not hands.world.bench._redeliveries)

    assert answer["timed_out"]
    assert [(each["retry_attempt"], each["retry_reason"]) for each in envelopes] == [
        (0, ""),
        (1, "timeout"),
        (2, "timeout"),
    ]
    assert len({each["payload"]["event_id"] for each in envelopes}) == 1


async def test_a_socket_address_opens_once(hands: Hands) -> None:
    opening = await hands.client.apps_connections_open(app_token=hands.world.app_token)
    async with hands.http.ws_connect(opening["url"]):
        pass
    refused = 0
    try:
        await hands.http.ws_connect(opening["url"])
    except aiohttp.WSServerHandshakeError as error:
        refused = error.status

    assert refused == 403


async def test_each_envelope_goes_to_one_of_several_connections(hands: Hands) -> None:
    heard: list[str] = []

    @hands.app.command("/privacy")
    async def privacy(ack: Any, command: dict[str, Any]) -> None:
        heard.append(command["text"])
        await ack()

    await hands.online()
    await hands.online()
    for number in range(4):
        await hands.post("command", user="staff1", channel="privacy-requests", text=f"/privacy {number}")

    assert heard == ["0", "1", "2", "3"]


async def test_the_app_answers_on_after_it_was_warned_of_a_refresh(hands: Hands, until: Callable[..., Any]) -> None:
    @hands.app.command("/privacy")
    async def privacy(ack: Any) -> None:
        await ack("still here")

    await hands.online()
    old = hands.world.socket._sockets[0]
    refresh = asyncio.create_task(hands.world.socket.refresh(warning=3_600))
    await until(lambda: hands.world.socket._sockets and hands.world.socket._sockets[0] is not old)
    answer = await hands.post("command", user="staff1", channel="privacy-requests", text="/privacy list")
    refresh.cancel()

    assert answer["ephemeral"] == "still here"


async def test_a_refresh_is_announced_then_requested_and_the_old_connection_gets_no_more_envelopes(
    hands: Hands,
) -> None:
    async with hands.http.ws_connect(hands.world.socket.new_url()) as socket:
        frames = [await socket.receive_json()]
        await hands.world.socket.refresh(warning=0.01)
        frames += [await socket.receive_json(), await socket.receive_json()]
        unheard = await hands.post("home", user="staff1")

    assert [(frame["type"], frame.get("reason")) for frame in frames] == [
        ("hello", None),
        ("disconnect", "warning"),
        ("disconnect", "refresh_requested"),
    ]
    assert unheard["timed_out"]


async def test_a_response_url_answers_five_times(hands: Hands) -> None:
    urls: list[str] = []

    @hands.app.command("/privacy")
    async def privacy(ack: Any, command: dict[str, Any]) -> None:
        urls.append(command["response_url"])
        await ack()

    await hands.online()
    await hands.post("command", user="staff1", channel="privacy-requests", text="/privacy list")
    answers = []
    for number in range(6):
        async with hands.http.post(urls[0], json={"text": f"line {number}"}) as response:
            answers.append((response.status, await response.text()))

    assert answers == [(200, "ok")] * 5 + [(404, "used_url")]
    assert len(await hands.messages()) == 5


async def test_a_response_url_is_over_after_half_an_hour(hands: Hands) -> None:
    urls: list[str] = []

    @hands.app.command("/privacy")
    async def privacy(ack: Any, command: dict[str, Any]) -> None:
        urls.append(command["response_url"])
        await ack()

    await hands.online()
    await hands.post("command", user="staff1", channel="privacy-requests", text="/privacy list")
    await hands.post("clock", advance="31m")
    async with hands.http.post(urls[0], json={"text": "late"}) as response:
        answer = (response.status, await response.text())

    assert answer == (404, "expired_url")


async def test_an_ephemeral_message_is_replaced_by_its_own_button_and_gone_when_dismissed(hands: Hands) -> None:
    @hands.app.command("/privacy")
    async def privacy(ack: Any) -> None:
        await ack(text="page 1", blocks=CARD)

    @hands.app.action("claim")
    async def claim(ack: Any, body: dict[str, Any], respond: Any) -> None:
        await ack()
        await respond(text="page 2" if "message" not in body else "leaked", replace_original=True)

    await hands.online()
    await hands.post("command", user="staff1", channel="privacy-requests", text="/privacy list")
    (before,) = await hands.messages()
    place = {"user": "staff1", "channel": "privacy-requests", "ts": before["ts"]}
    stranger = await hands.post_anyhow("press", {**place, "user": "staff2", "action_id": "claim"})
    turned = await hands.post("press", **place, action_id="claim")
    (after,) = await hands.messages()
    await hands.post("dismiss", **place)

    assert stranger[0] == 400
    assert turned["ephemeral"] == "page 2"
    assert (after["ts"], after["text"]) == (before["ts"], "page 2")
    assert await hands.messages() == []
