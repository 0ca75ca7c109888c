"""App Home."""

from __future__ import annotations

from bot.home import MOST_LINES, HomeFacts, home
from bot.modals import case as case_modal
from bot.visit import Visit
from store import queries
from store.queries import Which


async def open_home(visit: Visit) -> None:
    """The Home tab was opened. Messages, the other tab, is not ours to draw."""
    event = visit.body["event"]
    if event.get("tab") != "home":
        return
    office = visit.workplace.bridge.office
    facts = HomeFacts(
        mine=await visit.desk(queries.cases, Which.MINE, owner=visit.actor.id, limit=MOST_LINES + 1),
        unclaimed=await visit.desk(queries.cases, Which.UNCLAIMED, limit=MOST_LINES + 1),
        digest=await visit.desk(queries.digest),
        first_visit=not event.get("view"),
    )
    await visit.client.views_publish(user_id=visit.actor.id, view=home(facts, office.today(), office.business.zone))


async def show(visit: Visit) -> None:
    """Show, pressed in the Home: the case with its buttons."""
    case = await visit.desk(queries.case, visit.ref)
    office = visit.workplace.bridge.office
    await visit.open(case_modal(case, office.pack(case.law), office.today(), office.business.zone))
