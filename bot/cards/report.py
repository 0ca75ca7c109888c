"""A year's metrics, for one person in Slack."""

from __future__ import annotations

from bot.blocks import Message, context, header, message, section
from bot.words import escape, fit, listed
from store.rules.metrics import Metrics, Row
from store.rules.terms import Outcome

ENDINGS = {
    Outcome.COMPLIED_IN_FULL: "in whole",
    Outcome.COMPLIED_IN_PART: "in part",
    Outcome.DENIED: "denied",
    Outcome.WITHDRAWN: "withdrawn",
    Outcome.DUPLICATE: "duplicate",
}


def report(found: Metrics) -> Message:
    """What came in in a year, and how it was answered.

    Args:
        found: the year's metrics.
    """
    rows = [_row(row) for row in (*found.rows, found.total)]
    grounds = [f"{escape(fit(found.titles[basis], 200))}: {times}" for basis, times in found.total.bases]
    denied = [section("\n".join(["*Grounds of denial, in whole or in part*", *grounds]))] if grounds else []
    told = (
        f"Days go from receipt to a substantive answer; § 7102 has them published per kind. "
        f"`rightsdesk report --year {found.year} --html FILE` makes the page, with the definitions."
    )
    came = listed([f"{times} {manner.plain}" for manner, times in found.manners])
    how = [section(f"*How they came*\n{came}")] if found.manners else []
    title = f"Privacy requests in {found.year}{', so far' if found.unfinished else ''}"
    text = "\n".join([f"{title}:", *rows])
    return message(text, [header(title)], [section("\n".join(rows)), *how, *denied], [context(told)])


def _row(row: Row) -> str:
    ended = [f"{row.endings[outcome]} {words}" for outcome, words in ENDINGS.items() if row.endings[outcome]]
    waiting = [f"{row.waiting} waiting"] if row.waiting else []
    how = f": {listed([*ended, *waiting])}" if row.received else ""
    took = ""
    if row.median_days is not None:
        took = f"; median {row.median_days:g}, mean {row.mean_days:g} days"
    return f"*{escape(row.name)}*: {row.received} received{how}{took}"
