"""Our bot works at a stand-in for Slack that others made: ours was not only fitted to our own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.peers import LOCAL_SLACK, PEERS, no_local_slack


@pytest.mark.skipif(bool(no_local_slack()), reason=no_local_slack())
def test_a_case_is_worked_at_anothers_stand_in(tmp_path: Path) -> None:
    alone = ("unshare", "-rn", sys.executable, str(PEERS / "local_slack.py"), str(LOCAL_SLACK), str(tmp_path))
    ran = subprocess.run(alone, capture_output=True, text=True, timeout=120, check=False)

    assert ran.returncode == 0, ran.stderr
    seen = json.loads(ran.stdout.splitlines()[-1])
    assert seen["card"].startswith(seen["ref"])
    assert "privacy team" in seen["turned_away"]
    assert "claimed" in seen["claimed"]
    assert seen["in_thread"]
    assert "U0SAMRIVERA" in seen["redrawn"]
    assert seen["ref"] in seen["listed"]
    assert seen["cards"] == 1
