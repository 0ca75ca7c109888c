"""Whether a case may still be destroyed, and whether its content was."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.words import moment
from store.values import CaseFile


def kept(case: CaseFile, zone: ZoneInfo) -> list[str]:
    """A sentence, without its stop, for a legal hold, and for content that was destroyed.

    Args:
        case: as it is now.
        zone: the business's time zone.
    """
    told = []
    if case.held_since:
        told.append(f"Under a legal hold since {moment(case.held_since, zone)}: nothing of it is destroyed")
    if case.content_destroyed_at:
        told.append(f"Its content was destroyed {moment(case.content_destroyed_at, zone)}; the record remains")
    return told
