"""The payloads that Slack sends to an app, in Slack's own shapes."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from bot.sandbox.accounts import APP, BOT_USER, TEAM, TEAM_DOMAIN, VERIFICATION_TOKEN

if TYPE_CHECKING:
    from datetime import datetime

    from bot.sandbox.accounts import Person
    from bot.sandbox.events import JSON
    from bot.sandbox.workspace import Channel


def slash_command(person: Person, channel: Channel, command: str, text: str) -> JSON:
    """A slash command, without its trigger id and response URL."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.handle,
        "command": command,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
    }


def block_actions(person: Person, trigger_id: str, action: JSON) -> JSON:
    """A pressed button or a changed field, without the place it stands in."""
    return {
        "type": "block_actions",
        **_from(person),
        "trigger_id": trigger_id,
        "actions": [action],
    }


def message_action(person: Person, trigger_id: str, callback_id: str, channel: Channel, message: JSON) -> JSON:
    """A shortcut chosen at a message, without its response URL."""
    return {
        "type": "message_action",
        **_from(person),
        "callback_id": callback_id,
        "trigger_id": trigger_id,
        "message_ts": message["ts"],
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": message,
    }


def view_submission(person: Person, trigger_id: str, view: JSON) -> JSON:
    """A submitted modal."""
    return {
        "type": "view_submission",
        **_from(person),
        "trigger_id": trigger_id,
        "view": view,
        "response_urls": [],
    }


def view_closed(person: Person, view: JSON, *, cleared: bool) -> JSON:
    """A modal that was closed and had asked to be told."""
    return {"type": "view_closed", **_from(person), "view": view, "is_cleared": cleared}


def message_place(channel: Channel, message: JSON, *, ephemeral: bool, state: JSON) -> JSON:
    """Where a pressed button stands, when in a message. Of an ephemeral message Slack gives no content."""
    container: JSON = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    place: JSON = {
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": state},
    }
    if not ephemeral:
        place["message"] = message
    return place


def view_place(view: JSON) -> JSON:
    """Where a pressed button stands, when in a modal or a Home."""
    return {"container": {"type": "view", "view_id": view["id"]}, "view": view}


def action_of(block: JSON, element: JSON, held: JSON, now: datetime) -> JSON:
    """One entry of `actions`."""
    action: JSON = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": f"{now.timestamp():.6f}",
    }
    for name in ("text", "value", "style", "placeholder", "confirm"):
        if name in element:
            action[name] = element[name]
    return action | held


def event_callback(event: JSON, now: datetime) -> JSON:
    """An event, wrapped as the Events API does."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": "Ev" + secrets.token_hex(5).upper(),
        "event_time": int(now.timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }


def app_home_opened(person: Person, channel: Channel, home: JSON | None, now: datetime) -> JSON:
    """A person looked at the app's Home tab."""
    event: JSON = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": channel.id,
        "tab": "home",
        "event_ts": f"{now.timestamp():.6f}",
    }
    return event if home is None else {**event, "view": home}


def channel_name(channel: Channel) -> str:
    """What Slack calls a channel in payloads: its name, but one word for all direct messages."""
    return "directmessage" if channel.person is not None else channel.name


def _from(person: Person) -> JSON:
    user: dict[str, Any] = {"id": person.id, "username": person.handle, "name": person.handle, "team_id": TEAM}
    return {
        "team": {"id": TEAM, "domain": TEAM_DOMAIN},
        "user": user,
        "api_app_id": APP,
        "token": VERIFICATION_TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
    }
