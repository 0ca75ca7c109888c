"""`rightsdesk import` and `rightsdesk replay`: mails from old archives, and mails that could not be read before."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from bot.cli.logs import log_to_stderr
from intake import archives
from intake.importing import bring, read_kept
from intake.reader import read_one
from intake.settings import IntakeSettings
from store import desk, queries
from store.clock import system_clock
from store.errors import DeskError
from store.occupancy import occupy
from store.office import Office, open_office
from store.settings import Business, StoreSettings, configuration, load

QUARANTINED = "quarantined"
MEGABYTE = 1024 * 1024
EVERY = 1_000


@dataclass(slots=True)
class Tally:
    """How an import went, and how many of the mails that were read ended where. `--json` has the same names."""

    kept: int = 0
    known: int = 0
    failed: int = 0
    seconds: float = 0.0
    fates: dict[str, int] = field(default_factory=dict)


def import_mails(paths: Sequence[str], config: Path | None, *, as_json: bool) -> int:
    """Keep the mails below the paths, read them, and say how it went.

    Args:
        paths: files, folders, or "-" for standard input.
        config: the configuration file.
        as_json: the summary as one JSON object.

    Returns:
        The exit code: 1 when something could not be read.

    Raises:
        DeskError: something in the configuration or the store is wrong, or a desk is running on the same file.
    """
    log_to_stderr(logging.WARNING)
    began = time.monotonic()
    tally = Tally()
    with _working(config) as (office, settings), _shown() as shown:
        _keep(office, paths, settings, tally, shown)
        _read(office, settings, tally, shown)
    tally.seconds = round(time.monotonic() - began, 3)
    if as_json:
        _print_json(asdict(tally))
    else:
        told = f"Kept {_mails(tally.kept)}, knew {tally.known}, failed {tally.failed}, in {tally.seconds:.1f} s."
        fates = ", ".join(f"{count} {fate}" for fate, count in sorted(tally.fates.items()))
        sys.stdout.write(f"{told}\n" + (f"Read: {fates}.\n" if fates else ""))
    return 1 if tally.failed else 0


def replay_mails(mail_ids: Sequence[int], config: Path | None, *, as_json: bool) -> int:
    """Read mails again that are in quarantine, and say what became of each.

    Args:
        mail_ids: which; all of them without any.
        config: the configuration file.
        as_json: a JSON list instead of a table.

    Returns:
        The exit code: 1 when a mail could not be read again, or is not in quarantine.

    Raises:
        DeskError: something in the configuration or the store is wrong, or a desk is running on the same file.
    """
    log_to_stderr(logging.CRITICAL)  # what fails again is in the table
    with _working(config) as (office, settings):
        given_back = _given_back(office, mail_ids) if mail_ids else desk.replay_all(office)
        fates = []
        for mail_id in given_back:
            read_one(office, mail_id, settings)
            fates.append(_fate(office, mail_id))
    if as_json:
        _print_json(fates)
    elif fates:
        _print_table(fates)
    elif not mail_ids:
        sys.stdout.write("No mail is in quarantine.\n")
    again = any(fate["fate"] == QUARANTINED for fate in fates)
    return 1 if again or len(given_back) < len(set(mail_ids)) else 0


@contextmanager
def _working(config: Path | None) -> Iterator[tuple[Office, IntakeSettings]]:
    """The store, as long as no other process works on the same SQLite file."""
    tables = configuration(config)
    store, business, settings = load(StoreSettings, tables), load(Business, tables), load(IntakeSettings, tables)
    lock = occupy(store)
    try:
        office = open_office(store, business, system_clock)
        try:
            yield office, settings
        finally:
            office.close()
    finally:
        if lock is not None:
            lock.close()


@contextmanager
def _shown() -> Iterator[Progress | None]:
    """A progress bar on a terminal; None otherwise."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield progress


def _keep(office: Office, paths: Sequence[str], settings: IntakeSettings, tally: Tally, shown: Progress | None) -> None:
    task = shown.add_task("keeping", total=archives.total(paths) or None, told="") if shown else None
    for each in bring(office, paths, settings):
        if each.told:
            _tell(each.told, shown)
            tally.failed += each.failed
        else:
            tally.known += each.known
            tally.kept += not each.known
        count = tally.kept + tally.known
        if shown is not None and task is not None:
            shown.update(task, advance=each.size, told=_mails(count))
        elif count and count % EVERY == 0 and not each.told:
            sys.stderr.write(f"{_mails(count)} kept or known so far.\n")


def _read(office: Office, settings: IntakeSettings, tally: Tally, shown: Progress | None) -> None:
    task = shown.add_task("reading", total=tally.kept or None, told="") if shown else None
    for count, mail_id in enumerate(read_kept(office, settings), start=1):
        fate = queries.held_mail(office, mail_id).state
        tally.fates[fate] = tally.fates.get(fate, 0) + 1
        if shown is not None and task is not None:
            shown.update(task, completed=count, told=_mails(count))
        elif count % EVERY == 0:
            sys.stderr.write(f"{_mails(count)} read so far.\n")


def _given_back(office: Office, mail_ids: Iterable[int]) -> list[int]:
    given_back = []
    for mail_id in dict.fromkeys(mail_ids):
        try:
            desk.replay(office, mail_id)
        except DeskError as refused:
            _tell(f"mail {mail_id}: {refused}", None)
        else:
            given_back.append(mail_id)
    return given_back


def _fate(office: Office, mail_id: int) -> dict[str, Any]:
    mail = queries.held_mail(office, mail_id)
    return {"mail": mail_id, "fate": mail.state, "case": mail.case, "reason": mail.reason}


def _print_table(fates: Iterable[dict[str, Any]]) -> None:
    table = Table("mail", "fate", "case", "why")
    for fate in fates:
        table.add_row(str(fate["mail"]), fate["fate"], fate["case"] or "–", Text(fate["reason"]))
    Console().print(table)


def _tell(told: str, shown: Progress | None) -> None:
    if shown is not None:
        shown.console.print(Text(f"rightsdesk: {told}"), soft_wrap=True)
    else:
        sys.stderr.write(f"rightsdesk: {told}\n")


def _mails(count: int) -> str:
    return f"{count:,} mail{'' if count == 1 else 's'}"


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
