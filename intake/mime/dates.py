"""Date headers in any shape."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d{1,6})?(?: ?(?:Z|[+-]\d\d:?\d\d))?")
_LONGEST: Final = 120


def read(value: str) -> datetime | None:
    """The moment a Date header names, in UTC when it names no zone; None when it cannot be understood.

    Args:
        value: the header on one line.
    """
    value = value[:_LONGEST].strip()
    if not value:
        return None
    for attempt in (parsedate_to_datetime, _iso):
        try:
            found = attempt(value)
            return found if found.tzinfo else found.replace(tzinfo=UTC)
        except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
            continue
    return None


def _iso(value: str) -> datetime:
    matched = _ISO.search(value)
    if matched is None:
        raise ValueError(value)
    return datetime.fromisoformat(matched[0].replace(" +", "+").replace(" -", "-"))
