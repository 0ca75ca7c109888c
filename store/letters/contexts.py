"""What each letter needs, one small function a letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from store.rules.kinds import Kind
from store.rules.outcomes import Basis, Outcome
from store.rules.terms import Level
from store.values import CaseFile, RequestLine

PROCESSED = (Kind.OPT_OUT, Kind.LIMIT, Kind.ADMT_OPT_OUT)


def acknowledgement(
    lines: Sequence[RequestLine], received_on: date, place: tuple[int, int] | None = None
) -> dict[str, Any]:
    """What was asked, by when, and whether anything will be asked back (section 7021(a)).

    Args:
        lines: the requests.
        received_on: the day of receipt.
        place: for a letter to an agent who named several people: about which of how many it is.
    """
    return {
        "received_on": received_on,
        "place": place,
        "lines": lines,
        "askable": [line for line in lines if line.verification.level.asks],
        "unasked": [line for line in lines if line.verification.level is Level.FORBIDDEN],
    }


def verification(case: CaseFile, code: str, expires_on: date) -> dict[str, Any]:
    """The code, how long it is good, and what it is for."""
    waiting = [line for line in case.open_requests if line.verification.level.asks and not line.reached]
    return {"waiting": waiting, "code": code, "expires_on": expires_on, "due": waiting[0].due}


def extension(line: RequestLine, until: date, reason: str) -> dict[str, Any]:
    """The new date and the reason (section 7021(b))."""
    return {"line": line, "until": until, "reason": reason}


def reply(text: str) -> dict[str, Any]:
    """What a person wrote."""
    return {"text": text}


def reopened(lines: Sequence[RequestLine], reason: str) -> dict[str, Any]:
    """That they are looked at again, why, and by when."""
    return {"lines": lines, "due": min(line.due for line in lines), "reason": reason}


def linked(first: str, lines: Sequence[RequestLine], *, goes_on: bool) -> dict[str, Any]:
    """Which case was the first, what it is about and by when; whether the rest of this one goes on."""
    return {"first": first, "lines": lines, "goes_on": goes_on}


def answer(line: RequestLine, settled_on: date, bases: Sequence[Basis], note: str) -> dict[str, Any]:
    """What was done or not, and on which grounds."""
    return {"line": line, "settled_on": settled_on, "bases": bases, "note": note}


def answer_name(kind: Kind, outcome: Outcome) -> str:
    """The folder of the letter that tells of an outcome."""
    if outcome is Outcome.COMPLIED_IN_FULL and kind in PROCESSED:
        return "opt_out_processed"
    return outcome.value
