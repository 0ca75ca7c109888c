"""Asking the consumer to verify, and recording what matched."""

from __future__ import annotations

from bot import modals
from bot.manners import Done, Faulty, Reply
from bot.modals import Matter, Preview
from bot.names import Field
from bot.names import View as Name
from bot.visit import Visit
from store import desk, queries

OWN_CODE = "The code is made anew when the letter is sent, so the consumer gets another one than you see here."
NOTHING_TICKED = "Tick at least one point that matched."


async def open_ask(visit: Visit) -> None:
    """Ask to verify, pressed: the letter is shown first."""
    drafts = await visit.desk(desk.ask_to_verify.rehearse, visit.ref, visit.actor)
    await visit.open(modals.preview(Preview(Name.ASK, "Ask to verify", drafts, OWN_CODE), Matter(visit.ref)))


async def ask(visit: Visit) -> Reply:
    """The letter was seen and is to be sent."""
    await visit.desk(desk.ask_to_verify, visit.ref, visit.actor)
    return Done()


async def open_verify(visit: Visit) -> None:
    """Verify, pressed: the checklist."""
    await visit.desk(desk.verify.rehearse, visit.ref, (), visit.actor)
    case = await visit.desk(queries.case, visit.ref)
    await visit.open(modals.verify(case, visit.workplace.bridge.office.pack(case.law)))


async def verify(visit: Visit) -> Reply:
    """Points were ticked."""
    fields = modals.inputs(visit.view)
    points = [point for field in fields if field.startswith(Field.POINTS) for point in visit.answers.many(field)]
    declared = bool(visit.answers.many(Field.DECLARATION))
    if not points and not declared:
        return Faulty({fields[0]: NOTHING_TICKED})
    await visit.desk(desk.verify, visit.ref, points, visit.actor, declared=declared)
    return Done()
