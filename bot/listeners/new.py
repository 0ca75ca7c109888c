"""A request that came by no mail: typed as a command, or made of a message, and filled in by a person."""

from __future__ import annotations

import html
from datetime import UTC, date, datetime, time

from bot import modals
from bot.manners import Faulty, Reply, Shown
from bot.modals import CONFIRMED
from bot.names import Field
from bot.visit import Visit
from bot.words import day
from store import desk
from store.rules.kinds import Kind
from store.rules.requesters import Requester
from store.rules.team import Manner
from store.told import Told
from store.values import CaseFile


async def type_new(visit: Visit, _words: list[str]) -> None:
    """`new`: an empty form."""
    await visit.open(_form(visit, visit.workplace.bridge.office.clock()))


async def from_message(visit: Visit) -> None:
    """Make a privacy request, chosen at a message: its words and its moment stand in the form."""
    message = visit.body.get("message") or {}
    words = html.unescape(str(message.get("text") or ""))
    now = visit.workplace.bridge.office.clock()
    sent = datetime.fromtimestamp(float(message.get("ts") or now.timestamp()), UTC)
    await visit.open(_form(visit, min(sent, now), words, Manner.SLACK))


async def file_new(visit: Visit) -> Reply:
    """The form was filled in."""
    office, answers = visit.workplace.bridge.office, visit.answers
    if not (answers.picked(Field.DAY) and answers.picked(Field.TIME)):
        return Faulty({Field.DAY: "Say on which day and at what time it was received."})
    told = Told(
        kinds=tuple(Kind(kind) for kind in answers.many(Field.KINDS)),
        manner=Manner(answers.one(Field.MANNER)),
        received_at=datetime.combine(
            date.fromisoformat(answers.picked(Field.DAY)),
            time.fromisoformat(answers.picked(Field.TIME)),
            office.business.zone,
        ).astimezone(UTC),
        words=answers.text(Field.TEXT),
        name=answers.text(Field.NAME),
        address=answers.text(Field.ADDRESS),
        law=answers.one(Field.LAW) or None,
        requester=Requester(answers.one(Field.REQUESTER)),
    )
    sure = CONFIRMED in answers.many(Field.LONG_AGO)
    case = await visit.desk(desk.open_by_hand, told, visit.actor, sure=sure)
    return Shown(modals.notice(_opened(case), case.ref))


def _form(visit: Visit, received_at: datetime, words: str = "", manner: Manner | None = None) -> modals.JSON:
    office = visit.workplace.bridge.office
    laws = [office.pack(name) for name in office.laws.names]
    local = received_at.astimezone(office.business.zone)
    return modals.new(laws, office.business.law, local, words, manner)


def _opened(case: CaseFile) -> str:
    due = f"{case.ref} is open; its next date is {day(case.due)}." if case.due else f"{case.ref} is open."
    if case.waiting_letters:
        return f"{due} The acknowledgement is on its way."
    if case.has_address:
        return f"{due} No acknowledgement was written: its thread says why."
    firsts = [line.acknowledge_by for line in case.open_requests if line.acknowledge_by]
    until = f" by {day(min(firsts))}" if firsts else ""
    return f"{due} There is no e-mail address, so acknowledge it the way it came{until}, and note that you did."
