"""`rightsdesk import` and `rightsdesk replay` as a person or a program runs them."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.cli import bring
from intake.settings import IntakeSettings
from store import desk, queries
from store.clock import system_clock
from store.occupancy import occupy
from store.office import Office
from store.settings import StoreSettings
from tests.builders import MASTER_KEY, office_at
from tests.intake.taking import keep
from tests.mailing import ERASE, mail

HOP = b"Received: from x by mx.shop.test; Mon, 5 Jan 2026 10:00:00 +0000\r\n"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with an archive of three mails, two of which are one."""
    (tmp_path / "archive").mkdir()
    raw = HOP + mail(ERASE)
    (tmp_path / "archive" / "1.eml").write_bytes(raw)
    (tmp_path / "archive" / "2.eml").write_bytes(raw)
    (tmp_path / "archive" / "3.eml").write_bytes(mail("What are your opening hours?"))
    return tmp_path


def environment(folder: Path) -> dict[str, str]:
    said = {"DATABASE_URL": f"sqlite:///{folder}/desk.db", "MASTER_KEY": MASTER_KEY}
    return {**os.environ, "COLUMNS": "200", **{f"RIGHTSDESK_STORE_{name}": value for name, value in said.items()}}


def rightsdesk(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment(folder), input=given, capture_output=True, check=False, timeout=60
    )


@contextmanager
def office_of(folder: Path) -> Iterator[Office]:
    """The desk's store, between two runs of the command line."""
    office = office_at(f"sqlite:///{folder}/desk.db", system_clock)
    yield office
    office.close()


def quarantined(folder: Path, *raws: bytes) -> list[int]:
    with office_of(folder) as office:
        mail_ids = [keep(office, raw) for raw in raws]
        for mail_id in mail_ids:
            desk.quarantine(office, mail_id, reason="Reading it failed (LookupError).")
    return mail_ids


class TestImport:
    def test_an_archive_becomes_cases_and_a_second_time_changes_nothing(self, house: Path) -> None:
        first, again = (json.loads(rightsdesk(house, "import", "archive", "--json").stdout) for _ in range(2))
        with office_of(house) as office:
            case, waits = queries.case(office, "PR-1001"), queries.held_mail(office, 2)

        assert {**first, "seconds": 0} == {
            "kept": 2,
            "known": 1,
            "failed": 0,
            "seconds": 0,
            "fates": {"held": 1, "opened": 1},
        }
        assert {**again, "seconds": 0} == {"kept": 0, "known": 3, "failed": 0, "seconds": 0, "fates": {}}
        assert str(case.received_at.date()) == "2026-01-05"
        assert waits.state == "held"

    def test_a_path_that_cannot_be_read_is_a_sentence_and_the_rest_goes_on(self, house: Path) -> None:
        done = rightsdesk(house, "import", "nowhere", "archive")

        assert done.returncode == 1
        assert done.stderr.decode() == "rightsdesk: nowhere cannot be read: No such file or directory.\n"
        assert done.stdout.decode().startswith("Kept 2 mails, knew 1, failed 1, in ")

    def test_one_mail_may_come_by_standard_input(self, house: Path) -> None:
        done = rightsdesk(house, "import", "-", given=mail())

        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.startswith(b"Kept 1 mail, knew 0")

    def test_on_a_terminal_it_shows_a_bar_and_what_went_wrong(self, house: Path) -> None:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "bot", "import", "archive", "nowhere"]
        with subprocess.Popen(
            command, cwd=house, env={**environment(house), "TERM": "xterm"}, stdout=subprocess.PIPE, stderr=theirs
        ) as running:
            os.close(theirs)
            shown = _everything(ours)
            told = running.stdout.read().decode() if running.stdout else ""

        assert running.returncode == 1
        assert told.startswith("Kept 2 mails, knew 1, failed 1, in ")
        assert "keeping" in shown
        assert "nowhere cannot be read" in shown

    def test_a_running_desk_on_the_same_file_is_left_alone(self, house: Path) -> None:
        lock = occupy(StoreSettings(database_url=f"sqlite:///{house}/desk.db"))
        done = [rightsdesk(house, *command) for command in (("import", "archive"), ("replay",))]
        assert lock is not None
        lock.close()

        assert {each.returncode for each in done} == {1}
        assert all(each.stderr.startswith(b"rightsdesk: Another process works on") for each in done)


def test_long_work_is_told_in_plain_lines(
    office: Office, house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bring, "EVERY", 2)
    tally = bring.Tally()
    bring._keep(office, [str(house / "archive")], IntakeSettings(), tally, None)
    bring._read(office, IntakeSettings(), tally, None)

    assert (tally.kept, tally.known) == (2, 1)
    assert capsys.readouterr().err.splitlines() == ["2 mails kept or known so far.", "2 mails read so far."]


class TestReplay:
    def test_each_mail_in_quarantine_is_read_again_and_its_fate_told(self, house: Path) -> None:
        first, second = quarantined(house, mail(ERASE), mail("What are your opening hours?"))
        told = json.loads(rightsdesk(house, "replay", "--json").stdout)

        assert told == [
            {"mail": first, "fate": "opened", "case": "PR-1001", "reason": ""},
            {"mail": second, "fate": "held", "case": None, "reason": "No right was recognised in it."},
        ]

    def test_only_those_that_are_named_are_read_again(self, house: Path) -> None:
        first, second = quarantined(house, mail(ERASE), mail(ERASE))
        done = rightsdesk(house, "replay", str(second), "4711")
        with office_of(house) as office:
            states = [queries.held_mail(office, mail_id).state for mail_id in (first, second)]

        assert done.returncode == 1
        assert done.stderr.decode() == "rightsdesk: mail 4711: That mail is not here any more.\n"
        assert "PR-1001" in done.stdout.decode()
        assert states == ["quarantined", "opened"]

    def test_with_nothing_in_quarantine_there_is_nothing_to_do(self, house: Path) -> None:
        done = rightsdesk(house, "replay")

        assert (done.returncode, done.stdout) == (0, b"No mail is in quarantine.\n")


def _everything(terminal: int) -> str:
    shown = b""
    try:
        while piece := os.read(terminal, 65_536):
            shown += piece
    except OSError:  # Linux tells so that the other end is closed
        pass
    os.close(terminal)
    return shown.decode()
