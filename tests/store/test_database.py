"""Transactions: nothing is lost, nothing is locked for good, one view at a time."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select, text

from store.database import Database, StoreUnavailable
from store.models import Bookmark, Case
from store.office import Office
from tests.builders import arrive

THREADS, TIMES = 8, 40


def test_eight_threads_that_count_together_lose_nothing(any_office: Office) -> None:
    database = any_office.database
    with database.writing() as session:
        session.add(Bookmark(name="count", value="0"))
    troubles: list[Exception] = []

    def count() -> None:
        try:
            for _ in range(TIMES):
                with database.writing() as session:
                    found = session.exec(select(Bookmark).where(Bookmark.name == "count").with_for_update()).one()
                    found.value = str(int(found.value) + 1)
                    session.add(found)
        except Exception as trouble:  # noqa: BLE001 - whatever it is, the test must tell of it
            troubles.append(trouble)

    counting = [threading.Thread(target=count) for _ in range(THREADS)]
    for each in counting:
        each.start()
    for each in counting:
        each.join()

    assert troubles == []
    with database.reading() as session:
        assert session.get_one(Bookmark, "count").value == str(THREADS * TIMES)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("busy_timeout", 30000)],
)
def test_sqlite_is_set_up_for_keeping(office: Office, pragma: str, value: object) -> None:
    with office.database.reading() as session:
        assert session.connection().exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_reader_sees_one_moment_and_stands_in_nobodys_way(any_office: Office) -> None:
    arrive(any_office)
    with any_office.database.reading() as session:
        before = len(session.exec(select(Case.id)).all())
        arrive(any_office)
        during = len(session.exec(select(Case.id)).all())
    with any_office.database.reading() as session:
        after = len(session.exec(select(Case.id)).all())

    assert (before, during, after) == (1, 1, 2)


def test_what_raises_is_undone(any_office: Office) -> None:
    def half() -> None:
        with any_office.database.writing() as session:
            session.add(Bookmark(name="half", value="done"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    with any_office.database.reading() as session:
        assert session.get(Bookmark, "half") is None


def test_a_made_up_status_is_not_stored(any_office: Office) -> None:
    arrive(any_office)

    with pytest.raises(IntegrityError), any_office.database.writing() as session:
        session.connection().execute(text("UPDATE case_file SET status = 'bogus'"))


def test_a_request_for_no_case_is_not_stored(any_office: Office) -> None:
    arrive(any_office)

    with pytest.raises(IntegrityError), any_office.database.writing() as session:
        session.connection().execute(text("UPDATE request SET case_id = 99"))


def test_a_database_that_is_not_there_is_told_of() -> None:
    nowhere = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=2")

    with pytest.raises(StoreUnavailable):
        nowhere.alive()


def test_a_database_that_answers_is_alive(any_office: Office) -> None:
    any_office.database.alive()
