"""What is told in time: reminders, letters and mailboxes in trouble, the day's digest; nothing personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from store.rules.kinds import Kind
from store.values import CaseFile


@dataclass(frozen=True, slots=True)
class ReminderNote:
    """A reminder as it is drawn: whose, of what, by when. `owner` of None: nobody has the case.

    `safe` is the last working day before a due day that is none; `strict` the due day by the strictest reading of
    "business day", where that is an earlier one; `unverified` says by which section the request may be denied, where
    its time ends before it is verified; `cover` works for the owner, who is away;
    `alone` says that the owner is away and nobody does.
    """

    ref: str
    kind: Kind
    due: date
    days_left: int
    owner: str | None
    settled: bool
    safe: date | None = None
    strict: date | None = None
    unverified: str = ""
    cover: str = ""
    alone: bool = False

    @property
    def told(self) -> str | None:
        """Who is to see to it: the owner, or whoever covers for them; None for everybody of staff."""
        return self.cover or (None if self.alone else self.owner)


@dataclass(frozen=True, slots=True)
class UnreachedNote:
    """A letter that did not arrive, as it is told. `owner` of None: nobody has the case."""

    ref: str
    letter: str
    since: datetime
    owner: str | None
    settled: bool


@dataclass(frozen=True, slots=True)
class MailboxHealth:
    """How a mailbox is: when it was last read, and since when it fails."""

    name: str
    read_at: datetime | None
    failing_since: datetime | None
    trouble: str


@dataclass(frozen=True, slots=True)
class OutageNote:
    """A mailbox that cannot be read since that moment, and why; or that can be read again."""

    name: str
    since: datetime
    trouble: str
    over: bool


@dataclass(frozen=True, slots=True)
class SealNote:
    """The ledger's last seal: the day that it closed, and its digest (hex)."""

    day: date
    digest: str


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What managers read at nine: counts, and the lines that need them."""

    at: datetime
    today: date
    open_cases: int
    opened_yesterday: int
    closed_yesterday: int
    overdue: tuple[CaseFile, ...]
    due_this_week: tuple[CaseFile, ...]
    unclaimed: tuple[CaseFile, ...]
    overdue_count: int
    due_count: int
    unclaimed_count: int
    held_count: int
    quarantined_count: int
    unread_mails: int
    waiting_letters: int
    parked_letters: int
    refused_mails: int
    mailboxes: tuple[MailboxHealth, ...]
    seal: SealNote | None = None
    stale_laws: tuple[str, ...] = ()
