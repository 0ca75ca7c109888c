"""A mail that cannot be stored stops no other, by whatever road they come."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from intake.importing import Brought, bring
from intake.receive import Incoming, receive, receive_all
from intake.settings import IntakeSettings
from store.database import StoreUnavailable
from store.office import Office
from store.settings import load
from store.values import Kept
from tests.intake.peers import raws
from tests.mailing import INBOX, ROSA, mail


@pytest.fixture
def bad(office: Office) -> bytes:
    """A mail that the database does not take."""
    raw = mail("x" * 1777)
    with office.database.writing() as session:
        refuse = f"WHEN NEW.size={len(raw)} BEGIN SELECT RAISE(ABORT, 'no'); END"
        session.connection().exec_driver_sql(f"CREATE TRIGGER no BEFORE INSERT ON mail {refuse}")
    return raw


def incoming(office: Office, raw: bytes) -> Incoming:
    return Incoming(raw=raw, road="smtp", sender=ROSA, recipients=(INBOX,), received_at=office.clock())


def test_the_others_are_kept_and_it_is_told_why_it_is_not(office: Office, bad: bytes) -> None:
    good = [mail(), mail()]
    one, none, other = receive_all(office, [incoming(office, raw) for raw in (good[0], bad, good[1])])

    assert isinstance(one, Kept)
    assert isinstance(none, IntegrityError)
    assert isinstance(other, Kept)
    assert raws(office) == good


def test_alone_it_is_refused(office: Office, bad: bytes) -> None:
    with pytest.raises(IntegrityError):
        receive(office, bad, road="smtp", sender=ROSA, recipients=(INBOX,), received_at=office.clock())


def test_a_database_that_is_away_is_no_mails_fault(office: Office) -> None:
    with office.database.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE mail RENAME TO elsewhere")
    with pytest.raises(StoreUnavailable):
        receive_all(office, [incoming(office, mail()), incoming(office, mail())])


def test_an_import_tells_of_it_and_goes_on(office: Office, tmp_path: Path, bad: bytes) -> None:
    good = [mail(), mail()]
    for name, raw in zip(("1.eml", "2.eml", "3.eml"), (good[0], bad, good[1]), strict=True):
        (tmp_path / name).write_bytes(raw)
    paths = [str(tmp_path / f"{number}.eml") for number in (1, 2, 3)]
    brought = list(bring(office, paths, load(IntakeSettings)))

    told = f"A mail of {len(bad)} bytes cannot be stored (IntegrityError), so it is left out."
    assert brought[1] == Brought(len(bad), told=told, failed=True)
    assert [each.failed for each in brought] == [False, True, False]
    assert raws(office) == good
