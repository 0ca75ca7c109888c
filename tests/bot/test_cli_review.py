"""`rightsdesk triage review`: where the reading errs, for a person and for a program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from store import desk
from store.rules.kinds import Kind
from store.values import Wish
from tests.builders import MASTER_KEY, STAFF1, StillClock, arrive, office_at


def review(folder: Path, *options: str) -> str:
    """What it prints about the desk in that folder."""
    said = {"DATABASE_URL": f"sqlite:///{folder}/desk.db", "MASTER_KEY": MASTER_KEY}
    environment = {f"RIGHTSDESK_STORE_{name}": value for name, value in said.items()}
    return subprocess.run(
        [sys.executable, "-m", "bot", "triage", "review", *options],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env={**os.environ, "COLUMNS": "200", **environment},
        timeout=60,
    ).stdout


def test_an_empty_desk_has_nothing_to_review(tmp_path: Path) -> None:
    office_at(f"sqlite:///{tmp_path}/desk.db", StillClock()).close()

    assert review(tmp_path) == "Nothing yet: no mail was read into a request, and nobody has corrected one.\n"
    assert json.loads(review(tmp_path, "--json")) == {"kinds": [], "languages": []}


def test_what_people_corrected_is_told_by_right_and_by_language(tmp_path: Path) -> None:
    office = office_at(f"sqlite:///{tmp_path}/desk.db", StillClock())
    for _ in range(2):
        arrive(office, wishes=(Wish(Kind.DELETE, ("erase me",), 0.9),))
    desk.claim(office, "PR-1002", STAFF1)
    desk.reclassify(office, "PR-1002", 2, Kind.OPT_OUT, STAFF1)
    office.close()
    table, told = review(tmp_path), json.loads(review(tmp_path, "--json"))
    counts = {"read": 2, "right": 1, "mistaken": {"opt_out": 1}, "false_alarms": 0, "missed": 0}

    assert "opt-out of sale × 1" in table
    assert "erase me" not in table
    assert told["kinds"][0] == {"of": "delete", **counts}
    assert told["languages"] == [{"of": "en", **counts}]
