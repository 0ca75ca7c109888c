"""Where somebody acts: in the desk's own channels or alone with it, and in no channel that another company shares."""

from __future__ import annotations

from bot.blocks import JSON
from bot.names import Action
from bot.people import People
from bot.settings import BotSettings
from store.rules.lifecycle import Role

SHARED = (
    "This channel is shared with another company, so the desk shows and does nothing here. "
    "Use the desk's own channel, or open the app's Home."
)
ELSEWHERE = "That button is not in one of the desk's channels, so nothing was done. Use the case's card there."
UNSEEN = (
    "The app is not in this channel and cannot tell who else is, so the desk shows nothing here. "
    "Use the desk's own channel, or open the app's Home."
)
FOREIGN = ("is_ext_shared", "is_pending_ext_shared")
"""Marks of a channel in which another company reads, or was invited to."""
DIRECT = "D"
"""How the ids of direct conversations begin: there a person is alone with one other."""

FOR_READERS = ("help", "law", "list", "mine", "report", "show")
"""Commands that only show, and nothing personal."""
PAGES = (Action.LIST_NEXT, Action.LIST_PREVIOUS)
"""Buttons that only turn the pages of a list."""


async def objection(body: JSON, people: People, settings: BotSettings) -> str:
    """Why nothing is done at this place; empty where something is.

    Modals and the Home stand in no channel. What a command answered stands where it was typed, for one person alone.

    Args:
        body: Slack's payload of a command, a press or a shortcut.
        people: asks Slack about the channel.
        settings: the desk's channels.

    Raises:
        SlackApiError: Slack does not say, and never did.
    """
    place = _channel_of(body)
    if not place or place.startswith(DIRECT):
        return ""
    channel = await people.channel(place)
    if any(channel.get(mark) for mark in FOREIGN):
        return SHARED
    if body.get("type") == "message_action":  # its form opens beside the channel
        return ""
    if not channel:
        return UNSEEN
    ours = {settings.channel, settings.managers_channel}
    return ELSEWHERE if _is_standing(body) and not ours & {channel.get("id"), channel.get("name")} else ""


def floor(body: JSON) -> Role:
    """The least role that what Slack sends needs: readers only look, at nothing personal."""
    if any(action.get("action_id") in PAGES for action in body.get("actions") or ()):
        return Role.READER
    first, *_ = str(body.get("text") or "").split() or ["help"]
    return Role.READER if body.get("command") and first.lower() in FOR_READERS else Role.STAFF


def _channel_of(body: JSON) -> str:
    named = body.get("channel") or {}
    return str(body.get("channel_id") or (named.get("id") if isinstance(named, dict) else "") or "")


def _is_standing(body: JSON) -> bool:
    """A button of a message that everybody in the channel sees."""
    container = body.get("container") or {}
    return container.get("type") == "message" and not container.get("is_ephemeral")
