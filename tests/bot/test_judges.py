"""Four judges of what we send: the stand-in, Slack's SDK, Slack's own types, and rules that no schema has.

Each misses something, so every message and view is shown to all of them (`test_golden`, `slack_rules`). What each one
misses is kept here, so that nobody trusts one alone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sandbox.fields import CONFIRM, FIELDS, OPTION
from bot.sandbox.manifest import MANIFEST, read_plain_yaml
from bot.sandbox.validate import message_faults, view_faults
from tests.bot.limits import BLOCKS, VIEWS
from tests.bot.peers import PEERS
from tests.bot.slack_schema import (
    SCHEMA,
    broken_in_message,
    broken_in_view,
    manifest_misfits,
    message_misfits,
    view_misfits,
)

GOLDEN = Path(__file__).parent / "golden"
NO_SCHEMA_HAS = {
    *("blocks", "a section says something", "block ids differ", "action ids differ", "real dates"),
    *("view: external id", "view: an input needs submit"),
}
TYPES_MISS = NO_SCHEMA_HAS | {
    *("overflow", "option values differ", "initial option is offered", "plain text input", "one table"),
    *("what stands in an input", "group label"),
    "view: one focus",
}
SDK_MISSES = {
    *(
        "a header is plain",
        "action ids differ",
        "block ids differ",
        "blocks",
        "field text",
        "initial option is offered",
    ),
    *("known elements", "one table", "option text", "option values differ", "plain text input", "radio buttons"),
    *("real dates", "table cells", "table columns", "table rows", "group label", "checkboxes", "option description"),
    *("what stands in an input", "option value"),
    *("view: a Home has no title", "view: an input needs submit", "view: external id", "view: one focus"),
}


def models_take(blocks: list[dict[str, Any]]) -> bool:
    """Whether the SDK's models read the blocks and give them back as they were."""
    try:
        return [block.to_dict() for block in Block.parse_all(blocks)] == blocks
    except (SlackObjectFormationError, ValueError, TypeError):
        return False


def models_take_view(view: dict[str, Any]) -> bool:
    try:
        return bool(View(**view).to_dict() == view)
    except (SlackObjectFormationError, ValueError, TypeError):
        return False


def goldens(kind: str) -> list[Any]:
    files = sorted(GOLDEN.glob(f"{kind}_*.json"))
    return [pytest.param(json.loads(file.read_text(encoding="utf-8")), id=file.stem) for file in files]


@pytest.mark.parametrize("message", goldens("message"))
def test_every_message_is_as_slacks_types_want_it(message: dict[str, Any]) -> None:
    assert message_misfits(message["text"], message["blocks"]) == []
    assert broken_in_message(message["blocks"]) == []


@pytest.mark.parametrize("view", goldens("view"))
def test_every_view_is_as_slacks_types_want_it(view: dict[str, Any]) -> None:
    assert view_misfits(view) == []
    assert broken_in_view(view) == []


@pytest.mark.parametrize("limit", BLOCKS)
def test_what_goes_to_the_limit_is_taken_by_all_judges(limit: str) -> None:
    allowed, _ = BLOCKS[limit]

    assert message_faults(allowed) == []
    assert broken_in_message(allowed) == []
    assert message_misfits("words", allowed) == []


def test_what_goes_beyond_is_always_seen_and_what_each_judge_misses_is_known() -> None:
    beyond = {limit: refused for limit, (_, refused) in BLOCKS.items()}
    views = {f"view: {limit}": refused for limit, (_, refused) in VIEWS.items()}
    stand_in = {limit for limit, blocks in beyond.items() if not message_faults(blocks)}
    stand_in |= {limit for limit, view in views.items() if not view_faults(view)}
    types = {limit for limit, blocks in beyond.items() if not message_misfits("words", blocks)}
    types |= {limit for limit, view in views.items() if not view_misfits(view)}
    sdk = {limit for limit, blocks in beyond.items() if models_take(blocks)}
    sdk |= {limit for limit, view in views.items() if models_take_view(view)}
    no_schema = {limit for limit, blocks in beyond.items() if broken_in_message(blocks)}
    no_schema |= {limit for limit, view in views.items() if broken_in_view(view)}

    assert stand_in == set()
    assert types == TYPES_MISS
    assert sdk == SDK_MISSES
    assert no_schema == NO_SCHEMA_HAS
    assert (len(beyond) + len(views), len(sdk), len(types)) == (58, 25, 15)  # as docs/stand-in.md tells


def test_the_stand_in_knows_exactly_the_fields_that_slacks_types_name() -> None:
    named: dict[str, set[str]] = {}
    for definition in SCHEMA["definitions"].values():
        for shape in (definition, *definition.get("anyOf", ())):
            fields = shape.get("properties", {})
            kind = fields.get("type", {}).get("const")
            named.setdefault(kind, set()).update(fields)

    assert {kind: set(fields) for kind, fields in FIELDS.items()} == {kind: named[kind] for kind in FIELDS}
    assert set(SCHEMA["definitions"]["PlainTextOption"]["properties"]) == OPTION
    assert set(SCHEMA["definitions"]["ConfirmationDialog"]["properties"]) == CONFIRM


def test_our_manifest_asks_for_real_scopes_and_events_within_the_limits() -> None:
    manifest = read_plain_yaml(MANIFEST.read_text(encoding="utf-8"))
    well = manifest_misfits(manifest)
    manifest["oauth_config"]["scopes"]["bot"].append("chat:shout")
    manifest["settings"]["event_subscriptions"]["bot_events"].append("case_closed")
    manifest["display_information"]["name"] = "x" * 36

    assert well == []
    assert len(manifest_misfits(manifest)) == 3


def test_the_schema_says_what_it_was_made_of() -> None:
    fetched = json.loads((PEERS / "package.json").read_text(encoding="utf-8"))["dependencies"]

    assert all(f"{name} {fetched[name]}" in SCHEMA["$comment"] for name in ("@slack/types", "@slack/web-api"))
    assert " 182 limits " in SCHEMA["$comment"]  # as docs/stand-in.md tells
