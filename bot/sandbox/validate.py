"""Slack's rules for blocks and views. Messages that break them are refused as Slack does, with the reason."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from bot.sandbox import shapes
from bot.sandbox.fields import strange_fields
from bot.sandbox.shapes import length, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.events import JSON

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MESSAGE_TEXT = 4_000
SECTION_TEXT, FIELDS, FIELD = 3_000, 10, 2_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS, ACTIONS_ELEMENTS = 10, 25
LABEL, HINT = 2_000, 2_000
VIEW_TITLE, PRIVATE_METADATA = 24, 3_000
VIEW_BYTES = 250_000
TABLE_ROWS, TABLE_CELLS = 100, 20
CELLS = frozenset({"rich_text", "raw_text", "raw_number"})
MARKDOWN_TEXT = 12_000

MESSAGE_KINDS = frozenset(
    {
        "section",
        "header",
        "context",
        "divider",
        "actions",
        "image",
        "input",
        "rich_text",
        "table",
        "markdown",
        "video",
        "file",
    }
)
VIEW_KINDS = frozenset({"section", "header", "context", "divider", "actions", "image", "input", "rich_text", "video"})


def message_faults(blocks: Any, *, unknown_fields: bool = False) -> list[str]:
    """What is wrong with a message's blocks; empty when Slack would take them.

    Args:
        blocks: as they were sent.
        unknown_fields: whether fields that Slack's types do not name are let pass.
    """
    faults = list(_blocks(blocks, "/blocks", MESSAGE_BLOCKS, MESSAGE_KINDS, least=0))
    if not unknown_fields:
        faults += strange_fields(blocks, "/blocks")
    if isinstance(blocks, list) and sum(_kind(block) == "table" for block in blocks) > 1:
        faults.append("only one table a message [json-pointer:/blocks]")
    return faults


def view_faults(view: Any, *, unknown_fields: bool = False) -> list[str]:
    """What is wrong with a modal or a Home view; empty when Slack would take it.

    Args:
        view: as it was sent.
        unknown_fields: whether fields that Slack's types do not name are let pass.
    """
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return ["must be a view of type modal or home [json-pointer:/view/type]"]
    faults = list(_blocks(view.get("blocks"), "/view/blocks", VIEW_BLOCKS, VIEW_KINDS))
    faults += _focus(view.get("blocks"))
    if not unknown_fields:
        faults += strange_fields(view, "/view")
    for name, limit in (("private_metadata", PRIVATE_METADATA), ("callback_id", shapes.ID), ("external_id", shapes.ID)):
        if name in view:
            faults += length(view[name], f"/view/{name}", limit, least=0)
    if view["type"] == "modal":
        faults += _modal(view)
    return faults


def too_large(view: JSON) -> bool:
    """Whether a view is over Slack's 250 kB."""
    return len(json.dumps(view)) > VIEW_BYTES


def _modal(view: JSON) -> Iterator[str]:
    yield from text(view.get("title"), "/view/title", VIEW_TITLE)
    for name in ("submit", "close"):
        if name in view:
            yield from text(view[name], f"/view/{name}", VIEW_TITLE)
    blocks = view.get("blocks")
    if isinstance(blocks, list) and any(_kind(block) == "input" for block in blocks) and "submit" not in view:
        yield "a modal with an input needs submit [json-pointer:/view/submit]"


def _focus(blocks: Any) -> Iterator[str]:
    elements = [block.get("element") for block in blocks if isinstance(block, dict)] if isinstance(blocks, list) else []
    if sum(isinstance(each, dict) and each.get("focus_on_load") is True for each in elements) > 1:
        yield "only one element may have focus_on_load [json-pointer:/view/blocks]"


def _blocks(blocks: Any, where: str, most: int, kinds: frozenset[str], *, least: int = 1) -> Iterator[str]:
    if not isinstance(blocks, list) or not least <= len(blocks) <= most:
        yield f"must be a list of {least} to {most} blocks [json-pointer:{where}]"
        return
    for number, block in enumerate(blocks):
        place = f"{where}/{number}"
        if _kind(block) not in kinds:
            yield f"unsupported block type {_kind(block)!r} [json-pointer:{place}/type]"
            continue
        if "block_id" in block:
            yield from length(block["block_id"], f"{place}/block_id", shapes.ID)
        yield from _block(block, place)
        yield from _same_action_ids(block, place)
    ids = Counter(block["block_id"] for block in blocks if isinstance(block, dict) and "block_id" in block)
    yield from (f"block_id {name!r} is used twice [json-pointer:{where}]" for name, times in ids.items() if times > 1)


def _block(block: JSON, where: str) -> Iterator[str]:  # noqa: C901 - one line for each type of block
    match block["type"]:
        case "section":
            yield from _section(block, where)
        case "header":
            yield from text(block.get("text"), f"{where}/text", HEADER_TEXT)
        case "context":
            yield from _context(block, where)
        case "actions":
            yield from _actions(block, where)
        case "image":
            yield from shapes.image(block, where)
            if "title" in block:
                yield from text(block["title"], f"{where}/title", shapes.IMAGE_ALT)
        case "input":
            yield from _input(block, where)
        case "markdown":
            yield from length(block.get("text"), f"{where}/text", MARKDOWN_TEXT)
        case "table":
            yield from _table(block, where)
        case "rich_text":
            if not isinstance(block.get("elements"), list):
                yield f"must be a list [json-pointer:{where}/elements]"
        case _:
            pass


def _section(block: JSON, where: str) -> Iterator[str]:
    if not block.get("text") and not block.get("fields"):
        yield f"a section needs text or fields [json-pointer:{where}]"
    if "text" in block:
        yield from text(block["text"], f"{where}/text", SECTION_TEXT, mrkdwn=True)
    if "fields" in block:
        fields = block["fields"]
        if not isinstance(fields, list) or not 1 <= len(fields) <= FIELDS:
            yield f"must be 1 to {FIELDS} fields [json-pointer:{where}/fields]"
        else:
            for number, each in enumerate(fields):
                yield from text(each, f"{where}/fields/{number}", FIELD, mrkdwn=True)
    accessory = block.get("accessory")
    if _kind(accessory) == "image":
        yield from shapes.image(accessory or {}, f"{where}/accessory")
    elif accessory is not None:
        yield from shapes.element(accessory, f"{where}/accessory", shapes.ACTIONS)


def _context(block: JSON, where: str) -> Iterator[str]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= CONTEXT_ELEMENTS:
        yield f"must be 1 to {CONTEXT_ELEMENTS} elements [json-pointer:{where}/elements]"
        return
    for number, each in enumerate(elements):
        place = f"{where}/elements/{number}"
        if _kind(each) == "image":
            yield from shapes.image(each, place)
        else:
            yield from text(each, place, FIELD, mrkdwn=True)


def _actions(block: JSON, where: str) -> Iterator[str]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= ACTIONS_ELEMENTS:
        yield f"must be 1 to {ACTIONS_ELEMENTS} elements [json-pointer:{where}/elements]"
        return
    for number, each in enumerate(elements):
        yield from shapes.element(each, f"{where}/elements/{number}", shapes.ACTIONS)


def _input(block: JSON, where: str) -> Iterator[str]:
    yield from text(block.get("label"), f"{where}/label", LABEL)
    if "hint" in block:
        yield from text(block["hint"], f"{where}/hint", HINT)
    yield from shapes.element(block.get("element"), f"{where}/element", shapes.INPUTS)


def _table(block: JSON, where: str) -> Iterator[str]:
    rows = block.get("rows")
    if not isinstance(rows, list) or not 1 <= len(rows) <= TABLE_ROWS:
        yield f"must be 1 to {TABLE_ROWS} rows [json-pointer:{where}/rows]"
        return
    for number, row in enumerate(rows):
        if not isinstance(row, list) or not 1 <= len(row) <= TABLE_CELLS:
            yield f"must be 1 to {TABLE_CELLS} cells [json-pointer:{where}/rows/{number}]"
        elif any(_kind(cell) not in CELLS for cell in row):
            yield f"a cell must be of type {', '.join(sorted(CELLS))} [json-pointer:{where}/rows/{number}]"


def _same_action_ids(block: JSON, where: str) -> Iterator[str]:
    elements = block.get("elements")
    if not isinstance(elements, list):
        return
    ids = Counter(each["action_id"] for each in elements if isinstance(each, dict) and "action_id" in each)
    yield from (
        f"action_id {name!r} is used twice [json-pointer:{where}/elements]" for name, times in ids.items() if times > 1
    )


def _kind(value: Any) -> Any:
    return value.get("type") if isinstance(value, dict) else None
