"""A request in words: by when, how near that is, how far its verification is, how it ended."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from bot.words import counted, day, nearness
from store.casefile import DECLARATION
from store.rules.deadlines import clocks
from store.rules.pack import Pack
from store.rules.terms import Clock, Level
from store.values import CaseFile, RequestLine


def by_when(line: RequestLine, pack: Pack, today: date) -> str:
    """A request's date: "due Wed 16 Dec 2026 (15 business days from receipt), 23 days left".

    Args:
        line: an open request.
        pack: the law in force for its case.
        today: the present day in the business's zone.
    """
    return f"due {day(line.due)} ({_limit(line, pack)}), {nearness(line.due, today)}"


def progress(line: RequestLine, case: CaseFile) -> str:
    """How far a request's verification is: "1 of 2 points matched"; or why there is none."""
    needed = line.verification
    match needed.level:
        case Level.FORBIDDEN:
            return f"no verification: the law forbids it ({_section(needed.citation, confirmed=needed.confirmed)})"
        case Level.NONE:
            return "no verification needed"
        case _:
            pass
    words = f"{min(line.matched, needed.points_needed)} of {counted(needed.points_needed, 'point')} matched"
    if needed.declaration:
        words += ", signed declaration " + ("there" if DECLARATION in case.points else "missing")
    return f"verified: {words}" if line.reached else words


def ending(line: RequestLine, pack: Pack, zone: ZoneInfo) -> str:
    """How a settled request ended: "denied on Mon 7 Dec 2026: identity not verified"."""
    outcome = line.outcome.plain if line.outcome else "open"
    settled = f" on {day(line.settled_at.astimezone(zone).date())}" if line.settled_at else ""
    titles = {basis.id: basis.title for basis in pack.bases}
    grounds = ", ".join(titles.get(basis, basis) for basis in line.bases)
    return f"{outcome}{settled}" + (f": {grounds}" if grounds else "")


def _limit(line: RequestLine, pack: Pack) -> str:
    wanted = Clock.EXTENDED if line.extended_to else Clock.RESPOND
    dues = clocks(pack, line.kind, line.received_on, frozenset())
    due = next((due for due in dues if due.clock is wanted), None)
    if due is None:
        return "our own date, this law sets none"
    doubt = "" if due.confirmed else ", the section not confirmed"
    extended = "extended once: " if line.extended_to else ""
    return f"{extended}{due.count} {due.unit} from receipt{doubt}"


def _section(citation: str, *, confirmed: bool) -> str:
    found = citation.find("§")
    return (citation[found:] if found >= 0 else citation) + ("" if confirmed else ", not confirmed")
