"""What somebody can do to the record who has the database's password, but not the master key."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

TRIGGERS = ("ledger_no_update", "ledger_no_delete", "ledger_no_replace", "seal_no_update", "seal_no_delete")
DESK_LENGTH = "UPDATE bookmark SET value = ? WHERE name = 'desk ledger length'"
CASE_LENGTH = "UPDATE case_file SET ledger_length = ? WHERE id = ?"

Line = dict[str, Any]


def chain_in(file: sqlite3.Connection, chain: int) -> list[Line]:
    """A chain's lines in their order."""
    file.row_factory = sqlite3.Row
    return [dict(row) for row in file.execute("SELECT * FROM ledger WHERE chain = ? ORDER BY number", (chain,))]


def rewrite(path: Path, chain: int, change: Callable[[list[Line]], Sequence[Line]], *, anew: bool) -> bool:
    """Change a chain behind the desk's back.

    Args:
        path: the SQLite file.
        chain: which.
        change: gives the lines that are to stand there.
        anew: whether numbers, digests and the count are computed anew, so that the chain is whole in itself.

    Returns:
        Whether anything is different now.
    """
    with closing(sqlite3.connect(path)) as file:
        for trigger in TRIGGERS:
            file.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        before = chain_in(file, chain)
        after = list(change([dict(line) for line in before]))
        if anew:
            computed_anew(after)
            length = (str(len(after)),) if chain == 0 else (len(after), chain)
            file.execute(DESK_LENGTH if chain == 0 else CASE_LENGTH, length)
        file.execute("DELETE FROM ledger WHERE chain = ?", (chain,))
        for line in after:
            values = {name: value for name, value in line.items() if name != "id"}
            places = ", ".join("?" * len(values))
            file.execute(f"INSERT INTO ledger ({', '.join(values)}) VALUES ({places})", tuple(values.values()))  # noqa: S608
        file.commit()
    return [_shown(line) for line in before] != [_shown(line) for line in after]


def computed_anew(lines: Sequence[Line]) -> None:
    """Number lines and compute their digests, as they are described to a regulator."""
    previous = "0" * 64
    for number, line in enumerate(lines, start=1):
        at = datetime.fromisoformat(f"{line['at']}+00:00").isoformat()
        covered = [line["chain"], number, at, line["by"], line["event"], line["facts"], previous]
        digest = hashlib.sha256(json.dumps(covered, ensure_ascii=False).encode()).hexdigest()
        line |= {"number": number, "previous": previous, "digest": digest}
        previous = digest


def _shown(line: Line) -> Line:
    return {name: value for name, value in line.items() if name != "id"}
