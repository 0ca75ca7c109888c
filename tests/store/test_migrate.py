"""From an empty database to the tables the code knows, once, whoever starts first."""

from __future__ import annotations

import threading

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlmodel import SQLModel, select

from store.database import Database
from store.migrate import _config, is_current, migrate
from store.models import Bookmark, Letter, Mailbox, Post
from store.office import INSTALLED_AT, installed_at
from store.rules.states import LetterState, PostKind
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

    assert (before, applied) == (False, ("0001", "0002", "0003", "0004", "0005"))
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

    assert sorted(applied) == [(), (), ("0001", "0002", "0003", "0004", "0005")]


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


OLD_ROWS = (
    "INSERT INTO data_key VALUES ('k', NULL)",
    (
        "INSERT INTO case_file (status, law, language, key_id, token_hash, token, address_hash, address, name, subject,"
        " masked_address, received_at, opened_at, last_word_at, ledger_length)"
        " VALUES ('new', 'us-ca', 'en', 'k', 't', 'x', 'a', 'x', 'x', 'x', 'r•••', '2027-01-12', '2027-01-12',"
        " '2027-01-12', 0)"
    ),
    (
        "INSERT INTO letter (case_id, name, message_id, recipient, content, state, written_at, attempts, not_before,"
        " trouble) VALUES (1, 'reply', '<m>', 'x', 'x', 'parked', '2027-01-12', 0, '2027-01-12', '')"
    ),
    (
        "INSERT INTO post (kind, subject, case_id, token, wanted, drawn, marked_at, attempts, not_before, trouble)"
        " VALUES ('card', '1', 1, 'p', 1, 0, '2027-01-12', 0, '2027-01-12', '')"
    ),
    "INSERT INTO mailbox VALUES ('smtp', NULL, 0, NULL, NULL, '')",
)


def test_what_an_older_desk_wrote_is_there_after_the_upgrade_and_newer_kinds_fit(any_url: str) -> None:
    database = Database(any_url)
    with database.writing() as session:
        config = _config()
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "0001")
        for row in OLD_ROWS:
            session.connection().execute(text(row))
    applied = migrate(database)
    with database.writing() as session:
        letter, post = session.exec(select(Letter)).one(), session.exec(select(Post)).one()
        found = (letter.state, letter.unreached_at, post.kind, session.get_one(Mailbox, "smtp").alarmed)
        letter.state, post.kind = LetterState.WITHDRAWN, PostKind.ALARM
    database.close()

    assert applied == ("0002", "0003", "0004", "0005")
    assert found == ("parked", None, "card", False)
