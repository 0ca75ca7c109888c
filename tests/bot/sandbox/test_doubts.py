"""What nobody outside Slack knows for certain is decided strictly, and each decision can be switched."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.doubts import Doubts
from bot.sandbox.rates import Rates

if TYPE_CHECKING:
    from conftest import Hands

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Read it."}}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "PR-1001"}, "blocks": [SECTION]}
UNSURE = {
    "message_bytes": (
        Doubts(message_bytes=13_200),
        {"blocks": [{**SECTION, "text": {"type": "mrkdwn", "text": "x" * 2_990}}] * 4},
        "msg_blocks_too_long",
    ),
    "unknown_fields": (Doubts(unknown_fields=True), {"blocks": [{**SECTION, "colour": "red"}]}, "invalid_blocks"),
    "nested_metadata": (
        Doubts(nested_metadata=True),
        {"metadata": {"event_type": "card", "event_payload": {"ids": [7]}}},
        "invalid_metadata_schema",
    ),
}


@pytest.mark.parametrize("switch", UNSURE)
async def test_what_slack_may_not_take_is_refused_unless_switched(hands: Hands, switch: str) -> None:
    doubts, content, error = UNSURE[switch]
    with pytest.raises(SlackApiError) as refusal:
        await hands.client.chat_postMessage(channel=hands.requests, text="t", **content)
    hands.world.slack.doubts = doubts
    taken = await hands.client.chat_postMessage(channel=hands.requests, text="t", **content)

    assert refusal.value.response["error"] == error
    assert taken["ok"]


async def test_a_field_of_a_view_that_slack_does_not_name_is_refused_unless_switched(hands: Hands) -> None:
    def trigger() -> str:
        return hands.world.slack.new_trigger(hands.world.users["staff1"])

    with pytest.raises(SlackApiError) as refusal:
        await hands.client.views_open(trigger_id=trigger(), view={**MODAL, "colour": "red"})
    hands.world.slack.doubts = Doubts(unknown_fields=True)
    shown = await hands.client.views_open(trigger_id=trigger(), view={**MODAL, "colour": "red"})

    assert "no such field here: 'colour'" in str(refusal.value.response["response_metadata"])
    assert shown["ok"]


def test_each_switch_is_documented_with_its_default() -> None:
    text = (Path(__file__).parents[3] / "docs" / "stand-in.md").read_text(encoding="utf-8")

    assert all(f"| `{switch.name}` | `{switch.default}` |" in text for switch in fields(Doubts))


async def test_a_paced_slack_lets_a_burst_through_and_then_asks_to_wait(hands: Hands) -> None:
    hands.world.slack.doubts = Doubts(paced=True)
    answers: list[Any] = []
    for number in range(4):
        try:
            answers.append((await hands.client.chat_postMessage(channel=hands.requests, text=str(number)))["ok"])
        except SlackApiError as error:
            answers.append((error.response.status_code, error.response["error"], error.response.headers["Retry-After"]))

    assert answers[:3] == [True, True, True]
    assert answers[3] in [(429, "ratelimited", str(seconds)) for seconds in (2, 3)]


def test_each_method_and_each_channel_has_its_own_rate() -> None:
    now = 100.0
    rates = Rates(lambda: now)
    listed = [rates.wait("users.list") for _ in range(21)]
    there = [rates.wait("chat.postMessage", "C1") for _ in range(4)]
    elsewhere = rates.wait("chat.postMessage", "C2")
    now += 3.0
    later = rates.wait("chat.postMessage", "C1")
    unlimited = [rates.wait("auth.test") for _ in range(500)]

    assert listed == [0] * 20 + [60]
    assert there == [0, 0, 0, 3]
    assert (elsewhere, later, max(unlimited)) == (0, 0, 0)
