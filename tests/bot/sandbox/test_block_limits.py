"""Each published limit of Block Kit is kept to the character."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.validate import message_faults, too_large, view_faults


def plain(length: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": "x" * length}


def section(**parts: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(1), **parts}


def options(number: int, length: int = 5) -> list[dict[str, Any]]:
    return [{"text": plain(length), "value": f"v{each}"} for each in range(number)]


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def button(**parts: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(5), **parts}


def question(**parts: Any) -> dict[str, Any]:
    return {"type": "input", "label": plain(5), "element": {"type": "plain_text_input"}, **parts}


def select(kind: str = "static_select", **parts: Any) -> dict[str, Any]:
    return {"type": kind, "options": options(2), **parts}


def asked(title: int, text: int, yes: int) -> dict[str, Any]:
    return {"title": plain(title), "text": plain(text), "confirm": plain(yes), "deny": plain(1)}


ALLOWED_AND_NOT = {
    "blocks": ([section()] * 50, [section()] * 51),
    "section text": ([section(text=mrkdwn(3_000))], [section(text=mrkdwn(3_001))]),
    "section fields": ([section(fields=[mrkdwn(1)] * 10)], [section(fields=[mrkdwn(1)] * 11)]),
    "field text": ([section(fields=[mrkdwn(2_000)])], [section(fields=[mrkdwn(2_001)])]),
    "a section says something": ([section()], [{"type": "section"}]),
    "header": ([{"type": "header", "text": plain(150)}], [{"type": "header", "text": plain(151)}]),
    "a header is plain": ([{"type": "header", "text": plain(1)}], [{"type": "header", "text": mrkdwn(1)}]),
    "context": (
        [{"type": "context", "elements": [mrkdwn(1)] * 10}],
        [{"type": "context", "elements": [mrkdwn(1)] * 11}],
    ),
    "actions": ([actions(*[button()] * 25)], [actions(*[button()] * 26)]),
    "button text": ([actions(button(text=plain(75)))], [actions(button(text=plain(76)))]),
    "button value": ([actions(button(value="x" * 2_000))], [actions(button(value="x" * 2_001))]),
    "button style": ([actions(button(style="danger"))], [actions(button(style="loud"))]),
    "accessibility label": (
        [actions(button(accessibility_label="x" * 75))],
        [actions(button(accessibility_label="x" * 76))],
    ),
    "action id": ([actions(button(action_id="x" * 255))], [actions(button(action_id="x" * 256))]),
    "block id": ([section(block_id="x" * 255)], [section(block_id="x" * 256)]),
    "block ids differ": ([section(block_id="a"), section(block_id="b")], [section(block_id="a")] * 2),
    "action ids differ": (
        [actions(button(action_id="a"), button(action_id="b"))],
        [actions(button(action_id="a"), button(action_id="a"))],
    ),
    "select": ([actions(select(options=options(100)))], [actions(select(options=options(101)))]),
    "option text": ([actions(select(options=options(1, 75)))], [actions(select(options=options(1, 76)))]),
    "option values differ": ([actions(select(options=options(2)))], [actions(select(options=options(1) * 2))]),
    "overflow": (
        [actions(select("overflow", options=options(5)))],
        [actions(select("overflow", options=options(6)))],
    ),
    "radio buttons": (
        [actions(select("radio_buttons", options=options(10)))],
        [actions(select("radio_buttons", options=options(11)))],
    ),
    "initial option is offered": (
        [actions(select(initial_option=options(2)[1]))],
        [actions(select(initial_option=options(3)[2]))],
    ),
    "placeholder": ([actions(select(placeholder=plain(150)))], [actions(select(placeholder=plain(151)))]),
    "confirm": ([actions(button(confirm=asked(100, 300, 30)))], [actions(button(confirm=asked(100, 300, 31)))]),
    "confirm title": ([actions(button(confirm=asked(100, 1, 1)))], [actions(button(confirm=asked(101, 1, 1)))]),
    "image alt": (
        [{"type": "image", "image_url": "https://x.test/", "alt_text": "x" * 2_000}],
        [{"type": "image", "image_url": "https://x.test/", "alt_text": "x" * 2_001}],
    ),
    "real dates": (
        [actions({"type": "datepicker", "initial_date": "2028-02-29"})],
        [actions({"type": "datepicker", "initial_date": "2027-02-29"})],
    ),
    "one table": ([{"type": "table", "rows": [[mrkdwn(1)]]}], [{"type": "table", "rows": [[mrkdwn(1)]]}] * 2),
    "table columns": ([{"type": "table", "rows": [[mrkdwn(1)] * 20]}], [{"type": "table", "rows": [[mrkdwn(1)] * 21]}]),
    "known blocks": ([section()], [{"type": "carousel"}]),
    "known elements": ([actions(button())], [actions({"type": "plain_text_input"})]),
    "input label": ([question(label=plain(2_000))], [question(label=plain(2_001))]),
    "plain text input": (
        [question(element={"type": "plain_text_input", "max_length": 3_000})],
        [question(element={"type": "plain_text_input", "max_length": 3_001})],
    ),
}


@pytest.mark.parametrize("limit", ALLOWED_AND_NOT)
def test_a_message_may_go_to_the_limit_and_no_further(limit: str) -> None:
    allowed, refused = ALLOWED_AND_NOT[limit]

    assert message_faults(allowed) == []
    assert len(message_faults(refused)) == 1


def modal(**parts: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain(5), "blocks": [section()], **parts}


VIEWS = {
    "blocks": (modal(blocks=[section()] * 100), modal(blocks=[section()] * 101)),
    "title": (modal(title=plain(24)), modal(title=plain(25))),
    "submit": (modal(submit=plain(24)), modal(submit=plain(25))),
    "close": (modal(close=plain(24)), modal(close=plain(25))),
    "private metadata": (modal(private_metadata="x" * 3_000), modal(private_metadata="x" * 3_001)),
    "callback id": (modal(callback_id="x" * 255), modal(callback_id="x" * 256)),
    "external id": (modal(external_id="x" * 255), modal(external_id="x" * 256)),
    "an input needs submit": (modal(blocks=[question()], submit=plain(4)), modal(blocks=[question()])),
    "a Home has no title": ({"type": "home", "blocks": [section()]}, {"type": "workflow_step", "blocks": [section()]}),
}


@pytest.mark.parametrize("limit", VIEWS)
def test_a_view_may_go_to_the_limit_and_no_further(limit: str) -> None:
    allowed, refused = VIEWS[limit]

    assert view_faults(allowed) == []
    assert len(view_faults(refused)) == 1


def test_a_view_is_at_most_250_kilobytes() -> None:
    assert not too_large(modal())
    assert too_large(modal(blocks=[section(text=mrkdwn(3_000))] * 90))


@pytest.mark.parametrize("nonsense", [None, "blocks", [None], [1], [{"type": "section", "text": "x"}], [{}], [[]]])
def test_nonsense_is_refused_and_breaks_nothing(nonsense: Any) -> None:
    assert message_faults(nonsense)
    assert view_faults({"type": "modal", "title": plain(3), "blocks": nonsense})
