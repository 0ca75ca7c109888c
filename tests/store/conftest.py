"""Offices as in every other test, but quicker: their databases are made once and emptied for each test."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlmodel import SQLModel, text

from store.bell import Bell
from store.ledger import DESK_LENGTH
from store.office import INSTALLED_AT, KEY_CHECK, Office
from store.settings import Business
from tests.builders import StillClock, office_at

EMPTIED = ", ".join(table.name for table in SQLModel.metadata.sorted_tables if table.name != "bookmark")


@pytest.fixture(scope="session")
def _sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sqlite") / "rightsdesk.db"


@pytest.fixture(scope="session")
def _on_sqlite(_sqlite_file: Path) -> Iterator[tuple[Office, sqlite3.Connection]]:
    office = office_at(f"sqlite:///{_sqlite_file}", StillClock())
    empty = sqlite3.connect(":memory:")
    with closing(sqlite3.connect(_sqlite_file)) as file:
        file.backup(empty)
    yield office, empty
    office.close()
    empty.close()


@pytest.fixture(scope="session")
def _on_postgres(_postgres: str) -> Iterator[Office]:
    name = f"store_{uuid4().hex}"
    with psycopg.connect(f"postgresql://{_postgres}", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    office = office_at(f"postgresql+psycopg://{_postgres.replace('/postgres?', f'/{name}?')}", StillClock())
    yield office
    office.close()


@pytest.fixture
def office(
    _on_sqlite: tuple[Office, sqlite3.Connection], _sqlite_file: Path, clock: StillClock, business: Business
) -> Office:
    """An office on SQLite."""
    opened, empty = _on_sqlite
    with closing(sqlite3.connect(_sqlite_file)) as file:
        empty.backup(file)
    return replace(opened, clock=clock, business=business, bell=Bell())


@pytest.fixture
def postgres_office(_on_postgres: Office, clock: StillClock, business: Business) -> Office:
    """An office on PostgreSQL."""
    with _on_postgres.database.writing() as session:
        session.connection().execute(text("SET LOCAL session_replication_role = replica"))  # no trigger refuses
        session.connection().execute(text(f"TRUNCATE {EMPTIED} RESTART IDENTITY"))
        kept = (KEY_CHECK, INSTALLED_AT)
        session.connection().execute(
            text("DELETE FROM bookmark WHERE name NOT IN (:one, :two)").bindparams(one=kept[0], two=kept[1])
        )
        session.connection().execute(text("INSERT INTO bookmark VALUES (:name, '0')").bindparams(name=DESK_LENGTH))
    return replace(_on_postgres, clock=clock, business=business, bell=Bell())


@pytest.fixture(params=["office", "postgres_office"], ids=["sqlite", "postgres"])
def any_office(request: pytest.FixtureRequest) -> Office:
    """An office, once on SQLite and once on PostgreSQL."""
    opened: Office = request.getfixturevalue(request.param)
    return opened
