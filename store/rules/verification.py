"""How sure a business must be of who asks, and when it may not even ask (law.md, section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.rules.rows import Point
from store.rules.terms import Level

if TYPE_CHECKING:
    from collections.abc import Collection

    from store.rules.kinds import Kind
    from store.rules.pack import Pack
    from store.rules.rows import VerificationRule

__all__ = ["Level", "Point", "Verification", "reached", "refusal", "required"]


@dataclass(frozen=True, slots=True)
class Verification:
    """What it takes to verify a request.

    Attributes:
        level: how sure the business must be, or that it may not ask.
        points_needed: how many distinct data points must match.
        declaration: whether a signed declaration under penalty of perjury is needed too.
        citation: where the law says so.
        confirmed: whether that was found in a stored text.
    """

    level: Level
    points_needed: int
    declaration: bool
    citation: str
    confirmed: bool


def required(pack: Pack, kind: Kind, *, sensitive: bool = False) -> Verification:
    """What it takes to verify a request of this kind.

    Args:
        pack: the law.
        kind: the right invoked.
        sensitive: whether the data is sensitive, or a wrong answer would do great harm; it counts where the law
            makes a difference, as for California's requests to delete and to correct.
    """
    rule = _rule(pack, kind, sensitive=sensitive)
    return Verification(rule.level, rule.points, rule.declaration, rule.citation, rule.confirmed)


def reached(required: Verification, points: Collection[str], *, declared: bool) -> bool:
    """Whether a request counts as verified.

    Args:
        required: what it takes.
        points: the ids of the points that matched; one that is named twice counts once.
        declared: whether the signed declaration is there.

    Returns:
        True where nothing may or need be asked, whatever was matched.
    """
    if not required.level.asks:
        return True
    return len(set(points)) >= required.points_needed and (declared or not required.declaration)


def refusal(pack: Pack, kind: Kind) -> str | None:
    """Why a request of this kind may not be verified, in one sentence with the section; None where it may be."""
    rule = _rule(pack, kind, sensitive=False)
    if rule.level is not Level.FORBIDDEN:
        return None
    doubt = "" if rule.confirmed else "; not confirmed"
    return f"{kind.request.capitalize()} is never verified ({rule.citation}{doubt})."


def _rule(pack: Pack, kind: Kind, *, sensitive: bool) -> VerificationRule:
    """The kind's own rule for sensitive data where that is asked for and there is one, else the ordinary one."""
    rules = [rule for rule in pack.verification if kind in rule.kinds]
    return max(rules, key=lambda rule: rule.sensitive is sensitive)
