"""Two cases of one person become one conversation."""

from __future__ import annotations

from functools import partial

from bot import modals
from bot.listeners.typed import divided
from bot.manners import Done, Reply
from bot.modals import CONFIRMED
from bot.names import Field
from bot.visit import Visit
from bot.words import escape
from store import desk, queries

USAGE = "`/privacy merge PR-1002 into PR-1001` goes on with the later case of the same person in the earlier one"
SURE = "sure"


async def open_merge(visit: Visit) -> None:
    """Merge into another, chosen."""
    await visit.open(modals.merge(await visit.desk(queries.case, visit.ref)))


async def merge(visit: Visit) -> Reply:
    """The earlier case was named."""
    verb = partial(desk.merge, sure=CONFIRMED in visit.answers.many(Field.SURE), how="tick it here")
    await visit.desk(verb, visit.ref, visit.answers.text(Field.REFERENCE), visit.actor)
    return Done()


async def type_merge(visit: Visit, words: list[str]) -> None:
    """`merge PR-1002 into PR-1001`, with `sure` behind it where their addresses differ."""
    later, rest = divided(words)
    into, last = divided(rest.removeprefix("into").split())
    if not into:
        await visit.tell(f"{USAGE}.")
        return
    verb = partial(desk.merge, sure=last.lower() == SURE, how=f"write `{SURE}` behind it")
    case = await visit.desk(verb, later, into, visit.actor)
    kinds = [line.first for line in case.requests if line.first]
    first = escape(kinds[0]) if kinds else "the earlier one"
    await visit.tell(f"{case.ref} is closed and goes on in {first}: its open requests, its mails, and replies to it.")
