"""Channels by the names that people write into the configuration."""

from __future__ import annotations

import re

from slack_sdk.web.async_client import AsyncWebClient

_ID = re.compile(r"[CG][A-Z0-9]{6,}")
PAGE = 200


class NoSuchChannel(Exception):
    """The app sees no channel of that name: it does not exist, or the app was not invited to it."""


class Places:
    """The ids of channels, asked of Slack once.

    Args:
        client: Slack's Web API.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._ids: dict[str, str] = {}

    async def channel(self, name: str) -> str:
        """The id of a channel.

        Args:
            name: its name without the number sign, or its id.

        Raises:
            NoSuchChannel: the app sees none.
            SlackApiError: Slack does not say.
        """
        if _ID.fullmatch(name):
            return name
        if name not in self._ids:
            await self._look()
        if name not in self._ids:
            raise NoSuchChannel(name)
        return self._ids[name]

    async def _look(self) -> None:
        cursor = ""
        while True:
            answer = await self._client.conversations_list(
                types="public_channel,private_channel", exclude_archived=True, limit=PAGE, cursor=cursor
            )
            self._ids |= {channel["name"]: channel["id"] for channel in answer["channels"]}
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return
