"""chat.*: messages in channels, threads and direct messages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.sandbox import blocks as block_tools
from bot.sandbox.accounts import BOT_USER
from bot.sandbox.events import EphemeralShown, MessageChanged, MessageDeleted, MessagePosted
from bot.sandbox.methods.common import channel_of
from bot.sandbox.slack import SlackError
from bot.sandbox.validate import MESSAGE_TEXT, message_faults

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.events import JSON
    from bot.sandbox.slack import Slack
    from bot.sandbox.workspace import Channel


def post_message(slack: Slack, call: Call) -> JSON:
    """chat.postMessage."""
    content = checked_content(slack, call)
    channel = channel_of(slack, call, writing=True)
    thread_ts = call.text("thread_ts") or None
    if thread_ts is not None and thread_ts not in channel.messages:
        raise SlackError("thread_not_found")
    if thread_ts is not None and call.flag("reply_broadcast"):
        content["subtype"] = "thread_broadcast"
    message = slack.message(channel.id, content, thread_ts=thread_ts)
    slack.record.enter(MessagePosted(channel.id, message))
    return {"channel": channel.id, "ts": message["ts"], "message": message}


def update(slack: Slack, call: Call) -> JSON:
    """chat.update: `text` without `blocks` removes the blocks."""
    content = checked_content(slack, call)
    channel = channel_of(slack, call, writing=True)
    old = _own_message(channel, call.needed("ts", "message_not_found"), "cant_update_message")
    kept = {name: value for name, value in old.items() if name not in ("text", "blocks")}
    edited = {"user": BOT_USER, "ts": channel_now(slack)}
    message = {**kept, **content, "edited": edited}
    slack.record.enter(MessageChanged(channel.id, old["ts"], message))
    return {"channel": channel.id, "ts": old["ts"], "text": message.get("text", ""), "message": message}


def post_ephemeral(slack: Slack, call: Call) -> JSON:
    """chat.postEphemeral: one member of the channel sees it."""
    content = checked_content(slack, call)
    channel = channel_of(slack, call, writing=True)
    user = call.needed("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    message = slack.message(channel.id, content, thread_ts=call.text("thread_ts") or None)
    slack.record.enter(EphemeralShown(channel.id, user, message))
    return {"message_ts": message["ts"]}


def delete(slack: Slack, call: Call) -> JSON:
    """chat.delete."""
    channel = channel_of(slack, call)
    ts = _own_message(channel, call.needed("ts", "message_not_found"), "cant_delete_message")["ts"]
    slack.record.enter(MessageDeleted(channel.id, ts))
    return {"channel": channel.id, "ts": ts}


def permalink(slack: Slack, call: Call) -> JSON:
    """chat.getPermalink: the address of a message, here on the demo's page."""
    channel = channel_of(slack, call)
    ts = call.needed("message_ts", "message_not_found")
    message = channel.messages.get(ts)
    if message is None:
        raise SlackError("message_not_found")
    thread = message.get("thread_ts", "")
    within = f"&thread={thread}" if thread and thread != ts else ""
    return {"channel": channel.id, "permalink": f"{slack.url}?channel={channel.id}{within}#m-{ts}"}


def checked_content(slack: Slack, call: Call) -> JSON:
    """The text, blocks and metadata of a message, checked as Slack does.

    Raises:
        SlackError: there is nothing to show, or a limit is broken; the reason stands in `response_metadata`.
    """
    blocks = call.structure("blocks", "invalid_blocks_format")
    text = call.text("text")
    if not text and not blocks:
        raise SlackError("no_text")
    if len(text) > MESSAGE_TEXT:
        raise SlackError("msg_too_long")
    content: JSON = {"text": text}
    if blocks:
        refuse(message_faults(blocks, unknown_fields=slack.doubts.unknown_fields), "invalid_blocks")
        whole = json.dumps({"text": text, "blocks": blocks}, ensure_ascii=False)
        if len(whole.encode()) > slack.doubts.message_bytes:
            raise SlackError("msg_blocks_too_long")
        content["blocks"] = block_tools.with_ids(blocks)
    metadata = call.structure("metadata", "invalid_metadata_format")
    if metadata is not None:
        content["metadata"] = _checked_metadata(slack, metadata)
    return content


def refuse(faults: list[str], error: str) -> None:
    """Refuse what has faults.

    Raises:
        SlackError: there is at least one.
    """
    if faults:
        raise SlackError(error, errors=faults, response_metadata={"messages": [f"[ERROR] {fault}" for fault in faults]})


def channel_now(slack: Slack) -> str:
    """The demo's present moment in the form of a message's timestamp."""
    return f"{slack.clock().timestamp():.6f}"


def as_read(channel: Channel, message: JSON, *, metadata: bool) -> JSON:
    """A message as conversations.history gives it: a parent counts its replies, metadata only when asked for."""
    seen = {name: value for name, value in message.items() if metadata or name != "metadata"}
    replies = channel.replies(message["ts"])
    if replies:
        users = list(dict.fromkeys(reply["user"] for reply in replies))
        seen |= {
            "thread_ts": message["ts"],
            "reply_count": len(replies),
            "reply_users": users,
            "reply_users_count": len(users),
            "latest_reply": replies[-1]["ts"],
        }
    parent = channel.messages.get(message.get("thread_ts", ""))
    if parent is not None and parent["ts"] != message["ts"]:
        seen["parent_user_id"] = parent["user"]
    return seen


def _own_message(channel: Channel, ts: str, not_ours: str) -> JSON:
    message = channel.messages.get(ts)
    if message is None:
        raise SlackError("message_not_found")
    if message["user"] != BOT_USER:
        raise SlackError(not_ours)
    return message


def _checked_metadata(slack: Slack, metadata: Any) -> JSON:
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise SlackError("invalid_metadata_schema")
    payload = metadata.get("event_payload")
    if not isinstance(payload, dict):
        raise SlackError("invalid_metadata_schema")
    if not slack.doubts.nested_metadata and any(isinstance(each, dict | list) for each in payload.values()):
        raise SlackError("invalid_metadata_schema")
    return {"event_type": metadata["event_type"], "event_payload": payload}
