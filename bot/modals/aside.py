"""What the team does with a case beside answering it: a note, a pause, two cases made one."""

from __future__ import annotations

from datetime import date, timedelta

from bot.blocks import JSON, context, option
from bot.modals.frame import CONFIRMED, Matter, day_field, modal, text_field, ticks, word_field
from bot.names import Field
from bot.names import View as Name
from store.values import CaseFile


def note(file: CaseFile) -> JSON:
    """A note for the team."""
    told = context("It is kept sealed and never sent. Read shows it; the thread only tells that you wrote one.")
    text = text_field(Field.TEXT, "Note")
    return modal(Name.NOTE, f"Note on {file.ref}", [text, told], Matter(file.ref), submit="Write")


def snooze(file: CaseFile, today: date) -> JSON:
    """Until when a case sleeps.

    Args:
        file: the case.
        today: the present day in the business's zone.
    """
    first = file.snoozed_until or today + timedelta(days=1)
    until = day_field(Field.UNTIL, "Until", value=first.isoformat(), hint="At most its last safe working day.")
    told = context(
        "No date changes. Until then there are no ordinary reminders. The last safe day’s, overdue ones and "
        "escalations come all the same, and a word of the consumer’s wakes it."
    )
    return modal(Name.SNOOZE, f"Snooze {file.ref}", [until, told], Matter(file.ref), submit="Snooze")


def merge(file: CaseFile) -> JSON:
    """Which earlier case a case goes on in."""
    reference = word_field(Field.REFERENCE, "Earlier case", hint="Its reference, such as PR-1001 or 1001.")
    sure = ticks(
        Field.SURE,
        "Where their addresses differ",
        [option("I am sure that it is the same person", CONFIRMED)],
        optional=True,
    )
    told = context(
        f"{file.ref} is closed. What it asks for goes on in the earlier case, on its own day of receipt where that "
        "does not ask for it yet. Its mails are read there, and replies to it go there. The consumer is not written to."
    )
    return modal(Name.MERGE, f"Merge {file.ref}", [reference, sure, told], Matter(file.ref), submit="Merge")
