"""The managers' digest: what needs a decision first, then the counts, then how the mailboxes are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from bot.blocks import Message, context, header, message, section
from bot.cards.lists import case_line
from bot.words import ago, counted, day, escape, fit, moment, without_addresses
from store.notes import DigestFacts, MailboxHealth
from store.values import CaseFile

LAWS = 5
"""So many laws that are due for a review are named."""
QUIET = "A quiet day: nothing is overdue, nothing is due this week, nothing waits for a person."


def digest(facts: DigestFacts, zone: ZoneInfo) -> Message:
    """Draw the digest of a day.

    Args:
        facts: counted now.
        zone: the business's time zone.
    """
    needs = _needs(facts)
    title = f"Daily digest, {day(facts.today)}"
    counts = (
        f"{counted(facts.open_cases, 'case')} open; yesterday {facts.opened_yesterday} opened, "
        f"{facts.closed_yesterday} closed; {counted(facts.waiting_letters, 'letter')} on the way."
    )
    health = [_health(mailbox, facts.at, zone) for mailbox in facts.mailboxes] or ["no mailbox was read yet"]
    told = " ".join([f"{title}.", *(needs or [QUIET]), counts, *(f"{words}." for words in health)])
    head: list[Block] = [header(title), section("\n".join(f"• {need}" for need in needs) or QUIET)]
    body = [
        *_cases("Overdue", facts.overdue, facts.overdue_count, facts, zone),
        *_cases("Due this week", facts.due_this_week, facts.due_count, facts, zone),
        *_cases("Unclaimed", facts.unclaimed, facts.unclaimed_count, facts, zone),
    ]
    return message(told, head, body, [section(counts), context(*health), *_sealed(facts)])


def _sealed(facts: DigestFacts) -> list[Block]:
    """The ledger's last seal, of which this message is a copy outside the database."""
    if facts.seal is None:
        return []
    return [context(f"The ledger is sealed up to {day(facts.seal.day)}: `{facts.seal.digest}`")]


def _needs(facts: DigestFacts) -> list[str]:
    """What somebody must see to, the most urgent first; empty on a quiet day."""
    lines = (
        (facts.overdue_count, f"{counted(facts.overdue_count, 'case')} overdue."),
        (facts.due_count, f"{counted(facts.due_count, 'case')} due this week."),
        (facts.unclaimed_count, f"{counted(facts.unclaimed_count, 'case')} unclaimed."),
        (facts.held_count, f"{counted(facts.held_count, 'mail')} in the holding pen: say where they belong."),
        (facts.quarantined_count, f"{counted(facts.quarantined_count, 'mail')} could not be read."),
        (facts.unread_mails, f"{counted(facts.unread_mails, 'mail')} kept and not read by the desk yet."),
        (facts.refused_mails, f"{counted(facts.refused_mails, 'mail')} refused since yesterday as too large."),
        (facts.parked_letters, f"{counted(facts.parked_letters, 'letter')} could not be delivered."),
        (len(facts.stale_laws), _stale(facts.stale_laws)),
    )
    return [line for count, line in lines if count]


def _stale(laws: Sequence[str]) -> str:
    """Which laws somebody must compare with their packs again."""
    more = f" and {len(laws) - LAWS} more" if len(laws) > LAWS else ""
    told = escape(fit(", ".join(laws[:LAWS]), 200))
    return f"{counted(len(laws), 'law')} due for a review: {told}{more}; `/privacy law` shows what the desk follows."


def _cases(title: str, cases: Sequence[CaseFile], count: int, facts: DigestFacts, zone: ZoneInfo) -> list[Block]:
    if not cases:
        return []
    lines = [case_line(case, facts.today, zone) for case in cases]
    more = [f"… and {count - len(cases)} more: `/privacy list`"] if count > len(cases) else []
    return [section("\n".join([f"*{title}*", *lines, *more]))]


def _health(mailbox: MailboxHealth, now: datetime, zone: ZoneInfo) -> str:
    name = escape(fit(mailbox.name, 100))
    if mailbox.failing_since is not None:
        trouble = escape(fit(without_addresses(mailbox.trouble), 150))
        why = f": {trouble}" if trouble else ""
        return f"{name}: failing since {moment(mailbox.failing_since, zone)}{why}"
    read = f"last read {ago(mailbox.read_at, now)}" if mailbox.read_at else "not read yet"
    return f"{name}: {read}"
