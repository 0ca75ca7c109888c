"""`rightsdesk law` and `rightsdesk deadlines`: the rules as the desk follows them, each with its section."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from store.errors import ConfigurationError
from store.packs import laws
from store.reports import deadlines_report, law_report

UNCONFIRMED = "not confirmed"
BELOW = ("kinds", "text", "what", "letter", "note", "citation")
SAID = {
    "starts": "from {}",
    "points": "({} points)",
    "declaration": "with a signed declaration",
    "sensitive": "for sensitive data",
    "needs_basis": "needs a basis",
    "confirmed": "",
    "signed_permission": "signed permission may be asked for",
    "direct_check": "and a direct check",
}


def show_law(name: str | None, *, as_json: bool) -> None:
    """Print a law, or the names of those that are known.

    Raises:
        PackError: there is no such law.
    """
    if name is None:
        sys.stdout.write(json.dumps(laws()) + "\n" if as_json else "\n".join(laws()) + "\n")
        return
    report = law_report(name)
    if as_json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
        return
    console = Console()
    console.print(f"[bold]{report['name']}[/bold] ({report['law']}), last reviewed {report['reviewed_on']}")
    for title, rows in report.items():
        if isinstance(rows, list) and rows:
            console.print(Text(f"\n{title}", style="bold"))
            for row in rows:
                console.print(_rule(row))


def show_deadlines(law: str, kind: str, received: str, *, as_json: bool) -> None:
    """Print the dates of a request.

    Raises:
        ConfigurationError: the day is none.
        PackError, ValueError: there is no such law, or no such kind.
    """
    try:
        day = date.fromisoformat(received)
    except ValueError as error:
        raise ConfigurationError(key="--received", value=received, mend="write a day such as 2026-01-05") from error
    report = deadlines_report(law, kind, day)
    if as_json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
        return
    table = Table("clock", "due", "counted", "left out", "says", title=f"{kind} under {law}, received {day}")
    for clock in report["clocks"]:
        doubt = "" if clock["confirmed"] else f" ({UNCONFIRMED})"
        counted = f"{clock['count']} {clock['unit']}"
        table.add_row(clock["clock"], clock["due"], counted, ", ".join(clock["skipped"]), clock["citation"] + doubt)
    Console().print(table)


def _rule(row: dict[str, Any]) -> Group:
    """One rule: what it is in a line, for whom and what else below, its section last."""
    head = [SAID.get(name, "{}").format(value) for name, value in row.items() if name not in BELOW and value]
    below = [_cell(row[name]) for name in BELOW if row.get(name)]
    if below and not row.get("confirmed", True):
        below[-1] += f" ({UNCONFIRMED})"
    return Group(Padding(Text(" ".join(head)), (0, 0, 0, 2)), *(Padding(Text(line), (0, 0, 0, 6)) for line in below))


def _cell(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
