"""What several methods ask: which channel, whether the app may, and one page of a list."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from bot.sandbox.accounts import BOT_USER
from bot.sandbox.slack import SlackError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sandbox.call import Call
    from bot.sandbox.events import JSON
    from bot.sandbox.slack import Slack
    from bot.sandbox.workspace import Channel

MOST_A_PAGE = 1_000


def channel_of(slack: Slack, call: Call, *, writing: bool = False) -> Channel:
    """The channel a call names. A user id stands for the direct messages with that person when writing.

    Raises:
        SlackError: there is none, the app is not in it, or it is archived.
    """
    name = call.needed("channel", "channel_not_found")
    workspace = slack.workspace
    channel = workspace.channels.get(name) or (workspace.channel_named(name) if name.startswith("#") else None)
    if channel is None and writing and slack.record.accounts.person(name) is not None and name.startswith("U"):
        channel = slack.record.direct(name)
    if channel is None or (channel.private and BOT_USER not in channel.members):
        raise SlackError("channel_not_found")
    if BOT_USER not in channel.members:
        raise SlackError("not_in_channel")
    if writing and channel.archived:
        raise SlackError("is_archived")
    return channel


def need_scope(slack: Slack, *scopes: str) -> None:
    """Check that the manifest has one of these scopes.

    Raises:
        SlackError: `missing_scope`, with what is needed and what is provided.
    """
    if not slack.manifest.scopes.intersection(scopes):
        provided = ",".join(sorted(slack.manifest.scopes))
        raise SlackError("missing_scope", needed=",".join(scopes), provided=provided)


def scope_for(channel: Channel, right: str) -> str:
    """The scope for reading this kind of channel, as `groups:history`."""
    if channel.person is not None:
        return f"im:{right}"
    return f"groups:{right}" if channel.private else f"channels:{right}"


def page_of(call: Call, items: Sequence[JSON], default: int) -> tuple[list[JSON], str]:
    """One page of a list, and the cursor of the next, empty at the end.

    Raises:
        SlackError: the limit or the cursor is no good.
    """
    limit = call.number("limit", default)
    if not 1 <= limit <= MOST_A_PAGE:
        raise SlackError("invalid_limit")
    start = _start(call.text("cursor"))
    following = start + limit
    cursor = base64.b64encode(f"next:{following}".encode()).decode() if following < len(items) else ""
    return list(items[start:following]), cursor


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word == "next" and number.isdecimal():
            return int(number)
    except (binascii.Error, UnicodeDecodeError):
        pass
    raise SlackError("invalid_cursor")
