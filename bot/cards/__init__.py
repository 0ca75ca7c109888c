"""Everything that stands in a channel, each a pure function of frozen values; nothing personal in any of them."""

from bot.blocks import Message
from bot.cards.approvals import approval
from bot.cards.blocked import blocked
from bot.cards.case import card, parts
from bot.cards.digests import digest
from bot.cards.held import held
from bot.cards.laws import law
from bot.cards.lines import line
from bot.cards.lists import case_list
from bot.cards.reminders import alarm, direct, escalation, pressable, reminder, still_unreached, unreached
from bot.cards.report import report
from bot.cards.twins import linked

__all__ = [
    "Message",
    "alarm",
    "approval",
    "blocked",
    "card",
    "case_list",
    "digest",
    "direct",
    "escalation",
    "held",
    "law",
    "line",
    "linked",
    "parts",
    "pressable",
    "reminder",
    "report",
    "still_unreached",
    "unreached",
]
