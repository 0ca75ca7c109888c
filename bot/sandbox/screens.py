"""What people have open: a stack of up to three modals each, and their Home."""

from __future__ import annotations

import json
import secrets
import time
from typing import TYPE_CHECKING, Any

from bot.sandbox.accounts import APP, BOT, TEAM
from bot.sandbox.blocks import with_ids
from bot.sandbox.events import HomePublished, ViewsStacked
from bot.sandbox.inputs import initial_state, kept_state
from bot.sandbox.slack import SlackError
from bot.sandbox.validate import too_large, view_faults

if TYPE_CHECKING:
    from bot.sandbox.events import JSON
    from bot.sandbox.slack import Slack

DEEPEST = 3
"""Modals on one another: the first and two pushed ones."""


def checked(slack: Slack, view: Any, kind: str) -> JSON:
    """A view that Slack would take.

    Raises:
        SlackError: it is of another type, too large, or breaks a limit; the reason stands in `response_metadata`.
    """
    faults = view_faults(view, unknown_fields=slack.doubts.unknown_fields)
    if not faults and view["type"] != kind:
        faults = [f"must be a view of type {kind} [json-pointer:/view/type]"]
    if faults:
        raise SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {fault}" for fault in faults]})
    if too_large(view):
        raise SlackError("view_too_large")
    checked_view: JSON = json.loads(json.dumps(view))
    return checked_view


def opened(slack: Slack, user: str, content: JSON) -> JSON:
    """Show a modal alone."""
    view = _new(slack, content)
    slack.record.enter(ViewsStacked(user, (view,)))
    return view


def pushed(slack: Slack, user: str, content: JSON) -> JSON:
    """Show a modal on top of the open ones.

    Raises:
        SlackError: three are open already, or none.
    """
    stack = slack.workspace.views.get(user, ())
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= DEEPEST:
        raise SlackError("push_limit_reached")
    view = {**_new(slack, content), "previous_view_id": stack[-1]["id"], "root_view_id": stack[0]["id"]}
    slack.record.enter(ViewsStacked(user, (*stack, view)))
    return view


def updated(slack: Slack, user: str, old: JSON, content: JSON) -> JSON:
    """Show another content in a view that is open."""
    kept = {name: old[name] for name in ("id", "previous_view_id", "root_view_id")}
    new = _new(slack, content, replacing=old["id"])
    view = {**new, **kept, "state": {"values": kept_state(new["blocks"], old["state"]["values"])}}
    if old["type"] == "home":
        slack.record.enter(HomePublished(user, view))
        return view
    stack = tuple(view if each["id"] == old["id"] else each for each in slack.workspace.views.get(user, ()))
    slack.record.enter(ViewsStacked(user, stack))
    return view


def closed(slack: Slack, user: str, view_id: str) -> None:
    """Take a modal, and what lies on top of it, from the screen."""
    stack = slack.workspace.views.get(user, ())
    depth = next((number for number, each in enumerate(stack) if each["id"] == view_id), len(stack))
    slack.record.enter(ViewsStacked(user, stack[:depth]))


def cleared(slack: Slack, user: str) -> None:
    """Take all modals from a person's screen."""
    slack.record.enter(ViewsStacked(user, ()))


def published(slack: Slack, user: str, content: JSON) -> JSON:
    """Show a Home view."""
    old = slack.workspace.homes.get(user)
    view = _new(slack, content, replacing=old["id"] if old else "")
    if old is not None:
        view |= {"id": old["id"], "root_view_id": old["id"]}
    slack.record.enter(HomePublished(user, view))
    return view


def _new(slack: Slack, content: JSON, replacing: str = "") -> JSON:
    external_id = content.get("external_id", "")
    same = slack.workspace.find_view(external_id=external_id) if external_id else None
    if same is not None and same[1]["id"] != replacing:
        raise SlackError("duplicate_external_id")
    blocks = with_ids(content["blocks"])
    view_id = "V" + secrets.token_hex(5).upper()
    return {
        "id": view_id,
        "team_id": TEAM,
        "type": content["type"],
        "blocks": blocks,
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": initial_state(blocks)},
        "hash": f"{int(time.time())}.{secrets.token_hex(4)}",
        "title": content.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "clear_on_close": bool(content.get("clear_on_close", False)),
        "notify_on_close": bool(content.get("notify_on_close", False)),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": None,
        "root_view_id": view_id,
        "app_id": APP,
        "external_id": external_id,
        "app_installed_team_id": TEAM,
        "bot_id": BOT,
    }
