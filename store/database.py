"""The one place that opens database transactions, for SQLite and for PostgreSQL.

SQLite: WAL, `synchronous=FULL`, foreign keys, and every writing transaction begins with `BEGIN IMMEDIATE`, because
deferred ones lose updates or fail when they upgrade. Writers of one process queue on a lock of ours rather than spin on
the file's. PostgreSQL: the verbs lock the rows they change.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, InterfaceError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session, create_engine

from store.errors import ConfigurationError

BUSY_SECONDS = 30
WAL_TRIES, WAL_PAUSE = 20, 0.05
WRITES = "rightsdesk_writes"
SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}  # what SQLite's BEGIN gives anyway


class StoreUnavailable(Exception):
    """The database does not answer, is full, or is locked: nothing was written, and trying again later may help."""


class Database:
    """A database and the two ways into it.

    Args:
        url: `sqlite:///path` or `postgresql+psycopg://user@host/name`.

    Raises:
        ConfigurationError: the folder of an SQLite file cannot be made.
    """

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite and parsed.database:
            _make_folder(Path(parsed.database).parent)
        self.engine = create_engine(url, pool_pre_ping=not self.is_sqlite)
        if self.is_sqlite:
            _prepare_sqlite(self.engine)
        self._writer = threading.Lock() if self.is_sqlite else nullcontext()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that may write: committed at the end of the block, rolled back when it raises.

        Raises:
            StoreUnavailable: the database could not be asked, or could not commit.
        """
        with telling_trouble(), self._writer, Session(self.engine, expire_on_commit=False) as session:
            session.connection(execution_options={WRITES: True})
            yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads: one consistent view, never in a writer's way.

        Raises:
            StoreUnavailable: the database could not be asked.
        """
        with telling_trouble(), Session(self.engine) as session:
            session.connection(execution_options={} if self.is_sqlite else SNAPSHOT)
            yield session
            session.rollback()

    def alive(self) -> None:
        """Ask the database for nothing.

        Raises:
            StoreUnavailable: it does not answer.
        """
        with self.reading() as session:
            session.connection().execute(text("SELECT 1"))

    def compact(self) -> None:
        """Leave nothing in the database's files of what was deleted, as far as a database can see to that.

        SQLite writes zeros over what is deleted at once; here its log is emptied and the file made as small as it can
        be. PostgreSQL may use the place again from here on.

        Raises:
            StoreUnavailable: it could not be done now.
        """
        with telling_trouble(), self._writer, closing(self.engine.raw_connection()) as connection:
            driver: Any = connection.driver_connection
            if self.is_sqlite:
                driver.execute("VACUUM")
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                return
            connection.detach()  # it goes with its setting
            driver.autocommit = True
            driver.execute("VACUUM")

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


@contextmanager
def telling_trouble() -> Iterator[None]:
    """Turn what the driver raises when the database is away, full, locked or none at all into `StoreUnavailable`."""
    try:
        yield
    except (IntegrityError, ProgrammingError, DataError):
        raise  # our own fault, not the database's
    except (DatabaseError, InterfaceError, PoolTimeout) as error:
        cause = error.orig if isinstance(error, DatabaseError) else error
        raise StoreUnavailable(type(cause).__name__) from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        mend = f"{error.strerror}; choose a folder that can be written to"
        raise ConfigurationError(key="store.database_url", value=folder, mend=mend) from error


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _pragmas(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # else the driver begins deferred transactions behind our back
        for pragma in (
            f"busy_timeout = {BUSY_SECONDS * 1000}",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        _keep_log_ahead(connection)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _keep_log_ahead(connection: sqlite3.Connection) -> None:
    """Have SQLite write its log ahead; it asks no busy handler when two connections do so first at the same time."""
    for left in reversed(range(WAL_TRIES)):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if not left:
                raise
            time.sleep(WAL_PAUSE)
        else:
            return
