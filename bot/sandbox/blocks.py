"""Small questions to blocks: what can be pressed or filled in, and what a person reads."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.events import JSON


def with_ids(blocks: list[JSON]) -> list[JSON]:
    """The blocks with the block and action ids that Slack adds where the app gave none."""
    return [_with_ids(block) for block in blocks]


def elements(blocks: list[JSON]) -> Iterator[tuple[JSON, JSON]]:
    """Each interactive element with its block, from the top down."""
    for block in blocks:
        match block.get("type"):
            case "actions":
                yield from ((block, element) for element in block["elements"])
            case "section" if block.get("accessory", {}).get("type", "image") != "image":
                yield block, block["accessory"]
            case "input":
                yield block, block["element"]
            case _:
                pass


def find(
    blocks: list[JSON], action_id: str, value: str | None = None, block_id: str | None = None
) -> tuple[JSON, JSON] | None:
    """The element with that action id (and value and block id, where given), with its block."""
    for block, element in elements(blocks):
        if element.get("action_id") != action_id or block_id not in (None, block["block_id"]):
            continue
        if element["type"] == "button" and value not in (None, element.get("value")):
            continue
        return block, element
    return None


def plain(blocks: list[JSON]) -> str:
    """The text of blocks, one line a block, as a person would read it aloud."""
    return "\n".join(line for block in blocks if (line := _line(block)))


def _with_ids(block: JSON) -> JSON:
    block = {**block, "block_id": block.get("block_id") or _new_id()}
    if block.get("type") == "actions":
        block["elements"] = [_with_action_id(element) for element in block["elements"]]
    for name in ("accessory", "element"):
        if isinstance(block.get(name), dict) and block[name].get("type") != "image":
            block[name] = _with_action_id(block[name])
    return block


def _with_action_id(element: JSON) -> JSON:
    return {**element, "action_id": element.get("action_id") or _new_id()}


def _new_id() -> str:
    return secrets.token_urlsafe(4)[:5]


def _line(block: JSON) -> str:
    parts: list[Any] = [block.get("title"), block.get("text"), *block.get("fields", ()), block.get("label")]
    if block.get("type") == "context":
        parts += block["elements"]
    if block.get("type") == "actions":
        parts += [f"[{_words(element.get('text')) or element['type']}]" for element in block["elements"]]
    if block.get("type") == "table":
        parts += [" | ".join(_words(cell) for cell in row) for row in block["rows"]]
    if block.get("type") == "rich_text":
        parts.append(_rich(block))
    return "  ".join(words for part in parts if (words := _words(part)))


def _words(part: Any) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, dict):
        return _words(part.get("text") or part.get("alt_text") or "")
    return ""


def _rich(node: Any) -> str:
    if isinstance(node, dict):
        return str(node.get("text") or "") + "".join(_rich(child) for child in node.get("elements", ()))
    return ""
