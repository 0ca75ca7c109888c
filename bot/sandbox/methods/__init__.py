"""The Web API's methods: one table of names, scopes and functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.methods import chat, conversations, people, views

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.sandbox.call import Call
    from bot.sandbox.events import JSON
    from bot.sandbox.slack import Slack

METHODS: Mapping[str, tuple[str | None, Callable[[Slack, Call], JSON]]] = {
    "auth.test": (None, people.auth_test),
    "chat.delete": ("chat:write", chat.delete),
    "chat.getPermalink": (None, chat.permalink),
    "chat.postEphemeral": ("chat:write", chat.post_ephemeral),
    "chat.postMessage": ("chat:write", chat.post_message),
    "chat.update": ("chat:write", chat.update),
    "conversations.history": (None, conversations.history),
    "conversations.info": (None, conversations.info),
    "conversations.list": (None, conversations.list_all),
    "conversations.members": (None, conversations.members),
    "conversations.open": ("im:write", conversations.open_direct),
    "conversations.replies": (None, conversations.replies),
    "usergroups.list": ("usergroups:read", people.usergroups_list),
    "usergroups.users.list": ("usergroups:read", people.usergroups_users_list),
    "users.info": ("users:read", people.users_info),
    "users.list": ("users:read", people.users_list),
    "views.open": (None, views.open_modal),
    "views.publish": (None, views.publish_home),
    "views.push": (None, views.push_modal),
    "views.update": (None, views.update_view),
}
"""Method: the bot scope it needs, and its function. Those of conversations depend on the kind of channel and check it
themselves; `apps.connections.open` takes another token and lives in `webapi`."""
