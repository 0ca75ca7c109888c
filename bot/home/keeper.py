"""Keeping Homes up to date: those of whoever has opened theirs, whenever something has happened at the desk."""

from __future__ import annotations

import asyncio
import time
from datetime import date

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import modals
from bot.manners import OUTSIDER
from bot.trouble import impersonal, said
from bot.visit import Workplace
from store import queries
from store.rules.lifecycle import Role

LOOK_SECONDS = 2.0
PACE_SECONDS = 0.7
"""Slack takes about 100 views a minute (Tier 4); some are left for people who press."""
CALM = 5
"""A round is followed by a rest of so many times its own length: Homes never keep the desk from its work."""
AWAY_SECONDS = 30.0

log = structlog.get_logger()


class Keeper:
    """Draws Homes again when the ledger has grown, or a day has begun; who works here no more sees nothing then.

    Args:
        workplace: the desk, and who is who.
        client: Slack's Web API.
        look_seconds: how often the ledger is looked at.
        pace_seconds: the least time between two Homes.
    """

    def __init__(
        self,
        workplace: Workplace,
        client: AsyncWebClient,
        look_seconds: float = LOOK_SECONDS,
        pace_seconds: float = PACE_SECONDS,
    ) -> None:
        self._workplace = workplace
        self._client = client
        self._look_seconds = look_seconds
        self._pace_seconds = pace_seconds
        self._seen: tuple[int, date] | None = None

    async def run(self) -> None:
        """Keep at it until cancelled."""
        while True:
            rest = self._look_seconds
            try:
                began = time.monotonic()
                await self.look()
                rest = max(rest, CALM * (time.monotonic() - began))
            except SlackApiError as error:
                rest = max(AWAY_SECONDS, float(error.response.headers.get("Retry-After", 0)))
                log.warning("a home could not be drawn", trouble=said(error))
            except Exception as error:  # noqa: BLE001 - Slack or the database is away: the next look comes
                rest = AWAY_SECONDS
                log.warning("homes could not be drawn", **impersonal(error))
            await asyncio.sleep(rest)

    async def look(self) -> int:
        """Draw all Homes again if anything has happened since the last look; how many were sent to Slack.

        Raises:
            Exception: Slack or the database is not there; the next look begins anew.
        """
        bridge = self._workplace.bridge
        now = await bridge(queries.last_change)
        if now == self._seen:
            return 0
        sent = 0
        for user in await bridge(queries.home_openers):
            if await self._draw(user):
                sent += 1
                await asyncio.sleep(self._pace_seconds)
        self._seen = now
        return sent

    async def _draw(self, user: str) -> bool:
        homes, bridge = self._workplace.homes, self._workplace.bridge
        actor = await self._workplace.people.actor(user)
        try:
            if actor.role is None or not actor.role.covers(Role.STAFF):
                return await homes.close(self._client, user, modals.closed_home(OUTSIDER))
            return await homes.draw(bridge, self._client, actor, again=True)
        except SlackApiError as error:
            if said(error) in GONE:  # nobody is there to see it
                return False
            raise


GONE = ("user_not_found", "user_disabled", "not_enabled")
