"""What the desk costs beside its database, and how the look for due dates grows with the number of open cases.

Run by hand (`make bench`): figures are ratios within one run, since machines differ and this one may be busy.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import track

from store import desk
from store.office import Office
from store.rules.kinds import Kind
from tests.builders import STAFF1, StillClock, arrive, office_at

CLAIMS = 300
FEW, MANY = 10_000, 1_000_000
LOOKS = 200


def main() -> None:
    """Measure and print."""
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        bare = _bare_transactions(Path(folder) / "bare.db")
        claims = _claims(Path(folder) / "claims")
        console.print(f"claim: {claims:.0f} a second, {claims / bare:.2f} of bare one-row transactions ({bare:.0f})")
        few = _look_for_due_dates(Path(folder) / "few", FEW)
        many = _look_for_due_dates(Path(folder) / "many", MANY)
        console.print(f"look for due dates, none due: {few * 1e3:.2f} ms with {FEW:,} open requests")
        console.print(f"the same with {MANY:,}: {many * 1e3:.2f} ms, {many / few:.2f} times as long")


def _bare_transactions(path: Path) -> float:
    """One-row transactions a second with the same guarantees: WAL, synchronous=FULL."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)")

        def one() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO row (text) VALUES ('x')")
            connection.execute("COMMIT")

        return 1 / _seconds_each(one, 2_000)


def _claims(folder: Path) -> float:
    """Whole claims a second: state, ledger line, two marks, one transaction."""
    folder.mkdir()
    office = office_at(f"sqlite:///{folder}/desk.db", StillClock())
    refs = iter([arrive(office, sender=f"person{number}@example.net").ref for number in range(CLAIMS)])
    rate = 1 / _seconds_each(lambda: desk.claim(office, next(refs), STAFF1), CLAIMS)
    office.close()
    return rate


def _look_for_due_dates(folder: Path, requests: int) -> float:
    """Seconds for one look when nothing is due, with so many open requests."""
    folder.mkdir()
    clock = StillClock()
    office = office_at(f"sqlite:///{folder}/desk.db", clock)
    _fill(office, folder / "desk.db", clock, requests)
    each = _seconds_each(lambda: desk.remind(office), LOOKS)
    office.close()
    shutil.rmtree(folder)
    return each


def _fill(office: Office, path: Path, clock: StillClock, requests: int) -> None:
    """One real case, and copies of its request with other dates, behind the desk's back."""
    case = arrive(office, (Kind.DELETE,))
    later = [(clock() + timedelta(days=1 + number % 30)).isoformat(sep=" ") for number in range(1000)]
    with closing(sqlite3.connect(path)) as file:
        for _ in track(range(requests // 1000), description=f"{requests:,} requests", transient=True):
            file.executemany(
                "INSERT INTO request (case_id, kind, received_on, respond_by, bases, evidence, next_reminder_at) "
                "SELECT case_id, kind, received_on, respond_by, bases, evidence, ? FROM request WHERE id = ?",
                [(moment, case.requests[0].id) for moment in later],
            )
        file.commit()


def _seconds_each(do: Callable[[], object], times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        do()
    return (time.perf_counter() - began) / times


main()
