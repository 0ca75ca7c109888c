"""`rightsdesk audit`: the record, for whoever asks whether it is whole, and for a regulator."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import pyzipper

from store import desk, queries
from tests.builders import MASTER_KEY, StillClock, arrive, office_at


@pytest.fixture
def sealed(tmp_path: Path) -> str:
    """A desk in that folder, with a case and a seal; the seal's digest."""
    clock = StillClock()
    office = office_at(f"sqlite:///{tmp_path}/desk.db", clock)
    arrive(office)
    clock.advance(timedelta(days=1))
    desk.seal(office)
    note = queries.digest(office).seal
    office.close()
    assert note is not None
    return note.digest


def audit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    said = {"DATABASE_URL": f"sqlite:///{folder}/desk.db", "MASTER_KEY": MASTER_KEY}
    return subprocess.run(
        [sys.executable, "-m", "bot", "audit", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, **{f"RIGHTSDESK_STORE_{name}": value for name, value in said.items()}},
        timeout=60,
    )


def tamper(folder: Path, statement: str) -> None:
    office = office_at(f"sqlite:///{folder}/desk.db", StillClock())
    with office.database.writing() as session:
        for trigger in ("ledger_no_update", "seal_no_update"):
            session.connection().exec_driver_sql(f"DROP TRIGGER {trigger}")
        session.connection().exec_driver_sql(statement)
    office.close()


def test_a_whole_ledger_is_told_and_a_seal_of_slack_is_known_again(tmp_path: Path, sealed: str) -> None:
    plain, asked = audit(tmp_path, "verify"), audit(tmp_path, "verify", "--seal", sealed[:20])
    older = audit(tmp_path, "verify", "--seal", "0" * 64)
    told = json.loads(audit(tmp_path, "verify", "--json", "--seal", "0" * 64).stdout)

    assert (plain.returncode, plain.stdout) == (0, "The ledger is whole.\n")
    assert (asked.returncode, asked.stdout) == (0, "The ledger is whole.\nThat is the seal of 2027-01-12.\n")
    assert older.returncode == 1
    assert "No seal here has that digest" in older.stdout
    assert told == {"whole": False, "faults": [], "sealed_on": None}


def test_the_first_broken_line_is_named(tmp_path: Path, sealed: str) -> None:
    tamper(tmp_path, "UPDATE ledger SET by = 'U0SOMEBODY' WHERE chain = 1 AND number = 2")
    done = audit(tmp_path, "verify")
    told = json.loads(audit(tmp_path, "verify", "--json").stdout)

    assert sealed
    assert (done.returncode, done.stdout) == (1, "Broken: PR-1001, line 2 was changed.\n")
    assert told["faults"] == [{"case_id": 1, "number": 2, "what": "was changed", "seal": None}]


def test_a_broken_seal_is_named(tmp_path: Path, sealed: str) -> None:
    tamper(tmp_path, "UPDATE seal SET heads = '[]'")
    done = audit(tmp_path, "verify")

    assert sealed
    assert (done.returncode, done.stdout) == (1, "Broken: the seal of 2027-01-12 was changed.\n")


def test_the_whole_ledger_is_printed_line_by_line_and_that_stands_in_it(tmp_path: Path, sealed: str) -> None:
    lines = list(map(json.loads, audit(tmp_path, "export").stdout.splitlines()))
    events = [(line["chain"], line["event"]) for line in lines if "chain" in line]

    assert events[:2] == [(0, "sealed"), (0, "exported")]
    assert (1, "opened") in events
    assert lines[-1]["digest"] == sealed
    assert "rosa" not in json.dumps(lines).lower()


def test_a_case_becomes_a_zip(tmp_path: Path, sealed: str) -> None:
    done = audit(tmp_path, "bundle", "PR-1001")
    again = audit(tmp_path, "bundle", "PR-1001")

    assert sealed
    assert done.stdout.startswith("PR-1001.zip: 1 case, sha256 ")
    assert "PR-1001/case.txt" in zipfile.ZipFile(tmp_path / "PR-1001.zip").namelist()
    assert again.returncode == 1
    assert "it is there already" in again.stderr


def test_a_year_becomes_an_encrypted_zip_whose_password_is_told_once(tmp_path: Path, sealed: str) -> None:
    told = json.loads(audit(tmp_path, "bundle", "--year", "2027", "--encrypt", "--json", "--out", "y.zip").stdout)
    shown = audit(tmp_path, "bundle", "--year", "2027", "--encrypt").stdout
    with pyzipper.AESZipFile(tmp_path / "y.zip") as archive:
        readme = archive.read("README.txt", pwd=told["password"].encode()).decode()

    assert sealed
    assert (told["file"], told["cases"]) == ("y.zip", 1)
    assert "1 case received in 2027" in readme
    assert re.search(r"^Password: \S{35}$", shown, re.MULTILINE)


@pytest.mark.parametrize("arguments", [(), ("PR-1001", "--year", "2027"), ("--year", "99999"), ("PR-9",)])
def test_what_cannot_be_bundled_is_one_sentence(tmp_path: Path, sealed: str, arguments: tuple[str, ...]) -> None:
    done = audit(tmp_path, "bundle", *arguments)

    assert sealed
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert list(tmp_path.glob("*.zip")) == []
