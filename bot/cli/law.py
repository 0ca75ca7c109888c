"""`rightsdesk law` and `rightsdesk deadlines`: the rules as the desk follows them, each with its section."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console, Group
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from store.clock import system_clock
from store.errors import ConfigurationError
from store.packs import Pack, open_laws
from store.reports import aims, deadlines_report, law_report
from store.rules.deadlines import local_day
from store.settings import Business, configuration, load

UNCONFIRMED = "not confirmed"
BELOW = ("kinds", "text", "what", "letter", "instructions", "authority", "note", "citation")
SAID = {
    "starts": "from {}",
    "points": "({} points)",
    "declaration": "with a signed declaration",
    "sensitive": "for sensitive data",
    "needs_basis": "needs a basis",
    "confirmed": "",
    "authority_es": "",
    "to_business": "to the business first",
    "becomes": "not verified, is evaluated as {}",
    "signed_permission": "signed permission may be asked for",
    "direct_check": "and a direct check",
}


def show_law(name: str | None, config: Path | None, *, as_json: bool) -> None:
    """Print a law; without a name the one in force, and which others are known.

    Raises:
        ConfigurationError: the business's own laws cannot be used.
        PackError: there is no such law.
    """
    business = load(Business, configuration(config))
    laws = open_laws(business)
    pack = laws.pack(name or business.law)
    if as_json:
        known = {} if name else {"known": laws.names}
        sys.stdout.write(json.dumps(law_report(pack) | known, ensure_ascii=False) + "\n")
        return
    console = Console()
    _print_law(console, pack, local_day(system_clock(), business.zone))
    if name is None:
        own = f" Of your own folder: {', '.join(sorted(laws.own))}." if laws.own else ""
        told = f"\nIn force where a mail states no other residence. Known laws: {', '.join(laws.names)}.{own}"
        console.print(told, highlight=False, markup=False)


def _print_law(console: Console, pack: Pack, today: date) -> None:
    report = law_report(pack)
    due = ", due for a review" if pack.stale(today) else ""
    console.print(f"[bold]{escape(pack.name)}[/bold] ({pack.law}), last reviewed {pack.reviewed_on}{due}")
    for title, rows in report.items():
        if isinstance(rows, list | dict) and rows:
            console.print(Text(f"\n{title.replace('_', ' ')}", style="bold"))
            for row in [rows] if isinstance(rows, dict) else rows:
                console.print(_rule(row))


def show_deadlines(law: str | None, kind: str, received: str, config: Path | None, *, as_json: bool) -> None:
    """Print the dates of a request, under the law in force unless another is named.

    Raises:
        ConfigurationError: the day is none, or the business's own laws cannot be used.
        PackError, ValueError: there is no such law, or no such kind.
    """
    try:
        day = date.fromisoformat(received)
    except ValueError as error:
        raise ConfigurationError(key="--received", value=received, mend="write a day such as 2026-01-05") from error
    business = load(Business, configuration(config))
    pack = open_laws(business).pack(law or business.law)
    report = deadlines_report(pack, kind, day, business.extra_holidays)
    if as_json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
        return
    columns = ("clock", "due", "last working day", "strictly", "counted", "left out", "says")
    table = Table(*columns, title=f"{kind} under {pack.law}, received {day}")
    aimed = aims(pack, kind, day, business.extra_holidays)
    for clock in report["clocks"]:
        doubt = "" if clock["confirmed"] else f" ({UNCONFIRMED})"
        counted, aim = f"{clock['count']} {clock['unit']}", aimed[clock["clock"]]
        strictly, left_out = str(aim.strict or ""), ", ".join(clock["skipped"])
        says = clock["citation"] + doubt
        table.add_row(clock["clock"], clock["due"], str(aim.safe), strictly, counted, left_out, says)
    Console().print(table)


def _rule(row: dict[str, Any]) -> Group:
    """One rule: what it is in a line, for whom and what else below, its section last."""
    said = (SAID.get(name, "{}").format(value) for name, value in row.items() if name not in BELOW and value)
    head = [words for words in said if words]
    below = [_cell(row[name]) for name in BELOW if row.get(name)]
    if below and not row.get("confirmed", True):
        below[-1] += f" ({UNCONFIRMED})"
    return Group(
        *(Padding(Text(" ".join(head)), (0, 0, 0, 2)) for _ in head[:1]),
        *(Padding(Text(line), (0, 0, 0, 6)) for line in below),
    )


def _cell(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
