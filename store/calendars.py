"""The holidays that a count of business days leaves out, so that the rules need no library to know them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class CalendarError(ValueError):
    """There is no such holiday calendar; the sentence names it and says what to write."""


def holidays_of(calendar: str, first: int, last: int) -> frozenset[date]:
    """The public holidays of some years, on their own days and on those they are observed on.

    Args:
        calendar: a country, or a country and its part: "DE", "US-CA"; empty for a law that has none.
        first: the first year.
        last: the last year, included.

    Returns:
        Their days, weekends included, as the `holidays` library knows them.

    Raises:
        CalendarError: the library has no such calendar.
    """
    if not calendar:
        return frozenset()
    return frozenset().union(*(_holidays_in(calendar, year) for year in range(first, last + 1)))


@cache
def _holidays_in(calendar: str, year: int) -> frozenset[date]:
    import holidays

    country, _, part = calendar.partition("-")
    try:
        return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))
    except NotImplementedError as error:
        raise CalendarError(
            f"There is no holiday calendar {calendar!r}. Write a country or a country's part, such as 'US-CA'."
        ) from error
