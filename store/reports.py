"""What is told about the law as plain data, ready for JSON and for printing."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from store import calendars, packs
from store.rules.deadlines import clocks
from store.rules.kinds import Kind


def deadlines_report(law: str, kind: str, received: date) -> dict[str, Any]:
    """The dates of a request: what `rightsdesk deadlines --json` prints.

    Args:
        law: the law's short name, such as "us-ca".
        kind: the right invoked, such as "delete".
        received: the day of receipt in the business's time zone.

    Returns:
        `{"law", "kind", "received", "clocks": [{"clock", "due", "count", "unit", "citation", "confirmed", "skipped"}]}`
        with days as ISO 8601 texts. A clock that the law does not have is absent.

    Raises:
        PackError: there is no such law.
        ValueError: there is no such kind.
    """
    pack = packs.law(law)
    right = Kind(kind)
    holidays = calendars.holidays_of(pack.holiday_calendar, received.year, received.year + 1)
    dues = clocks(pack, right, received, holidays)
    return {"law": pack.law, "kind": right.value, "received": received.isoformat(), "clocks": _plain(dues)}


def law_report(law: str) -> dict[str, Any]:
    """Everything in a pack, with every citation, every `confirmed` mark and the day of the last review.

    Args:
        law: the law's short name, such as "us-ca".

    Returns:
        One key for each attribute of `Pack` and, in their rows, of the rows; days as ISO 8601 texts.

    Raises:
        PackError: there is no such law.
    """
    pack = packs.law(law)
    return {field.name: _plain(getattr(pack, field.name)) for field in fields(pack)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
