"""When somebody is reminded, for any date, in any zone, across both changes of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from store.rules.reminders import HOUR, LADDER, next_moment, rung

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
ZONES = some.sampled_from(
    [
        LOS_ANGELES,
        *(ZoneInfo(name) for name in ("UTC", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata")),
    ]
)
DAYS = some.dates(date(2020, 1, 1), date(2040, 1, 1))
MOMENTS = some.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001 - bounds


@pytest.mark.parametrize(
    ("days_left", "step"),
    [(45, None), (15, None), (14, 14), (8, 14), (7, 7), (4, 7), (3, 3), (2, 3), (1, 1), (0, 0), (-1, -1), (-30, -30)],
)
def test_of_the_reminders_that_were_missed_the_latest_applies(days_left: int, step: int | None) -> None:
    assert rung(days_left) == step


@given(days_left=some.integers(-10_000, 10_000))
def test_a_rung_has_been_reached_and_no_lower_one_has(days_left: int) -> None:
    step = rung(days_left)

    if step is None:
        assert days_left > max(LADDER)
    elif days_left >= 0:
        assert step >= days_left
        assert not [lower for lower in LADDER if days_left <= lower < step]
    else:
        assert step == days_left


@given(due=DAYS, after=MOMENTS, zone=ZONES)
@example(due=date(2027, 3, 14), after=datetime(2027, 3, 13, 17, tzinfo=UTC), zone=LOS_ANGELES)
@example(due=date(2027, 11, 7), after=datetime(2027, 11, 6, 16, tzinfo=UTC), zone=LOS_ANGELES)
def test_the_next_look_is_later_at_nine_and_on_a_day_that_counts(due: date, after: datetime, zone: ZoneInfo) -> None:
    moment = next_moment(due, after, zone)
    there = moment.astimezone(zone)
    left = (due - there.date()).days

    assert moment > after
    assert moment.utcoffset() == timedelta()
    assert there.time() == HOUR == time(9)
    assert left in LADDER or left < 0


@given(due=DAYS, after=MOMENTS, zone=ZONES)
def test_no_day_that_counts_lies_between(due: date, after: datetime, zone: ZoneInfo) -> None:
    moment = next_moment(due, after, zone)
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
    assert next_moment(due, after, LOS_ANGELES) == look
