"""What happened outside, one JSON object a line, so that Slack and the mailbox survive a crash of our process."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.sandbox.events import from_json, to_json

if TYPE_CHECKING:
    from io import BufferedWriter
    from pathlib import Path

    from bot.sandbox.events import Event


class Journal:
    """An append-only file of events.

    Each event is written and flushed before anyone hears of it: the kernel has it, so `kill -9` of this process loses
    nothing. A power cut may, which for a demo is fair.

    Args:
        path: the file; it and its directory are made when missing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BufferedWriter | None = None

    def open(self) -> list[Event]:
        """Read what happened before, drop a torn last line, and be ready to append.

        Returns:
            The events, oldest first.

        Raises:
            ValueError: a line other than the last one is damaged.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        content = self._path.read_bytes() if self._path.exists() else b""
        whole, _, _torn = content.rpartition(b"\n")
        events = [self._read(number, line) for number, line in enumerate(whole.split(b"\n"), start=1) if line]
        self._file = self._path.open("ab")
        self._file.truncate(len(whole) + 1 if whole else 0)
        return events

    def append(self, event: Event) -> None:
        """Keep an event.

        Raises:
            ValueError: the journal is not open.
        """
        if self._file is None:
            raise ValueError("The journal is not open.")
        self._file.write(json.dumps(to_json(event), separators=(",", ":")).encode() + b"\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file; events after that are refused."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _read(self, number: int, line: bytes) -> Event:
        try:
            return from_json(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"Line {number} of {self._path} cannot be read: {error!r}") from error
