"""`/privacy`: everything a person can type, answered to them alone."""

from __future__ import annotations

import difflib
from collections.abc import Awaitable, Callable, Iterable

from bot import cards
from bot.blocks import Message
from bot.drawing import draw_case
from bot.listeners.block import LIST_USAGE, type_block, type_blocked
from bot.listeners.block import USAGE as BLOCK_USAGE
from bot.listeners.hold import hold, unhold
from bot.listeners.many import USAGE as MANY_USAGE
from bot.listeners.many import type_many
from bot.listeners.me import USAGE as ME_USAGE
from bot.listeners.me import type_me
from bot.listeners.merge import USAGE as MERGE_USAGE
from bot.listeners.merge import type_merge
from bot.listeners.new import type_new
from bot.listeners.note import type_note
from bot.listeners.report import USAGE as REPORT_USAGE
from bot.listeners.report import report
from bot.listeners.settings import USAGE as SETTINGS_USAGE
from bot.listeners.settings import type_settings
from bot.listeners.snooze import USAGE as SNOOZE_USAGE
from bot.listeners.snooze import type_snooze, type_wake
from bot.listeners.why import type_change_law
from bot.visit import Visit
from bot.words import escape, fit
from store import desk, queries
from store.queries import PAGE, Which

LISTS = {
    "open": (Which.OPEN, "Open cases"),
    "mine": (Which.MINE, "Your cases"),
    "unclaimed": (Which.UNCLAIMED, "Unclaimed cases"),
    "overdue": (Which.OVERDUE, "Overdue cases"),
    "closed": (Which.CLOSED, "Closed cases"),
}
USAGE = {
    "list": "`/privacy list [open|mine|unclaimed|overdue|closed] [page]` lists cases, the nearest date first",
    "show": "`/privacy show PR-1001` shows a case with its buttons",
    "mine": "`/privacy mine` lists your cases",
    "claim": "`/privacy claim PR-1001` makes a case yours",
    "release": "`/privacy release PR-1001` gives it back, for anyone to claim",
    "link": "`/privacy link PR-1002` links a probable duplicate to the first case, which keeps its date",
    "report": REPORT_USAGE,
    "law": "`/privacy law [us-va]` shows a law with the section of each rule; without a name, the one in force",
    "change-law": "`/privacy change-law PR-1001 us-va` puts a case under the law of another residence",
    "hold": "`/privacy hold PR-1001 the lawsuit of May` keeps a case from being destroyed (managers)",
    "unhold": "`/privacy unhold PR-1001` lets it go again (managers)",
    "new": "`/privacy new` opens a case for a request that came by phone, post, form or in person",
    "note": "`/privacy note PR-1001 they called again` writes a note that only the team reads",
    "snooze": SNOOZE_USAGE,
    "wake": "`/privacy wake PR-1001` ends that",
    "merge": MERGE_USAGE,
    "many": MANY_USAGE,
    "block": BLOCK_USAGE,
    "blocked": LIST_USAGE,
    "me": ME_USAGE,
    "settings": SETTINGS_USAGE,
    "help": "`/privacy help` shows this",
}
SHOW_HINT = "`/privacy show PR-1001` shows one with its buttons."
WRITTEN = 40


async def privacy(visit: Visit) -> None:
    """A command: the first word says what, the rest of what."""
    name, *words = visit.text.split() or ["help"]
    command = COMMANDS.get(name.lower())
    if command is None:
        await visit.tell(_unknown(name))
    else:
        await command(visit, words)


async def list_cases(visit: Visit, words: list[str]) -> None:
    """`list`, by default of the open ones."""
    chosen = words[0].lower() if words and not words[0].isdecimal() else "open"
    if chosen not in LISTS:
        await visit.tell(f"There is no list called “{_quoted(chosen)}”.{_near(chosen, LISTS)} {USAGE['list']}.")
        return
    which, title = LISTS[chosen]
    page = max(1, int(words[-1])) if words and words[-1].isdecimal() and len(words[-1]) < len("10000") else 1
    found = await visit.desk(queries.cases, which, owner=visit.actor.id, limit=PAGE + 1, after=(page - 1) * PAGE)
    more = f"There are more: `/privacy list {chosen} {page + 1}`. " if len(found) > PAGE else ""
    office = visit.workplace.bridge.office
    heading = title if page == 1 else f"{title}, page {page}"
    await visit.tell(cards.case_list(heading, found[:PAGE], office.today(), office.business.zone, more + SHOW_HINT))


async def list_mine(visit: Visit, words: list[str]) -> None:
    """`mine`."""
    await list_cases(visit, ["mine", *words[:1]])


async def show(visit: Visit, words: list[str]) -> None:
    """`show`."""
    case = await visit.desk(queries.case, _ref(words))
    await visit.tell(await draw_case(visit.workplace.bridge, visit.workplace.people, case))


async def claim(visit: Visit, words: list[str]) -> None:
    """`claim`."""
    case = await visit.desk(desk.claim, _ref(words), visit.actor)
    await visit.tell(f"{case.ref} is yours now.")


async def release(visit: Visit, words: list[str]) -> None:
    """`release`."""
    case = await visit.desk(desk.release, _ref(words), visit.actor)
    await visit.tell(f"{case.ref} is free again; anyone may claim it.")


async def link(visit: Visit, words: list[str]) -> None:
    """`link`."""
    case = await visit.desk(desk.link, _ref(words), visit.actor)
    goes_on = "is closed" if case.due is None else "goes on with the rest"
    await visit.tell(f"{'. '.join(cards.linked(case))}. {case.ref} {goes_on}.")


async def show_law(visit: Visit, words: list[str]) -> None:
    """`law`."""
    office = visit.workplace.bridge.office
    name = words[0].lower() if words else office.business.law
    if name not in office.laws:
        known = escape(", ".join(office.laws.names))
        near = _near(name, office.laws.names)
        await visit.tell(f"There is no law called “{_quoted(name)}” here.{near} Known laws: {known}.")
        return
    await visit.tell(cards.law(office.pack(name), office.laws, office.business.law, office.today()))


async def tell_usage(visit: Visit, _words: list[str]) -> None:
    """`help`."""
    await visit.tell(usage())


def usage() -> Message:
    """All commands, one a line."""
    end = "References may be written PR-1001, 1001 or #1001. Only you see the answers."
    return Message("\n".join(["*What you can type:*", *(f"• {line}" for line in USAGE.values()), end]))


COMMANDS: dict[str, Callable[[Visit, list[str]], Awaitable[None]]] = {
    "list": list_cases,
    "show": show,
    "mine": list_mine,
    "claim": claim,
    "release": release,
    "link": link,
    "report": report,
    "law": show_law,
    "change-law": type_change_law,
    "hold": hold,
    "unhold": unhold,
    "new": type_new,
    "note": type_note,
    "snooze": type_snooze,
    "wake": type_wake,
    "merge": type_merge,
    "many": type_many,
    "block": type_block,
    "blocked": type_blocked,
    "me": type_me,
    "settings": type_settings,
    "help": tell_usage,
}


def _unknown(name: str) -> Message:
    head = f"There is no `/privacy` command called “{_quoted(name)}”.{_near(name, COMMANDS)}"
    return Message(f"{head}\n{usage().text}")


def _near(written: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(written.lower()[:WRITTEN], list(known), n=1)
    return f" Did you mean “{near[0]}”?" if near else ""


def _quoted(word: str) -> str:
    return escape(fit(word, WRITTEN))


def _ref(words: list[str]) -> str:
    return " ".join(words[:2])
