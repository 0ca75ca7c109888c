"""The record: nothing can be taken back, every tampering shows, and nothing personal is in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, col, select

from store import desk, queries
from store.ledger import DESK_CHAIN, Fault, digest_of
from store.models import Entry
from store.office import Office
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.settings import Business
from store.values import Wish
from tests.builders import (
    MANAGER,
    STAFF1,
    STAFF2,
    StillClock,
    arrival,
    arrive,
    code_in,
    kept,
    letters,
    office_at,
    write_again,
)

NAME, ADDRESS, WORDS = "Quirinalia Zyxwvut", "quirinalia@zyxwvut.example", "Xylophonist Qwertzuiop"


@pytest.fixture
def worked(any_office: Office) -> Office:
    """An office with two cases of five lines each, and three lines of its own."""
    for number in range(2):
        ref = arrive(any_office, sender=f"consumer{number}@example.net").ref
        desk.claim(any_office, ref, STAFF1)
        desk.release(any_office, ref, STAFF1)
        desk.claim(any_office, ref, STAFF2)
    for _ in range(3):
        arrived = arrival()
        desk.file(any_office, kept(any_office, arrived), arrived, reason="It is a list's.")
    return any_office


def behind_its_back(office: Office, *statements: str) -> None:
    """What somebody with the database's password could do."""
    with office.database.writing() as session:
        run = session.connection().exec_driver_sql
        if office.database.is_sqlite:
            run("DROP TRIGGER ledger_no_update")
            run("DROP TRIGGER ledger_no_delete")
        else:
            run("ALTER TABLE ledger DISABLE TRIGGER ALL")
        for statement in statements:
            run(statement)


def test_no_line_can_be_replaced_on_sqlite(office: Office) -> None:
    arrive(office)
    replace = (
        "INSERT OR REPLACE INTO ledger (id, chain, number, at, by, event, facts, previous, digest) "
        "SELECT id, chain, number, at, 'nobody', event, facts, previous, digest FROM ledger WHERE id = 1"
    )

    with pytest.raises(DBAPIError, match="the ledger is append-only"), office.database.writing() as session:
        session.connection().exec_driver_sql(replace)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE ledger SET by = 'nobody' WHERE id = 1", "DELETE FROM ledger WHERE id = 1", "DELETE FROM ledger"],
)
def test_no_line_can_be_changed_or_deleted(worked: Office, statement: str) -> None:
    with pytest.raises(DBAPIError, match="the ledger is append-only"), worked.database.writing() as session:
        session.connection().exec_driver_sql(statement)
    assert queries.audit(worked) == ()


def test_postgresql_does_not_empty_it_either(postgres_office: Office) -> None:
    arrive(postgres_office)

    with (
        pytest.raises(DBAPIError, match="the ledger is append-only"),
        postgres_office.database.writing() as session,
    ):
        session.connection().exec_driver_sql("TRUNCATE ledger")


def test_an_untouched_ledger_is_whole(worked: Office) -> None:
    assert queries.audit(worked) == ()
    assert [line.number for line in queries.history(worked, "PR-1001")] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("column", ["by", "event", "facts", "at"])
def test_a_changed_line_is_named(worked: Office, column: str) -> None:
    value = {"at": "'2027-01-12 18:00:01'", "facts": "'{}  '"}.get(column, "'somebody'")
    behind_its_back(worked, f'UPDATE ledger SET "{column}" = {value} WHERE chain = 2 AND number = 3')  # noqa: S608

    assert queries.audit(worked) == (Fault(2, 3, "was changed"),)


def test_a_line_deleted_in_the_middle_is_named(worked: Office) -> None:
    behind_its_back(worked, "DELETE FROM ledger WHERE chain = 1 AND number = 2")

    assert queries.audit(worked) == (Fault(1, 2, "is missing"),)


def test_a_line_deleted_at_the_end_is_named(worked: Office) -> None:
    behind_its_back(worked, "DELETE FROM ledger WHERE chain = 1 AND number > 3")

    assert queries.audit(worked) == (Fault(1, 4, "is missing"),)


def test_a_whole_chain_deleted_is_named(worked: Office) -> None:
    behind_its_back(worked, "DELETE FROM ledger WHERE chain = 2")

    assert queries.audit(worked) == (Fault(2, 1, "is missing"),)


def test_lines_in_another_order_are_named(worked: Office) -> None:
    behind_its_back(
        worked,
        "UPDATE ledger SET number = -2 WHERE chain = 1 AND number = 2",
        "UPDATE ledger SET number = 2 WHERE chain = 1 AND number = 3",
        "UPDATE ledger SET number = 3 WHERE chain = 1 AND number = -2",
    )

    assert queries.audit(worked) == (Fault(1, 2, "does not follow the entry before it"),)


def test_a_line_in_the_desks_own_chain_is_watched_too(worked: Office) -> None:
    behind_its_back(worked, "UPDATE ledger SET by = 'nobody' WHERE chain = 0 AND number = 2")

    assert queries.audit(worked) == (Fault(None, 2, "was changed"),)


def test_the_end_of_the_desks_own_chain_is_watched_too(worked: Office) -> None:
    behind_its_back(worked, "DELETE FROM ledger WHERE chain = 0 AND number = 3")

    assert queries.audit(worked) == (Fault(None, 3, "is missing"),)


@pytest.mark.parametrize("chain", [1, 7, DESK_CHAIN])
def test_a_line_added_behind_its_back_is_named_even_with_a_right_digest(worked: Office, chain: int) -> None:
    with worked.database.writing() as session:
        last = session.exec(select(Entry).where(Entry.chain == chain).order_by(col(Entry.number).desc())).first()
        number, previous = (last.number + 1, last.digest) if last else (1, "0" * 64)
        forged = Entry(
            chain=chain,
            number=number,
            at=worked.clock(),
            by="U1",
            event="read",
            facts="{}",
            previous=previous,
            digest="",
        )
        forged.digest = digest_of(forged)
        session.add(forged)

    assert queries.audit(worked) == (Fault(chain or None, number, "was added"),)


def test_every_broken_chain_is_told_of_once(worked: Office) -> None:
    behind_its_back(worked, "UPDATE ledger SET by = 'nobody'")

    assert queries.audit(worked) == (
        Fault(None, 1, "was changed"),
        Fault(1, 1, "was changed"),
        Fault(2, 1, "was changed"),
    )


def test_moments_with_microseconds_and_a_server_elsewhere_break_nothing(
    postgres_url: str, clock: StillClock, business: Business
) -> None:
    clock.advance(timedelta(microseconds=123_456))
    office = office_at(postgres_url, clock, business)
    with office.database.writing() as session:
        session.connection().exec_driver_sql(
            "ALTER DATABASE " + str(office.database.engine.url.database) + " SET timezone = 'Asia/Kolkata'"
        )
    office.close()
    again = office_at(postgres_url, clock, business)
    case = arrive(again)

    assert queries.audit(again) == ()
    assert queries.case(again, case.ref).received_at == clock()
    again.close()


def test_an_audit_sees_one_moment_while_others_write(postgres_office: Office) -> None:
    from store.ledger import faults

    ref = arrive(postgres_office).ref
    with postgres_office.database.reading() as session:
        session.exec(select(Entry.id)).all()
        desk.claim(postgres_office, ref, STAFF1)
        found = tuple(faults(session))

    assert found == ()


def test_nothing_personal_stands_anywhere_unsealed(any_office: Office) -> None:
    _everything_happens_to(any_office)
    marks = {*_words(NAME), *_words(WORDS), "quirinalia", "zyxwvut"}
    with any_office.database.reading() as session:
        rows = {
            table.name: [dict(row._mapping) for row in session.connection().execute(table.select())]
            for table in SQLModel.metadata.sorted_tables
        }
    plain = {name: json.dumps(found, default=_shown).lower() for name, found in rows.items()}

    assert [(name, mark) for name, shown in plain.items() for mark in marks if mark in shown] == []
    assert {row["masked_address"] for row in rows["case_file"]} == {"q•••@z•••.example"}


def test_nothing_personal_is_in_the_files_bytes(sqlite_url: str, clock: StillClock, business: Business) -> None:
    office = office_at(sqlite_url, clock, business)
    _everything_happens_to(office)
    files = list(Path(sqlite_url.removeprefix("sqlite:///")).parent.glob("rightsdesk.db*"))
    content = b"".join(file.read_bytes() for file in files).lower()
    office.close()

    assert len(files) == 3
    assert b"q\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2@z" in content
    assert [mark for mark in (*_words(NAME), *_words(WORDS), "zyxwvut") if mark.encode() in content] == []


def _everything_happens_to(office: Office) -> None:
    said = {"name": NAME, "text": WORDS, "reply": WORDS, "subject": WORDS, "attachments": (WORDS,)}
    wishes = (Wish(Kind.DELETE, (WORDS,)), Wish(Kind.OPT_OUT, (WORDS,)))
    case = arrive(office, sender=ADDRESS, wishes=wishes, **said)
    delete, opt_out = (line.id for line in case.requests)
    desk.assign(office, case.ref, STAFF1, MANAGER)
    desk.ask_to_verify(office, case.ref, STAFF1)
    code = code_in(letters(office, case.ref)[-1])
    write_again(office, case.ref, f"{WORDS} ABCD-2345", sender=ADDRESS)
    write_again(office, case.ref, f"{WORDS} {code}", sender=ADDRESS)
    desk.verify(office, case.ref, ["order_number"], STAFF1)
    desk.extend(office, case.ref, delete, WORDS, STAFF1)
    desk.reply(office, case.ref, WORDS, STAFF1)
    desk.read(office, case.ref, STAFF1)
    desk.resolve(office, case.ref, opt_out, Outcome.COMPLIED_IN_FULL, STAFF1, note=WORDS)
    desk.resolve(office, case.ref, delete, Outcome.DENIED, STAFF1, bases=["no_data"], note=WORDS)
    desk.reopen(office, case.ref, delete, WORDS, STAFF1)
    desk.reclassify(office, case.ref, delete, Kind.CORRECT, STAFF1)
    held = arrival(sender=ADDRESS, wishes=wishes, **said)
    mail_id = kept(office, held)
    desk.hold(office, mail_id, held, reason="It was forwarded.", guess=case.ref)
    desk.read_mail(office, mail_id, STAFF1)
    while jobs := desk.lease_letters(office, "postman"):
        for job in jobs:
            desk.letter_delayed(office, job.id, "postman", "The recipient was refused (550).", final=True)


def _words(phrase: str) -> Iterator[str]:
    return (word.lower() for word in phrase.split())


def _shown(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
