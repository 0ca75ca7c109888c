"""What managers see in their Home besides: who has how much, and how the mail goes."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from bot.blocks import context, header, section
from bot.cards.lists import LINES_A_SECTION
from bot.words import counted, day, escape, fit, mention, moment, without_addresses
from store.notes import MailboxHealth
from store.team import Load, TeamFacts

MAILBOXES = 10
SHOWN = 120


def team(facts: TeamFacts, today: date, zone: ZoneInfo) -> list[Block]:
    """Draw the team's load and the mail's health.

    Args:
        facts: counted now.
        today: the present day in the business's zone.
        zone: the business's time zone.
    """
    lines = [_load(load, today) for load in facts.loads]
    chunks = [lines[start : start + LINES_A_SECTION] for start in range(0, len(lines), LINES_A_SECTION)]
    shown: list[Block] = [section("\n".join(chunk)) for chunk in chunks] or [section("Nobody has an open case.")]
    left = facts.people - len(lines)
    more: list[Block] = [context(f"… and {counted(left, 'more person', 'more people')} with fewer")] if left > 0 else []
    return [header("The team"), *shown, *more, header("The mail"), section(_mail(facts)), *_mailboxes(facts, zone)]


def _load(load: Load, today: date) -> str:
    late = f", *{load.overdue:,} overdue*" if load.overdue else ""
    soon = f", {load.due_soon:,} due within 7 days" if load.due_soon else ""
    line = f"{mention(load.user)}: {load.open_cases:,} open{late}{soon}"
    if load.away_until is None or load.away_until < today:
        return line
    covered = f", covered by {mention(load.cover)}" if load.cover else ", covered by nobody"
    return f"{line}; away until {day(load.away_until)}{covered}"


def _mail(facts: TeamFacts) -> str:
    lines = (
        f"{_number(facts.unread_mails, 'mail')} kept and not read by the desk yet",
        f"{_number(facts.unreadable_mails, 'mail')} that could not be read",
        f"{_number(facts.waiting_letters, 'letter')} on the way",
        f"{_number(facts.parked_letters, 'letter')} given up, {facts.returned_letters:,} came back unanswered",
    )
    return "\n".join(f"• {line}" for line in lines)


def _mailboxes(facts: TeamFacts, zone: ZoneInfo) -> list[Block]:
    failing_first = sorted(facts.mailboxes, key=lambda mailbox: mailbox.failing_since is None)
    told = [_health(mailbox, zone) for mailbox in failing_first[:MAILBOXES]] or ["No mailbox was read yet"]
    left = len(facts.mailboxes) - MAILBOXES
    more = [f"… and {counted(left, 'more mailbox', 'more mailboxes')}"] if left > 0 else []
    return [section("\n".join([*told, *more]))]


def _health(mailbox: MailboxHealth, zone: ZoneInfo) -> str:
    name = escape(fit(mailbox.name, SHOWN))
    if mailbox.failing_since is not None:
        trouble = escape(fit(without_addresses(mailbox.trouble), SHOWN))
        return f"*{name}: failing* since {moment(mailbox.failing_since, zone)}{f': {trouble}' if trouble else ''}"
    return f"{name}: last read {moment(mailbox.read_at, zone)}" if mailbox.read_at else f"{name}: not read yet"


def _number(count: int, one: str) -> str:
    return f"{count:,} {one if count == 1 else one + 's'}"
