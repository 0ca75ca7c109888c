"""Several cases at once: picked, counted, and then one after the other, each a move of its own."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date

from bot import modals
from bot.manners import PATIENCE_SECONDS, Faulty, Pushed, Reply, Shown, plain_sentence
from bot.modals.many import ANSWER, ASSIGN, DISMISS
from bot.names import Field
from bot.trouble import TROUBLE
from bot.visit import Visit
from bot.words import counted, escape
from store import desk, queries
from store.casefile import ref_of
from store.errors import DeskError
from store.picking import Wanted, Whose
from store.replies import Template
from store.rules.kinds import Kind
from store.rules.lifecycle import Role
from store.values import Actor

USAGE = "`/privacy many` claims, assigns, dismisses or answers several cases at once, at most a hundred"
MOST_TOLD, EVERY = 10, 10


async def type_many(visit: Visit, _words: list[str]) -> None:
    """`many`: which, and what with them?"""
    await visit.open(modals.many(await visit.desk(queries.templates)))


async def pick(visit: Visit) -> Reply:
    """Which, and what, is chosen: how many are they?"""
    answers = visit.answers
    deed, to, template = answers.one(Field.DEED), "", None
    if deed == ASSIGN:
        to = answers.one(Field.ASSIGNEE)
        if not to or not _is_staff(await visit.workplace.people.actor(to)):
            return Faulty({Field.ASSIGNEE: "Name somebody of the privacy team, to whom they go."})
    if deed == ANSWER:
        template = await _template(visit, answers.one(Field.TEMPLATE))
        if template is None:
            return Faulty({Field.TEMPLATE: "Choose by which template they are answered."})
        to = template.name
    days = [date.fromisoformat(day) if (day := answers.picked(field)) else None for field in (Field.DAY, Field.UNTIL)]
    kinds = tuple(Kind(kind) for kind in answers.many(Field.KINDS))
    wanted = Wanted(Whose(answers.one(Field.WHOSE)), kinds, answers.text(Field.DOMAIN), *days)
    picked = await visit.desk(queries.pick, wanted, visit.actor.id)
    if not picked.ids:
        return Faulty({Field.WHOSE: "No open case fits all of this."})
    return Pushed(modals.many_sure(picked, deed, to, template))


async def carry_out(visit: Visit) -> Reply:
    """The count was seen: exactly those cases, one after the other. What one refuses stops no other."""
    cases, began = visit.matter.cases, time.monotonic()
    move, refused = await _move(visit), []
    for number, case_id in enumerate(cases, 1):
        try:
            await move(ref_of(case_id))
        except DeskError as error:
            refused.append(await plain_sentence(error, visit.workplace))
        if number % EVERY == 0 and time.monotonic() - began > PATIENCE_SECONDS:
            with suppress(*TROUBLE):
                view = modals.notice(f"{number} of {counted(len(cases), 'case')} are through; leave it open.")
                await visit.client.views_update(view_id=visit.view["id"], view=view)
    return Shown(modals.notice(_told(len(cases), refused)))


async def _move(visit: Visit) -> Callable[[str], Awaitable[object]]:
    by, to = visit.actor, visit.matter.first
    match visit.matter.outcome:
        case deed if deed == ASSIGN:
            whom = await visit.workplace.people.actor(to)
            return lambda ref: visit.desk(desk.assign, ref, whom, by)
        case deed if deed == DISMISS:
            return lambda ref: visit.desk(desk.dismiss, ref, by)
        case deed if deed == ANSWER:
            template = await _template(visit, to)
            return lambda ref: _answer(visit, ref, template)
        case _:
            return lambda ref: visit.desk(desk.claim, ref, by)


async def _answer(visit: Visit, ref: str, template: Template | None) -> None:
    if template is None:  # its file is gone meanwhile
        raise DeskError
    case = await visit.desk(queries.case, ref)
    await visit.desk(desk.reply, ref, template.text(case.language), visit.actor)


async def _template(visit: Visit, name: str) -> Template | None:
    found = await visit.desk(queries.templates)
    return next((each for each in found if each.name == name), None)


def _told(count: int, refused: list[str]) -> str:
    done = f"Done: {count - len(refused)} of {counted(count, 'case')}."
    more = [f"… and {len(refused) - MOST_TOLD} more."] if len(refused) > MOST_TOLD else []
    return "\n".join([done, *(f"• {escape(each)}" for each in refused[:MOST_TOLD]), *more])


def _is_staff(person: Actor) -> bool:
    return person.role is not None and person.role.covers(Role.STAFF)
