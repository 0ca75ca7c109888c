"""`/privacy me`: how one's own day looks."""

from __future__ import annotations

from bot.blocks import message, section
from bot.home.view import my_settings
from bot.visit import Visit
from bot.wishes import told
from bot.words import day, nearness
from store import queries
from store.team import HomeFacts

USAGE = "`/privacy me` tells how many cases you have, your next date and your settings"


async def type_me(visit: Visit, _words: list[str]) -> None:
    """`me`."""
    facts = await visit.desk(queries.home, visit.actor.id)
    words = _cases(facts)
    told_too = told(facts.wishes, facts.today)
    blocks = [section(words), section(told_too, accessory=my_settings())]
    await visit.tell(message(f"{words}\n{told_too}", blocks))


def _cases(facts: HomeFacts) -> str:
    if not facts.mine_count:
        return "You have no open case."
    due = next((case.due for case in facts.mine if case.due), None)
    near = f" The next date is {day(due)}, {nearness(due, facts.today)}." if due else ""
    waits = f" In {facts.waiting_count:,} of them the next word is the consumer’s." if facts.waiting_count else ""
    cases = "1 open case" if facts.mine_count == 1 else f"{facts.mine_count:,} open cases"
    return f"You have {cases}.{near}{waits}"
