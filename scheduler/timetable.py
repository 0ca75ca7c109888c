"""The whole schedule as one table. Each job asks what is due by the desk's own clock: a look too many does nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from scheduler.digests import make_due_digest
from scheduler.idling import remind_idle_owners
from scheduler.reminders import end_what_waited_too_long, make_due_reminders, remind_of_codes, tell_of_unreached
from scheduler.retention import sweep_once_a_day
from scheduler.seals import make_due_seal
from scheduler.settings import SchedulerSettings
from store.office import Bridge
from store.settings import Retention


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the timetable.

    Attributes:
        id: what it is called, in the logs and in APScheduler.
        every: how often it looks.
        function: what it does.
        arguments: what it is given.
    """

    id: str
    every: timedelta
    function: Callable[..., Awaitable[Any]]
    arguments: tuple[Any, ...]


def timetable(bridge: Bridge, settings: SchedulerSettings, kept: Retention) -> tuple[Job, ...]:
    """Everything that happens because time passed.

    Args:
        bridge: the way to the desk.
        settings: how often, and at what hour.
        kept: how long what is kept.
    """
    tick = timedelta(seconds=settings.tick_seconds)
    return (
        Job("reminders", tick, make_due_reminders, (bridge,)),
        Job("codes", tick, remind_of_codes, (bridge,)),
        Job("unreached", tick, tell_of_unreached, (bridge,)),
        Job("idle", tick, remind_idle_owners, (bridge, settings.idle_days)),
        Job("signatures", tick, end_what_waited_too_long, (bridge,)),
        Job("seal", tick, make_due_seal, (bridge,)),
        Job("retention", tick, sweep_once_a_day, (bridge, kept)),
        Job("digest", tick, make_due_digest, (bridge, settings.digest_at)),
    )
