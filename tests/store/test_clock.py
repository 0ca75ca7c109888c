"""Time as the edges hand it inwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from store.clock import MovableClock, system_clock

A_MOMENT = timedelta(seconds=30)


def test_the_machines_clock_is_aware_and_in_utc() -> None:
    assert system_clock().tzinfo is UTC


def test_a_movable_clock_runs_with_the_machines_until_it_is_set() -> None:
    clock = MovableClock()
    early, now, late = system_clock(), clock(), system_clock()

    assert early <= now <= late


def test_a_clock_set_ahead_runs_on_from_there() -> None:
    clock = MovableClock(timedelta(days=1))
    clock.advance(timedelta(days=37))

    assert abs(clock() - system_clock() - timedelta(days=38)) < A_MOMENT


def test_a_clock_is_set_to_a_moment_in_any_zone() -> None:
    clock = MovableClock()
    moment = datetime.fromisoformat("2027-01-05T09:00:00-08:00")
    clock.move_to(moment)
    first, second = clock(), clock()

    assert moment <= first <= second < moment + A_MOMENT
