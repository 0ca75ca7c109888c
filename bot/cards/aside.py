"""How a case came where it was no mail, whether it sleeps, and what was merged: said beside what it asks."""

from __future__ import annotations

from bot.words import day, escape, listed, mention
from store.casefile import number_of
from store.rules.lifecycle import Status
from store.rules.requesters import Bond
from store.rules.team import Manner
from store.values import CaseFile

SHOWN = 5


def asides(case: CaseFile) -> list[str]:
    """Sentences, without their stops.

    Args:
        case: as it is now.
    """
    return [words for words in (_came(case), _sleeps(case), _goes_on(case), _took_in(case)) if words]


def _came(case: CaseFile) -> str:
    came = f"Came {case.manner.plain}" if case.manner is not Manner.EMAIL else ""
    none = "" if case.has_address else "there is no e-mail address, so no letter can go out: answer the way it came"
    told = "; ".join(filter(None, [came, none]))
    return told[:1].upper() + told[1:]


def _sleeps(case: CaseFile) -> str:
    if case.snoozed_until is None:
        return ""
    by = f" by {mention(case.snoozed_by)}" if case.snoozed_by else ""
    return f"Snoozed until {day(case.snoozed_until)}{by}; its dates stay"


def _goes_on(case: CaseFile) -> str:
    first = next((ref for ref in _merged(case) if number_of(ref) < case.id), "")
    return f"Merged into {escape(first)}, where it goes on" if first and case.status is Status.CLOSED else ""


def _took_in(case: CaseFile) -> str:
    refs = [escape(ref) for ref in _merged(case) if number_of(ref) > case.id]
    more = [f"{len(refs) - SHOWN} more"] if len(refs) > SHOWN else []
    return f"Merged into it: {listed([*refs[:SHOWN], *more])}" if refs else ""


def _merged(case: CaseFile) -> list[str]:
    return [link.ref for link in case.links if link.bond is Bond.MERGED]
