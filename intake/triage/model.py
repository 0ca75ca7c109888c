"""What a mail asks for, as found by triage."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from store.rules.requesters import Priority, Requester


class Meaning(StrEnum):
    """Whether a mail is a privacy request at all."""

    REQUEST = "request"
    REPLY = "reply"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Found:
    """One right invoked: its kind, how sure that is (0 to 1), and the mail's own words that say so."""

    kind: str
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Triage:
    """All that a mail's words tell: every span in it stands literally in the subject or the text."""

    requests: tuple[Found, ...] = ()
    possible: tuple[Found, ...] = ()
    """Rights that it may invoke, too unsurely to open a case."""
    disposition: Meaning = Meaning.OTHER
    reason: str = ""
    role: Requester = Requester.UNCLEAR
    role_words: str = ""
    law: str | None = None
    law_words: str = ""
    priority: Priority = Priority.MEDIUM
    priority_reason: str = ""
    priority_words: str = ""
    language: str = ""
    plainly: frozenset[str] = frozenset()
    """The kinds that are said so plainly that a rule finds them: all that counts in what a program wrote."""
    by_text: bool = False
    """Whether one is said so plainly without the subject, too: a reply keeps the subject of what it answers."""
