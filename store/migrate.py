"""Bringing the tables up to date, from the first one on (alembic)."""

from __future__ import annotations

from importlib import resources

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from store.database import WRITES, Database, telling_trouble

MIGRATION_LOCK = 720211  # any number, the same in every process


def migrate(database: Database) -> tuple[str, ...]:
    """Apply every migration that is missing, all in one transaction, one process at a time.

    Returns:
        The names of those applied, in order.

    Raises:
        StoreUnavailable: the database does not answer, or is none.
    """
    config = _config()
    script = ScriptDirectory.from_config(config)
    writing = {WRITES: True}
    with telling_trouble(), database.engine.connect().execution_options(**writing) as connection, connection.begin():
        _take_turns(connection, database)
        before = MigrationContext.configure(connection).get_current_revision()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        missing = script.iterate_revisions("head", before or "base")
        return tuple(reversed([step.revision for step in missing]))


def is_current(database: Database) -> bool:
    """Yes or no: every migration has been applied."""
    with telling_trouble(), database.engine.connect() as connection:
        applied = MigrationContext.configure(connection).get_current_revision()
    return applied == ScriptDirectory.from_config(_config()).get_current_head()


def _take_turns(connection: Connection, database: Database) -> None:
    """SQLite's BEGIN IMMEDIATE does so by itself."""
    if not database.is_sqlite:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("store").joinpath("migrations")))
    config.set_main_option("path_separator", "os")
    return config
