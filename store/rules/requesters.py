"""Who asks, how soon staff should look, and how two cases belong together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SEVERAL = 2
"""From so many people on, a letter of an agent is a list."""
MOST_PEOPLE = 100
"""So many people of one letter can be made linked cases at once."""


class Requester(StrEnum):
    """Who writes, in relation to the person whose data it is."""

    CONSUMER = "consumer"
    AGENT = "agent"
    PARENT = "parent"
    EMPLOYEE = "employee"
    UNCLEAR = "unclear"

    @property
    def plain(self) -> str:
        """As a card says it, such as "an authorised agent"."""
        return _WORDS[self]


class Priority(StrEnum):
    """How soon staff should look."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    def at_least(self, other: Priority) -> Priority:
        """The higher of the two."""
        return min(self, other, key=list(Priority).index)


class Bond(StrEnum):
    """Why two cases are linked."""

    DUPLICATE = "duplicate"  # the same person asked for the same again
    LIST = "list"  # one letter of an agent asked for several people
    MERGED = "merged"  # two cases of one person, which go on as the earlier one


_WORDS = {
    Requester.CONSUMER: "the consumer",
    Requester.AGENT: "an authorised agent (section 7063)",
    Requester.PARENT: "a parent or guardian (section 7070)",
    Requester.EMPLOYEE: "an employee or applicant",
    Requester.UNCLEAR: "someone, unclear who",
}


class Permission(StrEnum):
    """By what an authorised agent showed that the consumer wants it (section 7063)."""

    NONE = "none"
    SIGNED = "signed"
    POWER_OF_ATTORNEY = "power_of_attorney"
    DIRECT = "direct"

    @property
    def plain(self) -> str:
        """As a person reads it, such as "a power of attorney"."""
        return _SHOWN[self]


_SHOWN = {
    Permission.NONE: "no permission",
    Permission.SIGNED: "the consumer’s signed permission",
    Permission.POWER_OF_ATTORNEY: "a power of attorney",
    Permission.DIRECT: "the consumer’s own word to us",
}


class Promise(StrEnum):
    """What the business owes a consumer after the answer."""

    NO_ASKING_AGAIN = "no_asking_again"
    STAYS_CORRECTED = "stays_corrected"


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise that holds: the case whose answer made it last, and the day on which it is over, if ever.

    `ref` is empty once the record of that case is gone: a promise outlives it.
    """

    promise: Promise
    ref: str
    until: date | None


class OwnWord(StrEnum):
    """What a consumer can write to the desk at any time, as the whole of a mail, and is obeyed."""

    STATUS = "status"
    CANCEL = "cancel"
