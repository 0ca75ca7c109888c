"""How sure a business must be of who asks, and when it may not even ask (law.md, section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from store.rules.requesters import Requester
from store.rules.rows import Point
from store.rules.terms import Level, Measure

if TYPE_CHECKING:
    from collections.abc import Collection

    from store.rules.kinds import Kind
    from store.rules.pack import Pack
    from store.rules.rows import AgentRule, Fallback, VerificationRule

__all__ = [
    "ACCOUNT_HOLDER",
    "DECLARATION",
    "GUARDIAN",
    "LOGIN",
    "MAILBOX",
    "Lack",
    "Level",
    "Point",
    "Verification",
    "agent_rule",
    "fallback",
    "is_stricter_where_sensitive",
    "lacking",
    "proving",
    "reached",
    "refusal",
    "required",
]

MAILBOX = "mailbox"
"""The point that only the answer to a code shows."""
LOGIN = "account_login"
"""The point that an account holder must show: signed in again (section 7061)."""
DECLARATION = "declaration"
"""No point: the signed declaration under penalty of perjury (section 7062(c))."""
ACCOUNT_HOLDER = "account_holder"
"""The duty of a law under which account holders sign in again."""
GUARDIAN = "guardian"
"""No point: that the requester is the parent or guardian (section 7070)."""


class Lack(StrEnum):
    """What a verification still wants, in the order in which a person is told."""

    PERMISSION = "the agent's permission"
    GUARDIAN = "proof that this is the parent or guardian"
    LOGIN = "a new sign-in to the account"
    POINTS = "matched points"
    DECLARATION = "the signed declaration"


@dataclass(frozen=True, slots=True)
class Verification:
    """What it takes to verify a request.

    Attributes:
        level: how sure the business must be, or that it may not ask.
        points_needed: how many distinct data points must match.
        declaration: whether a signed declaration under penalty of perjury is needed too.
        citation: where the law says so.
        confirmed: whether that was found in a stored text.
        permission: whether an agent must have shown the consumer's permission (section 7063).
        guardian: whether the requester must be known as the parent or guardian (section 7070).
        login: whether signing in to the account again must be among the points (section 7061).
    """

    level: Level
    points_needed: int
    declaration: bool
    citation: str
    confirmed: bool
    permission: bool = False
    guardian: bool = False
    login: bool = False


def required(
    pack: Pack,
    kind: Kind,
    *,
    sensitive: bool = False,
    requester: Requester = Requester.CONSUMER,
    has_account: bool = False,
) -> Verification:
    """What it takes to verify a request of this kind.

    Args:
        pack: the law.
        kind: the right invoked.
        sensitive: whether the data is sensitive, or a wrong answer would do great harm; it counts where the law
            makes a difference, as for California's requests to delete and to correct.
        requester: who asks: an agent shows a permission, a parent that they are one.
        has_account: whether the consumer has an account with the business.
    """
    rule = _rule(pack, kind, sensitive=sensitive)
    asks = rule.level.asks
    minors, holders = pack.figure(Measure.MINOR_UNDER), pack.duty(ACCOUNT_HOLDER)
    return Verification(
        rule.level,
        rule.points,
        rule.declaration,
        rule.citation,
        rule.confirmed,
        permission=asks and requester is Requester.AGENT and agent_rule(pack, kind) is not None,
        guardian=asks and requester is Requester.PARENT and minors is not None and kind in minors.kinds,
        login=asks and has_account and holders is not None and kind in holders.kinds,
    )


def proving(points: Collection[str], *, disputed: Collection[str], requester: Requester) -> frozenset[str]:
    """The matched points that prove something for a request.

    Args:
        points: the ids of all that matched in its case.
        disputed: the points that it disputes: a correction is never verified with the disputed data (section 7060(h)).
        requester: who asks: the mailbox that an agent writes from is not the consumer's.
    """
    nothing = {DECLARATION, GUARDIAN, *disputed, *({MAILBOX} if requester is Requester.AGENT else ())}
    return frozenset(points) - nothing


def lacking(
    required: Verification,
    points: Collection[str],
    *,
    declared: bool,
    permitted: bool = False,
    guardian: bool = False,
) -> tuple[Lack, ...]:
    """What is still missing until a request counts as verified.

    Args:
        required: what it takes.
        points: the ids of the points that prove something; one that is named twice counts once.
        declared: whether the signed declaration is there.
        permitted: whether an agent has shown the consumer's permission, or a power of attorney.
        guardian: whether the requester is known to be the parent or guardian.

    Returns:
        Nothing where nothing may or need be asked, whatever was matched.
    """
    if not required.level.asks:
        return ()
    wanted = {
        Lack.PERMISSION: required.permission and not permitted,
        Lack.GUARDIAN: required.guardian and not guardian,
        Lack.LOGIN: required.login and LOGIN not in points,
        Lack.POINTS: len(set(points)) < required.points_needed,
        Lack.DECLARATION: required.declaration and not declared,
    }
    return tuple(lack for lack, is_missing in wanted.items() if is_missing)


def reached(required: Verification, points: Collection[str], *, declared: bool) -> bool:
    """Whether a consumer's own request counts as verified: nothing is lacking."""
    return not lacking(required, points, declared=declared)


def agent_rule(pack: Pack, kind: Kind) -> AgentRule | None:
    """What may be asked of an agent who makes a request of this kind; None where the law says nothing."""
    return next((rule for rule in pack.agents if kind in rule.kinds), None)


def fallback(pack: Pack, kind: Kind) -> Fallback | None:
    """Which right a request of this kind is evaluated as, where its verification fails; None for none."""
    return next((rule for rule in pack.fallbacks if rule.kind is kind), None)


def is_stricter_where_sensitive(pack: Pack, kind: Kind) -> bool:
    """Yes or no: the law verifies a request of this kind more strictly where the data is sensitive (7062(d))."""
    return _rule(pack, kind, sensitive=True) != _rule(pack, kind, sensitive=False)


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
