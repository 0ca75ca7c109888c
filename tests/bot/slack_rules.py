"""Slack's rules, asked of all who know them: the stand-in, the SDK's models, Slack's types, and the table of limits."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.blocks import Message
from bot.sandbox.validate import message_faults, view_faults
from tests.bot.slack_schema import broken_in_message, broken_in_view, message_misfits, view_misfits

MESSAGE_BYTES, VIEW_BYTES = 12_000, 250_000


def check_message(message: Message) -> None:
    """A message that Slack would take.

    Raises:
        AssertionError: it would not.
    """
    blocks = list(message.blocks)
    size = len(json.dumps({"text": message.text, "blocks": blocks}, ensure_ascii=False).encode())
    assert message.text.strip()
    assert len(message.text) <= 4_000
    assert size < MESSAGE_BYTES
    assert message_faults(blocks) == []
    assert message_misfits(message.text, blocks) == []
    assert broken_in_message(blocks) == []
    _check_models(blocks)


def check_view(view: dict[str, Any]) -> None:
    """A view that Slack would take.

    Raises:
        AssertionError: it would not.
    """
    assert view_faults(view) == []
    assert len(json.dumps(view)) < VIEW_BYTES
    assert View(**view).to_dict() == view
    assert view_misfits(view) == []
    assert broken_in_view(view) == []
    _check_models(view["blocks"])


def texts(node: Any) -> Iterator[tuple[str, str]]:
    """Every text object below a node: its type and its text."""
    if isinstance(node, dict):
        if node.get("type") in ("mrkdwn", "plain_text"):
            yield node["type"], node["text"]
        for child in node.values():
            yield from texts(child)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from texts(child)


def _check_models(blocks: Sequence[dict[str, Any]]) -> None:
    for block, parsed in zip(blocks, Block.parse_all(list(blocks)), strict=True):
        assert parsed.to_dict() == block
