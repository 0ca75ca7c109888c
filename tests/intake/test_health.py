"""The listener's health: fresh while its port is open, whoever writes or does not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import structlog

from intake.door import IntakeDoor
from intake.settings import IntakeSettings
from store import queries
from store.database import StoreUnavailable
from store.office import Bridge, Office
from store.settings import load
from tests.builders import StillClock
from tests.mailing import until


def read_at(office: Office) -> datetime | None:
    (found,) = queries.mailboxes(office)
    return found.read_at


async def test_a_port_that_is_open_and_silent_stays_well(
    office: Office, bridge: Bridge, settings: IntakeSettings, clock: StillClock
) -> None:
    door = IntakeDoor(bridge, settings, look_seconds=0.05)
    await door.start()
    clock.advance(timedelta(days=50))
    await until(lambda: read_at(office) == clock())
    await door.stop()
    stopped = clock()
    clock.advance(timedelta(days=1))
    await door.look()

    assert read_at(office) == stopped


async def test_a_look_notes_it_at_once_and_wakes_nobody(
    office: Office, bridge: Bridge, settings: IntakeSettings, clock: StillClock
) -> None:
    door, woken = IntakeDoor(bridge, settings), []
    await door.start()
    office.bell.subscribe(lambda: woken.append(None))
    clock.advance(timedelta(days=38))
    await door.look()
    await door.stop()

    assert read_at(office) == clock()
    assert woken == []


async def test_a_database_that_is_away_for_a_while_ends_no_looking(
    office: Office, bridge: Bridge, settings: IntakeSettings, clock: StillClock
) -> None:
    door = IntakeDoor(bridge, settings, look_seconds=0.05)
    await door.start()
    clock.advance(timedelta(days=2))
    with structlog.testing.capture_logs() as told:
        _rename(office, "mailbox", "elsewhere")
        await until(lambda: "listener not noted" in [each["event"] for each in told])
        with pytest.raises(StoreUnavailable):
            await door.look()
        _rename(office, "elsewhere", "mailbox")
        await until(lambda: read_at(office) == clock())
    await door.stop()

    assert [each for each in told if each["log_level"] in {"warning", "error"}] == []


async def test_a_door_without_a_listener_has_nothing_to_note(office: Office, bridge: Bridge) -> None:
    await IntakeDoor(bridge, load(IntakeSettings, {"intake": {"smtp": False}})).look()

    assert queries.mailboxes(office) == ()


def _rename(office: Office, table: str, name: str) -> None:
    with office.database.writing() as session:
        session.connection().exec_driver_sql(f"ALTER TABLE {table} RENAME TO {name}")
