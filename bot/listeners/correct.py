"""Looking again: a settled request is reopened, a misread one reclassified, a repeated one linked to the first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot import modals
from bot.listeners.letters import answered_for, sent_as_seen, shown_first
from bot.manners import Done, Reply
from bot.modals import Matter, Preview, Retyped
from bot.names import Field
from bot.names import View as Name
from bot.visit import Visit
from store import desk, queries
from store.rules.kinds import Kind
from store.rules.lifecycle import Move
from store.signing import Deed, Proposal
from store.values import Draft

ANY_REASON = "-"


async def open_reopen(visit: Visit) -> None:
    """Reopen, chosen."""
    case = await visit.desk(queries.case, visit.ref)
    lines = sorted(case.requests, key=lambda line: Move.REOPEN not in line.offered)
    await visit.desk(desk.reopen.rehearse, case.ref, lines[0].id, ANY_REASON, visit.actor)
    await visit.open(modals.reopen(case))


async def preview_reopen(visit: Visit) -> Reply:
    """Request and reason are there: the letter is shown."""
    request = int(visit.answers.one(Field.REQUEST) or visit.matter.request or 0)
    reason = visit.answers.text(Field.REASON)
    drafts = await visit.desk(desk.reopen.rehearse, visit.ref, request, reason, visit.actor)
    return shown_first(_preview(reason, drafts), Matter(visit.ref, request), visit.actor)


async def send_reopen(visit: Visit) -> Reply:
    """The letter was seen and is to be sent."""
    reason = visit.answers.text(Field.REASON)
    what = (visit.ref, visit.matter.request or 0, reason, visit.actor)
    drafts = await visit.desk(desk.reopen.rehearse, *what)
    send = partial(visit.desk, answered_for(visit, desk.reopen), *what)
    proposal = Proposal(Deed.REOPEN, visit.ref, what[1], reason)
    return await sent_as_seen(visit, partial(_preview, reason), drafts, send, proposal)


async def link(visit: Visit) -> None:
    """Link to PR-…, pressed and confirmed."""
    ref, _, first = visit.value.partition(" ")
    case = await visit.desk(desk.link, ref, visit.actor, first)
    await visit.show_anew(case)


async def open_reclassify(visit: Visit) -> None:
    """Reclassify, chosen: to a kind that the case has not, to see whether it may be done at all."""
    case = await visit.desk(queries.case, visit.ref)
    lines = sorted(case.requests, key=lambda line: Move.RECLASSIFY not in line.offered)
    asked = {line.kind for line in case.open_requests}
    other = next((kind for kind in Kind if kind not in asked), Kind.APPEAL)
    await visit.desk(desk.reclassify.rehearse, case.ref, lines[0].id, other, visit.actor)
    office = visit.workplace.bridge.office
    await visit.open(modals.reclassify(case, office.pack(case.law), office.today()))


async def reclassify(visit: Visit) -> Reply:
    """The right kind was chosen."""
    request = int(visit.answers.one(Field.REQUEST) or visit.matter.request or 0)
    await visit.desk(desk.reclassify, visit.ref, request, Kind(visit.answers.one(Field.KIND)), visit.actor)
    return Done()


def _preview(reason: str, drafts: Sequence[Draft]) -> Preview:
    return Preview(Name.REOPEN_SEND, "Reopening", drafts, words=Retyped(Field.REASON, "Reason", reason))
