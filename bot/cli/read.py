"""`rightsdesk read`: what the desk understands of a mail, without keeping anything."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

from intake.reading import read_paths


def print_readings(paths: Iterable[str], *, jsonl: bool) -> int:
    """Print one reading a mail.

    Args:
        paths: files, folders, or "-" for standard input.
        jsonl: one JSON object a line instead of a table.

    Returns:
        The exit code: 1 when a mail could not be read.
    """
    readings = read_paths(paths)
    failed = _print_lines(readings) if jsonl else _print_table(readings)
    return 1 if failed else 0


def _print_lines(readings: Iterable[dict[str, Any]]) -> int:
    failed = 0
    for reading in readings:
        failed += bool(reading.get("error"))
        sys.stdout.write(json.dumps(reading, ensure_ascii=False) + "\n")
    return failed


def _print_table(readings: Iterable[dict[str, Any]]) -> int:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console, failed = Console(), 0
    for reading in readings:
        failed += bool(reading.get("error"))
        table = Table(title=Text(str(reading["file"])), show_header=False, title_justify="left", min_width=60)
        table.add_column(style="bold", no_wrap=True)
        table.add_column(overflow="fold")
        for name, value in _rows(reading):
            table.add_row(name, Text(value))
        console.print(table)
    return failed


def _rows(reading: dict[str, Any]) -> Iterable[tuple[str, str]]:
    if reading.get("error"):
        yield "could not be read", str(reading["error"])
        return
    sender = reading["from"]
    yield "from", f"{sender['name']} <{sender['address']}>".strip()
    yield "subject", str(reading["subject"])
    yield "disposition", f"{reading['disposition']} {reading['reason'] and '– ' + reading['reason']}".strip()
    for request in reading["requests"]:
        words = "; ".join(f"“{words}”" for words in request["evidence"])
        yield "asks for", f"{request['kind']} ({request['score']:.2f}) {words}"
    yield "language", str(reading["language"])
    yield "newly written", str(reading["reply"])[:2000]
    for attachment in reading["attachments"]:
        yield "attachment", f"{attachment['name']} ({attachment['type']}, {attachment['size']:,} bytes)"
    for defect in reading["defects"]:
        yield "mended", str(defect)
