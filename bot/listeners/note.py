"""Notes that only the team reads."""

from __future__ import annotations

from bot import modals
from bot.listeners.typed import meant
from bot.manners import Done, Reply
from bot.names import Field
from bot.visit import Visit
from store import desk, queries

ANY_TEXT = "-"


async def open_note(visit: Visit) -> None:
    """Write a note, chosen."""
    await _ask(visit, visit.ref)


async def write_note(visit: Visit) -> Reply:
    """The note was written."""
    await visit.desk(desk.note, visit.ref, visit.answers.text(Field.TEXT), visit.actor)
    return Done()


async def type_note(visit: Visit, words: list[str]) -> None:
    """`note PR-1001 TEXT`; without a text, a form for it."""
    ref, text = await meant(visit, words, has_text=True)
    if not text:
        await _ask(visit, ref)
        return
    case = await visit.desk(desk.note, ref, text, visit.actor)
    await visit.tell(f"Noted on {case.ref}. Read shows it, to those who may read the case.")


async def _ask(visit: Visit, ref: str) -> None:
    await visit.desk(desk.note.rehearse, ref, ANY_TEXT, visit.actor)
    await visit.open(modals.note(await visit.desk(queries.case, ref)))
