"""A move that waits for a second person, in its case's thread."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.blocks import Message, actions, button, confirm, message, section
from bot.names import Action
from bot.words import escape, mention, moment
from store.rules.team import Signed
from store.signing import Approval


def approval(waits: Approval, zone: ZoneInfo, whom: str = "") -> Message:
    """Draw a move that waits for a second person, or what became of it.

    Args:
        waits: as it is now.
        zone: the business's time zone.
        whom: how Slack pings those who may sign; may be empty.
    """
    first, what = mention(waits.asked_by), _what(waits)
    if waits.verdict is not None:
        told = f"{first} wanted to {what}: {_ending(waits, waits.verdict)}."
        return message(told, [section(told)])
    until = moment(waits.until, zone)
    role = f"{waits.needs}, and not the same person"
    told = f"{whom} {first} wants to {what}. A second person must sign until {until}: {role}.".strip()
    named = f"what {waits.ref} waits for"
    sure = confirm("Decline?", "Nothing is done, and the thread tells who declined.", "Decline")
    look = button("See it and sign…", Action.SIGN, str(waits.id), says=f"See it and sign {named}", style="primary")
    no = button("Decline", Action.DECLINE, str(waits.id), says=f"Decline {named}", confirm=sure)
    return message(told, [section(told)], [], [actions(look, no, name=f"approval {waits.id}")])


def _what(waits: Approval) -> str:
    about = f" {waits.kind.plain}" if waits.kind else ""
    return f"{waits.deed}{about} in {escape(waits.ref)}"


def _ending(waits: Approval, verdict: Signed) -> str:
    who = mention(waits.signed_by) if waits.signed_by else "the desk"
    match verdict:
        case Signed.APPROVED:
            return f"{who} signed, and it was done"
        case Signed.DECLINED if waits.signed_by == waits.asked_by:
            return f"{who} took it back, and nothing was done"
        case Signed.DECLINED:
            return f"{who} declined, and nothing was done"
        case Signed.OVERTAKEN:
            return "nobody signed in time, or it was settled otherwise, and nothing was done"
