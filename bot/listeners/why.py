"""Why this date?, and the law that a case stands under."""

from __future__ import annotations

from bot import modals
from bot.listeners.typed import meant
from bot.manners import Done, Reply
from bot.names import Field
from bot.visit import Visit
from bot.why import heading
from bot.words import escape
from store import desk, queries

USAGE = "`/privacy change-law PR-1001 us-va` puts a case under the law of another residence"


async def open_why(visit: Visit) -> None:
    """Why this date?, pressed."""
    told = await visit.desk(queries.why, visit.ref)
    await visit.open(modals.why(told, visit.workplace.bridge.office.today()))


async def open_change_law(visit: Visit) -> None:
    """Change law, chosen: to another one than it has, to see whether it may be done at all."""
    case = await visit.desk(queries.case, visit.ref)
    laws = visit.workplace.bridge.office.laws
    other = next((name for name in laws.names if name != case.law), case.law)
    await visit.desk(desk.change_law.rehearse, case.ref, other, visit.actor)
    await visit.open(modals.change_law(case, [laws.pack(name) for name in laws.names]))


async def change_law(visit: Visit) -> Reply:
    """The law was chosen."""
    await visit.desk(desk.change_law, visit.ref, visit.answers.one(Field.LAW), visit.actor)
    return Done()


async def type_change_law(visit: Visit, words: list[str]) -> None:
    """`change-law PR-1001 us-va`."""
    ref, law = await meant(visit, words, has_text=True)
    if not law:
        await visit.tell(f"{USAGE}.")
        return
    case = await visit.desk(desk.change_law, ref, law.lower(), visit.actor)
    told = await visit.desk(queries.why, case.ref)
    today = visit.workplace.bridge.office.today()
    dates = "\n".join(f"• {escape(heading(reason, today))}" for reason in told.requests if reason.open)
    await visit.tell(f"{case.ref} stands under {escape(told.law_name)} now.\n{dates}")
