"""Time is an argument: the edges hold a clock and hand its reading inwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Called without arguments, it gives the present moment as an aware datetime in UTC."""


def system_clock() -> datetime:
    """The machine's own time, aware, in UTC."""
    return datetime.now(UTC)


class MovableClock:
    """A clock that runs with the machine's but can be set ahead or back: the demo's.

    Args:
        offset: how far this clock is ahead of the machine's.
    """

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def __call__(self) -> datetime:
        """The present moment by this clock, aware, in UTC."""
        return system_clock() + self.offset

    def advance(self, by: timedelta) -> None:
        """Set the clock ahead by that much (back, when negative)."""
        self.offset += by

    def move_to(self, moment: datetime) -> None:
        """Set the clock to an aware moment; it runs on from there."""
        self.offset = moment - system_clock()
