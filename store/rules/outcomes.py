"""How a request may end, and on which grounds it may be denied (law.md, section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.rules.deadlines import months_after
from store.rules.rows import Basis
from store.rules.terms import Measure, Outcome

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from store.rules.kinds import Kind
    from store.rules.pack import Pack

__all__ = ["THIRD_KNOW", "Basis", "Knows", "Outcome", "OutcomeError", "bases_for", "check", "knows"]

THIRD_KNOW = "third_know_request"
"""The one basis that rests on a count: of the requests to know that were answered."""


class OutcomeError(ValueError):
    """A request may not end like this; the sentence says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Knows:
    """How many of a consumer's requests to know were answered, against how many the law wants answered.

    Attributes:
        answered_on: the days of the answers within the law's window, the earliest first.
        needed: from so many answers on, a further request may be refused.
        again_on: the first day on which one must be answered again; None while one must be anyway.
        citation: where the law says so.
    """

    answered_on: tuple[date, ...]
    needed: int
    again_on: date | None
    citation: str


def knows(pack: Pack, answered: Collection[date], today: date) -> Knows | None:
    """Count a consumer's answered requests to know (CC 1798.130(b)).

    Args:
        pack: the law.
        answered: the days of all answers to requests to know, one a case.
        today: the day in the business's zone.

    Returns:
        The count; None where the law has no such rule.
    """
    most, window = pack.figure(Measure.KNOW_ANSWERED), pack.figure(Measure.KNOW_WINDOW)
    if most is None or window is None:
        return None
    since = months_after(today, -window.value)
    counted = tuple(sorted(day for day in answered if day > since))
    spent = len(counted) >= most.value
    again_on = months_after(counted[-most.value], window.value) if spent else None
    return Knows(counted, most.value, again_on, most.citation)


def bases_for(pack: Pack, kind: Kind) -> tuple[Basis, ...]:
    """The grounds on which a request of this kind may be denied, in the pack's order."""
    return tuple(basis for basis in pack.bases if kind in basis.kinds)


def check(pack: Pack, kind: Kind, outcome: Outcome, bases: Collection[str]) -> None:
    """Refuse an ending that the law does not allow.

    Args:
        pack: the law.
        kind: the right invoked.
        outcome: how the request is to end.
        bases: the ids of the grounds named.

    Raises:
        OutcomeError: a ground is missing, is not one of this kind's, or is named where nothing is denied.
    """
    needs_basis = any(rule.outcome is outcome and rule.needs_basis for rule in pack.outcomes)
    if needs_basis and not bases:
        raise OutcomeError(f"To end {kind.request} as {outcome.plain}, name at least one basis.")
    allowed = [basis.id for basis in bases_for(pack, kind)]
    for basis in bases:
        if not needs_basis:
            raise OutcomeError(f"An ending as {outcome.plain} takes no basis. Leave {basis!r} out.")
        if basis not in allowed:
            raise OutcomeError(f"{basis!r} is no basis for {kind.request}. Choose from: {', '.join(allowed)}.")
