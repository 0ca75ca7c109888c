"""Whoever hears Slack instead of seeing it, or sees no colours, misses nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bot.slack_rules import texts

GOLDEN = Path(__file__).parent / "golden"
ABOUT = re.compile(
    r"PR-\d{4}|\bMail \d+ |[Dd]igest, |cases: |us-ca|eu-gdpr|Privacy requests in |"
    r"privacy@shop\.test|\b[Ss]enders?\b|^`?/privacy"
)
"""What a message is about: a case, a mail of the holding pen, a list, a law, a mailbox, blocked senders."""
EMOJI = re.compile(r":[a-z0-9_+-]+:|[\u2600-\u27bf\u2b50-\u2bff]|[\U0001f000-\U0001faff]")
WORD = re.compile(r"[A-Za-z]{2,}")
ATTRIBUTES = ("text", "accessibility_label")


def shown(kind: str) -> list[Any]:
    files = sorted(GOLDEN.glob(f"{kind}_*.json"))
    return [pytest.param(json.loads(file.read_text(encoding="utf-8")), id=file.stem) for file in files]


def of_type(node: Any, *kinds: str) -> Iterator[dict[str, Any]]:
    """Everything below a node that is of one of these types."""
    if isinstance(node, dict):
        if node.get("type") in kinds:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from of_type(each, *kinds)


def heard(button: dict[str, Any]) -> str:
    """What a screen reader says of a button."""
    return str(button.get("accessibility_label") or button["text"]["text"])


@pytest.mark.parametrize("message", shown("message"))
def test_the_text_alone_tells_the_story(message: dict[str, Any], request: pytest.FixtureRequest) -> None:
    in_thread = "message_line_" in request.node.callspec.id
    words = EMOJI.sub("", message["text"])

    assert len(WORD.findall(words)) >= 2
    assert in_thread or ABOUT.search(words)  # a line of a thread stands under its card, whose text names the case


@pytest.mark.parametrize("whole", [*shown("message"), *shown("view")])
def test_no_emoji_stands_for_a_word_and_no_picture_is_without_one(whole: dict[str, Any]) -> None:
    with_emoji = [text for _, text in texts(whole) if EMOJI.search(text)]
    pictures = list(of_type(whole, "image"))

    assert all(WORD.search(EMOJI.sub("", text)) for text in with_emoji)
    assert all(WORD.search(picture["alt_text"]) for picture in pictures)


@pytest.mark.parametrize("whole", [*shown("message"), *shown("view")])
def test_buttons_are_told_apart_by_words_and_never_by_colour(whole: dict[str, Any]) -> None:
    buttons = list(of_type(whole, "button"))
    doing = {(heard(button), button["action_id"], button.get("value")) for button in buttons}

    assert all(WORD.search(heard(button)) for button in buttons)
    assert len({name for name, _, _ in doing}) == len(doing)


@pytest.mark.parametrize("whole", [*shown("message"), *shown("view")])
def test_a_button_says_aloud_at_least_what_is_written_on_it(whole: dict[str, Any]) -> None:
    for button in of_type(whole, "button"):
        written = button["text"]["text"].removesuffix("…").casefold()

        assert set(WORD.findall(written)) <= set(WORD.findall(heard(button).casefold()))
