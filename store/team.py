"""The people at the desk: what each wishes, how much each has, and what a person's Home shows; nothing personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from store.notes import MailboxHealth
from store.rules.team import Reminders
from store.values import CaseFile


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person of the team has chosen for themselves.

    Attributes:
        reminders: where they are reminded of the dates of their cases.
        quiet_from: when their quiet hours begin, on the business's clock; None for no quiet hours.
        quiet_until: when they end, maybe on the next day.
        language: of the mails they read best (ISO 639-1), such as "es"; empty for any.
        away_until: the last day of an absence; None while they are here.
        cover: who works for them meanwhile, by id; empty for nobody.
    """

    reminders: Reminders = Reminders.THREAD
    quiet_from: time | None = None
    quiet_until: time | None = None
    language: str = ""
    away_until: date | None = None
    cover: str = ""

    def is_away(self, today: date) -> bool:
        """Yes or no: they are absent on that day."""
        return self.away_until is not None and today <= self.away_until


@dataclass(frozen=True, slots=True)
class Load:
    """How much a person has: open cases, those of them overdue, those due within seven days."""

    user: str
    open_cases: int
    overdue: int
    due_soon: int
    away_until: date | None = None
    cover: str = ""


@dataclass(frozen=True, slots=True)
class BlockedSender:
    """A sender whose mails are set aside, masked: by whom and since when, how many mails, and when the last came."""

    id: int
    masked: str
    blocked_by: str
    blocked_at: datetime
    times: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A mail that waits for a person, in one line."""

    mail_id: int
    unreadable: bool
    masked_sender: str
    received_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """What managers see besides: the team's load, the most loaded first, and how the mail goes.

    Attributes:
        loads: of the people with open cases, as many as are shown.
        people: how many have open cases.
        mailboxes: when each was last read, and since when it fails.
        unread_mails: kept, and not read by the desk yet.
        unreadable_mails: quarantined.
        waiting_letters: on the way.
        parked_letters: given up.
        returned_letters: of open cases, came back, and the consumer was not heard of since.
    """

    loads: tuple[Load, ...]
    people: int
    mailboxes: tuple[MailboxHealth, ...]
    unread_mails: int
    unreadable_mails: int
    waiting_letters: int
    parked_letters: int
    returned_letters: int


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What a person's Home shows: of each list as many as are shown, and how many there are.

    Attributes:
        today: the present day in the business's zone.
        mine: their open cases, the nearest date first.
        unclaimed: what nobody has, the nearest date first.
        waiting: those of theirs in which a consumer's word is waited for.
        held: mails that wait for a person, the oldest first.
        unreadable_count: how many of `held_count` could not be read.
        wishes: what they have chosen.
        is_new: whether they opened their Home for the first time today, or never yet.
        team: for managers.
    """

    today: date
    mine: tuple[CaseFile, ...]
    mine_count: int
    unclaimed: tuple[CaseFile, ...]
    unclaimed_count: int
    waiting: tuple[CaseFile, ...]
    waiting_count: int
    held: tuple[HeldLine, ...]
    held_count: int
    unreadable_count: int
    wishes: Wishes = Wishes()
    is_new: bool = False
    team: TeamFacts | None = None
