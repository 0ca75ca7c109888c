"""Cases as lines of a list: for `/privacy list`, the digest and App Home."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.blocks import Message, actions, button, context, message, section
from bot.cards.case import STANDING
from bot.names import Action
from bot.understood import MARK
from bot.words import day, escape, listed, mention, nearness
from store.rules.requesters import Priority
from store.values import CaseFile

LINES_A_SECTION = 5


def case_list(
    title: str,
    cases: Sequence[CaseFile],
    today: date,
    zone: ZoneInfo,
    hint: str = "",
    *,
    before: str = "",
    after: str = "",
) -> Message:
    """A list of cases, for one person's eyes.

    Args:
        title: what they are.
        cases: in the order to show.
        today: the present day in the business's zone.
        zone: the business's time zone.
        hint: what to do next, as small print.
        before: the value of a button that turns to the page before this one; without, there is none.
        after: of the one that turns to the next.
    """
    lines = [case_line(case, today, zone) for case in cases]
    chunks = [lines[start : start + LINES_A_SECTION] for start in range(0, len(lines), LINES_A_SECTION)]
    told = "\n".join([f"{title}: {len(cases)}.", *lines]) if cases else f"{title}: none."
    head = section(f"*{escape(title)}*" + ("" if cases else ": none"))
    pages = [
        button(text, action, value, says=f"{text} page of {title}")
        for text, action, value in (("Previous", Action.LIST_PREVIOUS, before), ("Next", Action.LIST_NEXT, after))
        if value
    ]
    tail = [*([actions(*pages)] if pages else []), *([context(hint)] if hint else [])]
    return message(told, [head], [section("\n".join(chunk)) for chunk in chunks], tail)


def case_line(case: CaseFile, today: date, zone: ZoneInfo) -> str:
    """A case in one line: reference, standing, what it asks, by when, whose it is."""
    owner = mention(case.owner) if case.owner else "unclaimed"
    name = f"*{escape(case.ref)}*" + (f" {MARK} high priority," if case.priority is Priority.HIGH else "")
    if case.due is None:
        ended = f" on {day(case.closed_at.astimezone(zone).date())}" if case.closed_at else ""
        kinds = listed(sorted({line.kind.plain for line in case.requests}))
        return f"{name} {STANDING[case.status]}{ended}: {kinds}; {owner}"
    kinds = listed([line.kind.plain for line in case.open_requests])
    return f"{name} {STANDING[case.status]}: {kinds}; next date {day(case.due)}, {nearness(case.due, today)}; {owner}"
