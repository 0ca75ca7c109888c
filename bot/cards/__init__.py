"""Everything that stands in a channel, each a pure function of frozen values; nothing personal in any of them."""

from bot.blocks import Message
from bot.cards.case import card, parts
from bot.cards.digests import digest
from bot.cards.held import held
from bot.cards.laws import law
from bot.cards.lines import line
from bot.cards.lists import case_list
from bot.cards.reminders import alarm, escalation, reminder, still_unreached, unreached
from bot.cards.report import report
from bot.cards.twins import linked

__all__ = [
    "Message",
    "alarm",
    "card",
    "case_list",
    "digest",
    "escalation",
    "held",
    "law",
    "line",
    "linked",
    "parts",
    "reminder",
    "report",
    "still_unreached",
    "unreached",
]
