"""The clock door: what was missed while down is done at the start, nothing is done twice, nothing stops the rest."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import structlog
from sqlmodel import col, select

from scheduler.door import SchedulerDoor
from scheduler.reminders import make_due_reminders
from scheduler.settings import PostSettings, SchedulerSettings
from scheduler.timetable import timetable
from store import desk
from store.desk.dates import BATCH
from store.models import Post, Reminder
from store.office import Bridge, Office
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.rules.states import LetterState, PostKind
from store.settings import Retention, load
from tests.builders import STAFF1, StillClock, arrive, office_at
from tests.mailing import Sink, until
from tests.scheduler.posting import events, states

BOTH = (Kind.DELETE, Kind.OPT_OUT)


@asynccontextmanager
async def door(bridge: Bridge, sink: Sink, tick: float = 300) -> AsyncIterator[SchedulerDoor]:
    """The clock door, open for the length of the block."""
    post = {"post": {"host": sink.where[0], "port": sink.where[1], "security": "none"}}
    opened = SchedulerDoor(
        bridge,
        load(SchedulerSettings, {"scheduler": {"tick_seconds": tick}}),
        load(PostSettings, post),
        "this process",
        Retention(),
    )
    await opened.start()
    try:
        yield opened
    finally:
        await opened.stop()


def reminders(office: Office) -> list[tuple[int, int]]:
    """Each reminder's request and rung."""
    with office.database.reading() as session:
        rows = session.exec(select(Reminder).order_by(col(Reminder.id)))
        return [(row.request_id, row.rung) for row in rows]


def posts(office: Office) -> Counter[str]:
    """How many posts of each kind are to be drawn."""
    with office.database.reading() as session:
        return Counter(session.exec(select(Post.kind)))


class TestReminders:
    async def test_after_38_days_one_reminder_for_the_delete_and_one_escalation_for_the_overdue_opt_out(
        self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock
    ) -> None:
        case = arrive(office, BOTH)
        desk.claim(office, case.ref, STAFF1)
        clock.advance(timedelta(days=38))
        async with door(bridge, sink) as opened:
            await opened.tick()
            await opened.tick()
        delete, opt_out = (next(line for line in case.requests if line.kind == kind) for kind in BOTH)
        made = dict(reminders(office))

        assert len(reminders(office)) == 2
        assert made[delete.id] == 7
        assert made[opt_out.id] < 0
        assert posts(office)[PostKind.REMINDER] == 2
        assert posts(office)[PostKind.ESCALATION] == 1
        assert events(office).count("reminded") == 1
        assert events(office).count("escalated") == 1

    async def test_a_restart_reminds_nobody_twice(
        self, any_office: Office, any_url: str, sink: Sink, clock: StillClock
    ) -> None:
        arrive(any_office, BOTH)
        clock.advance(timedelta(days=38))
        for _ in range(3):
            again = office_at(any_url, clock, any_office.business)
            bridge = Bridge(again)
            async with door(bridge, sink) as opened:
                await opened.tick()
            bridge.close()
            again.close()

        assert len(reminders(any_office)) == 2
        assert len(set(reminders(any_office))) == 2

    async def test_day_by_day_each_rung_comes_once_and_every_day_after_the_date(
        self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock
    ) -> None:
        arrive(office, (Kind.DELETE,))
        async with door(bridge, sink) as opened:
            for _ in range(47):
                clock.advance(timedelta(days=1))
                await opened.tick()
                await opened.tick()

        assert [rung for _, rung in reminders(office)] == [14, 7, 3, 1, 0, -1, -2]

    async def test_a_settled_case_is_left_in_peace(
        self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock
    ) -> None:
        case = arrive(office, (Kind.OPT_OUT,))
        desk.claim(office, case.ref, STAFF1)
        desk.resolve(office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)
        clock.advance(timedelta(days=60))
        async with door(bridge, sink) as opened:
            await opened.tick()

        assert reminders(office) == []

    async def test_more_than_one_batch_is_done_in_one_look(
        self, office: Office, bridge: Bridge, clock: StillClock
    ) -> None:
        for number in range(BATCH // 2 + 1):
            arrive(office, BOTH, sender=f"consumer{number}@example.org")
        clock.advance(timedelta(days=38))

        assert await make_due_reminders(bridge) == BATCH + 2
        assert len(reminders(office)) == BATCH + 2


class TestTheStart:
    async def test_what_was_missed_while_down_is_done_at_once_and_not_at_the_next_tick(
        self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock
    ) -> None:
        arrive(office, BOTH)
        clock.advance(timedelta(days=38))
        async with door(bridge, sink, tick=300):
            await until(lambda: len(reminders(office)) == 2)
            await until(lambda: posts(office)[PostKind.DIGEST] == 1)
            await until(lambda: states(office) == [LetterState.SENT])

        assert len(sink.taken) == 1

    async def test_it_goes_on_looking_by_itself(
        self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock
    ) -> None:
        arrive(office, BOTH)
        async with door(bridge, sink, tick=0.1):
            clock.advance(timedelta(days=38))
            await until(lambda: len(reminders(office)) == 2)
            await until(lambda: posts(office)[PostKind.DIGEST] == 1)

        assert posts(office)[PostKind.REMINDER] == 2

    async def test_stopping_lets_a_job_finish_its_transaction_without_noise(
        self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock, caplog: pytest.LogCaptureFixture
    ) -> None:
        for number in range(20):
            arrive(office, BOTH, sender=f"consumer{number}@example.org")
        clock.advance(timedelta(days=38))
        async with door(bridge, sink, tick=0.05):
            await until(lambda: bool(reminders(office)))

        assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []

    async def test_it_can_be_stopped_before_it_was_started(self, bridge: Bridge) -> None:
        opened = SchedulerDoor(bridge, load(SchedulerSettings), load(PostSettings), "this process", Retention())

        await opened.stop()

        assert opened.postman


class TestTrouble:
    async def test_one_jobs_trouble_does_not_stop_the_others(
        self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock
    ) -> None:
        arrive(office, BOTH)
        clock.advance(timedelta(days=38))
        with office.database.writing() as session:
            session.connection().exec_driver_sql("ALTER TABLE reminder RENAME TO elsewhere")
        with structlog.testing.capture_logs() as told:
            async with door(bridge, sink, tick=0.1):
                await until(lambda: posts(office)[PostKind.DIGEST] == 1)
                await until(lambda: bool([each for each in told if each["event"] == "job failed"]))
                with office.database.writing() as session:
                    session.connection().exec_driver_sql("ALTER TABLE elsewhere RENAME TO reminder")
                await until(lambda: len(reminders(office)) == 2)

        assert {each["job"] for each in told if each["event"] == "job failed"} == {"reminders"}


def test_every_line_of_the_timetable_has_a_name_of_its_own(bridge: Bridge) -> None:
    jobs = timetable(bridge, load(SchedulerSettings), Retention())

    assert len({job.id for job in jobs}) == len(jobs)
    assert all(job.every > timedelta(0) for job in jobs)
