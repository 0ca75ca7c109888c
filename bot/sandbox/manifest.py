"""What the app may do, read from `manifest.yml`, the file that makes the real Slack app."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts of an app's manifest that Slack enforces.

    Args:
        scopes: bot scopes.
        commands: slash commands with their usage hints.
        events: bot events that are sent to the app.
        home: whether the app has a Home tab.
        shortcuts: what can be chosen at a message, by its callback id, with its name.
    """

    scopes: frozenset[str]
    commands: dict[str, str]
    events: frozenset[str]
    home: bool
    shortcuts: dict[str, str]


def load(path: Path = MANIFEST) -> Manifest:
    """Read a manifest.

    Raises:
        ValueError: a line is not of the plain YAML that this file keeps to.
        KeyError: a part that Slack requires is missing.
    """
    tree = read_plain_yaml(path.read_text(encoding="utf-8"))
    features = tree["features"]
    return Manifest(
        scopes=frozenset(tree["oauth_config"]["scopes"]["bot"]),
        commands={each["command"]: each.get("usage_hint", "") for each in features.get("slash_commands", ())},
        events=frozenset(tree["settings"]["event_subscriptions"]["bot_events"]),
        home=bool(features["app_home"]["home_tab_enabled"]),
        shortcuts={
            each["callback_id"]: each["name"] for each in features.get("shortcuts", ()) if each["type"] == "message"
        },
    )


def read_plain_yaml(text: str) -> Any:
    """Read the plain part of YAML that a manifest needs.

    Mappings, lists, double-quoted or bare one-line scalars, whole-line comments; two spaces a level. Anything else is
    refused, so that a richer file is noticed and never half understood.

    Raises:
        ValueError: the line that could not be read.
    """
    lines = [
        (len(line) - len(line.lstrip()), line.strip())
        for line in text.splitlines()
        if line.strip() and not line.strip().startswith("#")
    ]
    value, rest = _block(lines, 0)
    if rest:
        raise ValueError(f"This line of the manifest stands at no level: {rest[0][1]!r}")
    return value


_Lines = list[tuple[int, str]]


def _block(lines: _Lines, indent: int) -> tuple[Any, _Lines]:
    if lines and lines[0][1].startswith("- "):
        return _list(lines, indent)
    mapping: dict[str, Any] = {}
    while lines and lines[0][0] == indent and not lines[0][1].startswith("- "):
        key, colon, value = lines[0][1].partition(":")
        if not colon or (value and not value.startswith(" ")):
            raise ValueError(f"This line of the manifest has no 'key: value': {lines[0][1]!r}")
        lines = lines[1:]
        if value.strip():
            mapping[key] = _scalar(value.strip())
        elif lines and (lines[0][0] > indent or (lines[0][0] == indent and lines[0][1].startswith("- "))):
            mapping[key], lines = _block(lines, lines[0][0])
        else:
            raise ValueError(f"This key of the manifest has no value: {key!r}")
    return mapping, lines


def _list(lines: _Lines, indent: int) -> tuple[list[Any], _Lines]:
    items: list[Any] = []
    while lines and lines[0][0] == indent and lines[0][1].startswith("- "):
        content = lines[0][1].removeprefix("- ")
        if ": " in content or content.endswith(":"):
            item, lines = _block([(indent + 2, content), *lines[1:]], indent + 2)
        else:
            item, lines = _scalar(content), lines[1:]
        items.append(item)
    return items, lines


def _scalar(text: str) -> Any:
    if text in ("true", "false") or text.startswith('"') or text.isdecimal():
        return json.loads(text)
    if text[0] in "'[]{}&*!|>%@`#":
        raise ValueError(f"This value of the manifest is not plain: {text!r}")
    return text
