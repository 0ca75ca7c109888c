"""Slack's blocks, built so that no limit is ever exceeded, whatever the input (limits: Slack's Block Kit reference)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.words import fit

JSON = dict[str, Any]

HEADER, SECTION, FIELD, BUTTON, OPTION = 150, 3_000, 2_000, 75, 75
CONTEXT_ELEMENTS, MOST_FIELDS = 10, 10
TEXT = 3_000  # Slack takes 4,000; a notification shows far less
MESSAGE_BLOCKS = 50
MESSAGE_BYTES = 11_000  # unpublished: messages fail near 13 kB, and escaped text grows on the way


@dataclass(frozen=True, slots=True)
class Message:
    """A message ready to post.

    Args:
        text: tells the whole story alone, for screen readers and notifications.
        blocks: what is seen; empty when the text is all there is.
    """

    text: str
    blocks: tuple[JSON, ...] = ()


def message(text: str, head: Iterable[Block], body: Sequence[Block] = (), tail: Iterable[Block] = ()) -> Message:
    """Put a message together under Slack's limits: what does not fit of the body is counted, not shown.

    Args:
        text: the story in words.
        head: always shown.
        body: shown as far as it fits.
        tail: always shown, last.
    """
    first, last, shown = _plain(head), _plain(tail), _plain(body)
    words, left = fit(text, TEXT), 0
    while shown and (
        _size(words, [*first, *shown, *last]) > MESSAGE_BYTES or len(first) + len(shown) + len(last) >= MESSAGE_BLOCKS
    ):
        shown.pop()
        left += 1
    more = _plain([context(f"… and {left} more, not shown here.")]) if left else []
    blocks = [*first, *shown, *more, *last]
    while _size(words, blocks) > MESSAGE_BYTES and len(words) > BUTTON:
        words = fit(words, len(words) // 2)
    return Message(words, tuple(blocks))


def header(text: str) -> HeaderBlock:
    """A headline, plain."""
    return HeaderBlock(text=PlainTextObject(text=fit(text, HEADER), emoji=False))


def section(text: str, *, accessory: InteractiveElement | None = None, limit: int = SECTION) -> SectionBlock:
    """A paragraph in Slack's mark-up; outside text in it must be escaped already."""
    return SectionBlock(text=marked(text, limit), accessory=accessory)


def literal(text: str) -> SectionBlock:
    """A paragraph shown letter by letter: no mark-up, no mentions, no emoji codes."""
    return SectionBlock(text=PlainTextObject(text=fit(text, SECTION) or " ", emoji=False))


def fields(*texts: str) -> SectionBlock:
    """Short facts in two columns."""
    return SectionBlock(fields=[marked(text, FIELD // 4) for text in texts[:MOST_FIELDS]])


def context(*texts: str) -> ContextBlock:
    """Small print."""
    return ContextBlock(elements=[marked(text, FIELD // 2) for text in texts[:CONTEXT_ELEMENTS]])


def divider() -> DividerBlock:
    """A line across."""
    return DividerBlock()


def marked(text: str, limit: int) -> MarkdownTextObject:
    """Text with mark-up. `verbatim` keeps Slack from making links and channel names of what only looks like one."""
    return MarkdownTextObject(text=fit(text, limit) or " ", verbatim=True)


def button(
    text: str,
    action: str,
    value: str,
    *,
    says: str = "",
    style: str | None = None,
    confirm: ConfirmObject | None = None,
) -> ButtonElement:
    """A button.

    Args:
        text: on it.
        action: its action id.
        value: what comes back with the press.
        says: for screen readers, when the text alone does not say of what.
        style: "primary" or "danger".
        confirm: asked before.
    """
    return ButtonElement(
        text=PlainTextObject(text=fit(text, BUTTON), emoji=False),
        action_id=action,
        value=value,
        style=style,
        confirm=confirm,
        accessibility_label=fit(says, BUTTON) or None,
    )


def confirm(title: str, text: str, yes: str) -> ConfirmObject:
    """A question before a press counts."""
    return ConfirmObject(title=title, text=PlainTextObject(text=text), confirm=yes, deny="Cancel")


def overflow(action: str, options: Sequence[tuple[str, str]]) -> OverflowMenuElement:
    """A menu of at most five, as pairs of text and value."""
    return OverflowMenuElement(action_id=action, options=[option(text, value) for text, value in options[:5]])


def actions(*elements: InteractiveElement, name: str | None = None) -> ActionsBlock:
    """A row of buttons."""
    return ActionsBlock(elements=list(elements), block_id=name)


def option(text: str, value: str, description: str = "") -> Option:
    """One of several to choose from."""
    return Option(
        value=value,
        text=PlainTextObject(text=fit(text, OPTION), emoji=False),
        description=PlainTextObject(text=fit(description, OPTION), emoji=False) if description else None,
    )


def paragraphs(text: str, size: int = SECTION - 100) -> list[str]:
    """A long text in pieces that fit a section each, cut at line ends where there are any."""
    pieces: list[str] = []
    rest = text
    while len(rest) > size:
        cut = rest.rfind("\n", size // 2, size)
        cut = size if cut < 0 else cut
        pieces.append(rest[:cut])
        rest = rest[cut:].removeprefix("\n")
    return [piece for piece in (*pieces, rest) if piece.strip()]


def _plain(blocks: Iterable[Block]) -> list[JSON]:
    return [block.to_dict() for block in blocks]


def _size(text: str, blocks: Sequence[JSON]) -> int:
    return len(json.dumps({"text": text, "blocks": blocks}, ensure_ascii=False).encode())
