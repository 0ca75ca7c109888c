from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from store.calendars import CalendarError, holidays_of


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-19",  # Martin Luther King Jr. Day
        "2026-02-16",  # Presidents' Day
        "2026-03-31",  # Cesar Chavez Day
        "2027-03-31",
        "2028-03-31",
        "2026-06-19",  # Juneteenth
        "2026-07-03",  # Independence Day, observed on the Friday
        "2026-11-11",  # Veterans Day
        "2026-11-26",  # Thanksgiving
        "2026-11-27",  # the day after it
        "2026-12-25",  # Christmas
        "2027-07-05",  # Independence Day, observed on the Monday
        "2027-12-31",  # New Year of 2028, observed in the old year
    ],
)
def test_california_does_not_work_on_this_day(day: str) -> None:
    assert date.fromisoformat(day) in holidays_of("US-CA", 2026, 2028)


@pytest.mark.parametrize("day", ["2026-10-12", "2026-11-25", "2026-12-24", "2027-01-04"])
def test_california_works_on_this_day(day: str) -> None:
    assert date.fromisoformat(day) not in holidays_of("US-CA", 2026, 2028)


def test_a_new_year_observed_in_the_old_year_is_known_when_only_the_old_year_is_asked_for() -> None:
    assert date(2027, 12, 31) in holidays_of("US-CA", 2027, 2027)


def test_the_first_and_the_last_year_and_no_other_are_in_it() -> None:
    assert {day.year for day in holidays_of("US-CA", 2026, 2028)} == {2026, 2027, 2028}


def test_another_place_has_other_holidays() -> None:
    unity_day = date(2026, 10, 3)

    assert unity_day in holidays_of("DE", 2026, 2026)
    assert unity_day not in holidays_of("US-CA", 2026, 2026)
    assert date(2026, 3, 31) not in holidays_of("US", 2026, 2026)


@pytest.mark.parametrize("calendar", ["US-XX", "XX", " "])
def test_an_unknown_calendar_is_named_with_what_to_write(calendar: str) -> None:
    with pytest.raises(CalendarError) as refused:
        holidays_of(calendar, 2026, 2026)

    assert str(refused.value) == (
        f"There is no holiday calendar {calendar!r}. Write a country or a country's part, such as 'US-CA'."
    )


def test_a_law_without_a_calendar_has_no_holidays() -> None:
    assert holidays_of("", 2026, 2028) == frozenset()


def test_the_library_is_loaded_only_when_a_holiday_is_asked_for() -> None:
    program = "import sys, store.calendars; print('holidays' in sys.modules)"

    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)

    assert run.stdout == "False\n"
