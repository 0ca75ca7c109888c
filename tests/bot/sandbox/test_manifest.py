"""manifest.yml makes the real app, and rules the stand-in."""

from __future__ import annotations

import pytest

from bot.sandbox.manifest import MANIFEST, load, read_plain_yaml


def test_our_own_manifest_is_read() -> None:
    manifest = load()

    assert "chat:write" in manifest.scopes
    assert "/privacy" in manifest.commands
    assert "app_home_opened" in manifest.events
    assert manifest.home


def test_the_manifest_keeps_slacks_limits_and_uses_socket_mode() -> None:
    tree = read_plain_yaml(MANIFEST.read_text())
    command = tree["features"]["slash_commands"][0]

    assert len(tree["display_information"]["name"]) <= 35
    assert len(tree["display_information"]["description"]) <= 140
    assert len(command["command"]) <= 32
    assert len(command["usage_hint"]) <= 1_000
    assert tree["settings"]["socket_mode_enabled"] is True
    assert tree["settings"]["interactivity"] == {"is_enabled": True}


@pytest.mark.parametrize(
    "richer",
    [
        "a: 'quoted'",
        "a: [1, 2]",
        "a: {b: 1}",
        "a: |\n  text",
        "a: &anchor b",
        "just words",
        "a:",
        "a:b",
        "a: b\n  c: d",
    ],
)
def test_a_richer_file_is_refused_rather_than_half_understood(richer: str) -> None:
    with pytest.raises(ValueError, match="manifest"):
        read_plain_yaml(richer)


def test_the_plain_part_of_yaml_is_read() -> None:
    text = '# why\na: b\nc:\n  - d\n  - e: 1\n    f: "g: #h"\n  # more\n  - "-"\ni:\n- true\n'

    assert read_plain_yaml(text) == {"a": "b", "c": ["d", {"e": 1, "f": "g: #h"}, "-"], "i": [True]}
