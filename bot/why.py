"""*Why this date?* in words: the day it starts from, the rule, what was left out, what moved it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from bot.words import counted, day, listed, moment, nearness
from store.rules.deadlines import Clock, Due
from store.rules.kinds import Kind
from store.rules.statutes import named
from store.rules.terms import Unit
from store.why import Change, Reason, Why

WHAT = {
    Clock.ACKNOWLEDGE: "To acknowledge it",
    Clock.RESPOND: "To answer it",
    Clock.EXTENDED: "To answer it, once extended",
    Clock.APPEAL: "To decide the appeal",
}


def basis(why: Why) -> str:
    """What all dates of a case start from."""
    zone = ZoneInfo(why.zone)
    return (
        f"Law: {why.law_name} ({why.law}), last reviewed {day(why.reviewed_on)}. The mail reached the inbox "
        f"{moment(why.received_at, zone)}; days are those of {why.zone}, and the whole due day is included."
    )


def heading(reason: Reason, today: date) -> str:
    """A request and its date: "delete: due Fri 26 Feb 2027, 45 days left"."""
    near = f", {nearness(reason.due, today)}" if reason.open else ", settled"
    return f"{reason.kind.plain}: due {day(reason.due)}{near}"


def sentences(reason: Reason, zone: str) -> Iterator[str]:
    """Why a request's date is that date, a sentence at a time; plain text.

    Args:
        reason: the request's.
        zone: the business's time zone.
    """
    yield f"Day 0 is the day of receipt, {day(reason.received_on)}."
    yield from map(_rule, reason.clocks)
    if reason.counted is None:
        yield "This law sets no time for an answer to it: the date is our own."
    if reason.extended:
        yield f"It was extended once, on {moment(reason.extended.at, ZoneInfo(zone))}, to {day(reason.extended.until)}."
    for change in reason.changes:
        yield _change(change, zone)
    if reason.safe < reason.due:
        yield f"The due day is no working day, and is not moved: the last one before it is {day(reason.safe)}."
    if reason.strict:
        yield (
            "The law does not say what a business day is. Read most strictly, every day is one, and the answer is due "
            f"{day(reason.strict)}."
        )


def _rule(due: Due) -> str:
    doubt = "" if due.confirmed else ", not confirmed"
    left_out = ""
    if due.unit is Unit.BUSINESS_DAYS:
        holidays = listed([day(each) for each in due.skipped])
        left_out = "; weekends are left out" + (f", and {_holidays(len(due.skipped))} {holidays}" if holidays else "")
    count = counted(due.count, due.unit.value.removesuffix("s"))
    return f"{WHAT[due.clock]}: {count} from receipt, {day(due.due)} ({due.citation}{doubt}){left_out}."


def _holidays(number: int) -> str:
    return "the holiday" if number == 1 else "the holidays"


def _change(change: Change, zone: str) -> str:
    at = moment(change.at, ZoneInfo(zone))
    if change.what == "law":
        before = f"; under {named(change.was)} it was due {day(change.was_due)}" if change.was_due else ""
        return f"The law was changed on {at} to {named(change.now)}, and the date computed anew from receipt{before}."
    was, now = Kind(change.was).plain, Kind(change.now).plain
    return f"It was made a request to “{now}” on {at}, from “{was}”, and the date computed anew from receipt."
