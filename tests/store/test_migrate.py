"""From an empty database to the tables the code knows, once, whoever starts first."""

from __future__ import annotations

import threading

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlmodel import SQLModel

from store.database import Database
from store.migrate import is_current, migrate
from store.models import Bookmark
from store.office import INSTALLED_AT, installed_at
from store.settings import Business
from tests.builders import MORNING, StillClock, arrive, office_at


def test_the_migrations_make_the_very_tables_that_the_code_knows(any_url: str) -> None:
    database = Database(any_url)
    before = is_current(database)
    applied = migrate(database)
    with database.engine.connect() as connection:
        difference = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
        tables = set(inspect(connection).get_table_names())
    database.close()

    assert (before, applied) == (False, ("0001",))
    assert difference == []
    assert tables == {*SQLModel.metadata.tables, "alembic_version"}


def test_migrating_twice_changes_nothing(any_url: str) -> None:
    database = Database(any_url)
    migrate(database)
    again = migrate(database)
    current = is_current(database)
    database.close()

    assert (again, current) == ((), True)


def test_processes_that_migrate_at_once_take_turns(any_url: str) -> None:
    start, applied = threading.Barrier(3), []

    def apply() -> None:
        database = Database(any_url)
        start.wait()
        applied.append(migrate(database))
        database.close()

    migrating = [threading.Thread(target=apply) for _ in range(3)]
    for each in migrating:
        each.start()
    for each in migrating:
        each.join()

    assert sorted(applied) == [(), (), ("0001",)]


def test_three_desks_that_open_at_once_on_an_empty_database_are_one(
    any_url: str, clock: StillClock, business: Business
) -> None:
    start, opened, troubles = threading.Barrier(3), [], []

    def open_it() -> None:
        start.wait()
        try:
            opened.append(office_at(any_url, clock, business))
        except Exception as trouble:  # noqa: BLE001 - whatever it is, the test must tell of it
            troubles.append(trouble)

    opening = [threading.Thread(target=open_it) for _ in range(3)]
    for each in opening:
        each.start()
    for each in opening:
        each.join()

    assert troubles == []
    assert [arrive(office).ref for office in opened] == ["PR-1001", "PR-1002", "PR-1003"]
    for office in opened:
        office.close()


def test_the_day_of_installation_is_remembered(any_url: str, clock: StillClock, business: Business) -> None:
    office_at(any_url, clock, business).close()
    clock.move_to(MORNING.replace(year=2028))
    office = office_at(any_url, clock, business)
    remembered = installed_at(office)
    with office.database.writing() as session:
        session.delete(session.get_one(Bookmark, INSTALLED_AT))
    forgotten = installed_at(office)
    office.close()

    assert (remembered, forgotten) == (MORNING, clock())
