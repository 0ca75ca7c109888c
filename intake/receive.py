"""The one way in: whatever road a mail takes, its bytes are kept here before anybody is told that it was accepted."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from intake.mime import content_hash
from store import desk
from store.office import Office
from store.values import Kept


def receive(
    office: Office,
    raw: bytes,
    *,
    road: str,
    sender: str | None,
    recipients: tuple[str, ...],
    received_at: datetime,
    whole: bool = True,
) -> Kept:
    """Keep a mail, encrypted and committed; reading it comes after.

    Args:
        office: the store.
        raw: the mail as it came.
        road: "smtp", or the mailbox's name.
        sender: the envelope's sender (RFC 5321, 4.1.1.2); empty for the null sender, None where no envelope is
            known (a mailbox, a file).
        recipients: the envelope's recipients.
        received_at: when it first reached one of our inboxes, aware: day 0 of its clocks.
        whole: with False the bytes are its header only, since it is too large.

    Returns:
        Where it is kept; `known` when it was here before, by whatever road.

    Raises:
        StoreUnavailable: it is not kept; whoever sent it must be told to try again.
    """
    envelope = json.dumps({"sender": sender, "recipients": recipients, "whole": whole})
    known_by = content_hash(raw, received_at.astimezone(UTC).date())
    return desk.keep(office, raw, known_by, road=road, envelope=envelope, received_at=received_at)
