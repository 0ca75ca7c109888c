"""The walk that looks for consumers' words can find them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sandbox.events import (
    EphemeralShown,
    Event,
    HomePublished,
    Letter,
    LetterSent,
    MessageChanged,
    MessagePosted,
    ViewsStacked,
    to_json,
)
from bot.sandbox.world import JOURNAL
from tests.journeys.private import shown_to_slack

MAIL = Letter(
    message_id="<1@example.net>",
    sender="robin@example.net",
    sender_name="Robin Ashdown",
    to="privacy@shop.test",
    reply_to="robin@example.net",
    subject="About my order",
    text="Hello,\nplease delete the account 4711-77.\n",
    html="",
    at="2026-12-01T09:00:00+00:00",
)
WROTE = LetterSent(MAIL, "250 OK")


def walked(folder: Path, *events: Event) -> int:
    lines = b"".join(json.dumps(to_json(event)).encode() + b"\n" for event in (WROTE, *events))
    (folder / JOURNAL).write_bytes(lines)
    found = shown_to_slack(folder)[1]
    (folder / JOURNAL).unlink()
    return len(found)


@pytest.mark.parametrize(
    "leak",
    [
        MessagePosted("C1", {"text": "PR-1001 from ROBIN@example.net"}),
        MessagePosted("C1", {"text": "", "metadata": {"event_payload": {"who": "Ashdown"}}}),
        MessageChanged("C1", "1.2", {"text": "", "blocks": [{"text": {"text": "Please delete the account 4711-77."}}]}),
        MessagePosted("C1", {"text": "", "files": [{"name": "About my order.pdf"}]}),
        EphemeralShown("C1", "U1", {"text": "robin"}),
        HomePublished("U1", {"blocks": [{"text": {"text": "Robin"}}]}),
    ],
)
def test_a_leak_is_found(tmp_path: Path, leak: Event) -> None:
    assert walked(tmp_path, leak) == 1


def test_what_is_no_leak_is_none(tmp_path: Path) -> None:
    ours = MessagePosted("C1", {"text": "PR-1001 delete, r•••@e•••.net: Hello, new", "bot_profile": {"name": "robin"}})

    assert walked(tmp_path, ours, ViewsStacked("U1", ({"blocks": [{"text": {"text": MAIL.text}}]},))) == 0
    assert walked(tmp_path, replace(ours, channel="C2")) == 0
