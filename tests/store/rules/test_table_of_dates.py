"""More than two hundred dates over all laws, computed by our rules and by a program that shares nothing with them."""

from __future__ import annotations

import ast
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.calendars import holidays_of
from store.packs import law, laws
from store.rules.deadlines import Clock, clocks, first_moment_after, last_safe_working_day, local_day
from store.rules.kinds import Kind

PROGRAM = Path(__file__).parent / "independent_dates.py"
LINES = (Path(__file__).parent / "dates.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [tuple(line.split("\t")) for line in LINES[1:]]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row[:5]))
def test_a_mail_that_arrives_at_this_moment_is_due_on_that_day(row: tuple[str, ...]) -> None:
    name, kind, clock, where, arrived, day, due, left_out, safe, missed = row
    pack, zone = law(name), ZoneInfo(where)

    received = local_day(datetime.fromisoformat(arrived).replace(tzinfo=UTC), zone)
    holidays = holidays_of(pack.holiday_calendar, received.year, received.year + 2)
    (found,) = [each for each in clocks(pack, Kind(kind), received, holidays) if each.clock is Clock(clock)]

    assert received == date.fromisoformat(day)
    assert found.due == date.fromisoformat(due)
    assert found.skipped == tuple(map(date.fromisoformat, left_out.split()))
    assert not safe or last_safe_working_day(found.due, holidays) == date.fromisoformat(safe)
    assert first_moment_after(found.due, zone) == datetime.fromisoformat(missed).replace(tzinfo=UTC)


def test_the_table_is_what_the_independent_program_computes() -> None:
    said = subprocess.run([sys.executable, "-I", PROGRAM], capture_output=True, text=True, check=True, encoding="utf-8")

    assert said.stdout.splitlines() == LINES


def test_that_program_imports_nothing() -> None:
    nodes = list(ast.walk(ast.parse(PROGRAM.read_text("utf-8"))))

    assert not [node for node in nodes if isinstance(node, ast.Import)]
    assert [node.module for node in nodes if isinstance(node, ast.ImportFrom)] == ["__future__"]


def test_the_table_covers_every_law_and_every_clock() -> None:
    assert len(ROWS) >= 100
    assert {row[0] for row in ROWS} == set(laws())
    assert {row[2] for row in ROWS} == set(Clock)
    assert {"know_specific", "delete", "correct", "opt_out", "limit", "admt_access", "admt_opt_out", "appeal"} <= {
        row[1] for row in ROWS
    }


def test_every_clock_that_a_law_has_for_these_kinds_is_in_the_table() -> None:
    for name, kind, _clock, _zone, _arrived, day, *_ in ROWS:
        has = {due.clock.value for due in clocks(law(name), Kind(kind), date.fromisoformat(day), ())}

        assert {row[2] for row in ROWS if (row[0], row[1], row[5]) == (name, kind, day)} == has
