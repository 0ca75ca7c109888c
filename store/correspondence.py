"""What a person reads of a case in its modal: mails, letters, how they were understood, the past. Personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.rules.requesters import Priority, Requester
from store.values import Person, Wish


def written_by(name: str, address: str) -> str:
    """Somebody as a mail names them: "Rosa Alvarez <rosa@example.net>", or the one of the two that is known."""
    return f"{name} <{address}>" if name and address else name or address


@dataclass(frozen=True, slots=True)
class Understood:
    """What was read in a mail, and the mail's own words that say so. Personal."""

    wishes: tuple[Wish, ...]
    possible: tuple[Wish, ...]
    requester: Requester
    requester_words: str
    law: str | None
    law_words: str
    priority: Priority
    priority_reason: str
    priority_words: str
    language: str
    law_named: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """All those words."""
        said = [words for wish in (*self.wishes, *self.possible) for words in wish.evidence]
        return tuple(words for words in (*said, self.requester_words, self.law_words, self.priority_words) if words)


@dataclass(frozen=True, slots=True)
class MailText:
    """A mail as staff read it. `mail_id` is None for a letter of ours."""

    mail_id: int | None
    at: datetime
    sender: str
    subject: str
    text: str
    reply: str
    evidence: tuple[str, ...]
    attachments: tuple[str, ...]
    understood: Understood | None = None


@dataclass(frozen=True, slots=True)
class NoteText:
    """What somebody of the team, by their id, wrote about a case; `at` is aware. Personal."""

    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """Another case of the same address: when it came, what it asks for, and how each ended; None while it is open."""

    ref: str
    received_on: date
    kinds: tuple[tuple[Kind, Outcome | None], ...]


@dataclass(frozen=True, slots=True)
class Past:
    """What an address asked for before.

    `cases` are the newest of them, `count` how many there are. `knows` is how often it asked to know within the law's
    window of so many `months`, this time included; from `refusable` times on it may be refused by `citation` (CC
    1798.130(b)); None where the law in force has no such rule. `of_agent`: the address and the cases are an agent's.
    """

    cases: tuple[EarlierCase, ...] = ()
    count: int = 0
    knows: int = 0
    months: int = 0
    refusable: int | None = None
    citation: str = ""
    of_agent: bool = False


@dataclass(frozen=True, slots=True)
class Correspondence:
    """A case opened for reading; personal, for a modal only. `hold` is why it is under a legal hold, if it is."""

    ref: str
    name: str
    address: str
    mails: tuple[MailText, ...]
    on_behalf_of: Person | None = None
    past: Past = Past()
    hold: str = ""
    notes: tuple[NoteText, ...] = ()
