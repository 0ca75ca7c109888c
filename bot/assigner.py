"""Giving out what nobody has: Slack knows who is there, the desk whose it is."""

from __future__ import annotations

import asyncio

import structlog

from bot.people import People
from bot.trouble import impersonal
from store import desk, queries
from store.errors import DeskError
from store.office import Bridge
from store.rules.assigning import Assigning, Rule

LOOK_SECONDS = 2.0
REST_SECONDS = 30.0
"""After trouble, or where nobody is there to be given anything."""

log = structlog.get_logger()


class Assigner:
    """Gives out cases that nobody has had yet.

    Args:
        bridge: the way to the desk.
        people: who is staff.
        assigning: how they are given out.
    """

    def __init__(self, bridge: Bridge, people: People, assigning: Assigning) -> None:
        self._bridge = bridge
        self._people = people
        self._assigning = assigning

    async def run(self) -> None:
        """Keep at it until cancelled; at once over where cases are not given out by themselves."""
        while self._assigning.rule is not Rule.NONE:
            rest = LOOK_SECONDS
            try:
                if await self.look() is None:
                    rest = REST_SECONDS
            except Exception as error:  # noqa: BLE001 - Slack or the database is away: the next look comes
                rest = REST_SECONDS
                log.warning("cases could not be given out", **impersonal(error))
            await asyncio.sleep(rest)

    async def look(self) -> int | None:
        """Give out what is there now; how many, or None where nobody is there to have one."""
        refs = await self._bridge(queries.never_owned)
        given = 0
        for ref in refs:
            people = [await self._people.actor(user) for user in await self._people.staff()]
            try:
                case = await self._bridge(desk.give_out, ref, people, self._assigning)
            except DeskError:  # somebody was quicker
                continue
            if case is None:
                return None
            given += 1
        return given
