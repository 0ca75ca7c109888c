"""`rightsdesk read`: what the desk understands of a mail, without keeping anything."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

from intake.reading import Reading, read_paths, readings
from intake.triage import Triage
from store.rules import languages


def print_readings(paths: Iterable[str], *, jsonl: bool) -> int:
    """Print one reading a mail.

    Args:
        paths: files, folders, or "-" for standard input.
        jsonl: one JSON object a line instead of a table.

    Returns:
        The exit code: 1 when a mail could not be read.
    """
    failed = _print_lines(read_paths(paths)) if jsonl else _print_table(readings(paths))
    return 1 if failed else 0


def _print_lines(objects: Iterable[dict[str, Any]]) -> int:
    failed = 0
    for each in objects:
        failed += bool(each.get("error"))
        sys.stdout.write(json.dumps(each, ensure_ascii=False) + "\n")
    return failed


def _print_table(mails: Iterable[tuple[str, Reading | str]]) -> int:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console, failed = Console(), 0
    for file, reading in mails:
        failed += isinstance(reading, str)
        table = Table(title=Text(file), show_header=False, title_justify="left", min_width=60)
        table.add_column(style="bold", no_wrap=True)
        table.add_column(overflow="fold")
        for name, value in _rows(reading):
            table.add_row(name, Text(value))
        console.print(table)
    return failed


def _rows(reading: Reading | str) -> Iterable[tuple[str, str]]:
    if isinstance(reading, str):
        yield "could not be read", reading
        return
    mail = reading.mail
    yield "from", f"{mail.sender.name} <{mail.sender.address}>".strip() if mail.sender else ""
    yield "subject", mail.subject
    yield "disposition", f"{reading.disposition} {reading.reason and '– ' + reading.reason}".strip()
    yield from _understood(reading.triage)
    yield "newly written", reading.split.reply[:2000]
    for attachment in mail.attachments:
        yield "attachment", f"{attachment.name} ({attachment.content_type}, {attachment.size:,} bytes)"
    for defect in reading.defects:
        yield "mended", defect


def _understood(found: Triage) -> Iterable[tuple[str, str]]:
    for asked in found.requests:
        yield "asks for", f"{asked.kind} ({asked.score:.2f}) {_quoted(*asked.evidence)}".strip()
    for asked in found.possible:
        yield "may ask for", f"{asked.kind} ({asked.score:.2f}) {_quoted(*asked.evidence)}".strip()
    yield "written by", f"{found.role.plain} {_quoted(found.role_words)}".strip()
    if found.law:
        yield "law", f"{found.law} {_quoted(found.law_words)}".strip()
    why = found.priority_reason and f": {found.priority_reason} {_quoted(found.priority_words)}".rstrip()
    yield "priority", f"{found.priority}{why}"
    yield "language", languages.told(found.language) or languages.name_of(found.language)


def _quoted(*words: str) -> str:
    return "; ".join(f"“{each}”" for each in words if each)
