"""Letting a case sleep until a day, and waking it."""

from __future__ import annotations

from datetime import date

from bot import modals
from bot.listeners.typed import meant
from bot.manners import Done, Faulty, Reply
from bot.names import Field
from bot.visit import Visit
from bot.words import day, escape, fit
from store import desk, queries

USAGE = "`/privacy snooze PR-1001 until 2027-01-10` keeps ordinary reminders silent until that day; no date changes"
WRITTEN = 40


async def open_snooze(visit: Visit) -> None:
    """Snooze, chosen."""
    case = await visit.desk(queries.case, visit.ref)
    await visit.open(modals.snooze(case, visit.workplace.bridge.office.today()))


async def snooze(visit: Visit) -> Reply:
    """The day was chosen."""
    until = visit.answers.picked(Field.UNTIL)
    if not until:
        return Faulty({Field.UNTIL: "Choose the day on which it wakes."})
    await visit.desk(desk.snooze, visit.ref, date.fromisoformat(until), visit.actor)
    return Done()


async def wake(visit: Visit) -> None:
    """Wake, chosen."""
    case = await visit.desk(desk.wake, visit.ref, visit.actor)
    await visit.show_anew(case)


async def type_snooze(visit: Visit, words: list[str]) -> None:
    """`snooze PR-1001 until 2027-01-10`."""
    ref, rest = await meant(visit, words, has_text=True)
    written = rest.removeprefix("until").strip()
    try:
        until = date.fromisoformat(written)
    except ValueError:
        said = f"“{escape(fit(written, WRITTEN))}” is no day. " if written else ""
        await visit.tell(f"{said}{USAGE}.")
        return
    case = await visit.desk(desk.snooze, ref, until, visit.actor)
    await visit.tell(
        f"{case.ref} sleeps until {day(until)}. The last safe day’s reminder and escalations come all the same."
    )


async def type_wake(visit: Visit, words: list[str]) -> None:
    """`wake PR-1001`."""
    ref, _ = await meant(visit, words)
    case = await visit.desk(desk.wake, ref, visit.actor)
    await visit.tell(f"{case.ref} is awake; its reminders come as usual.")
