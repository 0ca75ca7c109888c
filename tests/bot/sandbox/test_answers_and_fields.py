"""What an app may answer with, and what people may put into fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Hands


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


OPTIONS = [{"text": plain(each), "value": each} for each in ("yes", "no")]
BUTTON = {"type": "button", "action_id": "go", "text": plain("Go")}
PICK = {"type": "static_select", "action_id": "pick", "options": OPTIONS}
MENU = {"type": "overflow", "action_id": "menu", "options": OPTIONS}
MOVES = [{"type": "actions", "block_id": "moves", "elements": [BUTTON, PICK, MENU]}]


def field(block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    base = {"type": "modal", "callback_id": "form", "title": plain("Form"), "submit": plain("Send")}
    return {**base, "blocks": list(blocks) or [{"type": "divider"}], **more}


async def answering(hands: Hands, **answer: Any) -> str:
    """A card whose every element answers through the response URL; gives its timestamp."""

    async def reply(ack: Any, respond: Any, body: dict[str, Any]) -> None:
        await ack()
        action = body["actions"][0]
        choice = action.get("selected_option") or {}
        await respond(**{"text": f"{action['action_id']} {choice.get('value')}", "replace_original": False, **answer})

    for action_id in ("go", "pick", "menu"):
        hands.app.action(action_id)(reply)
    await hands.online()
    posted = await hands.client.chat_postMessage(channel=hands.requests, text="card", blocks=MOVES)
    return str(posted["ts"])


async def submitting(hands: Hands, view: dict[str, Any], /, **answer: Any) -> str:
    """A modal on Sam's screen whose submission the app answers with that; gives its id."""

    @hands.app.view("form")
    async def form(ack: Any) -> None:
        await ack(**answer)

    await hands.online()
    trigger = hands.world.slack.new_trigger(hands.world.users["staff1"])
    return str((await hands.client.views_open(trigger_id=trigger, view=view))["view"]["id"])


async def test_menus_and_selects_of_a_message_send_what_was_chosen(hands: Hands) -> None:
    place = {"user": "staff1", "channel": "privacy-requests", "ts": await answering(hands)}
    picked = await hands.post("press", **place, action_id="pick", value="yes")
    chosen = await hands.post("press", **place, action_id="menu", value="no", block_id="moves")
    not_offered = await hands.post_anyhow("press", {**place, "action_id": "menu", "value": "maybe"})
    not_offered_either = await hands.post_anyhow("press", {**place, "action_id": "pick", "value": "maybe"})

    assert (picked["ephemeral"], chosen["ephemeral"]) == ("pick yes", "menu no")
    assert not_offered == (400, {"ok": False, "error": "This menu does not offer 'maybe'; it offers: yes, no."})
    assert not_offered_either == (400, {"ok": False, "error": "'pick' does not offer 'maybe'; it offers: yes, no."})


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ({"replace_original": True}, ["go None"]),
        ({"delete_original": True}, []),
        ({"response_type": "in_channel"}, ["card", "go None"]),
    ],
)
async def test_a_response_url_changes_deletes_or_follows_its_message(
    hands: Hands, answer: dict[str, Any], texts: list[str]
) -> None:
    ts = await answering(hands, **answer)
    await hands.post("press", user="staff1", channel="privacy-requests", ts=ts, action_id="go")

    assert [(each["text"], each["ephemeral_to"]) for each in await hands.messages()] == [(text, None) for text in texts]


async def test_a_button_in_a_thread_is_answered_in_that_thread(hands: Hands) -> None:
    parent = await answering(hands)
    where = {"channel": hands.requests, "text": "ask", "blocks": MOVES}
    reply = await hands.client.chat_postMessage(thread_ts=parent, **where)
    await hands.post("press", user="staff1", channel="privacy-requests", ts=reply["ts"], action_id="go")

    assert [each["thread_ts"] for each in await hands.messages()] == [None, parent, parent]


async def test_a_broken_answer_to_a_command_is_a_fault_of_the_app(hands: Hands) -> None:
    @hands.app.command("/privacy")
    async def privacy(ack: Any) -> None:
        await ack(text="fine", blocks=[{"type": "header", "text": plain("x" * 151)}])

    await hands.online()
    answer = await hands.post("command", user="staff1", channel="privacy-requests", text="/privacy")

    assert not answer["ok"]
    assert "at most 150 characters" in answer["errors"][""]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"response_action": "errors", "errors": {"elsewhere": "no"}}, "no input block is called elsewhere"),
        ({"response_action": "update", "view": modal(title=plain("x" * 25))}, "at most 24 characters"),
    ],
)
async def test_a_broken_answer_to_a_form_leaves_it_open_with_the_reason(
    hands: Hands, answer: dict[str, Any], words: str
) -> None:
    view_id = await submitting(hands, modal(), **answer)
    refused = await hands.post("submit", user="staff1", view_id=view_id, values={})

    assert not refused["ok"]
    assert words in refused["errors"][""]
    assert refused["view"]["id"] == view_id


async def test_fields_know_their_bounds_before_the_app_is_asked(hands: Hands) -> None:
    reason = field("reason", {"type": "plain_text_input", "action_id": "r", "min_length": 3, "max_length": 5})
    tick = field("tick", {"type": "checkboxes", "action_id": "t", "options": OPTIONS})
    view_id = await submitting(hands, modal(reason, tick))
    place = {"user": "staff1", "view_id": view_id}
    short = await hands.post("submit", **place, values={"reason": "ab", "tick": ["yes"]})
    long = await hands.post("submit", **place, values={"reason": "abcdef", "tick": []})
    good = await hands.post("submit", **place, values={"reason": "abc", "tick": "no"})

    assert short["errors"] == {"reason": "Must be at least 3 characters."}
    assert long["errors"] == {
        "reason": "Must be at most 5 characters.",
        "tick": "Please complete this required field.",
    }
    assert good["ok"]


async def test_what_was_filled_in_stays_when_the_app_redraws_the_form(hands: Hands) -> None:
    reason = field("reason", {"type": "plain_text_input", "action_id": "r"}, optional=True)
    button = {"type": "actions", "block_id": "b", "elements": [BUTTON]}
    seen: list[Any] = []

    @hands.app.action("go")
    async def go(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        seen.append(body["view"]["state"]["values"]["reason"]["r"]["value"])
        await client.views_update(view_id=body["view"]["id"], view=modal(reason, button, {"type": "divider"}))

    view_id = await submitting(hands, modal(reason, button))
    redrawn = await hands.post("press", user="staff1", view_id=view_id, action_id="go", values={"reason": "typed"})

    assert seen == ["typed"]
    assert len(redrawn["view"]["blocks"]) == 3
    assert redrawn["view"]["state"]["values"]["reason"]["r"]["value"] == "typed"


async def test_closing_a_form_that_clears_closes_all_below_it(hands: Hands) -> None:
    await submitting(hands, modal())
    trigger = hands.world.slack.new_trigger(hands.world.users["staff1"])
    top = await hands.client.views_push(trigger_id=trigger, view=modal(clear_on_close=True))
    closed = await hands.post("close", user="staff1", view_id=top["view"]["id"])

    assert closed["view"] is None


async def test_only_the_modal_on_top_can_be_filled_in_and_only_by_its_owner(hands: Hands) -> None:
    below = await submitting(hands, modal())
    trigger = hands.world.slack.new_trigger(hands.world.users["staff1"])
    silent = {name: value for name, value in modal().items() if name != "submit"}
    top = (await hands.client.views_push(trigger_id=trigger, view=silent))["view"]["id"]
    without_submit = await hands.post_anyhow("submit", {"user": "staff1", "view_id": top})
    covered = await hands.post_anyhow("submit", {"user": "staff1", "view_id": below})
    of_another = await hands.post_anyhow("submit", {"user": "staff2", "view_id": top})

    assert covered[0] == of_another[0] == 400
    assert without_submit == (400, {"ok": False, "error": "This view cannot be submitted."})
    assert "Dana Okafor has no view" in of_another[1]["error"]


async def test_forms_sent_nowhere_stay_open(hands: Hands) -> None:
    view_id = await submitting(hands, modal())
    await hands.exits.aclose()
    unanswered = await hands.post("submit", user="staff1", view_id=view_id, values={})

    assert (unanswered["ok"], unanswered["timed_out"]) == (False, True)
    assert unanswered["errors"] == {"": "We had some trouble connecting. Try again?"}
