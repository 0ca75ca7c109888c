"""Resolving a request: the outcome and its bases, the letter, sent."""

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
from store.rules.outcomes import Outcome
from store.signing import Deed, Proposal
from store.values import Draft


async def open_resolve(visit: Visit) -> None:
    """Resolve, pressed. Withdrawn needs neither basis nor level, so it tells whether anything may be resolved."""
    await _ask(visit)


async def open_deny(visit: Visit) -> None:
    """Deny, typed: the same, with the outcome chosen already."""
    await _ask(visit, Outcome.DENIED)


async def choose_request(visit: Visit) -> None:
    """Another request was chosen in the modal: its bases are other ones."""
    chosen = int(visit.answers.one(Field.REQUEST) or 0)
    case = await visit.desk(queries.case, visit.matter.ref)
    office = visit.workplace.bridge.office
    view = modals.resolve(case, office.pack(case.law), office.today(), chosen)
    await visit.client.views_update(view_id=visit.view["id"], hash=visit.view.get("hash"), view=view)


async def preview_resolve(visit: Visit) -> Reply:
    """The decision is made: the letter is shown."""
    answers = visit.answers
    request = int(answers.one(Field.REQUEST) or visit.matter.request or 0)
    first = answers.text(Field.FIRST)
    matter = Matter(
        visit.ref, request, outcome=answers.one(Field.OUTCOME), bases=answers.many(Field.BASES), first=first
    )
    note = answers.text(Field.NOTE)
    return shown_first(_preview(note, await _letters(visit, matter, note)), matter, visit.actor)


async def send_resolve(visit: Visit) -> Reply:
    """The letter was seen and is to be sent."""
    matter, note = visit.matter, visit.answers.text(Field.NOTE)
    drafts = await _letters(visit, matter, note)
    outcome = Outcome(matter.outcome)
    what = (matter.ref, matter.request or 0, outcome, visit.actor)
    resolve = answered_for(visit, desk.resolve)
    send = partial(visit.desk, resolve, *what, bases=matter.bases, note=note, first=matter.first)
    proposal = Proposal(Deed.RESOLVE, *what[:2], note, outcome, matter.bases, matter.first)
    return await sent_as_seen(visit, partial(_preview, note), drafts, send, proposal)


async def _ask(visit: Visit, outcome: Outcome | None = None) -> None:
    case = await visit.desk(queries.case, visit.ref)
    lines = sorted(case.requests, key=lambda line: Move.RESOLVE not in line.offered)
    await visit.desk(desk.resolve.rehearse, case.ref, lines[0].id, Outcome.WITHDRAWN, visit.actor)
    office = visit.workplace.bridge.office
    await visit.open(modals.resolve(case, office.pack(case.law), office.today(), outcome=outcome))


async def _letters(visit: Visit, matter: Matter, note: str) -> Sequence[Draft]:
    what = (matter.ref, matter.request or 0, Outcome(matter.outcome), visit.actor)
    return await visit.desk(desk.resolve.rehearse, *what, bases=matter.bases, note=note, first=matter.first)


def _preview(note: str, drafts: Sequence[Draft]) -> Preview:
    words = Retyped(Field.NOTE, "What else the letter says", note, optional=True)
    return Preview(Name.RESOLVE_SEND, "The answer", drafts, words=words)
