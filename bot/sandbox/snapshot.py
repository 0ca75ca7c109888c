"""The whole outside world as JSON: what `GET /control/state` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.accounts import Accounts
    from bot.sandbox.events import JSON, Letter
    from bot.sandbox.slack import Slack
    from bot.sandbox.workspace import Channel


def snapshot(slack: Slack) -> JSON:
    """Channels with all their messages, open views, Homes, and the consumer's mailbox; people by their aliases."""
    accounts, workspace = slack.record.accounts, slack.workspace
    return {
        "now": slack.clock().isoformat(timespec="seconds"),
        "channels": [_channel(accounts, channel) for channel in workspace.channels.values()],
        "views": {person.alias: workspace.open_view(person.id) for person in accounts.people},
        "homes": {accounts.alias(user): view for user, view in workspace.homes.items()},
        "mailbox": [_letter(letter) for letter in slack.record.received],
    }


def _channel(accounts: Accounts, channel: Channel) -> JSON:
    own = [(message, user) for user, shown in channel.ephemerals.items() for message in shown.values()]
    everybody: list[tuple[JSON, str | None]] = [(message, None) for message in channel.messages.values()]
    messages = sorted([*everybody, *own], key=lambda pair: str(pair[0]["ts"]))
    name = channel.name if channel.person is None else f"@{accounts.alias(channel.person)}"
    return {
        "id": channel.id,
        "name": name,
        "messages": [_message(accounts, message, user) for message, user in messages],
    }


def _message(accounts: Accounts, message: JSON, ephemeral_to: str | None) -> JSON:
    return {
        "ts": message["ts"],
        "thread_ts": message.get("thread_ts"),
        "user": accounts.alias(message["user"]),
        "text": message.get("text", ""),
        "blocks": message.get("blocks", []),
        "metadata": message.get("metadata"),
        "ephemeral_to": accounts.alias(ephemeral_to) if ephemeral_to else None,
        "edited": message.get("edited", {}).get("ts"),
    }


def _letter(letter: Letter) -> JSON:
    return {
        "message_id": letter.message_id,
        "from": letter.sender,
        "from_name": letter.sender_name,
        "reply_to": letter.reply_to,
        "to": letter.to,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "at": letter.at,
        "in_reply_to": letter.in_reply_to,
        "references": list(letter.references),
        "attachments": list(letter.attachments),
    }
