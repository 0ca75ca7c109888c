"""Chance against the record: whatever is done to sealed lines, in whatever order, is found."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import desk, queries
from store.database import Database
from store.office import Office
from tests.builders import STAFF1, StillClock, arrive, office_at
from tests.store.tampering import Line, rewrite

CHAINS, LINES = (0, 1, 2, 3), 6
OTHER = {
    "by": "U0SOMEBODY",
    "event": "read",
    "facts": '{"kind": "limit"}',
    "at": "2027-01-01 00:00:00.000000",
    "digest": "f" * 64,
    "previous": "e" * 64,
}

changes = st.tuples(st.just("change"), st.integers(0, LINES - 1), st.sampled_from(sorted(OTHER)))
deletions = st.tuples(st.just("delete"), st.integers(0, LINES - 1), st.just(""))
swaps = st.tuples(st.just("swap"), st.integers(0, LINES - 2), st.just(""))
doubles = st.tuples(st.just("double"), st.integers(0, LINES - 2), st.just(""))
cuts = st.tuples(st.just("cut"), st.integers(0, LINES - 1), st.just(""))
tampering = st.lists(st.one_of(changes, deletions, swaps, doubles, cuts), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three cases and the desk's own chain, six lines or more each, all but the last seal's own line sealed."""
    path, clock = tmp_path_factory.mktemp("sealed") / "desk.db", StillClock()
    office = office_at(f"sqlite:///{path}", clock)
    for number in range(3):
        ref = arrive(office, sender=f"consumer{number}@example.net").ref
        for _ in range(2):
            desk.claim(office, ref, STAFF1)
            desk.release(office, ref, STAFF1)
    for _ in range(LINES + 1):
        clock.advance(timedelta(days=1))
        desk.seal(office)
    assert queries.audit(office) == ()
    office.close()
    return path


@pytest.fixture(scope="module")
def elsewhere(original: Path) -> Office:
    """The same office on a copy of its file, which may be spoilt."""
    office = office_at(f"sqlite:///{original}", StillClock())
    office.close()
    return replace(office, database=Database(f"sqlite:///{original.with_name('copy.db')}"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chain=st.sampled_from(CHAINS), steps=tampering, anew=st.booleans())
def test_no_tampering_with_sealed_lines_stays_unseen(
    original: Path,
    elsewhere: Office,
    chain: int,
    steps: list[tuple[str, int, str]],
    anew: bool,  # noqa: FBT001 - drawn by chance
) -> None:
    copy = original.with_name("copy.db")
    elsewhere.database.close()
    for left in original.parent.glob("copy.db*"):
        left.unlink()
    shutil.copy(original, copy)
    done = rewrite(copy, chain, lambda lines: _tampered(lines, steps, anew=anew), anew=anew)
    faults = queries.audit(elsewhere)
    elsewhere.database.close()

    assert bool(faults) is done
    assert {fault.case_id for fault in faults} <= {chain or None, None}


def _tampered(lines: list[Line], steps: Sequence[tuple[str, int, Any]], *, anew: bool) -> list[Line]:
    for step, place, name in steps:
        match step:
            case "change" if place < len(lines):
                lines[place][name] = OTHER[name]
            case "delete":
                lines = lines[:place] + lines[place + 1 :]
            case "swap" if place + 1 < len(lines):
                first, second = lines[place], lines[place + 1]
                numbers = first["number"], second["number"]
                lines[place : place + 2] = [second, first]
                if not anew:
                    lines[place]["number"], lines[place + 1]["number"] = numbers
            case "double" if anew and place < len(lines):
                lines = [*lines[: place + 1], dict(lines[place]), *lines[place + 1 :]]
            case "cut":
                lines = lines[:place]
    return lines
