"""When the law wants what: dates counted from receipt.

Receipt is day 0, in the business's time zone, and the whole due day is included. A due day on a weekend or a holiday is
not moved: what people are reminded of is the last working day up to it (law.md, section 1).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from store.rules.terms import Clock, Unit

if TYPE_CHECKING:
    from collections.abc import Collection
    from zoneinfo import ZoneInfo

    from store.rules.kinds import Kind
    from store.rules.pack import Pack
    from store.rules.rows import ClockRule

__all__ = [
    "Clock",
    "Due",
    "Unit",
    "answer_clock",
    "clocks",
    "conservative_day",
    "days_left",
    "first_moment_after",
    "last_safe_working_day",
    "local_day",
]

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Due:
    """The date of one clock, and why it is that date.

    Attributes:
        clock: which limit.
        due: its last day, all of it included, in the business's time zone.
        count: how many units from receipt.
        unit: what was counted.
        citation: where the law says so.
        confirmed: whether that was found in a stored text.
        skipped: the holidays that a count of business days left out, weekends apart; empty for other units.
    """

    clock: Clock
    due: date
    count: int
    unit: Unit
    citation: str
    confirmed: bool
    skipped: tuple[date, ...]


def clocks(pack: Pack, kind: Kind, received: date, holidays: Collection[date]) -> tuple[Due, ...]:
    """The dates of a request.

    Args:
        pack: the law.
        kind: the right invoked.
        received: the day on which the mail reached any monitored mailbox, in the business's time zone.
        holidays: the days of the law's calendar that are no business days, from receipt to well past the last date.

    Returns:
        One for each clock that the law has for this kind on that day, in the order of `Clock`; the extended one is
        counted from receipt too. Empty where the law sets no time, as California does for an appeal.
    """
    rules = (_in_force(pack, clock, kind, received) for clock in Clock)
    return tuple(_due(rule, received, holidays) for rule in rules if rule)


def answer_clock(dues: Collection[Due]) -> Due | None:
    """The clock that the answer to a request is measured by: the one to respond, or the one to decide an appeal.

    Args:
        dues: what `clocks` gave.

    Returns:
        None where the law sets no time.
    """
    return next((due for due in dues if due.clock in (Clock.RESPOND, Clock.APPEAL)), None)


def conservative_day(due: Due, received: date) -> date:
    """The date by the strictest reading of "business day", which no regulation defines: every day counts.

    Args:
        due: a date that `clocks` gave.
        received: the day of receipt it was counted from.

    Returns:
        The day to warn for: calendar day 10 for 10 business days; the due day itself for other units.
    """
    return received + due.count * _DAY if due.unit is Unit.BUSINESS_DAYS else due.due


def last_safe_working_day(due: date, holidays: Collection[date]) -> date:
    """The last day up to and including the due day that is neither on a weekend nor a holiday.

    Args:
        due: the last day of a clock.
        holidays: the days of the law's calendar that are no business days, around the due day.
    """
    while not _is_business_day(due, holidays):
        due -= _DAY
    return due


def months_after(day: date, count: int) -> date:
    """The same day of a later month (an earlier one, for a negative count), or its last day where it is shorter."""
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def days_left(due: date, today: date) -> int:
    """How many calendar days remain: 0 on the due day itself, negative once it has passed.

    Args:
        due: the last day of a clock.
        today: the present day in the business's time zone.
    """
    return (due - today).days


def first_moment_after(due: date, zone: ZoneInfo) -> datetime:
    """The moment from which on a date is missed: the whole due day is included.

    Args:
        due: the last day of a clock.
        zone: the business's time zone.

    Returns:
        The first moment of the following local day, as an aware datetime in UTC. Where the clocks skip that midnight it
        is the moment after the gap; where midnight comes twice, the first.
    """
    return datetime.combine(due + _DAY, time.min, zone).astimezone(UTC)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day that a moment falls on.

    Args:
        moment: an aware datetime in any zone.
        zone: the business's time zone.

    Returns:
        The day in that zone.

    Raises:
        ValueError: the moment does not say its zone, so that its day would depend on the machine.
    """
    if moment.utcoffset() is None:
        raise ValueError(f"The moment {moment.isoformat()} does not say its time zone.")
    return moment.astimezone(zone).date()


def _in_force(pack: Pack, clock: Clock, kind: Kind, received: date) -> ClockRule | None:
    """The rule for requests received on that day: of several, the one that started last."""
    started = [
        rule
        for rule in pack.clocks
        if rule.clock is clock and kind in rule.kinds and (rule.starts or date.min) <= received
    ]
    return max(started, key=lambda rule: rule.starts or date.min, default=None)


def _due(rule: ClockRule, received: date, holidays: Collection[date]) -> Due:
    skipped: tuple[date, ...] = ()
    match rule.unit:
        case Unit.BUSINESS_DAYS:
            day, skipped = _business_days_after(received, rule.count, holidays)
        case Unit.MONTHS:
            day = months_after(received, rule.count)
        case _:
            day = received + rule.count * _DAY
    return Due(rule.clock, day, rule.count, rule.unit, rule.citation, rule.confirmed, skipped)


def _business_days_after(day: date, count: int, holidays: Collection[date]) -> tuple[date, tuple[date, ...]]:
    skipped = []
    while count:
        day += _DAY
        if _is_business_day(day, holidays):
            count -= 1
        elif day.weekday() < _SATURDAY:
            skipped.append(day)
    return day, tuple(skipped)


def _is_business_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < _SATURDAY and day not in holidays
