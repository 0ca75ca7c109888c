"""Dates a reader can check with a calendar on the wall."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

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
    from store.rules.pack import Pack

LOS_ANGELES = ZoneInfo("America/Los_Angeles")

# kind, clock, received, due, holidays skipped
DATES = [
    ("delete", "acknowledge", "2026-01-05", "2026-01-20", "2026-01-19"),  # Martin Luther King Jr. Day within the count
    ("delete", "acknowledge", "2026-01-01", "2026-01-15", ""),  # received on a holiday, which is day 0 like any other
    ("delete", "acknowledge", "2026-01-02", "2026-01-16", ""),
    ("delete", "acknowledge", "2026-01-03", "2026-01-16", ""),  # received on a Saturday: Monday is business day 1
    ("delete", "acknowledge", "2026-01-04", "2026-01-16", ""),  # received on a Sunday: the same
    ("delete", "acknowledge", "2026-02-06", "2026-02-23", "2026-02-16"),
    ("delete", "acknowledge", "2026-03-20", "2026-04-06", "2026-03-31"),  # Cesar Chavez Day on a Tuesday
    ("delete", "acknowledge", "2027-03-19", "2027-04-05", "2027-03-31"),  # Cesar Chavez Day on a Wednesday
    ("delete", "acknowledge", "2027-03-31", "2027-04-14", ""),  # received on Cesar Chavez Day
    ("delete", "acknowledge", "2026-05-15", "2026-06-01", "2026-05-25"),
    ("delete", "acknowledge", "2026-06-05", "2026-06-22", "2026-06-19"),  # Juneteenth on a Friday
    (
        "delete",
        "acknowledge",
        "2026-06-22",
        "2026-07-07",
        "2026-07-03",
    ),  # Independence Day on a Saturday, observed on the Friday
    ("delete", "acknowledge", "2026-08-28", "2026-09-14", "2026-09-07"),
    ("delete", "acknowledge", "2026-10-30", "2026-11-16", "2026-11-11"),  # across the end of summer time
    ("delete", "acknowledge", "2026-11-13", "2026-12-01", "2026-11-26 2026-11-27"),  # Thanksgiving and the day after
    ("delete", "acknowledge", "2026-11-23", "2026-12-09", "2026-11-26 2026-11-27"),
    ("delete", "acknowledge", "2026-11-26", "2026-12-11", "2026-11-27"),  # received on Thanksgiving itself
    ("delete", "acknowledge", "2026-12-18", "2027-01-05", "2026-12-25 2027-01-01"),  # across the end of the year
    ("delete", "acknowledge", "2026-12-31", "2027-01-15", "2027-01-01"),
    (
        "delete",
        "acknowledge",
        "2027-06-10",
        "2027-06-25",
        "2027-06-18",
    ),  # Juneteenth on a Saturday, observed on the Friday
    (
        "delete",
        "acknowledge",
        "2027-12-20",
        "2028-01-05",
        "2027-12-24 2027-12-31",
    ),  # Christmas and New Year both observed on Fridays
    ("delete", "acknowledge", "2028-02-14", "2028-03-01", "2028-02-15 2028-02-21"),
    ("delete", "acknowledge", "2028-02-28", "2028-03-13", ""),  # a leap day within the count
    ("delete", "acknowledge", "2026-09-07", "2026-09-21", ""),
    ("opt_out", "respond", "2026-11-23", "2026-12-16", "2026-11-26 2026-11-27"),
    ("opt_out", "respond", "2026-12-11", "2027-01-05", "2026-12-25 2027-01-01"),
    ("opt_out", "respond", "2026-12-20", "2027-01-12", "2026-12-25 2027-01-01"),
    ("opt_out", "respond", "2027-01-01", "2027-01-25", "2027-01-18"),
    ("opt_out", "respond", "2027-10-15", "2027-11-08", "2027-10-29"),
    ("opt_out", "respond", "2026-03-16", "2026-04-07", "2026-03-31"),
    ("opt_out", "respond", "2028-02-11", "2028-03-07", "2028-02-15 2028-02-21"),
    ("opt_out", "respond", "2026-07-18", "2026-08-07", ""),  # fifteen days without a holiday
    ("limit", "respond", "2026-06-15", "2026-07-08", "2026-06-19 2026-07-03"),
    ("limit", "respond", "2027-12-17", "2028-01-11", "2027-12-24 2027-12-31"),
    ("admt_opt_out", "respond", "2027-01-01", "2027-01-25", "2027-01-18"),
    ("admt_opt_out", "respond", "2027-02-01", "2027-02-23", "2027-02-15"),
    ("know_specific", "respond", "2026-01-05", "2026-02-19", ""),
    ("know_specific", "respond", "2026-01-17", "2026-03-03", ""),
    ("know_specific", "respond", "2028-01-15", "2028-02-29", ""),  # due on the leap day
    ("know_specific", "respond", "2027-01-15", "2027-03-01", ""),  # the same in a common year
    ("know_specific", "respond", "2026-02-05", "2026-03-22", ""),  # due on a Sunday, and not moved
    ("know_specific", "respond", "2026-11-10", "2026-12-25", ""),  # due on Christmas Day, and not moved
    ("know_specific", "respond", "2026-11-17", "2027-01-01", ""),
    ("know_specific", "respond", "2026-12-31", "2027-02-14", ""),
    ("know_specific", "respond", "2028-02-29", "2028-04-14", ""),  # received on the leap day
    ("delete", "extended", "2026-01-05", "2026-04-05", ""),  # Martin Luther King Jr. Day within the count
    ("delete", "extended", "2027-12-01", "2028-02-29", ""),  # extended to the leap day
    ("delete", "extended", "2026-12-01", "2027-03-01", ""),
    ("delete", "extended", "2026-10-03", "2027-01-01", ""),
    ("delete", "extended", "2027-11-30", "2028-02-28", ""),
    ("correct", "respond", "2026-09-17", "2026-11-01", ""),
    ("know_categories", "extended", "2028-02-29", "2028-05-29", ""),
    ("admt_access", "respond", "2027-01-01", "2027-02-15", ""),
]


def days(text: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in text.split())


def by_clock(dues: tuple[Due, ...]) -> dict[Clock, Due]:
    return {due.clock: due for due in dues}


@pytest.mark.parametrize("row", DATES, ids=lambda row: " ".join(row[:3]))
def test_a_mail_of_this_day_is_due_on_that_day(
    california: Pack, holidays: frozenset[date], row: tuple[str, str, str, str, str]
) -> None:
    kind, clock, received, due, skipped = row

    found = by_clock(clocks(california, Kind(kind), date.fromisoformat(received), holidays))[Clock(clock)]

    assert (found.due, found.skipped) == (date.fromisoformat(due), days(skipped))


def test_a_request_shows_its_clocks_in_the_order_in_which_they_matter(
    california: Pack, holidays: frozenset[date]
) -> None:
    dues = clocks(california, Kind.DELETE, date(2026, 1, 5), holidays)

    assert [due.clock for due in dues] == [Clock.ACKNOWLEDGE, Clock.RESPOND, Clock.EXTENDED]


def test_without_holidays_only_weekends_are_left_out(california: Pack) -> None:
    due = clocks(california, Kind.DELETE, date(2026, 1, 5), ())[0]

    assert (due.due, due.skipped) == (date(2026, 1, 19), ())


@pytest.mark.parametrize(
    ("received", "months", "due"),
    [
        ("2026-01-15", 1, "2026-02-15"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 1, "2028-03-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-09-30", 3, "2026-12-30"),
        ("2026-10-31", 2, "2026-12-31"),
        ("2026-10-31", 14, "2027-12-31"),
    ],
)
def test_a_month_ends_on_the_same_day_or_on_the_last_one_there_is(
    california: Pack, received: str, months: int, due: str
) -> None:
    rule = ClockRule(Clock.RESPOND, (Kind.DELETE,), months, Unit.MONTHS, "Art. 12(3) GDPR", confirmed=True)
    pack = replace(california, clocks=(rule,))

    found = clocks(pack, Kind.DELETE, date.fromisoformat(received), ())

    assert found == (
        Due(Clock.RESPOND, date.fromisoformat(due), months, Unit.MONTHS, "Art. 12(3) GDPR", confirmed=True, skipped=()),
    )


def test_a_law_with_a_right_of_appeal_gives_the_appeal_its_own_clock(california: Pack) -> None:
    rule = ClockRule(Clock.APPEAL, (Kind.APPEAL,), 60, Unit.DAYS, "Va. Code § 59.1-577", confirmed=True)
    pack = replace(california, clocks=(*california.clocks, rule))

    (found,) = clocks(pack, Kind.APPEAL, date(2026, 1, 5), ())

    assert (found.clock, found.due) == (Clock.APPEAL, date(2026, 3, 6))


def test_a_law_that_changes_applies_to_what_is_received_from_that_day_on(california: Pack) -> None:
    old = ClockRule(Clock.RESPOND, (Kind.DELETE,), 45, Unit.DAYS, "old", confirmed=True)
    new = replace(old, count=30, citation="new", starts=date(2027, 7, 1))
    for rules in [(old, new), (new, old)]:
        pack = replace(california, clocks=rules)

        before, after = (clocks(pack, Kind.DELETE, date(2027, *day), ())[0] for day in [(6, 30), (7, 1)])

        assert (before.citation, before.count) == ("old", 45)
        assert (after.citation, after.count) == ("new", 30)


def test_the_conservative_alarm_counts_every_day(california: Pack, holidays: frozenset[date]) -> None:
    received = date(2026, 11, 13)
    acknowledge, respond, _ = clocks(california, Kind.DELETE, received, holidays)
    (opt_out,) = clocks(california, Kind.OPT_OUT, received, holidays)

    assert conservative_day(acknowledge, received) == date(2026, 11, 23)
    assert conservative_day(opt_out, received) == date(2026, 11, 28)
    assert conservative_day(respond, received) == respond.due


@pytest.mark.parametrize(
    ("due", "safe"),
    [
        ("2026-02-19", "2026-02-19"),  # a Thursday is its own
        ("2026-03-21", "2026-03-20"),  # a Saturday
        ("2026-03-22", "2026-03-20"),  # a Sunday
        ("2026-01-19", "2026-01-16"),  # a holiday after a weekend
        ("2026-11-27", "2026-11-25"),  # the day after Thanksgiving
        ("2026-11-29", "2026-11-25"),  # the Sunday after it
        ("2027-01-03", "2026-12-31"),  # back into the old year
        ("2028-01-01", "2027-12-30"),  # New Year on a Saturday, observed on the Friday
    ],
)
def test_reminders_aim_at_the_last_working_day_that_is_safe(holidays: frozenset[date], due: str, safe: str) -> None:
    assert last_safe_working_day(date.fromisoformat(due), holidays) == date.fromisoformat(safe)


@pytest.mark.parametrize(
    ("today", "left"), [("2026-02-12", 7), ("2026-02-18", 1), ("2026-02-19", 0), ("2026-02-20", -1)]
)
def test_a_case_has_so_many_days_left(today: str, left: int) -> None:
    assert days_left(date(2026, 2, 19), date.fromisoformat(today)) == left


@pytest.mark.parametrize(
    ("due", "missed_from"),
    [
        ("2026-02-19", "2026-02-20T08:00"),
        ("2026-03-07", "2026-03-08T08:00"),  # the eve of summer time
        ("2026-03-08", "2026-03-09T07:00"),  # its first day has 23 hours
        ("2026-06-30", "2026-07-01T07:00"),
        ("2026-10-31", "2026-11-01T07:00"),
        ("2026-11-01", "2026-11-02T08:00"),  # the last day of summer time has 25 hours
        ("2026-12-31", "2027-01-01T08:00"),
        ("2028-02-28", "2028-02-29T08:00"),
        ("2028-02-29", "2028-03-01T08:00"),
    ],
)
def test_in_los_angeles_a_date_is_missed_from_the_midnight_after_it(due: str, missed_from: str) -> None:
    moment = first_moment_after(date.fromisoformat(due), LOS_ANGELES)

    assert moment == datetime.fromisoformat(missed_from).replace(tzinfo=UTC)
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("zone", "due", "missed_from"),
    [
        ("America/Santiago", "2026-09-05", "2026-09-06T04:00"),  # midnight is skipped: the day starts at one
        ("America/Havana", "2026-10-31", "2026-11-01T04:00"),  # midnight comes twice: the first counts
        ("America/Sao_Paulo", "2018-02-17", "2018-02-18T03:00"),  # the hour before midnight comes twice
        ("Asia/Kolkata", "2026-05-01", "2026-05-01T18:30"),
        ("Pacific/Kiritimati", "2026-05-01", "2026-05-01T10:00"),
    ],
)
def test_the_whole_due_day_is_included_wherever_the_business_is(zone: str, due: str, missed_from: str) -> None:
    moment = first_moment_after(date.fromisoformat(due), ZoneInfo(zone))

    assert moment == datetime.fromisoformat(missed_from).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-01-06T07:59:59+00:00", "2026-01-05"),
        ("2026-01-06T08:00:00+00:00", "2026-01-06"),
        ("2026-07-06T06:59:59+00:00", "2026-07-05"),
        ("2026-07-06T07:00:00+00:00", "2026-07-06"),
        ("2026-01-05T23:30:00-08:00", "2026-01-05"),
        ("2026-01-06T09:00:00+14:00", "2026-01-05"),
    ],
)
def test_a_mail_is_received_on_the_day_it_is_at_the_business(moment: str, day: str) -> None:
    assert local_day(datetime.fromisoformat(moment), LOS_ANGELES) == date.fromisoformat(day)


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="The moment 2026-01-05T12:00:00 does not say its time zone"):
        local_day(datetime(2026, 1, 5, 12), LOS_ANGELES)  # noqa: DTZ001 - the fault in question


def test_a_day_lost_to_summer_time_costs_no_calendar_day(california: Pack) -> None:
    respond = by_clock(clocks(california, Kind.DELETE, date(2026, 2, 1), ()))[Clock.RESPOND]

    assert first_moment_after(respond.due, LOS_ANGELES) - first_moment_after(
        date(2026, 2, 1), LOS_ANGELES
    ) == timedelta(days=45, hours=-1)
