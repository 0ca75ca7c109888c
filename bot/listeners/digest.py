"""`/privacy digest`: what managers read in the morning, now, for the one who asks."""

from __future__ import annotations

from bot import cards
from bot.visit import Visit
from store import queries
from store.errors import RoleMissing
from store.rules.lifecycle import Role

USAGE = "`/privacy digest` shows the daily digest as it would be now (managers)"


async def type_digest(visit: Visit, _words: list[str]) -> None:
    """`digest`.

    Raises:
        RoleMissing: that person is no manager.
    """
    if visit.actor.role is None or not visit.actor.role.covers(Role.MANAGER):
        raise RoleMissing(role=Role.MANAGER)
    await visit.tell(cards.digest(await visit.desk(queries.digest), visit.workplace.bridge.office.business.zone))
