"""Keys are rotated while the desk works: nothing is lost at any point, and the old key opens nothing afterwards."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlmodel import col, select

from store import desk, queries
from store.desk import rotation
from store.desk.rotation import BATCH, rotate_keys
from store.errors import (
    ConfigurationError,
    ContentDestroyed,
    KeyLost,
    KeyMismatch,
    KeyNotOurs,
    KeyRotated,
    KeyUnknown,
    RotationUnderWay,
)
from store.ledger import Event
from store.models import DataKey, Entry
from store.office import Office, open_office
from store.settings import Business, StoreSettings, load
from store.vault import Vault, read_masters, write_masters
from tests.builders import ROSA, STAFF1, StillClock, arrival, arrive, kept, write_again

Opening = Callable[[], Office]


@pytest.fixture
def settings(any_url: str, tmp_path: Path) -> StoreSettings:
    return load(StoreSettings, {"store": {"database_url": any_url, "key_file": tmp_path / "keys" / "master.key"}})


@pytest.fixture
def opening(settings: StoreSettings, business: Business, clock: StillClock) -> Opening:
    return lambda: open_office(settings, business, clock)


def with_key(settings: StoreSettings, *masters: bytes) -> StoreSettings:
    """The same settings, the key written into them."""
    keys = " ".join(base64.b64encode(master).decode() for master in masters)
    return load(StoreSettings, {"store": {"database_url": settings.database_url, "master_key": keys}})


def wrapped_by(office: Office) -> set[str]:
    with office.database.reading() as session:
        return set(session.exec(select(DataKey.master)).all())


def test_after_a_rotation_everything_opens_with_the_new_key_and_is_found_as_before(
    opening: Opening, settings: StoreSettings
) -> None:
    office = opening()
    case = arrive(office)
    (old,) = read_masters(settings)
    count = rotate_keys(office, settings)
    office.close()
    again = opening()
    known = queries.open_case_of(again, ROSA)
    opened = desk.read(again, case.ref, STAFF1)
    masters = wrapped_by(again)
    newest = again.vault.newest
    again.close()

    assert count == 2
    assert known == case.ref
    assert opened.address == ROSA
    assert masters == {newest}
    assert read_masters(settings) != (old,)
    assert len(read_masters(settings)) == 1
    assert settings.key_file.stat().st_mode & 0o777 == 0o600


def test_the_old_key_is_refused_with_a_sentence_that_says_why(
    opening: Opening, settings: StoreSettings, business: Business, clock: StillClock
) -> None:
    office = opening()
    arrive(office)
    before = read_masters(settings)
    rotate_keys(office, settings)
    between = read_masters(settings)
    rotate_keys(office, settings)
    office.close()

    for old in (before, between):
        with pytest.raises(KeyRotated, match=r"its keys were rotated on 12 Jan 2027\. Put the new one there."):
            open_office(with_key(settings, *old), business, clock)
    assert issubclass(KeyRotated, KeyMismatch)


def test_a_desk_that_runs_meanwhile_goes_on_reading_and_keeping(opening: Opening, settings: StoreSettings) -> None:
    running, rotating = opening(), opening()
    ref = arrive(running).ref
    rotate_keys(rotating, settings)
    desk.read(running, ref, STAFF1)
    later = arrive(running, sender="later@example.net").ref
    write_again(running, ref, "One word more.")
    masters = wrapped_by(running)
    newest = rotating.vault.newest
    running.close()
    rotating.close()
    again = opening()
    opened = [desk.read(again, each, STAFF1).address for each in (ref, later)]
    again.close()

    assert masters == {newest}
    assert opened == [ROSA, "later@example.net"]


def test_mail_that_comes_in_while_keys_are_wrapped_is_not_lost(opening: Opening, settings: StoreSettings) -> None:
    running, rotating = opening(), opening()
    for number in range(20):
        arrive(running, sender=f"early{number}@example.net")
    ended, refs = threading.Event(), list[str]()

    def takes_mail() -> None:
        while not ended.is_set():
            refs.append(arrive(running, sender=f"late{len(refs)}@example.net").ref)

    mail = threading.Thread(target=takes_mail)
    mail.start()
    for _ in range(3):
        rotate_keys(rotating, settings)
    ended.set()
    mail.join()
    masters = wrapped_by(running)
    running.close()
    rotating.close()
    again = opening()
    opened = {desk.read(again, ref, STAFF1).address for ref in refs}
    whole = queries.audit(again)
    again.close()

    assert len(opened) == len(refs) > 0
    assert len(masters) == 1
    assert whole == ()


class Died(Exception):
    """As if the process had been killed there."""


@pytest.mark.parametrize("survives", [0, 1, 2])
def test_a_rotation_that_dies_is_begun_again_and_ends(opening: Opening, settings: StoreSettings, survives: int) -> None:
    office = opening()
    refs = [arrive(office, sender=f"consumer{number}@example.net").ref for number in range(BATCH)]
    seen: list[int] = []

    def dies(count: int) -> None:
        seen.append(count)
        if len(seen) > survives:
            raise Died

    with suppress(Died):
        rotate_keys(office, settings, dies)
    held = read_masters(settings)
    office.close()
    again = opening()
    opened = {desk.read(again, ref, STAFF1).address for ref in refs[:3]}
    rotate_keys(again, settings)
    masters, newest = wrapped_by(again), again.vault.newest
    again.close()

    assert len(held) == (1 if survives == 2 else 2)
    assert len(opened) == 3
    assert masters == {newest}
    assert len(read_masters(settings)) == 1


def test_a_rotation_that_died_before_it_touched_the_database_opens_all_the_same(
    opening: Opening, settings: StoreSettings
) -> None:
    office = opening()
    ref = arrive(office).ref
    write_masters(settings.key_file, [bytes(32), *read_masters(settings)])
    office.close()
    again = opening()
    opened = desk.read(again, ref, STAFF1).address
    later = arrive(again, sender="later@example.net").ref
    rotate_keys(again, settings)
    both = [desk.read(again, each, STAFF1).address for each in (ref, later)]
    again.close()

    assert opened == ROSA
    assert both == [ROSA, "later@example.net"]
    assert read_masters(settings) == (bytes(32),)


def test_it_is_written_down_once_each_time(opening: Opening, settings: StoreSettings) -> None:
    office = opening()
    arrive(office)
    rotate_keys(office, settings)
    with office.database.reading() as session:
        told = session.exec(select(Entry.facts).where(Entry.event == Event.KEYS_ROTATED)).all()
    office.close()

    assert list(told) == ['{"keys": 2}']


def test_a_key_of_the_configuration_is_replaced_by_a_person(
    settings: StoreSettings, business: Business, clock: StillClock
) -> None:
    old, new = b"o" * 32, b"n" * 32
    office = open_office(with_key(settings, old), business, clock)
    ref = arrive(office).ref
    with pytest.raises(KeyNotOurs, match="Put a new one before the old"):
        rotate_keys(office, with_key(settings, old))
    office.close()
    both = with_key(settings, new, old)
    office = open_office(both, business, clock)
    rotate_keys(office, both)
    office.close()
    office = open_office(with_key(settings, new), business, clock)
    opened = desk.read(office, ref, STAFF1).address
    office.close()

    assert opened == ROSA


def test_a_process_without_the_new_key_keeps_nothing_under_the_old_one(
    settings: StoreSettings, business: Business, clock: StillClock
) -> None:
    old, new = b"o" * 32, b"n" * 32
    behind = open_office(with_key(settings, old), business, clock)
    ahead = open_office(with_key(settings, new, old), business, clock)
    rotation.put_in_force(ahead, ahead.vault.newest)

    with pytest.raises(KeyUnknown, match="a master key that this process does not have"):
        kept(behind, arrival())
    behind.close()
    ahead.close()


def test_a_data_key_of_a_lost_master_stops_the_rotation_and_loses_nothing(
    opening: Opening, settings: StoreSettings
) -> None:
    office = opening()
    arrive(office)
    with office.database.writing() as session:
        key = session.exec(select(DataKey).order_by(col(DataKey.id)).limit(1)).one()
        _, key.wrapped = Vault(bytes(32)).new_box(key.id)
        session.add(key)
    with pytest.raises(KeyLost, match="opens with no master key"):
        rotate_keys(office, settings)
    office.close()

    assert len(read_masters(settings)) == 2


def test_a_destroyed_key_stays_destroyed(opening: Opening, settings: StoreSettings) -> None:
    office = opening()
    case = arrive(office)
    with office.database.writing() as session:
        for key in session.exec(select(DataKey)):
            key.wrapped = None
            session.add(key)
    rotate_keys(office, settings)
    with pytest.raises(ContentDestroyed):
        desk.read(office, case.ref, STAFF1)
    office.close()


def test_two_rotations_at_once_take_turns(opening: Opening, settings: StoreSettings) -> None:
    office = opening()
    arrive(office)
    refused = []

    def once_more(_count: int) -> None:
        with pytest.raises(RotationUnderWay) as told:
            rotate_keys(office, settings)
        refused.append(str(told.value))

    rotate_keys(office, settings, once_more)
    office.close()

    assert refused == [f"Another rotation of the key in {settings.key_file} is under way; let it end."]


def test_a_key_file_that_cannot_be_written_leaves_all_as_it_was(opening: Opening, settings: StoreSettings) -> None:
    office = opening()
    before = read_masters(settings)
    with pytest.raises(ConfigurationError, match=r"store\.key_file = .*: .*; give a file that can be written"):
        write_masters(settings.key_file / "nowhere", [bytes(32)])
    office.close()

    assert read_masters(settings) == before


def test_a_key_file_that_is_gone_for_a_moment_changes_nothing(opening: Opening, settings: StoreSettings) -> None:
    office = opening()
    content = settings.key_file.read_bytes()
    settings.key_file.write_bytes(b"no key")
    found = office.vault.read_again()
    with pytest.raises(ContentDestroyed):
        office.vault.open_box("1", bytes(60))
    settings.key_file.write_bytes(content)
    office.close()

    assert found is False
