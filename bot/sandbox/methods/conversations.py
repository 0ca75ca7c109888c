"""conversations.*: channels, and reading back what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.accounts import BOT_USER
from bot.sandbox.methods.chat import as_read
from bot.sandbox.methods.common import channel_of, need_scope, page_of, scope_for
from bot.sandbox.slack import SlackError
from bot.sandbox.workspace import in_channel

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.events import JSON
    from bot.sandbox.slack import Slack
    from bot.sandbox.workspace import Channel

HISTORY_PAGE, LIST_PAGE = 100, 100


def history(slack: Slack, call: Call) -> JSON:
    """conversations.history: the newest first, without replies in threads."""
    channel = channel_of(slack, call)
    need_scope(slack, scope_for(channel, "history"))
    found = [message for message in _between(channel, call) if in_channel(message)]
    messages, cursor = page_of(call, found, HISTORY_PAGE)
    metadata = call.flag("include_all_metadata")
    return {
        "messages": [as_read(channel, message, metadata=metadata) for message in messages],
        "has_more": bool(cursor),
        "pin_count": 0,
        "response_metadata": {"next_cursor": cursor},
    }


def replies(slack: Slack, call: Call) -> JSON:
    """conversations.replies: a thread's parent and its replies, oldest first."""
    channel = channel_of(slack, call)
    need_scope(slack, scope_for(channel, "history"))
    parent = channel.messages.get(call.needed("ts", "thread_not_found"))
    if parent is None:
        raise SlackError("thread_not_found")
    oldest = call.text("oldest", "0")
    thread = [parent, *(reply for reply in channel.replies(parent["ts"]) if reply["ts"] > oldest)]
    messages, cursor = page_of(call, thread, LIST_PAGE)
    metadata = call.flag("include_all_metadata")
    return {
        "messages": [as_read(channel, message, metadata=metadata) for message in messages],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


def info(slack: Slack, call: Call) -> JSON:
    """conversations.info: also of a public channel that the app is not in."""
    name = call.needed("channel", "channel_not_found")
    channel = slack.workspace.channels.get(name)
    if channel is None or (channel.private and BOT_USER not in channel.members):
        raise SlackError("channel_not_found")
    need_scope(slack, scope_for(channel, "read"))
    described = _described(channel)
    if call.flag("include_num_members"):
        described["num_members"] = len(channel.members)
    return {"channel": described}


def list_all(slack: Slack, call: Call) -> JSON:
    """conversations.list: the channels of the asked types that the app may know of."""
    types = {kind.strip() for kind in call.text("types", "public_channel").split(",")}
    for kind, scope in (("public_channel", "channels:read"), ("private_channel", "groups:read"), ("im", "im:read")):
        if kind in types:
            need_scope(slack, scope)
    known = [
        _described(channel)
        for channel in slack.workspace.channels.values()
        if _kind(channel) in types
        and (not channel.private or BOT_USER in channel.members)
        and not (channel.archived and call.flag("exclude_archived"))
    ]
    channels, cursor = page_of(call, known, LIST_PAGE)
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def members(slack: Slack, call: Call) -> JSON:
    """conversations.members."""
    channel = channel_of(slack, call)
    need_scope(slack, scope_for(channel, "read"))
    found, cursor = page_of(call, [{"id": user} for user in sorted(channel.members)], LIST_PAGE)
    return {"members": [each["id"] for each in found], "response_metadata": {"next_cursor": cursor}}


def open_direct(slack: Slack, call: Call) -> JSON:
    """conversations.open: direct messages with one person."""
    users = call.needed("users", "users_list_not_supplied").split(",")
    if len(users) > 1:
        raise SlackError("method_not_supported_for_channel_type")
    if slack.record.accounts.person(users[0]) is None or not users[0].startswith("U"):
        raise SlackError("user_not_found")
    already_open = slack.workspace.direct(users[0]) is not None
    channel = slack.record.direct(users[0])
    answer: JSON = {"channel": {"id": channel.id}}
    if call.flag("return_im"):
        answer["channel"] = _described(channel)
    if already_open:
        answer |= {"no_op": True, "already_open": True}
    return answer


def _between(channel: Channel, call: Call) -> list[JSON]:
    oldest, latest = call.text("oldest", "0"), call.text("latest") or "99999999999"
    inclusive = call.flag("inclusive")
    return [
        message
        for ts, message in reversed(channel.messages.items())
        if oldest < ts < latest or (inclusive and ts in (oldest, latest))
    ]


def _kind(channel: Channel) -> str:
    if channel.person is not None:
        return "im"
    return "private_channel" if channel.private else "public_channel"


def _described(channel: Channel) -> JSON:
    if channel.person is not None:
        return {"id": channel.id, "is_im": True, "user": channel.person, "is_archived": False, "is_open": True}
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.private,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.private,
        "is_archived": channel.archived,
        "is_member": BOT_USER in channel.members,
        "is_shared": channel.shared,
        "is_ext_shared": channel.shared,
        "is_org_shared": False,
        "is_general": channel.name == "general",
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
    }
