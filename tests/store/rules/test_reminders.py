"""When somebody is reminded, for any date, in any zone, across both changes of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from store.rules.deadlines import Clock, Due, Unit
from store.rules.reminders import ALARM, HOUR, LADDER, Aim, aim, next_moment, rung

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
ZONES = some.sampled_from(
    [
        LOS_ANGELES,
        *(ZoneInfo(name) for name in ("UTC", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata")),
    ]
)
DAYS = some.dates(date(2020, 1, 1), date(2040, 1, 1))
MOMENTS = some.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001 - bounds


DUE = date(2027, 2, 26)
"""A Friday."""


def plain(due: date) -> Aim:
    """The aim at a day that counts as a working day, whatever day it is."""
    return Aim(due, due)


@pytest.mark.parametrize(
    ("days_left", "step"),
    [(45, None), (15, None), (14, 14), (8, 14), (7, 7), (4, 7), (3, 3), (2, 3), (1, 1), (0, 0), (-1, -1), (-30, -30)],
)
def test_of_the_reminders_that_were_missed_the_latest_applies(days_left: int, step: int | None) -> None:
    assert rung(plain(DUE), DUE - timedelta(days=days_left)) == step


def test_the_next_moment_is_told_in_utc() -> None:
    assert next_moment(plain(DUE), datetime(2027, 2, 1, tzinfo=UTC), LOS_ANGELES).tzinfo is UTC


@given(days_left=some.integers(-10_000, 10_000))
def test_a_rung_has_been_reached_and_no_lower_one_has(days_left: int) -> None:
    step = rung(plain(DUE), DUE - timedelta(days=days_left))

    if step is None:
        assert days_left > max(LADDER)
    elif days_left >= 0:
        assert step >= days_left
        assert not [lower for lower in LADDER if days_left <= lower < step]
    else:
        assert step == days_left


def counted(unit: Unit, count: int, due: date) -> Due:
    return Due(Clock.RESPOND, due, count, unit, "section", confirmed=True, skipped=())


def test_reminders_aim_at_the_last_working_day_up_to_the_due_day_section_1(holidays: frozenset[date]) -> None:
    sunday = date(2026, 11, 29)  # after Thanksgiving and the Friday behind it
    found = aim(sunday, counted(Unit.DAYS, 45, sunday), date(2026, 10, 15), holidays)

    assert found == Aim(sunday, safe=date(2026, 11, 25))
    assert [rung(found, date(2026, 11, day)) for day in (24, 25, 26, 29, 30)] == [1, 0, 0, 0, -1]


def test_the_conservative_alarm_comes_on_a_working_day_beside_the_ladder_section_1(holidays: frozenset[date]) -> None:
    received, due = date(2026, 11, 13), date(2026, 12, 8)
    found = aim(due, counted(Unit.BUSINESS_DAYS, 15, due), received, holidays)

    assert found == Aim(due, due, strict=date(2026, 11, 28), alarm=date(2026, 11, 25))
    days = (date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 30), date(2026, 12, 1))
    assert [rung(found, day) for day in days] == [None, 14, ALARM, ALARM, 7]


def test_on_one_day_with_the_alarm_the_ladder_speaks() -> None:
    found = Aim(DUE, DUE, strict=DUE - timedelta(days=7), alarm=DUE - timedelta(days=7))

    assert rung(found, DUE - timedelta(days=7)) == 7


def test_a_date_of_our_own_and_one_in_calendar_days_have_no_strict_reading() -> None:
    assert aim(DUE, None, date(2027, 1, 12), ()) == Aim(DUE, DUE)
    assert aim(DUE, counted(Unit.DAYS, 45, DUE), date(2027, 1, 12), ()) == Aim(DUE, DUE)
    assert aim(DUE, counted(Unit.MONTHS, 1, DUE), date(2027, 1, 26), ()) == Aim(DUE, DUE)


def test_the_alarm_is_looked_for_too() -> None:
    found = Aim(DUE, DUE, strict=date(2027, 2, 20), alarm=date(2027, 2, 18))

    assert next_moment(found, datetime(2027, 2, 13, tzinfo=UTC), LOS_ANGELES) == datetime(2027, 2, 18, 17, tzinfo=UTC)
    assert next_moment(found, datetime(2027, 2, 19, tzinfo=UTC), LOS_ANGELES) == datetime(2027, 2, 19, 17, tzinfo=UTC)


def test_between_the_last_working_day_and_the_due_day_nobody_is_woken(holidays: frozenset[date]) -> None:
    sunday = date(2026, 11, 29)
    found = aim(sunday, None, date(2026, 10, 15), holidays)

    look = next_moment(found, datetime(2026, 11, 25, 17, 0, tzinfo=UTC), LOS_ANGELES)
    assert look == datetime(2026, 11, 30, 17, 0, tzinfo=UTC)


@given(due=DAYS, after=MOMENTS, zone=ZONES)
@example(due=date(2027, 3, 14), after=datetime(2027, 3, 13, 17, tzinfo=UTC), zone=LOS_ANGELES)
@example(due=date(2027, 11, 7), after=datetime(2027, 11, 6, 16, tzinfo=UTC), zone=LOS_ANGELES)
def test_the_next_look_is_later_at_nine_and_on_a_day_that_counts(due: date, after: datetime, zone: ZoneInfo) -> None:
    moment = next_moment(plain(due), after, zone)
    there = moment.astimezone(zone)
    left = (due - there.date()).days

    assert moment > after
    assert moment.utcoffset() == timedelta()
    assert there.time() == HOUR == time(9)
    assert left in LADDER or left < 0


@given(due=DAYS, after=MOMENTS, zone=ZONES)
def test_no_day_that_counts_lies_between(due: date, after: datetime, zone: ZoneInfo) -> None:
    moment = next_moment(plain(due), after, zone)
    days = [due - timedelta(days=step) for step in LADDER] + [due + timedelta(days=late) for late in range(1, 4)]
    looks = [datetime.combine(day, HOUR, zone) for day in days]

    assert not [look for look in looks if after < look < moment]


@pytest.mark.parametrize(
    ("due", "after", "look"),
    [
        # The clocks of Los Angeles go forward on 14 March 2027 and back on 7 November 2027.
        (date(2027, 3, 14), datetime(2027, 3, 13, 17, 0, tzinfo=UTC), datetime(2027, 3, 14, 16, 0, tzinfo=UTC)),
        (date(2027, 11, 7), datetime(2027, 11, 6, 16, 0, tzinfo=UTC), datetime(2027, 11, 7, 17, 0, tzinfo=UTC)),
        # Just past nine on the due day: the next look is tomorrow at nine; at eight of the day after: within the hour.
        (date(2027, 2, 26), datetime(2027, 2, 26, 17, 0, 1, tzinfo=UTC), datetime(2027, 2, 27, 17, 0, tzinfo=UTC)),
        (date(2027, 2, 26), datetime(2027, 3, 3, 16, 0, tzinfo=UTC), datetime(2027, 3, 3, 17, 0, tzinfo=UTC)),
        (date(2027, 2, 26), datetime(2027, 3, 3, 17, 0, tzinfo=UTC), datetime(2027, 3, 4, 17, 0, tzinfo=UTC)),
    ],
)
def test_nine_is_nine_on_the_wall(due: date, after: datetime, look: datetime) -> None:
    assert next_moment(plain(due), after, LOS_ANGELES) == look
