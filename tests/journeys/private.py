"""What Slack was ever shown, walked for the words of consumers: in channels, threads, Homes and notes to one person."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from bot.sandbox.events import (
    EphemeralShown,
    Event,
    HomePublished,
    LetterSent,
    MessageChanged,
    MessagePosted,
    from_json,
)
from bot.sandbox.world import JOURNAL

LONG = 12
"""A line of a mail that is shorter ("Thanks", "Hello,") may stand in a message of ours by chance."""
OFFICES = frozenset({"agents", "daemon", "delivery", "desk", "mail", "mailer", "privacy", "shop", "system"})
"""Words of senders' names that name an office and no person."""
_WORD = re.compile(r"[^\W\d_]{4,}")


def shown_to_slack(folder: Path) -> tuple[set[str], list[str]]:
    """The consumers' strings, and every message or Home that holds one of them.

    Modals are not walked: there a person of staff reads mails, and that stands in the ledger.

    Args:
        folder: where the journal of the outside world is, at any depth.
    """
    events = [event for journal in folder.rglob(JOURNAL) for event in _events(journal)]
    strings = {each.lower() for event in events if isinstance(event, LetterSent) for each in _strings(event)} - OFFICES
    shown = [json.dumps(look, ensure_ascii=False).lower() for event in events for look in _looks(event)]
    return strings, [look for look in shown if any(string in look for string in strings)]


def _events(journal: Path) -> Iterator[Event]:
    for line in journal.read_bytes().rpartition(b"\n")[0].splitlines():
        yield from_json(json.loads(line))


def _strings(sent: LetterSent) -> Iterator[str]:
    letter = sent.letter
    yield letter.sender
    yield from _WORD.findall(letter.sender.partition("@")[0])
    yield from _WORD.findall(letter.sender_name)
    for line in (letter.subject, *letter.text.splitlines()):
        words = line.strip()
        if len(words) >= LONG and not words.startswith((">", "On ", "Re:")):
            yield json.dumps(words, ensure_ascii=False)[1:-1]


def _looks(event: Event) -> Iterator[object]:
    """What an event put before somebody's eyes, with all that goes along: text, blocks, metadata, file names."""
    match event:
        case MessagePosted(_, message) | MessageChanged(_, _, message) | EphemeralShown(_, _, message):
            yield {key: value for key, value in message.items() if key != "bot_profile"}
        case HomePublished(_, view):
            yield view
        case _:
            pass
