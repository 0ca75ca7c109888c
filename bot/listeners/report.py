"""`/privacy report`: a year's metrics."""

from __future__ import annotations

import re

from bot import cards
from bot.visit import Visit
from store import queries

USAGE = "`/privacy report [2026]` counts a year's requests, by right and outcome (§ 7102)"
NO_YEAR = "That is no year. Write it in four digits: `/privacy report 2026`."
_YEAR = re.compile(r"20\d\d", re.ASCII)


async def report(visit: Visit, words: list[str]) -> None:
    """`report`, of the present year unless another is named."""
    year = int(words[0]) if words and _YEAR.fullmatch(words[0]) else None
    if words and year is None:
        await visit.tell(NO_YEAR)
        return
    await visit.tell(cards.report(await visit.desk(queries.metrics, year)))
