"""Opening the ground floor, and the bridge that the doors cross."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path

import pytest

from store import desk, queries
from store.errors import AlreadyClaimed, ConfigurationError
from store.office import Bridge, Office, open_office
from store.settings import Business, StoreSettings, load
from tests.builders import STAFF1, STAFF2, StillClock, arrive, office_at


def test_the_same_case_is_there_after_a_restart(any_url: str, clock: StillClock, business: Business) -> None:
    first = office_at(any_url, clock, business)
    case = arrive(first)
    first.close()
    second = office_at(any_url, clock, business)
    found = queries.case(second, case.ref)
    second.close()

    assert found == case


def test_an_office_opens_on_an_empty_folder(tmp_path: Path, clock: StillClock, business: Business) -> None:
    said = {"database_url": f"sqlite:///{tmp_path}/var/desk.db", "key_file": f"{tmp_path}/var/master.key"}
    office = open_office(load(StoreSettings, {"store": said}), business, clock)
    office.close()

    assert {file.name for file in (tmp_path / "var").iterdir()} == {"desk.db", "master.key"}


def test_a_law_that_is_not_here_is_refused_by_name(sqlite_url: str, clock: StillClock) -> None:
    elsewhere = load(Business, {"business": {"law": "us-zz"}})

    with pytest.raises(ConfigurationError, match=r"business\.law = us-zz: There is no law called 'us-zz' here"):
        office_at(sqlite_url, clock, elsewhere)


def test_a_law_whose_file_was_taken_away_is_asked_for_back(any_url: str, clock: StillClock, tmp_path: Path) -> None:
    ours = resources.files("store.rules").joinpath("packs/us-va.toml").read_text(encoding="utf-8")
    (tmp_path / "us-zz.toml").write_text(ours.replace('law = "us-va"', 'law = "us-zz"'), encoding="utf-8")
    office = office_at(any_url, clock, load(Business, {"business": {"packs_folder": tmp_path}}))
    case = arrive(office, law="us-zz")
    office.close()

    assert (case.law, case.requests[0].respond_by) == ("us-zz", date(2027, 2, 26))
    with pytest.raises(
        ConfigurationError, match="cases stand under us-zz, whose rules are not here; put the file back"
    ):
        office_at(any_url, clock)


def test_the_digest_tells_which_laws_are_due_for_a_review(office: Office, clock: StillClock) -> None:
    clock.move_to(datetime(2027, 2, 20, 20, tzinfo=UTC))
    before = queries.digest(office).stale_laws
    clock.move_to(datetime(2027, 2, 21, 20, tzinfo=UTC))

    assert (before, queries.digest(office).stale_laws) == ((), office.laws.names)


def test_today_is_the_businesss_day(office: Office, clock: StillClock) -> None:
    clock.move_to(clock().replace(hour=7, minute=59))

    assert office.today() == date(2027, 1, 11)


def test_the_holidays_reach_past_the_last_date(office: Office) -> None:
    found = office.holidays(office.pack("us-ca"), date(2026, 12, 20))

    assert {date(2026, 12, 25), date(2027, 1, 1), date(2028, 12, 25)} <= found


async def test_the_bridge_carries_verbs_queries_and_refusals(office: Office) -> None:
    bridge = Bridge(office)
    ref = arrive(office).ref
    claimed = await bridge(desk.claim, ref, STAFF1)
    found = await bridge(queries.cases, queries.Which.MINE, owner=STAFF1.id)
    with pytest.raises(AlreadyClaimed):
        await bridge(desk.claim, ref, STAFF2)
    bridge.close()

    assert found == (claimed,)


async def test_the_bridge_is_bounded_and_the_loop_stays_free(office: Office) -> None:
    bridge = Bridge(office, threads=2)
    loop, two_run = asyncio.get_running_loop(), asyncio.Event()
    gate, running = threading.Semaphore(0), []

    def busy(_office: Office) -> int:
        running.append(threading.current_thread().name)
        if len(running) == 2:
            loop.call_soon_threadsafe(two_run.set)
        gate.acquire(timeout=10)
        return len(running)

    waiting = [asyncio.ensure_future(bridge(busy)) for _ in range(4)]
    async with asyncio.timeout(10):
        await two_run.wait()
    at_once = len(running)
    for _ in waiting:
        gate.release()
    await asyncio.gather(*waiting)
    bridge.close()

    assert at_once == 2
    assert len(running) == 4
    assert len(set(running)) == 2
