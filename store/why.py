"""Why a date is that date: everything that went into it, as frozen values; nothing personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from store.rules.deadlines import Due
from store.rules.kinds import Kind


@dataclass(frozen=True, slots=True)
class Extended:
    """The one extension that was taken: when, and to which day; the law's own clock where it still gives that day."""

    at: datetime
    until: date


@dataclass(frozen=True, slots=True)
class Change:
    """Something that had the dates computed anew from the day of receipt.

    Attributes:
        at: when.
        what: "law" or "kind".
        was: the law, or the kind, before.
        now: the one since then.
        was_due: the day on which the answer was due before; None where nobody wrote it down.
    """

    at: datetime
    what: str
    was: str
    now: str
    was_due: date | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a request's date is that date.

    Attributes:
        kind: the right invoked.
        received_on: the day of receipt in the business's zone, which is day 0.
        due: the last day on which the answer is in time, all of it included.
        open: whether it still waits for its answer.
        clocks: all clocks that the law has for it, each with its count, section and the holidays left out.
        counted: the clock that gave the date; None where the law gives none, and it is our own.
        extended: the extension that was taken; None for none.
        safe: the last working day up to the due day.
        strict: the due day by the strictest reading of "business day"; None where that changes nothing.
        changes: what had it computed anew, the oldest first.
    """

    kind: Kind
    received_on: date
    due: date
    open: bool
    clocks: tuple[Due, ...]
    counted: Due | None
    extended: Extended | None
    safe: date
    strict: date | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why a case's dates are those dates.

    Attributes:
        ref: the case.
        law: the short name of the law in force for it.
        law_name: what people call that law.
        reviewed_on: when somebody last compared its rules with the law.
        zone: the business's time zone, whose days count.
        received_at: when the mail reached the inbox, in UTC.
        requests: each with its reason.
    """

    ref: str
    law: str
    law_name: str
    reviewed_on: date
    zone: str
    received_at: datetime
    requests: tuple[Reason, ...]
