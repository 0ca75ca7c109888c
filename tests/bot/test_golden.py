"""Every message and view as JSON, kept, so that a change is seen and anyone online can give them to Slack's checker.

After a change that is meant: `UPDATE_GOLDEN=1 pytest tests/bot/test_golden.py`, and read the difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.names import View
from store.ledger import Event
from store.rules.lifecycle import Status
from tests.bot.samples import MESSAGES, VIEWS
from tests.bot.slack_rules import check_message, check_view

GOLDEN = Path(__file__).parent / "golden"


def compare(name: str, shown: Any) -> None:
    file = GOLDEN / f"{name}.json"
    if "UPDATE_GOLDEN" in os.environ:
        file.write_text(json.dumps(shown, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8")) == json.loads(json.dumps(shown))


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_as_it_was_and_slack_takes_it(name: str) -> None:
    message = MESSAGES[name]

    check_message(message)
    compare(f"message_{name}", {"text": message.text, "blocks": list(message.blocks)})


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_as_it_was_and_slack_takes_it(name: str) -> None:
    check_view(VIEWS[name])
    compare(f"view_{name}", VIEWS[name])


def test_there_is_a_sample_of_everything() -> None:
    callbacks = {view.get("callback_id") for view in VIEWS.values()}
    previews = {View.EXTEND_SEND, View.RESOLVE_SEND, View.REPLY_SEND, View.REOPEN_SEND}

    assert {f"card_{status}" for status in Status} <= set(MESSAGES)
    assert {f"line_{event.value.replace(' ', '_')}" for event in Event} <= set(MESSAGES)
    assert set(View) - previews <= callbacks


def test_no_golden_file_is_left_over() -> None:
    expected = {f"message_{name}.json" for name in MESSAGES} | {f"view_{name}.json" for name in VIEWS}

    assert {file.name for file in GOLDEN.glob("*.json")} == expected
