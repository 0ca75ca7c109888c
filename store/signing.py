"""A move that waits for a second person: what it is, and how it stands."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from store.rules.kinds import Kind
from store.rules.lifecycle import Role
from store.rules.team import Signed


class Deed(StrEnum):
    """The moves that can wait; each writes a letter."""

    EXTEND = "extend"
    REPLY = "reply"
    RESOLVE = "resolve"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A move with all that is needed to make it, as its first person meant it.

    Attributes:
        deed: which.
        ref: the case.
        request: one of its requests; None where the move is about the case.
        text: a person's words in the letter: the reason, the reply, the note.
        outcome: how the request is to end.
        bases: the grounds of a denial, by id.
        first: the case that a duplicate repeats.
        override: the first person answers for what the disclosure guard found.
    """

    deed: Deed
    ref: str
    request: int | None = None
    text: str = ""
    outcome: str = ""
    bases: tuple[str, ...] = ()
    first: str = ""
    override: bool = False

    def to_json(self) -> str:
        """For sealing."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> Proposal:
        """Back from `to_json`."""
        facts: dict[str, Any] = json.loads(text)
        return cls(**{**facts, "deed": Deed(facts["deed"]), "bases": tuple(facts["bases"])})


@dataclass(frozen=True, slots=True)
class Approval:
    """A move that waits, or waited, for a second person; nothing personal.

    Attributes:
        id: its number.
        ref: the case.
        deed: what is to be done.
        kind: the request that it is about, if it is about one.
        asked_by: the first person, by id.
        asked_at: when they asked, aware.
        until: when it lapses, aware.
        needs: the least role of the second person.
        verdict: what became of it; None while it waits.
        signed_by: who decided, by id; None for nobody.
    """

    id: int
    ref: str
    deed: Deed
    kind: Kind | None
    asked_by: str
    asked_at: datetime
    until: datetime
    needs: Role
    verdict: Signed | None
    signed_by: str | None
