"""One person's screen after one press: a modal, and a waiting view in its place while the desk takes its time."""

from __future__ import annotations

import asyncio

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import JSON
from bot.trouble import said

CLOSED = ("not_found", "view_not_found")
"""What Slack says of a view that the person closed."""


class Screen:
    """What a press shows.

    A trigger opens a single view, within 3 seconds (Slack). So a modal that takes long needs a view that waits for it.

    Args:
        client: Slack's Web API.
        body: Slack's payload, with its trigger and the view that it happened in.
    """

    def __init__(self, client: AsyncWebClient, body: JSON) -> None:
        self._client = client
        self._body = body
        self._lock = asyncio.Lock()
        self._waiting = ""
        self._shown = False

    @property
    def waits(self) -> bool:
        """Whether a waiting view stands there still."""
        return bool(self._waiting) and not self._shown

    async def show(self, view: JSON) -> None:
        """Show a modal: in place of the waiting view, on top of the modal it was asked for in, else alone."""
        async with self._lock:
            self._shown = True
            if self._waiting:
                await self._replace(view)
            else:
                await self._open(view)

    async def wait(self, view: JSON) -> None:
        """Show a waiting view, unless something is shown already or there is no trigger to open it with."""
        async with self._lock:
            if not self._shown and self._body.get("trigger_id"):
                self._waiting = str((await self._open(view)).get("id", ""))

    async def _open(self, view: JSON) -> JSON:
        trigger = str(self._body.get("trigger_id", ""))
        on_top = (self._body.get("view") or {}).get("type") == "modal"
        if on_top:
            answer = await self._client.views_push(trigger_id=trigger, view=view)
        else:
            answer = await self._client.views_open(trigger_id=trigger, view=view)
        shown: JSON = answer.get("view") or {}
        return shown

    async def _replace(self, view: JSON) -> None:
        try:
            await self._client.views_update(view_id=self._waiting, view=view)
        except SlackApiError as error:
            if said(error) not in CLOSED:
                raise
