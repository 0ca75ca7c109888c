"""Picking several cases at once: what is asked for, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from store.rules.kinds import Kind
from store.vault import Vault

MOST = 100
"""So many are worked on at a time."""


class Whose(StrEnum):
    """Whose cases."""

    UNCLAIMED = "unclaimed"
    MINE = "mine"
    ANYBODY = "anybody"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which open cases.

    Attributes:
        whose: nobody's, one's own, or all.
        kinds: an open request of one of these kinds; none for any.
        domain: of the consumer's address; empty for any.
        since: the first day of receipt in the business's zone; None for any.
        until: the last one.
    """

    whose: Whose = Whose.UNCLAIMED
    kinds: Sequence[Kind] = ()
    domain: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Picked:
    """The ids of the oldest hundred cases that fit, and how many fit."""

    ids: tuple[int, ...]
    count: int


def domain_hash(vault: Vault, address: str) -> str:
    """The keyed hash that a case is looked up by where only the domain of its address is known."""
    return vault.hash("address domain", address.strip().lower().rpartition("@")[2])
