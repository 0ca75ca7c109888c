"""Extending once: the request and the reason, the letter, sent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot import modals
from bot.listeners.letters import answered_for, sent_as_seen, shown_first
from bot.manners import Reply
from bot.modals import Matter, Preview, Retyped
from bot.names import Field
from bot.names import View as Name
from bot.visit import Visit
from store import desk, queries
from store.rules.lifecycle import Move
from store.signing import Deed, Proposal
from store.values import Draft

ANY_REASON = "-"


async def open_extend(visit: Visit) -> None:
    """Extend, pressed: refused at once where the law or the table refuses it."""
    case = await visit.desk(queries.case, visit.ref)
    lines = sorted(
        case.requests, key=lambda line: (Move.EXTEND not in line.offered, not line.open, line.extended_to is None)
    )
    await visit.desk(desk.extend.rehearse, case.ref, lines[0].id, ANY_REASON, visit.actor)
    office = visit.workplace.bridge.office
    await visit.open(modals.extend(case, office.pack(case.law), office.today()))


async def preview_extend(visit: Visit) -> Reply:
    """Request and reason are there: the letter is shown."""
    request = int(visit.answers.one(Field.REQUEST) or visit.matter.request or 0)
    reason = visit.answers.text(Field.REASON)
    drafts = await visit.desk(desk.extend.rehearse, visit.ref, request, reason, visit.actor)
    return shown_first(_preview(reason, drafts), Matter(visit.ref, request), visit.actor)


async def send_extend(visit: Visit) -> Reply:
    """The letter was seen and is to be sent."""
    reason = visit.answers.text(Field.REASON)
    what = (visit.ref, visit.matter.request or 0, reason, visit.actor)
    drafts = await visit.desk(desk.extend.rehearse, *what)
    send = partial(visit.desk, answered_for(visit, desk.extend), *what)
    proposal = Proposal(Deed.EXTEND, visit.ref, what[1], reason)
    return await sent_as_seen(visit, partial(_preview, reason), drafts, send, proposal)


def _preview(reason: str, drafts: Sequence[Draft]) -> Preview:
    return Preview(Name.EXTEND_SEND, "Extension", drafts, words=Retyped(Field.REASON, "Reason", reason))
