"""What a year's metrics cost with 100,000 cases.

Run by hand (`make bench`): seconds of the processor, and their ratio to a tenth of the cases, since machines differ.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
import tracemalloc
from contextlib import closing
from pathlib import Path

from rich.console import Console

from store import queries
from store.office import Office
from store.rules.kinds import Kind
from tests.builders import StillClock, arrive, office_at

FEW, MANY = 10_000, 100_000


def main() -> None:
    """Measure and print."""
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        (few, _), (many, room) = (_report(Path(folder) / str(cases), cases) for cases in (FEW, MANY))
        console.print(f"metrics of {FEW:,} cases: {few:.2f} s")
        console.print(
            f"of {MANY:,}: {many:.2f} s, {many / few:.1f} times as long, {room / 2**20:.1f} MiB more at the most"
        )


def _report(folder: Path, cases: int) -> tuple[float, int]:
    """The seconds of the processor that counting a year takes, and the most memory it held meanwhile, in bytes."""
    folder.mkdir()
    office = office_at(f"sqlite:///{folder}/rightsdesk.db", StillClock())
    try:
        arrive(office, (Kind.DELETE,))
        _multiply(folder / "rightsdesk.db", cases)
        queries.metrics(office)
        start = time.process_time()
        queries.metrics(office)
        seconds = time.process_time() - start
        return seconds, _room(office, cases)
    finally:
        office.close()


def _room(office: Office, cases: int) -> int:
    tracemalloc.start()
    counted = queries.metrics(office).total.received
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    if counted != cases:
        raise RuntimeError(f"{counted} requests were counted of {cases}")
    return most


def _multiply(path: Path, cases: int) -> None:
    """Copies of the one case and its request, settled on many days, a third of them denied."""
    with closing(sqlite3.connect(path)) as file:
        for table, changed in (
            ("case_file", {"token_hash": "token_hash || n"}),
            (
                "request",
                {
                    "case_id": "n + 1",
                    "outcome": "CASE n % 3 WHEN 0 THEN 'denied' ELSE 'complied_in_full' END",
                    "bases": "CASE n % 3 WHEN 0 THEN '[\"not_verified\"]' ELSE '[]' END",
                    "settled_at": "datetime('2027-02-01', (n % 45) || ' days') || '.000000'",
                },
            ),
        ):
            names = [name for _, name, *_ in file.execute(f"PRAGMA table_info({table})") if name != "id"]
            chosen = ", ".join(changed.get(name, name) for name in names)
            file.execute(
                f"WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < {cases - 1}) "  # noqa: S608 - our own names
                f"INSERT INTO {table} ({', '.join(names)}) SELECT {chosen} FROM {table}, count WHERE id = 1"
            )
        file.commit()


if __name__ == "__main__":
    main()
