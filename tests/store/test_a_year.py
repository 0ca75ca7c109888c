"""A year of cases with everything that can happen to them: what must always hold does, and is seen when it does not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.rules.lifecycle import Move
from tests.year import Year, broken

CASES = 40


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """A small year, played."""
    played = Year(tmp_path_factory.mktemp("year") / "year.db", CASES)
    played.play()
    return played


def test_a_year_breaks_nothing(year: Year) -> None:
    assert list(broken(year.path)) == []
    assert year.faults == ()


def test_enough_happened_in_it(year: Year) -> None:
    moves = {Move.CLAIM, Move.ASK, Move.VERIFY, Move.EXTEND, Move.REPLY, Move.RECLASSIFY, Move.CHANGE_LAW, Move.RESOLVE}

    assert set(year.tried) >= moves
    with closing(sqlite3.connect(year.path)) as file:
        (closed,) = file.execute("SELECT count(*) FROM case_file WHERE closed_at IS NOT NULL").fetchone()
        (warned,) = file.execute("SELECT count(*) FROM reminder").fetchone()
    assert closed > CASES / 2
    assert warned > 0


SLIPS = (
    ("UPDATE request SET outcome = NULL, settled_at = NULL, next_reminder_at = NULL", "has no clock"),
    ("UPDATE request SET outcome = NULL, settled_at = NULL", "is closed with an open request"),
    ("DELETE FROM ledger WHERE event IN ('resolved', 'linked', 'cancelled')", "nothing says why"),
    ("DELETE FROM letter WHERE name NOT LIKE 'ack%'", "was never answered"),
    ("UPDATE letter SET id = id + 100000", "has no ledger line"),
    (
        """UPDATE ledger SET facts = '{"kinds": ["opt_out"]}' WHERE event = 'verification asked'""",
        "asks to verify opt_out",
    ),
    ("DELETE FROM reminder", "nobody was warned before it"),
)


@pytest.mark.parametrize(("slip", "sentence"), SLIPS)
def test_what_is_broken_is_seen(year: Year, tmp_path: Path, slip: str, sentence: str) -> None:
    copy = tmp_path / "year.db"
    with closing(sqlite3.connect(year.path)) as file, closing(sqlite3.connect(copy)) as other:
        file.backup(other)
        for (trigger,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            other.execute(f"DROP TRIGGER {trigger}")
        other.execute(slip)
        other.commit()

    assert any(sentence in each for each in broken(copy))
