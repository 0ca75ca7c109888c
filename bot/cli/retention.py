"""`rightsdesk retention run`: let go now of what is due, or say what would go."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from bot.cli.show import opened_office
from store import desk, retention
from store.occupancy import occupy
from store.retention import Sweep
from store.settings import Retention, StoreSettings, configuration, load


def run_retention(config: Path | None, *, dry_run: bool, as_json: bool) -> None:
    """Destroy what is due, or only count it.

    Args:
        config: the configuration file.
        dry_run: change nothing.
        as_json: the counts as one JSON object.

    Raises:
        DeskError: something in the configuration or the store is wrong, or a desk is running on the same file.
    """
    tables = configuration(config)
    kept = load(Retention, tables)
    lock = None if dry_run else occupy(load(StoreSettings, tables))
    try:
        with opened_office(config) as office:
            retention.check(office, kept)
            swept = retention.due(office, kept) if dry_run else desk.sweep(office, kept)
    finally:
        if lock is not None:
            lock.close()
    if as_json:
        sys.stdout.write(json.dumps({"dry_run": dry_run, **asdict(swept)}) + "\n")
    else:
        sys.stdout.write("\n".join([*_told(swept, dry_run=dry_run), ""]))


def _told(swept: Sweep, *, dry_run: bool) -> list[str]:
    verb = "would go" if dry_run else "went"
    lines = [
        f"{count:,} {what} {verb}."
        for count, what in (
            (swept.raw, "mails as they came (what was read of them stays)"),
            (swept.cases, "cases' content (their records stay)"),
            (swept.mails, "mails that belong to no case, or came to one without content"),
            (swept.records, "cases' records"),
            (swept.traces, "traces of mails that belonged to no case"),
        )
        if count
    ]
    held = [f"{swept.held:,} cases are kept by a legal hold."] if swept.held else []
    return [*(lines or ["Nothing is due."]), *held]
