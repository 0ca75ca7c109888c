"""The second person: sees exactly what would go out, and signs, or declines."""

from __future__ import annotations

from collections.abc import Sequence

from bot import modals
from bot.manners import Done, Reply, Shown
from bot.modals import Matter, Preview
from bot.names import View as Name
from bot.visit import Visit
from bot.words import escape
from store import desk, queries
from store.signing import Approval
from store.values import Actor, Draft


async def open_sign(visit: Visit) -> None:
    """See it and sign, pressed: the letter as it would go now, for whoever may sign it."""
    waits, first = await _asked(visit, int(visit.value))
    drafts = await visit.desk(desk.sign.rehearse, waits.id, visit.actor, first)
    remark = f"{escape(await visit.workplace.people.name(first.id))} asks for your signature; it is done in their name."
    await visit.open(modals.preview(_preview(drafts, remark), Matter(waits.ref, approval=waits.id)))


async def sign(visit: Visit) -> Reply:
    """Signed: done, unless the letter would be another one by now."""
    waits, first = await _asked(visit, visit.matter.approval)
    drafts = await visit.desk(desk.sign.rehearse, waits.id, visit.actor, first)
    if modals.digest_of(drafts) != visit.matter.seen:
        return Shown(modals.preview(_preview(drafts), visit.matter, changed=True))
    await visit.desk(desk.sign, waits.id, visit.actor, first)
    return Done()


async def decline(visit: Visit) -> None:
    """Decline, pressed and confirmed; the first person takes it back by the same button."""
    await visit.desk(desk.decline, int(visit.value), visit.actor)


async def _asked(visit: Visit, approval_id: int) -> tuple[Approval, Actor]:
    """What waits, and the first person with the role that Slack gives them now."""
    waits = await visit.desk(queries.approval, approval_id)
    return waits, await visit.workplace.people.actor(waits.asked_by)


def _preview(drafts: Sequence[Draft], remark: str = "") -> Preview:
    return Preview(Name.SIGN, "Second person", drafts, remark=remark, submit="Sign")
