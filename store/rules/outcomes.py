"""How a request may end, and on which grounds it may be denied (law.md, section 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.rules.rows import Basis
from store.rules.terms import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection

    from store.rules.kinds import Kind
    from store.rules.pack import Pack

__all__ = ["Basis", "Outcome", "OutcomeError", "bases_for", "check"]


class OutcomeError(ValueError):
    """A request may not end like this; the sentence says why, and what to do."""


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
