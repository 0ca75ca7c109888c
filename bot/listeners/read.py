"""Reading: a case's mails in a modal; each reading is in the ledger."""

from __future__ import annotations

from dataclasses import replace

from bot import modals
from bot.modals import Matter
from bot.visit import Visit
from store import desk


async def read(visit: Visit) -> None:
    """Read, pressed on a card."""
    opened = await visit.desk(desk.read, visit.ref, visit.actor)
    await visit.open(modals.read(opened, visit.workplace.bridge.office.business.zone, Matter(visit.ref)))


async def read_held(visit: Visit) -> None:
    """Read, pressed on a held mail."""
    opened = await visit.desk(desk.read_mail, visit.mail_id, visit.actor)
    await visit.open(modals.read(opened, visit.workplace.bridge.office.business.zone, Matter(mail=visit.mail_id)))


async def turn_page(visit: Visit) -> None:
    """Earlier or Later, pressed while reading: a reading of its own."""
    await _read_on(visit, replace(visit.matter, page=int(visit.value)))


async def fold(visit: Visit) -> None:
    """Show or Fold quoted text, pressed while reading: a reading of its own, from the first page."""
    await _read_on(visit, replace(visit.matter, page=0, whole=not visit.matter.whole))


async def _read_on(visit: Visit, matter: Matter) -> None:
    if matter.mail is None:
        opened = await visit.desk(desk.read, matter.ref, visit.actor)
    else:
        opened = await visit.desk(desk.read_mail, matter.mail, visit.actor)
    view = modals.read(opened, visit.workplace.bridge.office.business.zone, matter)
    await visit.client.views_update(view_id=visit.view["id"], view=view)
