"""A request in words: by when, how near that is, how far its verification is, how it ended."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from bot.words import counted, day, nearness
from store.casefile import DECLARATION
from store.rules import proposals
from store.rules.deadlines import answer_clock, clocks
from store.rules.pack import Pack
from store.rules.terms import Clock, Level
from store.rules.verification import Lack
from store.values import CaseFile, RequestLine

SHOWN_BY_THE_REQUESTER = (Lack.PERMISSION, Lack.GUARDIAN, Lack.LOGIN)


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
        case Level.ON_DOUBT:
            return f"verified only on reasonable doubt ({_section(needed.citation, confirmed=needed.confirmed)})"
        case _:
            pass
    words = f"{min(line.matched, needed.points_needed)} of {counted(needed.points_needed, 'point')} matched"
    if needed.declaration:
        words += ", signed declaration " + ("there" if DECLARATION in case.points else "missing")
    if line.sensitive:
        words += ", the stricter check for sensitive data"
    words += "".join(f", {lack} missing" for lack in line.lacks if lack in SHOWN_BY_THE_REQUESTER)
    if line.reevaluated_from:
        words += f"; asked as {line.reevaluated_from.plain}, which could not be verified"
    return f"verified: {words}" if line.reached else words


def contested(line: RequestLine) -> str:
    """What an appeal contests: "contests PR-1001: delete"; empty for anything else."""
    return f"contests {line.contests[0]}: {line.contests[1].plain}" if line.contests else ""


def proposal(line: RequestLine, pack: Pack) -> str:
    """That a request may be denied, whose time ends unverified; empty for any other. A person decides."""
    basis = proposals.denial(pack, line.kind)
    if basis is None or not line.denial_proposed:
        return ""
    section = _section(basis.citation, confirmed=basis.confirmed)
    return f"proposed for denial: not verified by its date ({section}); somebody must decide"


def ending(line: RequestLine, pack: Pack, zone: ZoneInfo) -> str:
    """How a settled request ended: "denied on Mon 7 Dec 2026: identity not verified"."""
    outcome = line.outcome.plain if line.outcome else "open"
    outcome = f"duplicate of {line.first}" if line.first else outcome
    settled = f" on {day(line.settled_at.astimezone(zone).date())}" if line.settled_at else ""
    titles = {basis.id: basis.title for basis in pack.bases}
    grounds = ", ".join(titles.get(basis, basis) for basis in line.bases)
    return f"{outcome}{settled}" + (f": {grounds}" if grounds else "")


def _limit(line: RequestLine, pack: Pack) -> str:
    dues = clocks(pack, line.kind, line.received_on, frozenset())
    longer = next((due for due in dues if due.clock is Clock.EXTENDED), None)
    due = longer if line.extended_to else answer_clock(dues)
    if due is None:
        return "our own date, this law sets none"
    doubt = "" if due.confirmed else ", the section not confirmed"
    extended = "extended once: " if line.extended_to else ""
    return f"{extended}{due.unit.told(due.count)} from receipt{doubt}"


def _section(citation: str, *, confirmed: bool) -> str:
    found = citation.find("§")
    return (citation[found:] if found >= 0 else citation) + ("" if confirmed else ", not confirmed")
