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
    "the writer is in a hurry or asks again",
)
"""The groups of the file, the gravest first."""


def role_of(said: Said) -> tuple[Requester, str]:
    """Who writes, and the words that say so; a consumer when nothing says otherwise."""
    role, place = _role(flat(said.low))
    return role, said.text[place.start : place.end] if place else ""


def priority_of(said: Said) -> tuple[Priority, str, str]:
    """High with its reason and the words that say so, or medium."""
    plain = flat(said.low)
    role, place = _role(plain)
    if role is Requester.PARENT and place:
        return Priority.HIGH, _MINOR, said.text[place.start : place.end]
    found = phrasebook(_URGENCY).found(plain)
    reason = next((reason for reason in _REASONS if reason in found), "")
    if not reason:
        return Priority.MEDIUM, "", ""
    return Priority.HIGH, reason, said.text[found[reason].start : found[reason].end]


def _role(plain: str) -> tuple[Requester, Place | None]:
    found = phrasebook(_ROLES).found(plain)
    if "child" in found and "young" in found:
        found.setdefault("parent", found["child"])
    for role in (Requester.PARENT, Requester.AGENT, Requester.EMPLOYEE):
        if role in found:
            return role, found[role]
    return Requester.CONSUMER, None
