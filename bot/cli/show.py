"""What the store holds, for a person at a terminal or for a program; nothing personal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from store import queries
from store.clock import system_clock
from store.database import Database
from store.errors import ConfigurationError
from store.migrate import migrate
from store.office import Office, open_office
from store.queries import Which
from store.rules import languages, statutes
from store.rules.requesters import Priority, Requester
from store.settings import Business, StoreSettings, configuration, load
from store.values import CaseFile

LISTS = tuple(which.value for which in Which if which is not Which.MINE)


def show_migration(config: Path | None) -> None:
    """Bring the tables up to date and say what was done."""
    database = Database(load(StoreSettings, configuration(config)).database_url)
    try:
        applied = migrate(database)
    finally:
        database.close()
    sys.stdout.write(f"Applied {', '.join(applied)}.\n" if applied else "Nothing to do: the tables are up to date.\n")


def show_cases(which: str, limit: int, config: Path | None, *, as_json: bool) -> None:
    """Print a list of cases.

    Raises:
        ConfigurationError: there is no such list.
    """
    if which not in LISTS:
        raise ConfigurationError(key="cases", value=which, mend=f"write one of {', '.join(LISTS)}")
    with opened_office(config) as office:
        found = queries.cases(office, Which(which), limit=limit)
        today = office.today()
    if as_json:
        _print_json([_facts(case) for case in found])
        return
    table = Table("case", "priority", "status", "owner", "asks for", "due", "left", "from", title=f"{which} cases")
    for case in found:
        due = case.due
        asks = ", ".join(line.kind.plain for line in case.requests)
        left = _left(due, today)
        table.add_row(
            case.ref, case.priority, case.status, case.owner or "–", asks, str(due or "–"), left, case.masked_address
        )
    Console().print(table if found else f"No {which} cases.")


def show_case(ref: str, config: Path | None, *, as_json: bool) -> None:
    """Print a case with its history.

    Raises:
        NoSuchCase: there is none of that reference.
    """
    with opened_office(config) as office:
        case, lines = queries.case(office, ref), queries.history(office, ref)
        today = office.today()
    if as_json:
        history = [{**asdict(line), "at": line.at.isoformat()} for line in lines]
        _print_json({**_facts(case), "history": history})
        return
    console = Console()
    console.print(f"[bold]{case.ref}[/bold] {case.status}, {case.owner or 'unclaimed'}, from {case.masked_address}")
    for words in _understood(case):
        console.print(f"  {words}", markup=False)
    for request in case.requests:
        told = request.outcome.plain if request.outcome else f"due {request.due} ({_left(request.due, today)})"
        doubt = "; doubtful: read the mail before you answer" if request.open and request.doubtful else ""
        console.print(f"  {request.kind.plain}: {told}{doubt}")
    table = Table("#", "when (UTC)", "who", "what", "facts")
    for line in lines:
        facts = ", ".join(f"{name} {value}" for name, value in line.facts.items())
        table.add_row(str(line.number), f"{line.at:%Y-%m-%d %H:%M}", line.by, line.event, facts)
    console.print(table)


@contextmanager
def opened_office(config: Path | None) -> Iterator[Office]:
    """The office of a configuration, closed again at the end; whoever only looks makes no database and no key.

    Raises:
        ConfigurationError: there is no database, or no key to it.
    """
    tables = configuration(config)
    settings = load(StoreSettings, tables)
    _see_that_it_is_there(settings)
    office = open_office(settings, load(Business, tables), system_clock)
    try:
        yield office
    finally:
        office.close()


def _see_that_it_is_there(settings: StoreSettings) -> None:
    file = settings.database_file
    if file is not None and not file.is_file():
        mend = "there is no database at that path; go to the desk's own folder, or make one with `rightsdesk migrate`"
        raise ConfigurationError(key="store.database_url", value=settings.database_url, mend=mend)
    if settings.master_key is None and not settings.key_file.exists():
        mend = "there is no master key at that path; give the one that this database was made with"
        raise ConfigurationError(key="store.key_file", value=settings.key_file, mend=mend)


def _understood(case: CaseFile) -> Iterator[str]:
    """What is out of the ordinary: who asks, how soon to look, the language, the cases it is linked to."""
    if case.requester is not Requester.CONSUMER:
        yield f"asked by {case.requester.plain}"
    if case.law_named:
        yield f"law: {case.law} (default; the mail points to {statutes.named(case.law_named)})"
    if case.priority is Priority.HIGH:
        yield f"high priority: {case.priority_reason}"
    if spoken := languages.told(case.language):
        yield f"written in {spoken}"
    if case.links:
        yield f"linked to {', '.join(link.ref for link in case.links)}"


def _facts(case: CaseFile) -> dict[str, Any]:
    return {
        "case": case.ref,
        "status": case.status,
        "law": case.law,
        "owner": case.owner,
        "received_at": case.received_at.isoformat(),
        "closed_at": case.closed_at.isoformat() if case.closed_at else None,
        "due": str(case.due) if case.due else None,
        "from": case.masked_address,
        "requester": case.requester,
        "manner": case.manner,
        "snoozed_until": str(case.snoozed_until) if case.snoozed_until else None,
        "priority": case.priority,
        "priority_reason": case.priority_reason,
        "language": case.language,
        "links": [{"case": link.ref, "bond": link.bond} for link in case.links],
        "requests": [
            {
                "kind": request.kind,
                "received": str(request.received_on),
                "due": str(request.due),
                "extended": request.extended_to is not None,
                "outcome": request.outcome,
                "score": request.score,
                "doubtful": request.doubtful,
                "verification": {
                    "level": request.verification.level,
                    "points": request.verification.points_needed,
                    "matched": request.matched,
                },
            }
            for request in case.requests
        ],
    }


def _left(due: date | None, today: date) -> str:
    if due is None:
        return "–"
    days = (due - today).days
    return f"{days} days" if days >= 0 else f"overdue by {-days} days"


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
