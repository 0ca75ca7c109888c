"""What the business owes a consumer after an answer, for whoever works a case of theirs."""

from __future__ import annotations

from bot.words import day, escape
from store.desk.promises import STAY_CORRECTED
from store.rules.pack import Pack
from store.rules.requesters import Owed, Promise
from store.rules.terms import Measure
from store.values import CaseFile


def promised(case: CaseFile, pack: Pack) -> list[str]:
    """A sentence for each promise that holds for the consumer of a case.

    Args:
        case: as it is now.
        pack: the law in force for it.
    """
    return [_told(owed, pack) for owed in case.promises]


def _told(owed: Owed, pack: Pack) -> str:
    match owed.promise:
        case Promise.NO_ASKING_AGAIN:
            figure = pack.figure(Measure.RE_ASK)
            until = f" before {day(owed.until)}" if owed.until else ""
            words = f"Opted out{_where(owed)}: do not invite them back{until}"
            return f"{words}{_by(figure.citation, confirmed=figure.confirmed) if figure else ''}"
        case Promise.STAYS_CORRECTED:
            duty = next((duty for duty in pack.duties if duty.id == STAY_CORRECTED), None)
            words = f"Corrected{_where(owed)}: it must stay so when data is refreshed"
            return f"{words}{_by(duty.citation, confirmed=duty.confirmed) if duty else ''}"


def _where(owed: Owed) -> str:
    return f" in {owed.ref}" if owed.ref else " in an earlier case"


def _by(citation: str, *, confirmed: bool) -> str:
    return escape(f" ({citation}{'' if confirmed else ', not confirmed'})")
