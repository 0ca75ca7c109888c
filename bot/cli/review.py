"""`rightsdesk triage review`: where the reading errs, in counts."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.cli.show import opened_office
from store import queries
from store.rules.kinds import Kind
from store.values import Tally

NOTHING = "Nothing yet: no mail was read into a request, and nobody has corrected one.\n"


def show_review(config: Path | None, *, as_json: bool) -> None:
    """Print how often each right was read, and how often people said that this was wrong."""
    with opened_office(config) as office:
        review = queries.corrections(office)
    if as_json:
        told = {
            "kinds": [_facts(each) for each in review.kinds],
            "languages": [_facts(each) for each in review.languages],
        }
        sys.stdout.write(json.dumps(told) + "\n")
    elif not review.kinds:
        sys.stdout.write(NOTHING)
    else:
        console = Console()
        console.print(_table("right", [(Kind(each.of).plain, each) for each in review.kinds]))
        console.print(_table("language", [(each.of, each) for each in review.languages]))
        console.print("Right is what nobody has corrected so far; a request that still waits may be corrected yet.")


def _table(first: str, rows: Sequence[tuple[str, Tally]]) -> Table:
    table = Table(first, "read", "right", "mistaken for", "false alarms", "missed", title=f"The reading, by {first}")
    for name, tally in rows:
        mistaken = ", ".join(f"{kind.plain} × {times}" for kind, times in tally.mistaken) or "–"
        table.add_row(name, *map(str, (tally.read, tally.right, mistaken, tally.false_alarms, tally.missed)))
    return table


def _facts(tally: Tally) -> dict[str, Any]:
    return {
        "of": tally.of,
        "read": tally.read,
        "right": tally.right,
        "mistaken": dict(tally.mistaken),
        "false_alarms": tally.false_alarms,
        "missed": tally.missed,
    }
