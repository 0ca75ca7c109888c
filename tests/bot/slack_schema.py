"""Slack's own types as a judge (`schema/slack.json`), and the seven rules that no schema has."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import relevance

SCHEMA = json.loads((Path(__file__).parent / "schema" / "slack.json").read_text(encoding="utf-8"))
MESSAGE_BLOCKS, EXTERNAL_ID = 50, 255


def message_misfits(text: str, blocks: Sequence[dict[str, Any]]) -> list[str]:
    """What Slack's types have against a message; empty when nothing."""
    return _misfits("Message", {"text": text, "blocks": list(blocks)})


def view_misfits(view: dict[str, Any]) -> list[str]:
    """What Slack's types have against a modal or a Home view; empty when nothing."""
    return _misfits("Home" if view.get("type") == "home" else "Modal", view)


def manifest_misfits(manifest: dict[str, Any]) -> list[str]:
    """What Slack's types have against an app's manifest: its scopes, events, limits; empty when nothing."""
    return _misfits("App", manifest)


def broken_in_message(blocks: Sequence[dict[str, Any]]) -> list[str]:
    """Which of the rules that no schema has a message breaks."""
    rules = list(_broken(blocks))
    return [*rules, *(["at most 50 blocks"] if len(blocks) > MESSAGE_BLOCKS else [])]


def broken_in_view(view: dict[str, Any]) -> list[str]:
    """Which of the rules that no schema has a view breaks."""
    rules = list(_broken(view["blocks"]))
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and has_input and not view.get("submit"):
        rules.append("a modal with an input needs submit")
    if len(view.get("external_id") or "") > EXTERNAL_ID:
        rules.append("external_id is at most 255 long")
    return rules


def _broken(blocks: Sequence[dict[str, Any]]) -> Iterator[str]:
    if any(block["type"] == "section" and not (block.get("text") or block.get("fields")) for block in blocks):
        yield "a section needs text or fields"
    if _repeats(block.get("block_id") for block in blocks):
        yield "block ids differ"
    if any(_repeats(element.get("action_id") for element in block.get("elements", ())) for block in blocks):
        yield "action ids differ within a block"
    if not all(_is_date(text) for text in _initial_dates(blocks)):
        yield "dates are real"


def _repeats(names: Iterator[str | None]) -> bool:
    given = [name for name in names if name is not None]
    return len(given) != len(set(given))


def _initial_dates(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "initial_date" in node:
            yield node["initial_date"]
        node = list(node.values())
    if isinstance(node, list | tuple):
        for each in node:
            yield from _initial_dates(each)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _misfits(root: str, given: dict[str, Any]) -> list[str]:
    found = sorted(_validator(root).iter_errors(given), key=relevance)
    return [f"{error.json_path}: {error.message[:300]}" for error in found]


@cache
def _validator(root: str) -> Draft7Validator:
    return Draft7Validator({**SCHEMA, "$ref": f"#/definitions/{root}"})
