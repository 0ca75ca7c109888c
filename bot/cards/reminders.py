"""What pings somebody: a date that comes near or has passed, a letter that did not arrive, a mailbox that fails."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.blocks import Message, actions, button, message, section
from bot.names import Action
from bot.words import counted, day, escape, fit, mention, moment, without_addresses
from store.notes import OutageNote, ReminderNote, UnreachedNote

SHOWN = 150


def reminder(note: ReminderNote, staff: str) -> Message:
    """Remind the owner, or all of staff while nobody has the case.

    Args:
        note: as it is now.
        staff: how Slack pings the staff, such as a user group's mention; may be empty.
    """
    return Message(f"{_whom(note, staff)}: {_what(note)}")


def direct(note: ReminderNote) -> Message:
    """Remind one person in a direct message, with a button for the case; the reference and nothing personal.

    Args:
        note: as it is now, of a case that somebody has.
    """
    whose = f" You cover for {mention(note.owner)}." if note.cover and note.owner else ""
    return pressable(f"{_what(note)}{whose}", note.ref)


def pressable(told: str, ref: str) -> Message:
    """A few words with the button that shows their case."""
    shown = button("Show", Action.SHOW, ref, says=f"Show {ref}")
    return message(told, [section(told), actions(shown, name=f"direct {ref}")])


def escalation(note: ReminderNote, managers: str = "") -> Message:
    """Tell the managers that a date has passed.

    Args:
        note: as it is now.
        managers: how Slack pings them; may be empty.
    """
    return Message(f"{managers} {_what(note)} {_whose(note)}".strip())


def unreached(note: UnreachedNote, staff: str) -> Message:
    """Tell the owner, or all of staff while nobody has the case, that a letter did not arrive.

    Args:
        note: as it is now.
        staff: how Slack pings the staff; may be empty.
    """
    if note.settled:
        return Message(f"{escape(note.ref)}: the letter “{_letter(note)}” did not arrive, which is settled by now.")
    return Message(f"{_whom(note, staff)}: {_not_arrived(note)} Look for another way to reach the consumer.")


def still_unreached(note: UnreachedNote, zone: ZoneInfo, managers: str = "") -> Message:
    """Tell the managers that a letter did not arrive, and that nobody was heard of since.

    Args:
        note: as it is now.
        zone: the business's time zone.
        managers: how Slack pings them; may be empty.
    """
    since = f"It came back {moment(note.since, zone)}, and the consumer was not heard of since."
    return Message(f"{managers} {_not_arrived(note)} {since} {_whose(note)}".strip())


def alarm(note: OutageNote, zone: ZoneInfo, managers: str = "") -> Message:
    """Tell the managers that a mailbox cannot be read, or that it can again.

    Args:
        note: as it is now.
        zone: the business's time zone.
        managers: how Slack pings them; may be empty.
    """
    name = escape(fit(note.name, SHOWN))
    began = moment(note.since, zone)
    if note.over:
        return Message(f"Mail is fetched again from {name}; it had failed since {began}.")
    why = escape(fit(without_addresses(note.trouble), SHOWN)) or "Reading it fails."
    return Message(f"{managers} Mail is not fetched: {name} fails since {began}. {why}".strip())


def _whom(note: ReminderNote | UnreachedNote, staff: str) -> str:
    if isinstance(note, ReminderNote) and note.owner and note.cover:
        return f"{mention(note.cover)} (for {mention(note.owner)}, who is away)"
    if isinstance(note, ReminderNote) and note.owner and note.alone:
        return f"{staff} ({mention(note.owner)} is away, and nobody covers)".strip()
    return mention(note.owner) if note.owner else f"{staff} (nobody has claimed {escape(note.ref)} yet)".strip()


def _whose(note: ReminderNote | UnreachedNote) -> str:
    return f"It is with {mention(note.owner)}." if note.owner else "Nobody has claimed it."


def _not_arrived(note: UnreachedNote) -> str:
    return f"The letter “{_letter(note)}” of {escape(note.ref)} did not arrive."


def _letter(note: UnreachedNote) -> str:
    return escape(note.letter.replace("_", " "))


def _what(note: ReminderNote) -> str:
    return f"{_how_near(note)}{_unverified(note)}"


def _how_near(note: ReminderNote) -> str:
    head = f"{escape(note.ref)}, {note.kind.plain},"
    if note.days_left < 0:
        late = counted(-note.days_left, "day")
        return f"{head} is overdue by {late}: the answer was due {day(note.due)}."
    if note.days_left == 0:
        return f"{head} is due today, {day(note.due)}: this is the last day for the answer."
    return f"{head} is due {day(note.due)}: {counted(note.days_left, 'day')} left.{_safe(note)}{_strictly(note)}"


def _safe(note: ReminderNote) -> str:
    return f" The last working day before it is {day(note.safe)}." if note.safe else ""


def _strictly(note: ReminderNote) -> str:
    return f" If every day is read as a business day, it is due {day(note.strict)}." if note.strict else ""


def _unverified(note: ReminderNote) -> str:
    if not note.unverified:
        return ""
    return f" It is not verified, so it may be denied ({escape(note.unverified)}); nothing is denied until you decide."
