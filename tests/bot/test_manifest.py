"""`manifest.yml` says exactly what the code uses."""

from __future__ import annotations

import ast
from pathlib import Path

from bot.names import SCOPES, Command, Event, Shortcut
from bot.sandbox.manifest import MANIFEST, load, read_plain_yaml

BOT = MANIFEST.parent / "bot"
SCOPES_OF = {
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_list": {"channels:read", "groups:read"},
    "conversations_replies": {"channels:history", "groups:history"},
    "usergroups_list": {"usergroups:read"},
    "usergroups_users_list": {"usergroups:read"},
    "users_info": {"users:read"},
    "auth_test": set(),
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
}
COMMANDS = {"commands"}


def called() -> set[str]:
    """The Web API's methods that the door calls."""
    files = [file for file in BOT.rglob("*.py") if "sandbox" not in file.parts and file.name != "cli.py"]
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    names = {
        node.func.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    families = ("chat_", "conversations_", "usergroups_", "users_", "views_", "auth_", "files_", "reactions_", "pins_")
    return {name for name in names if name.startswith(families)}


def test_every_method_that_is_called_is_known_here() -> None:
    assert called() == set(SCOPES_OF)


def test_the_scopes_are_those_of_the_methods_and_no_more() -> None:
    needed = COMMANDS.union(*(SCOPES_OF[method] for method in called()))

    assert load().scopes == needed == set(SCOPES)


def test_the_commands_and_events_are_those_that_are_listened_to() -> None:
    manifest = load()

    assert set(manifest.commands) == {str(command) for command in Command}
    assert set(manifest.shortcuts) == {str(shortcut) for shortcut in Shortcut}
    assert manifest.events == {str(event) for event in Event}
    assert manifest.home


def test_the_app_uses_socket_mode_and_interactivity_and_keeps_slacks_limits() -> None:
    tree = read_plain_yaml(Path(MANIFEST).read_text(encoding="utf-8"))

    assert tree["settings"]["socket_mode_enabled"] is True
    assert tree["settings"]["interactivity"]["is_enabled"] is True
    assert len(tree["display_information"]["name"]) <= 35
    assert len(tree["display_information"]["description"]) <= 140
    for shortcut in tree["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    for command in tree["features"]["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["usage_hint"]) <= 1_000
