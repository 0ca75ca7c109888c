"""The senders whose mails are set aside, for whoever asks."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from bot.blocks import Message, button, confirm, message, section
from bot.names import Action
from bot.words import counted, escape, fit, mention, moment
from store.team import BlockedSender

SHOWN = 120
LIFT = "What it filed waits for a person again, the newest hundred mails of it."


def blocked(senders: Sequence[BlockedSender], zone: ZoneInfo) -> Message:
    """Draw the blocks in force, each with how often it was used.

    Args:
        senders: the newest first.
        zone: the business's time zone.
    """
    if not senders:
        return Message("No sender is blocked.")
    told = [f"• {_name(each)}: {_used(each, zone)}." for each in senders]  # no mentions, which a cut would break
    head = section("*Blocked senders.* Their mails are kept and filed; those of their cases still go there.")
    return message("\n".join(["Blocked senders:", *told]), [head], [_row(each, zone) for each in senders])


def _row(each: BlockedSender, zone: ZoneInfo) -> Block:
    sure = confirm("Lift it?", LIFT, "Lift")
    lift = button("Lift", Action.LIFT_BLOCK, str(each.id), says=f"Lift the block of {_name(each)}", confirm=sure)
    return section(_line(each, zone), accessory=lift)


def _line(each: BlockedSender, zone: ZoneInfo) -> str:
    by = f"by {mention(each.blocked_by)}, {moment(each.blocked_at, zone)}"
    return f"{_name(each)}, {by}: {_used(each, zone)}."


def _name(each: BlockedSender) -> str:
    return escape(fit(each.masked, SHOWN))


def _used(each: BlockedSender, zone: ZoneInfo) -> str:
    return (
        f"{counted(each.times, 'mail')} since, the last {moment(each.last_at, zone)}"
        if each.last_at
        else "no mail since"
    )
