"""A date that comes near, for the thread of its case; a date that has passed, for the managers."""

from __future__ import annotations

from bot.blocks import Message
from bot.words import counted, day, escape, mention
from store.values import ReminderNote


def reminder(note: ReminderNote, staff: str) -> Message:
    """Remind the owner, or all of staff while nobody has the case.

    Args:
        note: as it is now.
        staff: how Slack pings the staff, such as a user group's mention; may be empty.
    """
    whom = mention(note.owner) if note.owner else f"{staff} (nobody has claimed {escape(note.ref)} yet)".strip()
    return Message(f"{whom}: {_what(note)}")


def escalation(note: ReminderNote, managers: str = "") -> Message:
    """Tell the managers that a date has passed.

    Args:
        note: as it is now.
        managers: how Slack pings them; may be empty.
    """
    whose = f"It is with {mention(note.owner)}." if note.owner else "Nobody has claimed it."
    return Message(f"{managers} {_what(note)} {whose}".strip())


def _what(note: ReminderNote) -> str:
    head = f"{escape(note.ref)}, {note.kind.plain},"
    if note.days_left < 0:
        late = counted(-note.days_left, "day")
        return f"{head} is overdue by {late}: the answer was due {day(note.due)}."
    if note.days_left == 0:
        return f"{head} is due today, {day(note.due)}: this is the last day for the answer."
    return f"{head} is due {day(note.due)}: {counted(note.days_left, 'day')} left."
