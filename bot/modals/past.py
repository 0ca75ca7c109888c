"""What an address asked for before, at the top of what is read."""

from __future__ import annotations

from collections.abc import Iterator

from slack_sdk.models.blocks import Block

from bot.blocks import section
from bot.words import counted, day, escape
from store.correspondence import EarlierCase, Past


def earlier(past: Past) -> Iterator[Block]:
    """The earlier requests of the address, and a warning where a further one to know may be refused."""
    if past.cases:
        told = "; ".join(_case(case) for case in past.cases)
        left = past.count - len(past.cases)
        more = f"; and {counted(left, 'older case')}" if left else ""
        whose = " It is an agent’s: these are the agent’s cases, for whomever." if past.of_agent else ""
        yield section(f"*Earlier requests of this address:* {told}{more}.{whose}")
    if past.refusable is not None and past.knows >= past.refusable:
        most = counted(past.refusable - 1, "such request")
        yield section(
            f":warning: This address asked to know {past.knows} times within {past.months} months. "
            f"More than {most} that were answered in that time may be refused ({escape(past.citation)})."
        )


def _case(case: EarlierCase) -> str:
    kinds = [f"{kind.plain}: {outcome.plain if outcome else 'open'}" for kind, outcome in case.kinds]
    return f"{escape(case.ref)} ({', '.join(kinds)}; received {day(case.received_on)})"
