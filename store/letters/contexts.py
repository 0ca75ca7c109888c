"""What each letter needs, one small function a letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from store.rules.kinds import Kind
from store.rules.outcomes import Basis, Knows, Outcome
from store.rules.requesters import Requester
from store.rules.terms import Level
from store.values import CaseFile, RequestLine

PROCESSED = (Kind.OPT_OUT, Kind.LIMIT, Kind.ADMT_OPT_OUT)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a request is.

    Attributes:
        kind: the right invoked.
        received_on: the day of receipt.
        due: the last day for the answer.
        outcome: how it ended; None while it is open.
        waits_for_code: a code was sent to the consumer, and has not come back.
    """

    kind: Kind
    received_on: date
    due: date
    outcome: Outcome | None
    waits_for_code: bool = False


def acknowledgement(
    lines: Sequence[RequestLine],
    received_on: date,
    place: tuple[int, int] | None = None,
    requester: Requester = Requester.CONSUMER,
    *,
    permission: bool = False,
) -> dict[str, Any]:
    """What was asked, by when, and whether anything will be asked back (section 7021(a)).

    Args:
        lines: the requests.
        received_on: the day of receipt.
        place: for a letter to an agent who named several people: about which of how many it is.
        requester: who writes.
        permission: the law lets us ask this agent for the consumer's signed permission (section 7063).
    """
    return {
        "received_on": received_on,
        "place": place,
        "requester": requester,
        "permission": permission,
        "lines": lines,
        "askable": [line for line in lines if line.verification.level.asks],
        "unasked": [line for line in lines if line.verification.level is Level.FORBIDDEN],
    }


def verification(case: CaseFile, code: str, expires_on: date) -> dict[str, Any]:
    """The code, how long it is good, and what it is for."""
    waiting = [line for line in case.open_requests if line.may_be_asked]
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


def linked(first: str, lines: Sequence[RequestLine], *, goes_on: bool, note: str = "") -> dict[str, Any]:
    """Which case was the first, what it is about and by when; whether the rest of this one goes on.

    Args:
        first: its reference.
        lines: its requests that were repeated.
        goes_on: other requests of this case are open.
        note: what a person adds.
    """
    return {"first": first, "lines": lines, "goes_on": goes_on, "note": note}


def answer(
    line: RequestLine,
    settled_on: date,
    bases: Sequence[Basis],
    note: str,
    *,
    appeal: bool = False,
    authority: str = "",
    offers_opt_out: bool = False,
    knows: Knows | None = None,
) -> dict[str, Any]:
    """What was done or not, and on which grounds.

    Args:
        line: the request.
        settled_on: the day of the decision.
        bases: the grounds of a refusal.
        note: what else a person wants to say.
        appeal: the law gives a right of appeal against a refusal.
        authority: to whom the consumer may complain of one; empty where the law names nobody.
        offers_opt_out: a refused deletion comes with the offer to opt out (section 7022(g)).
        knows: where it is refused for their number, the requests to know that were answered (CC 1798.130(b)).
    """
    told = {"line": line, "settled_on": settled_on, "bases": bases, "note": note, "knows": knows}
    return {**told, "appeal": appeal, "authority": authority, "offers_opt_out": offers_opt_out}


def how_to_submit() -> dict[str, Any]:
    """What can be asked for, for a mail that does not say it (section 7020(e))."""
    return {"kinds": [kind for kind in Kind if kind is not Kind.APPEAL]}


def code_reminder(expires_on: date, requests: Sequence[RequestLine]) -> dict[str, Any]:
    """That the code still waits, until when it is good, and for what it is."""
    return {"expires_on": expires_on, "requests": requests}


def code_wrong(attempts_left: int) -> dict[str, Any]:
    """That it was another code, and how often one may still try."""
    return {"attempts_left": attempts_left}


def code_expired() -> dict[str, Any]:
    """That the code was too old, and how to get a new one."""
    return {}


def agent_authority(requests: Sequence[RequestLine], *, direct: bool) -> dict[str, Any]:
    """By what an agent shows that the consumer wants it (section 7063).

    Args:
        requests: what is asked for in the consumer's name.
        direct: the law lets us ask the consumer directly as well.
    """
    return {"requests": requests, "direct": direct}


def reevaluated() -> dict[str, Any]:
    """That a copy is refused for want of verification, and the kinds of data are told instead (section 7024(a))."""
    return {}


def status(requests: Sequence[Standing]) -> dict[str, Any]:
    """How far each request is."""
    return {"requests": requests}


def cancelled(requests: Sequence[RequestLine]) -> dict[str, Any]:
    """What was closed at the consumer's word."""
    return {"requests": requests}


def appeal_decided(*, upheld: bool, authority: str, explanation: str) -> dict[str, Any]:
    """What the second look came to.

    Args:
        upheld: the refusal stands.
        authority: to whom the consumer may complain, such as "the Attorney General of Virginia"; empty without one.
        explanation: why, for the consumer to read.
    """
    return {"upheld": upheld, "authority": authority, "explanation": explanation}


def answer_name(kind: Kind, outcome: Outcome) -> str:
    """The folder of the letter that tells of an outcome."""
    if outcome is Outcome.COMPLIED_IN_FULL and kind in PROCESSED:
        return "opt_out_processed"
    return outcome.value
