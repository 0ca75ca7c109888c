"""App Home."""

from __future__ import annotations

from bot.modals import case as case_modal
from bot.visit import Visit
from store import desk, queries


async def open_home(visit: Visit) -> None:
    """The Home tab was opened. Messages, the other tab, is not ours to draw."""
    if visit.body["event"].get("tab") != "home":
        return
    await visit.desk(desk.open_home, visit.actor)
    await visit.workplace.homes.draw(visit.workplace.bridge, visit.client, visit.actor)


async def show(visit: Visit) -> None:
    """Show, pressed in the Home: the case with its buttons."""
    case = await visit.desk(queries.case, visit.ref)
    office = visit.workplace.bridge.office
    await visit.open(case_modal(case, office.pack(case.law), office.today(), office.business.zone))
