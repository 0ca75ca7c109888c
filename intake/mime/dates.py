"""Date headers in any shape."""

# ruff: noqa: RUF001 - letters of other scripts are the very matter here

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final

_LONGEST: Final = 120
_OLDEST: Final = 1900
_USUAL: Final = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? ([+-]\d\d)(\d\d)", re.ASCII
)
_ISO: Final = re.compile(r"\d{4}([-/])\d\d\1\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d{1,6})?(?: ?(?:Z|[+-]\d\d:?\d\d))?")
_COMMENT: Final = re.compile(r"\([^()]{0,80}\)")
_ZONE: Final = re.compile(r"(?:\b(?:GMT|UTC) ?)?([+-]\d\d):?(\d\d)$")
_MERIDIEM: Final = re.compile(r"\d ?([ap])\.?m\b\.?", re.IGNORECASE)
_TIME: Final = re.compile(r"\b(\d{1,2})[:.h](\d\d)(?:[:.](\d\d))?\b")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_DAY: Final = re.compile(r"\b([0-3]?\d)(?:st|nd|rd|th|º|\.)?(?![\d:])")
_WORD: Final = re.compile(r"[^\W\d_]{3,12}")
# The beginnings of the months' names, January first, as mail programs in other languages write them.
_MONTHS: Final = {
    start: number
    for number, starts in enumerate(
        (
            "jan ene gen sty янв січ oca tam",
            "feb fév fev lut фев лют şub hel",
            "mar mär mrt мар бер maal",
            "apr abr avr kwi апр кві nis huh",
            "may mai maj mag mei мая май тра tou",
            "jun juin giu cze июн чер haz kes",
            "jul juil lug lip июл лип tem hei",
            "aug ago aoû aou sie авг сер ağu elo",
            "sep set wrz сен вер eyl syy",
            "oct okt out ott paź paz окт жов eki lok",
            "nov ноя lis kas",
            "dec dic déc dez gru дек гру ara jou",
        ),
        start=1,
    )
    for start in starts.split()
}


def read(value: str) -> datetime | None:
    """The moment a Date header names, in UTC when it names no zone; None when it cannot be understood.

    Args:
        value: the header on one line.
    """
    value = _COMMENT.sub(" ", value[:_LONGEST]).strip()
    if not value:
        return None
    value = _ZONE.sub(r"\1\2", value)
    for attempt in (_iso, _loosely) if _MERIDIEM.search(value) else (_usual, parsedate_to_datetime, _iso, _loosely):
        try:
            found = attempt(value)
            found = found if found.tzinfo else found.replace(tzinfo=UTC)
        except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
            continue
        return found if found.year >= _OLDEST else None
    return None


def _usual(value: str) -> datetime:
    """As nearly all programs write it (RFC 5322, 3.3); the standard library takes ten times as long."""
    matched = _USUAL.fullmatch(value)
    if matched is None:
        raise ValueError(value)
    day, month, year, hour, minute, second, hours, minutes = matched.groups()
    zone = timezone(timedelta(hours=int(hours), minutes=int(f"{hours[0]}{minutes}")))
    return datetime(int(year), _month(month.lower()), int(day), int(hour), int(minute), int(second or 0), tzinfo=zone)


def _iso(value: str) -> datetime:
    matched = _ISO.search(value)
    if matched is None:
        raise ValueError(value)
    return datetime.fromisoformat(matched[0].replace("/", "-").replace(" +", "+").replace(" -", "-"))


def _loosely(value: str) -> datetime:
    """Day, month's name and year in any order and many languages, with or without a time."""
    year, time, zone = _YEAR.search(value), _TIME.search(value), _ZONE.search(value)
    if year is None:
        raise ValueError(value)
    # The last word that may be a month: "mar." before it is a Tuesday in France.
    month = next((found for word in reversed(_WORD.findall(value.lower())) if (found := _month(word))), 0)
    hour, minute, second = (int(part or 0) for part in time.groups()) if time else (0, 0, 0)
    meridiem = _MERIDIEM.search(value)
    if meridiem:
        hour = hour % 12 + 12 * (meridiem[1] in "pP")
    rest = _YEAR.sub(" ", _TIME.sub(" ", value[: zone.start()] if zone else value))
    day = _DAY.search(rest)
    offset = timedelta(hours=int(zone[1]), minutes=int(f"{zone[1][0]}{zone[2]}")) if zone else timedelta()
    return datetime(int(year[0]), month, int(day[1]) if day else 0, hour, minute, second, tzinfo=timezone(offset))


def _month(word: str) -> int:
    return next((_MONTHS[word[:size]] for size in (4, 3) if word[:size] in _MONTHS), 0)
