"""Lists of cases: typed, searched for, and turned page by page in place."""

from __future__ import annotations

import re

from bot import cards
from bot.blocks import Message
from bot.listeners.strays import old_button
from bot.listeners.typed import divided, is_reference, near, quoted
from bot.visit import Visit
from bot.words import counted
from store import desk, queries
from store.queries import Page, Shelf, Which
from store.rules.kinds import Kind
from store.rules.lifecycle import Status

USAGE = (
    "`/privacy list [open|mine|unclaimed|waiting|due 7d|overdue|closed|all] [delete|opt_out|…]` lists cases, the "
    "nearest date first; `waiting` for the consumer, and words add up: `list mine delete`"
)
SEARCH_USAGE = "`/privacy search PR-1001`, an exact e-mail address, or kinds and statuses (`search delete verifying`)"
SHOW_HINT = "`/privacy show PR-1001` shows one with its buttons."
TITLES = {
    Which.OPEN: "Open cases",
    Which.MINE: "Your cases",
    Which.UNCLAIMED: "Unclaimed cases",
    Which.WAITING: "Cases that wait for the consumer",
    Which.DUE: "Due cases",
    Which.OVERDUE: "Overdue cases",
    Which.CLOSED: "Closed cases",
    Which.ALL: "All cases",
}
STATUSES = tuple(status for status in Status if status is not Status.CLOSED)
OTHER_WORDS = {
    "access": (Kind.KNOW_SPECIFIC,),
    "copy": (Kind.KNOW_SPECIFIC,),
    "know": (Kind.KNOW_SPECIFIC, Kind.KNOW_CATEGORIES),
    "erase": (Kind.DELETE,),
    "rectify": (Kind.CORRECT,),
    "optout": (Kind.OPT_OUT,),
}
"""What people also call a kind."""
KNOWN = (*Which, *Kind, *STATUSES, *OTHER_WORDS)
WEEK = 7
_DAYS = re.compile(r"(\d{1,3})d?", re.ASCII)


class UnknownWordError(ValueError):
    """A word that names no list, kind or status."""


async def list_cases(visit: Visit, words: list[str]) -> None:
    """`list`, by default of the open ones."""
    try:
        wanted = shelf(words)
    except UnknownWordError as error:
        word = str(error)
        await visit.tell(f"There is no list called “{quoted(word)}”.{near(word, KNOWN)} {USAGE}.")
    else:
        await visit.tell(await _page(visit, wanted))


async def list_mine(visit: Visit, words: list[str]) -> None:
    """`mine`."""
    await list_cases(visit, ["mine", *words])


async def turn(visit: Visit) -> None:
    """Previous or Next, pressed at a list: the list is drawn again in its place."""
    cursor, *words = visit.value.split() or [""]
    try:
        await visit.redraw(await _page(visit, shelf(words), cursor))
    except ValueError:  # an older version's
        await old_button(visit)


async def search(visit: Visit, words: list[str]) -> None:
    """`search`: a reference, an address, or kinds and statuses of all cases."""
    ref, rest = divided(words)
    if not ref:
        await visit.tell(f"{SEARCH_USAGE}.")
    elif is_reference(ref) and not rest:
        case = await visit.desk(queries.case, ref)
        await visit.tell(_drawn(visit, "Found", Page((case,))))
    elif "@" in ref:
        found = await visit.desk(desk.search_address, _address(ref), visit.actor)
        await visit.tell(_drawn(visit, "Cases of that address", Page(found)))
    else:
        await list_cases(visit, words if _says_which(words) else ["all", *words])


def shelf(words: list[str]) -> Shelf:
    """What words ask to be listed, in any order.

    Raises:
        UnknownWordError: one of them names nothing.
    """
    which: set[Which] = set()
    kinds: list[Kind] = []
    statuses: list[Status] = []
    days = WEEK
    for written in words:
        word = written.lower().replace("-", "_")
        if word in set(Which):
            which.add(Which(word))
        elif word in set(Kind):
            kinds.append(Kind(word))
        elif word in OTHER_WORDS:
            kinds += OTHER_WORDS[word]
        elif word in STATUSES:
            statuses.append(Status(word))
        elif (number := _DAYS.fullmatch(word)) and (word.endswith("d") or Which.DUE in which):
            which.add(Which.DUE)
            days = int(number[1])
        else:
            raise UnknownWordError(written)
    return Shelf(frozenset(which or {Which.OPEN}), tuple(kinds), tuple(statuses), days)


async def _page(visit: Visit, wanted: Shelf, cursor: str = "") -> Message:
    found = await visit.desk(queries.page, wanted, owner=visit.actor.id, cursor=cursor)
    return _drawn(visit, _title(wanted), found, " ".join(_words(wanted)))


def _drawn(visit: Visit, title: str, page: Page, words: str = "") -> Message:
    office = visit.workplace.bridge.office
    before, after = (f"{cursor} {words}" if cursor else "" for cursor in (page.before, page.after))
    zone, today = office.business.zone, office.today()
    return cards.case_list(title, page.cases, today, zone, SHOW_HINT, before=before, after=after)


def _title(wanted: Shelf) -> str:
    first, *others = [each for each in Which if each in wanted.which]
    more = [*others, *wanted.statuses, *(kind.plain for kind in wanted.kinds)]
    within = f" within {counted(wanted.days, 'day')}" if Which.DUE in wanted.which else ""
    return TITLES[first] + (f": {', '.join(more)}" if more else "") + within


def _words(wanted: Shelf) -> list[str]:
    """The words that ask for it."""
    within = [f"{wanted.days}d"] if Which.DUE in wanted.which else []
    return [*sorted(wanted.which), *wanted.kinds, *wanted.statuses, *within]


def _says_which(words: list[str]) -> bool:
    return any(word.lower() in set(Which) for word in words)


def _address(written: str) -> str:
    """An address as it was typed, or as Slack links one: `<mailto:rosa@example.net|rosa@example.net>`."""
    return written.strip("<>").removeprefix("mailto:").partition("|")[0]
