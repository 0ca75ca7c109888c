"""`/privacy`: everything a person can type, answered to them alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot import cards
from bot.blocks import Message, context, message, section
from bot.drawing import draw_case
from bot.listeners import form
from bot.listeners.block import LIST_USAGE, type_block, type_blocked
from bot.listeners.block import USAGE as BLOCK_USAGE
from bot.listeners.digest import USAGE as DIGEST_USAGE
from bot.listeners.digest import type_digest
from bot.listeners.hold import hold, unhold
from bot.listeners.lists import SEARCH_USAGE, list_cases, list_mine, search
from bot.listeners.lists import USAGE as LISTS_USAGE
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
from bot.listeners.typed import meant, near, quoted
from bot.listeners.why import USAGE as CHANGE_LAW_USAGE
from bot.listeners.why import type_change_law
from bot.visit import Visit
from bot.words import escape
from store import desk, queries
from store.queries import Which

USAGE = {
    "list": LISTS_USAGE,
    "mine": "`/privacy mine` lists your cases",
    "search": SEARCH_USAGE,
    "show": "`/privacy show PR-1001` shows a case with its buttons",
    "claim": "`/privacy claim PR-1001` makes a case yours",
    "release": "`/privacy release PR-1001` gives it back, for anyone to claim",
    **form.USAGE,
    "link": "`/privacy link PR-1002` links a probable duplicate to the first case, which keeps its date",
    "report": REPORT_USAGE,
    "digest": DIGEST_USAGE,
    "law": "`/privacy law [us-va]` shows a law with the section of each rule; without a name, the one in force",
    "change-law": CHANGE_LAW_USAGE,
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
    "help": "`/privacy help [verify]` shows this, or how one command is written",
}
END = (
    "References may be written PR-1001, 1001 or #1001; without one your only open case is meant. "
    "`/privacy help verify` tells one command. Only you see the answers."
)
LINES = 12
"""So many commands stand in a paragraph of the help."""


async def privacy(visit: Visit) -> None:
    """A command: the first word says what, the rest of what."""
    name, *words = visit.text.split() or ["help"]
    command = COMMANDS.get(name.lower())
    if command is None:
        await visit.tell(_unknown(name))
    else:
        await command(visit, words)


async def show(visit: Visit, words: list[str]) -> None:
    """`show`."""
    ref, _ = await meant(visit, words)
    case = await visit.desk(queries.case, ref)
    await visit.tell(await draw_case(visit.workplace.bridge, visit.workplace.people, case))


async def claim(visit: Visit, words: list[str]) -> None:
    """`claim`."""
    ref, _ = await meant(visit, words, which=Which.UNCLAIMED)
    case = await visit.desk(desk.claim, ref, visit.actor)
    await visit.tell(f"{case.ref} is yours now.")


async def release(visit: Visit, words: list[str]) -> None:
    """`release`."""
    ref, _ = await meant(visit, words)
    case = await visit.desk(desk.release, ref, visit.actor)
    await visit.tell(f"{case.ref} is free again; anyone may claim it.")


async def link(visit: Visit, words: list[str]) -> None:
    """`link`."""
    ref, _ = await meant(visit, words)
    case = await visit.desk(desk.link, ref, visit.actor)
    goes_on = "is closed" if case.due is None else "goes on with the rest"
    await visit.tell(f"{'. '.join(cards.linked(case))}. {case.ref} {goes_on}.")


async def show_law(visit: Visit, words: list[str]) -> None:
    """`law`."""
    office = visit.workplace.bridge.office
    name = words[0].lower() if words else office.business.law
    if name not in office.laws:
        known = escape(", ".join(office.laws.names))
        meant_one = near(name, office.laws.names)
        await visit.tell(f"There is no law called “{quoted(name)}” here.{meant_one} Known laws: {known}.")
        return
    await visit.tell(cards.law(office.pack(name), office.laws, office.business.law, office.today()))


async def tell_usage(visit: Visit, words: list[str]) -> None:
    """`help`, of all commands or of one."""
    name = words[0].lower() if words else ""
    if not name or name in USAGE:
        await visit.tell(f"{USAGE[name]}." if name else usage())
    else:
        await visit.tell(_unknown(name))


def usage(said: str = "") -> Message:
    """All commands: their names as words, each with what it does below.

    Args:
        said: stands before them.
    """
    names = f"{said} What you can type: {', '.join(f'/privacy {name}' for name in USAGE)}.".strip()
    lines = [f"• {line}" for line in USAGE.values()]
    chunks = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    head = section(said or "*What you can type:*")
    return message(f"{names} {END}", [head], [section("\n".join(chunk)) for chunk in chunks], [context(END)])


COMMANDS: dict[str, Callable[[Visit, list[str]], Awaitable[None]]] = {
    "list": list_cases,
    "mine": list_mine,
    "search": search,
    "show": show,
    "claim": claim,
    "release": release,
    "verify": form.type_verify,
    "extend": form.type_extend,
    "reply": form.type_reply,
    "resolve": form.type_resolve,
    "deny": form.type_deny,
    "reopen": form.type_reopen,
    "reclassify": form.type_reclassify,
    "assign": form.type_assign,
    "link": link,
    "report": report,
    "digest": type_digest,
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
    return usage(f"There is no `/privacy` command called “{quoted(name)}”.{near(name, COMMANDS)}")
