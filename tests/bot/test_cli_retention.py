"""The command line for what is kept, and for its keys: counts, nothing personal, one sentence where it cannot be."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from store import desk
from store.occupancy import occupy
from store.office import open_office
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.settings import Business, StoreSettings, load
from store.vault import read_masters
from tests.bot.test_command_line import rightsdesk
from tests.builders import MORNING, STAFF1, StillClock, arrive


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A desk's folder: one case, answered six years before the tests' morning."""
    office = open_office(_settings(tmp_path), load(Business), StillClock(MORNING - timedelta(days=2_200)))
    case = arrive(office, (Kind.OPT_OUT,))
    desk.claim(office, case.ref, STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)
    while jobs := desk.lease_letters(office, "postman"):
        for job in jobs:
            desk.letter_sent(office, job.id, "postman")
    office.close()
    return tmp_path


def _settings(folder: Path) -> StoreSettings:
    said = {"database_url": f"sqlite:///{folder}/var/rightsdesk.db", "key_file": folder / "var" / "master.key"}
    return load(StoreSettings, {"store": said})


def test_a_dry_run_says_what_would_go_and_a_run_lets_it_go(house: Path) -> None:
    looked = rightsdesk("retention", "run", "--dry-run", folder=house)
    done = rightsdesk("retention", "run", "--json", folder=house)
    again = rightsdesk("retention", "run", folder=house)
    whole = rightsdesk("audit", "verify", folder=house)

    assert looked.stdout.splitlines() == [
        "1 mails as they came (what was read of them stays) would go.",
        "1 cases' content (their records stay) would go.",
    ]
    told = {"dry_run": False, "raw": 1, "cases": 1, "mails": 0, "records": 1, "traces": 0, "held": 0}
    assert json.loads(done.stdout) == told
    assert again.stdout == "Nothing is due.\n"
    assert whole.stdout == "The ledger is whole.\n"


def test_a_desk_that_runs_is_not_swept_by_another_process(house: Path) -> None:
    lock = occupy(_settings(house))
    refused = rightsdesk("retention", "run", folder=house)
    assert lock is not None
    lock.close()

    assert refused.returncode == 1
    assert refused.stderr.startswith("rightsdesk: Another process works on")


def test_too_short_a_time_is_refused_by_name(house: Path) -> None:
    short = {"RIGHTSDESK_RETENTION_RECORD_MONTHS": "13", "RIGHTSDESK_RETENTION_CONTENT_DAYS": "100"}
    refused = rightsdesk("retention", "run", "--dry-run", folder=house, **short)

    assert refused.returncode == 1
    assert "retention.record_months = 13" in refused.stderr


def test_keys_are_rotated_while_the_desk_holds_its_lock(house: Path) -> None:
    lock = occupy(_settings(house))
    before = read_masters(_settings(house))
    done = rightsdesk("keys", "rotate", folder=house)
    shown = rightsdesk("case", "PR-1001", folder=house)
    assert lock is not None
    lock.close()

    assert done.stdout.startswith("Wrapped 2 data keys by the new master key. The old key opens nothing any more")
    assert read_masters(_settings(house)) != before
    assert shown.returncode == 0
