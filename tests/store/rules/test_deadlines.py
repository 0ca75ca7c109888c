"""The same dates, computed again in a slow and different way, for any receipt and any holidays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from store.packs import law
from store.rules.deadlines import (
    Clock,
    Due,
    Unit,
    clocks,
    conservative_day,
    days_left,
    first_moment_after,
    last_safe_working_day,
    local_day,
)
from store.rules.kinds import Kind
from store.rules.rows import ClockRule

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

MOMENT = timedelta(microseconds=1)
WORKING = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
ZONES = (
    "UTC",
    "America/Los_Angeles",
    "America/New_York",
    "America/Santiago",
    "America/Havana",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Europe/Dublin",
)

days = st.dates(date(2020, 1, 1), date(2045, 12, 31))
counts = st.integers(1, 60)


@st.composite
def receipts(draw: st.DrawFn) -> tuple[date, frozenset[date]]:
    """A day, and holidays scattered over the half year around it."""
    received = draw(days)
    offsets = draw(st.frozensets(st.integers(-20, 180), max_size=40))
    return received, frozenset(received + timedelta(days=offset) for offset in offsets)


def counted(received: date, count: int, unit: Unit, holidays: AbstractSet[date]) -> Due:
    rule = ClockRule(Clock.RESPOND, (Kind.DELETE,), count, unit, "section", confirmed=True)
    (due,) = clocks(replace(law("us-ca"), clocks=(rule,)), Kind.DELETE, received, holidays)
    return due


def following(day: date, last: int) -> list[date]:
    return [date.fromordinal(number) for number in range(day.toordinal() + 1, day.toordinal() + last + 1)]


def works(day: date, holidays: AbstractSet[date]) -> bool:
    return format(day, "%A") in WORKING and day not in holidays


@given(receipts(), counts)
def test_business_days_are_the_working_days_of_a_calendar_ticked_off(
    receipt: tuple[date, frozenset[date]], count: int
) -> None:
    received, holidays = receipt
    due = counted(received, count, Unit.BUSINESS_DAYS, holidays)
    ticked = [day for day in following(received, 200) if works(day, holidays)]
    between = [day for day in following(received, 200) if day <= ticked[count - 1]]

    assert due.due == ticked[count - 1]
    assert list(due.skipped) == [day for day in between if format(day, "%A") in WORKING and day in holidays]


@given(receipts(), counts)
def test_calendar_days_take_no_notice_of_holidays(receipt: tuple[date, frozenset[date]], count: int) -> None:
    received, holidays = receipt
    due = counted(received, count, Unit.DAYS, holidays)

    assert due.due == following(received, count)[-1]
    assert due.skipped == ()


@given(receipts(), st.integers(1, 30))
def test_months_are_pages_turned_on_a_calendar(receipt: tuple[date, frozenset[date]], count: int) -> None:
    received, holidays = receipt
    due = counted(received, count, Unit.MONTHS, holidays)
    pages: list[list[date]] = [[]]
    for day in following(received, 31 * (count + 2)):
        if day.day == 1:
            pages.append([])
        pages[-1].append(day)
    same_or_shorter = [day for day in pages[count] if day.day <= received.day]

    assert due.due == same_or_shorter[-1]
    assert due.skipped == ()


@given(receipts(), counts, st.sampled_from(Unit))
def test_the_conservative_alarm_never_comes_after_the_date(
    receipt: tuple[date, frozenset[date]], count: int, unit: Unit
) -> None:
    received, holidays = receipt
    due = counted(received, count, unit, holidays)
    alarm = conservative_day(due, received)

    assert received < alarm <= due.due
    assert alarm == (following(received, count)[-1] if unit is Unit.BUSINESS_DAYS else due.due)


@given(receipts(), counts, st.sampled_from(Unit))
def test_a_day_later_is_never_due_earlier(receipt: tuple[date, frozenset[date]], count: int, unit: Unit) -> None:
    received, holidays = receipt
    today, tomorrow = (counted(day, count, unit, holidays) for day in (received, received + timedelta(days=1)))

    assert today.due <= tomorrow.due


@given(receipts())
def test_the_safe_day_is_the_last_one_on_which_people_work(receipt: tuple[date, frozenset[date]]) -> None:
    due, holidays = receipt
    safe = last_safe_working_day(due, holidays)

    assert safe <= due
    assert works(safe, holidays)
    assert not any(works(day, holidays) for day in following(safe, (due - safe).days))


@given(days, st.sampled_from(ZONES))
def test_the_last_moment_of_the_due_day_is_in_time_and_the_next_is_not(due: date, zone: str) -> None:
    missed = first_moment_after(due, ZoneInfo(zone))

    assert local_day(missed - MOMENT, ZoneInfo(zone)) == due
    assert local_day(missed, ZoneInfo(zone)) == due + timedelta(days=1)


@given(days, days)
def test_days_left_are_the_days_torn_off_until_the_due_day(due: date, today: date) -> None:
    assert days_left(due, today) == -days_left(today, due)
    assert today + timedelta(days=days_left(due, today)) == due
