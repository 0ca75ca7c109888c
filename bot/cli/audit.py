"""`rightsdesk audit`: is the ledger whole, and the ledger or a case in other hands."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import MAXYEAR, MINYEAR
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.cli.show import opened_office
from store import desk, queries
from store.bundle import new_password, write_bundle
from store.casefile import ref_of
from store.errors import ConfigurationError
from store.ledger import Fault

EVERY = 100


def show_audit(config: Path | None, seal: str | None, *, as_json: bool) -> int:
    """Print the first broken line of each chain of the ledger, and whether the seals hold.

    Args:
        config: the configuration file.
        seal: a seal that the digest in Slack printed; the database must have it.
        as_json: one JSON object instead.

    Returns:
        The exit code: 1 when a chain or a seal is broken, or the seal asked for is not there.
    """
    with opened_office(config) as office:
        faults = queries.audit(office)
        sealed = queries.seal_of(office, seal) if seal else None
    lost = seal is not None and sealed is None
    if as_json:
        told = [{**asdict(fault), "seal": str(fault.seal) if fault.seal else None} for fault in faults]
        asked = {} if seal is None else {"sealed_on": str(sealed) if sealed else None}
        _print_json({"whole": not faults and not lost, "faults": told, **asked})
    else:
        lines = [_told(fault) for fault in faults] or ["The ledger is whole."]
        if seal:
            missing = "No seal here has that digest: the database is an older one, or another one."
            lines.append(f"That is the seal of {sealed}." if sealed else missing)
        sys.stdout.write("\n".join([*lines, ""]))
    return 1 if faults or lost else 0


def export_ledger(config: Path | None) -> None:
    """Print the whole ledger, a JSON object a line, and the seals after it."""
    with opened_office(config) as office:
        desk.note_export(office, "ledger")
        for line in queries.ledger_lines(office):
            _print_json(line)


def export_bundle(
    ref: str | None, year: int | None, out: Path | None, config: Path | None, *, encrypt: bool, as_json: bool
) -> None:
    """Write a case, or a year's cases, into a zip, and say where it is and how to check it.

    Raises:
        ConfigurationError: neither or both were named, or the file cannot be made.
        NoSuchCase: there is none of that reference.
    """
    if (ref is None) is (year is None):
        raise ConfigurationError(key="audit bundle", value=ref or "", mend="name a case, or give --year, and not both")
    if year is not None and not MINYEAR < year < MAXYEAR:
        raise ConfigurationError(key="--year", value=year, mend="write a year such as 2026")
    password = new_password() if encrypt else None
    with opened_office(config) as office:
        refs = [queries.case(office, ref).ref] if ref else queries.received_in(office, year or 0)
        path = out or Path(f"{year or refs[0]}.zip")
        if year:
            desk.note_export(office, str(year), len(refs))
        with _progress(len(refs)) as done:
            digest = write_bundle(office, refs, path, year=year, password=password, done=done)
    if as_json:
        _print_json({"file": str(path), "cases": len(refs), "sha256": digest, "password": password})
        return
    sys.stdout.write(f"{path}: {len(refs)} case{'' if len(refs) == 1 else 's'}, sha256 {digest}\n")
    if password:
        sys.stdout.write(f"Password: {password}\n7-Zip, WinZip and Keka open it. It is kept nowhere: write it down.\n")


def _told(fault: Fault) -> str:
    if fault.seal:
        return f"Broken: the seal of {fault.seal} {fault.what}."
    chain = ref_of(fault.case_id) if fault.case_id else "the desk's own chain"
    return f"Broken: {chain}, line {fault.number} {fault.what}."


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, a line now and then otherwise."""
    if not sys.stderr.isatty():
        yield lambda count: _now_and_then(count, total)
        return
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("cases", total=total)
        yield lambda count: progress.update(task, completed=count)


def _now_and_then(count: int, total: int) -> None:
    if count % EVERY == 0:
        sys.stderr.write(f"{count:,} of {total:,} cases so far.\n")


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
