"""Writing to the consumer in one's own words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot import modals
from bot.blocks import JSON
from bot.listeners.letters import answered_for, sent_as_seen, shown_first
from bot.manners import Reply
from bot.modals import Matter, Preview, Retyped
from bot.names import Field
from bot.names import View as Name
from bot.visit import Visit
from store import desk, queries
from store.signing import Deed, Proposal
from store.values import Draft

ANY_TEXT = "-"


async def open_reply(visit: Visit) -> None:
    """Reply, chosen."""
    await visit.desk(desk.reply.rehearse, visit.ref, ANY_TEXT, visit.actor)
    await visit.open(await _form(visit, visit.ref))


async def choose_template(visit: Visit) -> None:
    """A template was chosen in the modal: its words stand in the field, to be changed."""
    view = await _form(visit, visit.matter.ref, visit.answers.one(Field.TEMPLATE))
    await visit.client.views_update(view_id=visit.view["id"], hash=visit.view.get("hash"), view=view)


async def preview_reply(visit: Visit) -> Reply:
    """The words are there: the letter is shown."""
    text = visit.answers.text(Field.TEXT)
    drafts = await visit.desk(desk.reply.rehearse, visit.ref, text, visit.actor)
    return shown_first(_preview(text, drafts), Matter(visit.ref), visit.actor)


async def send_reply(visit: Visit) -> Reply:
    """The letter was seen and is to be sent."""
    what = (visit.ref, visit.answers.text(Field.TEXT), visit.actor)
    drafts = await visit.desk(desk.reply.rehearse, *what)
    send = partial(visit.desk, answered_for(visit, desk.reply), *what)
    proposal = Proposal(Deed.REPLY, visit.ref, text=what[1])
    return await sent_as_seen(visit, partial(_preview, what[1]), drafts, send, proposal)


async def _form(visit: Visit, ref: str, chosen: str = "") -> JSON:
    case = await visit.desk(queries.case, ref)
    pack = visit.workplace.bridge.office.pack(case.law)
    return modals.reply(case, pack, await visit.desk(queries.templates), chosen)


def _preview(text: str, drafts: Sequence[Draft]) -> Preview:
    return Preview(Name.REPLY_SEND, "Reply", drafts, words=Retyped(Field.TEXT, "Your words", text, optional=True))
