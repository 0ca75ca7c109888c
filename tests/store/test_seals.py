"""The daily seal: whoever has the database and not the key cannot take anything back, not even by computing it anew."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from store import desk, queries
from store.ledger import Event, Fault
from store.models import Entry, Seal
from store.office import Office
from store.settings import Business
from tests.builders import STAFF1, STAFF2, StillClock, arrive, office_at
from tests.store.tampering import Line, rewrite

DAY = timedelta(days=1)
INSTALLED, NEXT = date(2027, 1, 12), date(2027, 1, 13)


def worked(office: Office) -> str:
    """A case of five lines."""
    ref = arrive(office).ref
    desk.claim(office, ref, STAFF1)
    desk.release(office, ref, STAFF1)
    desk.claim(office, ref, STAFF2)
    return ref


def seals(office: Office) -> list[Seal]:
    with office.database.reading() as session:
        found = list(session.exec(select(Seal).order_by(col(Seal.day))))
        session.expunge_all()
        return found


@pytest.fixture
def sealed(sqlite_url: str, clock: StillClock, business: Business) -> Office:
    """Two cases of five lines each, sealed; a second day on which the first got two lines more, sealed too."""
    office = office_at(sqlite_url, clock, business)
    worked(office), worked(office)
    clock.advance(DAY)
    desk.seal(office)
    desk.release(office, "PR-1001", STAFF2)
    desk.claim(office, "PR-1001", STAFF1)
    clock.advance(DAY)
    desk.seal(office)
    office.close()
    return office


@pytest.fixture
def path(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


def test_a_day_is_sealed_once_after_its_end(any_office: Office, clock: StillClock) -> None:
    on_the_first_day = desk.seal(any_office)
    worked(any_office)
    clock.advance(DAY)
    made = [desk.seal(any_office), desk.seal(any_office)]
    clock.advance(3 * DAY)  # the desk was down meanwhile
    made.append(desk.seal(any_office))
    clock.advance(-2 * DAY)  # somebody set the clock back
    made.append(desk.seal(any_office))

    assert not on_the_first_day
    assert made == [True, False, True, False]
    assert [seal.day for seal in seals(any_office)] == [INSTALLED, INSTALLED + 3 * DAY]
    assert queries.audit(any_office) == ()


def test_every_line_is_under_one_seal_and_no_other(any_office: Office, clock: StillClock) -> None:
    ref = worked(any_office)
    for _ in range(4):
        clock.advance(DAY)
        desk.seal(any_office)
        desk.read(any_office, ref, STAFF1)
        worked(any_office)
    held = [
        (chain, first, len(digests) // 64)
        for seal in seals(any_office)
        for chain, first, digests in json.loads(seal.heads)
    ]
    of_the_first = [(first, count) for chain, first, count in held if chain == 1]

    assert of_the_first == [(1, 5), (6, 1), (7, 1), (8, 1)]
    assert [(first, count) for chain, first, count in held if chain == 0] == [(1, 1), (2, 1), (3, 1)]


def test_the_desks_own_chain_tells_of_each_seal(office: Office, clock: StillClock) -> None:
    clock.advance(DAY)
    desk.seal(office)
    with office.database.reading() as session:
        told = session.exec(select(Entry.facts).where(Entry.event == Event.SEALED)).all()
    (seal,) = seals(office)

    assert list(map(json.loads, told)) == [{"day": "2027-01-12", "seal": seal.digest}]


def test_two_processes_that_seal_at_once_make_one(postgres_office: Office, clock: StillClock) -> None:
    worked(postgres_office)
    clock.advance(DAY)
    start, made = threading.Barrier(4), []

    def do() -> None:
        start.wait()
        made.append(desk.seal(postgres_office))

    sealing = [threading.Thread(target=do) for _ in range(4)]
    for each in sealing:
        each.start()
    for each in sealing:
        each.join()

    assert sorted(made) == [False, False, False, True]
    assert queries.audit(postgres_office) == ()


def test_a_line_that_came_to_light_late_is_under_the_next_seal(postgres_office: Office, clock: StillClock) -> None:
    """PostgreSQL hands out ids before it commits."""
    for _ in range(2):
        clock.advance(DAY)
        desk.seal(postgres_office)
    with postgres_office.database.engine.connect() as connection:  # somebody is at work, and has taken an id
        connection.exec_driver_sql("SELECT nextval('ledger_id_seq')")
    clock.advance(DAY)
    worked(postgres_office)
    desk.seal(postgres_office)
    with postgres_office.database.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE ledger DISABLE TRIGGER ALL")
        session.connection().exec_driver_sql("UPDATE ledger SET id = 3 WHERE chain = 1 AND number = 1")
        session.connection().exec_driver_sql("ALTER TABLE ledger ENABLE TRIGGER ALL")
    clock.advance(DAY)
    desk.seal(postgres_office)

    assert queries.audit(postgres_office) == ()


@pytest.mark.parametrize("statement", ["UPDATE seal SET digest = ''", "DELETE FROM seal"])
def test_no_seal_can_be_changed_or_deleted(any_office: Office, clock: StillClock, statement: str) -> None:
    clock.advance(DAY)
    desk.seal(any_office)

    with pytest.raises(DBAPIError, match="a seal is never changed"), any_office.database.writing() as session:
        session.connection().exec_driver_sql(statement)


def test_no_seal_can_be_replaced_on_sqlite(office: Office, clock: StillClock) -> None:
    clock.advance(DAY)
    desk.seal(office)
    replace = "INSERT OR REPLACE INTO seal SELECT day, at, through, '[]', previous, digest FROM seal"

    with pytest.raises(DBAPIError, match="a seal is never changed"), office.database.writing() as session:
        session.connection().exec_driver_sql(replace)


def test_postgresql_does_not_empty_them_either(postgres_office: Office) -> None:
    with pytest.raises(DBAPIError, match="never changed"), postgres_office.database.writing() as session:
        session.connection().exec_driver_sql("TRUNCATE seal")


def _changed(lines: list[Line]) -> Sequence[Line]:
    lines[2]["by"] = "U0SOMEBODY"
    return lines


def _swapped(lines: list[Line]) -> Sequence[Line]:
    lines[1], lines[3] = lines[3], lines[1]
    return lines


def _slipped_in(lines: list[Line]) -> Sequence[Line]:
    return [*lines[:3], dict(lines[1]), *lines[3:]]


@pytest.mark.parametrize(
    ("change", "chain", "number", "what"),
    [
        (_changed, 1, 3, "was written anew after it was sealed"),
        (_swapped, 1, 2, "was written anew after it was sealed"),
        (_slipped_in, 1, 4, "was written anew after it was sealed"),
        (lambda lines: [*lines[:1], *lines[2:]], 1, 2, "was written anew after it was sealed"),
        (lambda lines: lines[:4], 1, 5, "is missing"),
        (lambda lines: lines[:-1], 1, 7, "is missing"),
        (lambda lines: lines[:3], 2, 4, "is missing"),
        (lambda _lines: [], 2, 1, "is missing"),
    ],
)
def test_a_chain_that_was_computed_anew_is_found_and_its_first_line_named(
    sealed: Office, path: Path, change: Callable[[list[Line]], Sequence[Line]], chain: int, number: int, what: str
) -> None:
    rewrite(path, chain, change, anew=True)

    assert queries.audit(sealed) == (Fault(chain, number, what),)


def test_a_case_that_vanished_with_its_chain_is_missed(sealed: Office, path: Path) -> None:
    rewrite(path, 2, lambda _lines: [], anew=True)
    with closing(sqlite3.connect(path)) as file:
        file.execute("DELETE FROM case_file WHERE id = 2")
        file.commit()

    assert queries.audit(sealed) == (Fault(2, 1, "is missing"),)


def test_a_line_whose_moment_is_none_any_more_is_named(sealed: Office, path: Path) -> None:
    def spoil(lines: list[Line]) -> Sequence[Line]:
        lines[0]["at"] = "yesterday"
        return lines

    rewrite(path, 1, spoil, anew=False)

    assert queries.audit(sealed)[0] == Fault(1, 1, "was changed")
    assert next(line for line in queries.ledger_lines(sealed) if line.get("chain") == 1)["at"] == "yesterday"


def test_a_line_that_is_no_json_any_more_is_named(sealed: Office, path: Path) -> None:
    def spoil(lines: list[Line]) -> Sequence[Line]:
        for line in lines:
            line["facts"] = "[" if line["number"] == 1 else "{}"
        return lines

    rewrite(path, 0, spoil, anew=False)

    assert queries.audit(sealed)[0] == Fault(None, 1, "was changed")


def behind_its_back(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as file:
        for trigger in ("seal_no_update", "seal_no_delete"):
            file.execute(f"DROP TRIGGER {trigger}")
        file.execute(statement)
        file.commit()


@pytest.mark.parametrize(
    ("statement", "day", "what"),
    [
        ("UPDATE seal SET heads = '[]' WHERE day = '2027-01-12'", INSTALLED, "was changed"),
        ("UPDATE seal SET digest = '00' WHERE day = '2027-01-13'", NEXT, "was changed"),
        ("UPDATE seal SET day = '2027-01-11' WHERE day = '2027-01-12'", date(2027, 1, 11), "was changed"),
        ("DELETE FROM seal WHERE day = '2027-01-12'", NEXT, "does not follow the seal before it"),
        ("DELETE FROM seal WHERE day = '2027-01-13'", NEXT, "is missing"),
        ("DELETE FROM seal", INSTALLED, "is missing"),
    ],
)
def test_a_seal_that_was_touched_is_named(sealed: Office, path: Path, statement: str, day: date, what: str) -> None:
    behind_its_back(path, statement)

    assert queries.audit(sealed) == (Fault(None, 0, what, day),)


def test_a_seal_that_no_line_tells_of_is_named(sealed: Office, path: Path) -> None:
    rewrite(path, 0, lambda lines: lines[:-1], anew=True)

    assert queries.audit(sealed) == (Fault(None, 0, "is not the one that the ledger tells of", NEXT),)


def test_the_digest_tells_of_the_last_seal_and_the_database_knows_it_again(office: Office, clock: StillClock) -> None:
    before = queries.digest(office).seal
    clock.advance(DAY)
    desk.seal(office)
    note = queries.digest(office).seal

    assert before is None
    assert note is not None
    assert note.day == INSTALLED
    assert queries.seal_of(office, note.digest.upper()) == queries.seal_of(office, note.digest[:16]) == INSTALLED
    assert queries.seal_of(office, "0" * 64) is None
    assert queries.seal_of(office, note.digest[:8]) is None
    assert queries.seal_of(office, "%" * 16) is None


def test_what_the_ledger_exports_can_be_checked_without_us(sealed: Office) -> None:
    from tests.store.tampering import computed_anew

    lines = list(queries.ledger_lines(sealed))
    chain = [dict(line) for line in lines if line.get("chain") == 1]
    again = [{**line, "at": line["at"].removesuffix("+00:00")} for line in chain]
    computed_anew(again)

    assert [line["digest"] for line in again] == [line["digest"] for line in chain]
    assert [line["seal"] for line in lines if "seal" in line] == ["2027-01-12", "2027-01-13"]
