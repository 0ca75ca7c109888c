"""The command line: what is wrong is told in one sentence with its mend; nobody is shown a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import MASTER_KEY, StillClock, office_at

KEY = {"RIGHTSDESK_STORE_MASTER_KEY": MASTER_KEY}
MAIL = (
    b"From: Rosa <rosa@example.net>\nSubject: My data\n\n"
    b"Please delete my account and stop selling my data. I live in California.\n"
)


def rightsdesk(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "COLUMNS": "200", **environment},
        timeout=60,
    )


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (["law", "us-xx"], {}, "us-ca"),
        (["deadlines", "--law", "us-ca", "--kind", "delet", "--received", "2026-01-05"], {}, "delete"),
        (["deadlines", "--law", "us-ca", "--kind", "delete", "--received", "5 January"], {}, "2026-01-05"),
        (["deadlines", "--law", "us-ca", "--kind", "delete", "--received", "9999-12-20"], {}, "rightsdesk:"),
        (["cases", "strange"], {}, "overdue"),
        (["cases"], {"RIGHTSDESK_STORE_DATABASE_URL": "sqlite:////proc/nowhere/desk.db"}, "store.database_url"),
        (["cases"], {"RIGHTSDESK_STORE_DATABASE_URL": "mysql://desk"}, "postgresql+psycopg://"),
        (
            ["cases"],
            {"RIGHTSDESK_STORE_DATABASE_URL": "postgresql+psycopg://desk@127.0.0.1:1/desk", **KEY},
            "database_url",
        ),
        (["cases"], {"RIGHTSDESK_STORE_DATABASE_URL": "postgresql+psycopg://desk@host:port/desk"}, "5432"),
        (["run", "--only", "kitchen"], {}, "bot, intake, scheduler"),
        (["run", "--config", "missing.toml"], {}, "missing.toml"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_is_wrong_is_one_sentence(
    tmp_path: Path, arguments: list[str], environment: dict[str, str], words: str
) -> None:
    done = rightsdesk(*arguments, folder=tmp_path, **environment)

    assert done.returncode == 1
    assert done.stderr.startswith("rightsdesk: ")
    assert done.stderr.count("\n") == 1, done.stderr
    assert words in done.stderr


LOOKING = (
    ["cases"],
    ["case", "PR-1001"],
    ["audit", "verify"],
    ["audit", "export"],
    ["audit", "bundle", "PR-1001"],
    ["triage", "review"],
)


@pytest.mark.parametrize("arguments", LOOKING, ids=" ".join)
def test_whoever_looks_where_no_desk_is_makes_none(tmp_path: Path, arguments: list[str]) -> None:
    done = rightsdesk(*arguments, folder=tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith("rightsdesk: store.database_url = sqlite:///var/rightsdesk.db: there is no database")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_whoever_looks_at_a_database_without_its_key_makes_no_other(tmp_path: Path) -> None:
    rightsdesk("migrate", folder=tmp_path)
    done = rightsdesk("cases", folder=tmp_path)

    assert done.returncode == 1
    assert "store.key_file = var/master.key: there is no master key at that path" in done.stderr
    assert not (tmp_path / "var/master.key").exists()


def test_a_case_that_is_not_there_is_told(tmp_path: Path) -> None:
    office_at(f"sqlite:///{tmp_path}/desk.db", StillClock()).close()
    done = rightsdesk("case", "PR-1", folder=tmp_path, RIGHTSDESK_STORE_DATABASE_URL="sqlite:///desk.db", **KEY)

    assert done.returncode == 1
    assert "There is no case PR-1" in done.stderr


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_text("This is a shopping list and no database, whatever its name says." * 20)
    done = rightsdesk("cases", folder=tmp_path, RIGHTSDESK_STORE_DATABASE_URL="sqlite:///desk.db", **KEY)

    assert done.returncode == 1
    assert "the database does not answer" in done.stderr
    assert done.stderr.count("\n") == 1


def test_wrong_usage_is_exit_code_2(tmp_path: Path) -> None:
    assert rightsdesk("demo", "--port", "99999", folder=tmp_path).returncode == 2


def test_a_mail_is_read_for_a_program_and_for_a_person(tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(MAIL)
    told = json.loads(rightsdesk("read", "mail.eml", "--jsonl", folder=tmp_path).stdout)
    shown = rightsdesk("read", "mail.eml", folder=tmp_path).stdout

    assert sorted(request["kind"] for request in told["requests"]) == ["delete", "opt_out"]
    assert told["error"] is None
    assert "stop selling my data" in shown
    assert "written by" in shown
    assert "us-ca “" in shown
    assert "priority" in shown


def test_the_dates_are_the_contracts(tmp_path: Path) -> None:
    arguments = ("deadlines", "--law", "us-ca", "--kind", "delete", "--received", "2026-01-05", "--json")
    told = json.loads(rightsdesk(*arguments, folder=tmp_path).stdout)

    assert (told["law"], told["kind"], told["received"]) == ("us-ca", "delete", "2026-01-05")
    assert told["clocks"][0] == {
        "clock": "acknowledge",
        "due": "2026-01-20",
        "count": 10,
        "unit": "business days",
        "citation": "Cal. Code Regs. tit. 11, § 7021(a)",
        "confirmed": True,
        "skipped": ["2026-01-19"],
    }
