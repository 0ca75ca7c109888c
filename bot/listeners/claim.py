"""Taking a case, giving it back, handing it over."""

from __future__ import annotations

from bot import modals
from bot.manners import Done, Faulty, Reply
from bot.names import Field
from bot.visit import Visit
from store import desk, queries
from store.rules.lifecycle import Role


async def claim(visit: Visit) -> None:
    """Claim, pressed."""
    case = await visit.desk(desk.claim, visit.ref, visit.actor)
    await visit.show_anew(case)


async def release(visit: Visit) -> None:
    """Release, chosen."""
    case = await visit.desk(desk.release, visit.ref, visit.actor)
    await visit.show_anew(case)


async def open_assign(visit: Visit) -> None:
    """Assign, chosen: to whom?"""
    await visit.desk(desk.assign.rehearse, visit.ref, visit.actor, visit.actor)
    await visit.open(modals.assign(await visit.desk(queries.case, visit.ref)))


async def assign(visit: Visit) -> Reply:
    """Somebody was named."""
    to = await visit.workplace.people.actor(visit.answers.one(Field.ASSIGNEE))
    if to.role is None or not to.role.covers(Role.STAFF):
        return Faulty({Field.ASSIGNEE: "That person is not on the privacy team, so the case cannot be handed to them."})
    await visit.desk(desk.assign, visit.ref, to, visit.actor)
    return Done()
