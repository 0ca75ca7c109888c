"""Who writes, where they live, and how urgent it is, each with the words that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from intake.triage.laws import PHRASES, law_of
from intake.triage.phrasebook import flat, phrasebook
from store.rules.requesters import Priority, Requester

if TYPE_CHECKING:
    from intake.triage.clues import Said
    from intake.triage.phrasebook import Place

__all__ = ["PHRASES", "law_of", "priority_of", "role_of"]

_ROLES: Final = "roles.txt"
_URGENCY: Final = "urgency.txt"
_MINOR: Final = "it concerns a minor"
_REASONS: Final = (
    _MINOR,
    "fear for safety",
    "fraud is feared",
    "a lawyer or an authority is named",
    "sensitive data are at stake",
    "a date is near or past",
)
"""The groups of the file, the gravest first."""


def role_of(said: Said) -> tuple[Requester, str]:
    """Who writes, and the words that say so; a consumer when nothing says otherwise."""
    role, place = _role(flat(said.low))
    return role, said.text[place.start : place.end] if place else ""


def priority_of(said: Said, role: Requester | None = None) -> tuple[Priority, str]:
    """High with its reason, or medium.

    Args:
        said: the mail.
        role: who writes, where that is known already.
    """
    plain = flat(said.low)
    if (role or _role(plain)[0]) is Requester.PARENT:
        return Priority.HIGH, _MINOR
    found = phrasebook(_URGENCY).found(plain)
    reason = next((reason for reason in _REASONS if reason in found), "")
    return (Priority.HIGH, reason) if reason else (Priority.MEDIUM, "")


def _role(plain: str) -> tuple[Requester, Place | None]:
    found = phrasebook(_ROLES).found(plain)
    if "child" in found and "young" in found:
        found.setdefault("parent", found["child"])
    for role in (Requester.PARENT, Requester.AGENT, Requester.EMPLOYEE):
        if role in found:
            return role, found[role]
    return Requester.CONSUMER, None
