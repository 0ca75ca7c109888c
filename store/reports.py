"""What is told about the law as plain data, ready for JSON and for printing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from store import calendars
from store.rules.deadlines import clocks
from store.rules.kinds import Kind
from store.rules.pack import Pack
from store.rules.reminders import Aim, aim
from store.why import Why


def deadlines_report(pack: Pack, kind: str, received: date, own_holidays: Collection[date] = ()) -> dict[str, Any]:
    """The dates of a request: what `rightsdesk deadlines --json` prints.

    Args:
        pack: the law.
        kind: the right invoked, such as "delete".
        received: the day of receipt in the business's time zone.
        own_holidays: the business's own days that are no business days, besides the law's.

    Returns:
        `{"law", "kind", "received", "clocks": [{"clock", "due", "count", "unit", "citation", "confirmed", "skipped"}]}`
        with days as ISO 8601 texts. A clock that the law does not have is absent.

    Raises:
        ValueError: there is no such kind.
    """
    right, holidays = Kind(kind), _holidays(pack, received, own_holidays)
    dues = clocks(pack, right, received, holidays)
    return {"law": pack.law, "kind": right.value, "received": received.isoformat(), "clocks": _plain(dues)}


def aims(pack: Pack, kind: str, received: date, own_holidays: Collection[date] = ()) -> dict[str, Aim]:
    """What the reminders of each of these dates would aim at, by the clock's name."""
    holidays = _holidays(pack, received, own_holidays)
    dues = clocks(pack, Kind(kind), received, holidays)
    return {due.clock.value: aim(due.due, due, received, holidays) for due in dues}


def why_report(why: Why) -> dict[str, Any]:
    """Why a case's dates are those dates: what `rightsdesk deadlines PR-1001 --json` prints.

    Returns:
        One key for each attribute of `Why` and, in its rows, of `Reason`; days and moments as ISO 8601 texts.
    """
    report: dict[str, Any] = _plain(why)
    return report


def law_report(pack: Pack) -> dict[str, Any]:
    """Everything in a pack, with every citation, every `confirmed` mark and the day of the last review.

    Returns:
        One key for each attribute of `Pack` and, in their rows, of the rows; days as ISO 8601 texts.
    """
    return {field.name: _plain(getattr(pack, field.name)) for field in fields(pack)}


def _holidays(pack: Pack, received: date, own: Collection[date]) -> frozenset[date]:
    return calendars.holidays_of(pack.holiday_calendar, received.year, received.year + 1) | frozenset(own)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
