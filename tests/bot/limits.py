"""Blocks and views at Slack's limits, and one step beyond: what may go, and what may not."""

from __future__ import annotations

from typing import Any


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


def option(**parts: Any) -> dict[str, Any]:
    return {"text": plain(5), "value": "v", **parts}


def group(label: int = 5) -> dict[str, Any]:
    return {"label": plain(label), "options": options(1)}


def grouped(*groups: dict[str, Any]) -> dict[str, Any]:
    return {"type": "static_select", "option_groups": list(groups)}


def table(columns: int, rows: int = 1) -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows}


def asked(title: int, text: int, yes: int) -> dict[str, Any]:
    return {"title": plain(title), "text": plain(text), "confirm": plain(yes), "deny": plain(1)}


BLOCKS = {
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
    "option value": (
        [actions(select(options=[option(value="x" * 75)]))],
        [actions(select(options=[option(value="x" * 76)]))],
    ),
    "option description": (
        [actions(select(options=[option(description=plain(75))]))],
        [actions(select(options=[option(description=plain(76))]))],
    ),
    "option groups": (
        [actions(grouped(*[group() for _ in range(100)]))],
        [actions(grouped(*[group() for _ in range(101)]))],
    ),
    "group label": ([actions(grouped(group(75)))], [actions(grouped(group(76)))]),
    "checkboxes": (
        [actions(select("checkboxes", options=options(10)))],
        [actions(select("checkboxes", options=options(11)))],
    ),
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
    "confirm text": ([actions(button(confirm=asked(1, 300, 1)))], [actions(button(confirm=asked(1, 301, 1)))]),
    "confirm title": ([actions(button(confirm=asked(100, 1, 1)))], [actions(button(confirm=asked(101, 1, 1)))]),
    "button url": (
        [actions(button(url="https://x.test/" + "x" * 2_985))],
        [actions(button(url="https://x.test/" + "x" * 2_986))],
    ),
    "image alt": (
        [{"type": "image", "image_url": "https://x.test/", "alt_text": "x" * 2_000}],
        [{"type": "image", "image_url": "https://x.test/", "alt_text": "x" * 2_001}],
    ),
    "real dates": (
        [actions({"type": "datepicker", "initial_date": "2028-02-29"})],
        [actions({"type": "datepicker", "initial_date": "2027-02-29"})],
    ),
    "one table": ([table(1)], [table(1)] * 2),
    "table columns": ([table(20)], [table(21)]),
    "table rows": ([table(1, rows=100)], [table(1, rows=101)]),
    "table cells": ([table(1)], [{"type": "table", "rows": [[mrkdwn(1)]]}]),
    "known fields": ([section(expand=True)], [section(colour="red")]),
    "known fields of elements": ([actions(button(url="https://x.test/"))], [actions(button(link="https://x.test/"))]),
    "known blocks": ([section()], [{"type": "carousel"}]),
    "known elements": ([actions(button())], [actions({"type": "plain_text_input"})]),
    "input label": ([question(label=plain(2_000))], [question(label=plain(2_001))]),
    "input hint": ([question(hint=plain(2_000))], [question(hint=plain(2_001))]),
    "what stands in an input": (
        [question(element={"type": "plain_text_input", "initial_value": "x" * 3_000})],
        [question(element={"type": "plain_text_input", "initial_value": "x" * 3_001})],
    ),
    "plain text input": (
        [question(element={"type": "plain_text_input", "max_length": 3_000})],
        [question(element={"type": "plain_text_input", "max_length": 3_001})],
    ),
}


def focused() -> dict[str, Any]:
    return question(element={"type": "plain_text_input", "focus_on_load": True})


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
    "one focus": (
        modal(blocks=[focused(), question()], submit=plain(4)),
        modal(blocks=[focused(), focused()], submit=plain(4)),
    ),
    "known fields of views": (modal(notify_on_close=True), modal(colour="red")),
    "a Home has no title": ({"type": "home", "blocks": [section()]}, {"type": "workflow_step", "blocks": [section()]}),
}
