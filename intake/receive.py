"""The one way in: whatever road a mail takes, its bytes are kept here before anybody is told that it was accepted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import structlog

from intake.mime import content_hash
from store import desk
from store.database import StoreUnavailable
from store.office import Office
from store.values import Kept

log = structlog.get_logger()

OLDEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
"""What says that it came before this came from a clock that was not set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A mail at the door.

    Attributes:
        raw: the mail as it came.
        road: "smtp", "lmtp", or the mailbox's name.
        sender: the envelope's sender (RFC 5321, 4.1.1.2); empty for the null sender, None where no envelope is
            known (a mailbox, a file).
        recipients: the envelope's recipients.
        received_at: when it first reached one of our inboxes, aware: day 0 of its clocks.
        lacking: why the bytes are not the whole mail, an impersonal sentence for staff; empty when they are.
    """

    raw: bytes
    road: str
    sender: str | None
    recipients: tuple[str, ...]
    received_at: datetime
    lacking: str = ""


def receive(
    office: Office,
    raw: bytes,
    *,
    road: str,
    sender: str | None,
    recipients: tuple[str, ...],
    received_at: datetime,
    lacking: str = "",
) -> Kept:
    """Keep a mail, encrypted and committed; reading it comes after. The arguments are those of `Incoming`.

    Returns:
        Where it is kept; `known` when it was here before, by whatever road.

    Raises:
        StoreUnavailable: it is not kept; whoever sent it must be told to try again.
    """
    mail = Incoming(raw=raw, road=road, sender=sender, recipients=recipients, received_at=received_at, lacking=lacking)
    return _keep_all(office, [mail])[0]


def receive_all(office: Office, mails: Sequence[Incoming]) -> tuple[Kept | Exception, ...]:
    """Keep several mails at the cost of one commit; when one of them cannot be kept, the others are, one by one.

    Returns:
        Where each is kept, in the order given; the same mail twice is one. For a mail that cannot be kept even alone,
        why: whoever brought it must be told.

    Raises:
        StoreUnavailable: not all are kept, and it is no mail's fault; whoever sent them must be told to try again. What
            was kept before it is known then.
    """
    try:
        return _keep_all(office, mails)
    except StoreUnavailable:
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one mail, the others are kept
        if len(mails) == 1:
            log.error("mail cannot be kept", trouble=type(error).__name__)
            return (error,)
        return tuple(outcome for mail in mails for outcome in receive_all(office, [mail]))


def _keep_all(office: Office, mails: Sequence[Incoming]) -> tuple[Kept, ...]:
    """Keep all of them or, when it raises, none."""
    return desk.keep_all(office, [_raw_mail(mail) for mail in mails])


def _raw_mail(mail: Incoming) -> desk.RawMail:
    envelope = {"sender": mail.sender, "recipients": mail.recipients, "lacking": mail.lacking}
    return desk.RawMail(
        raw=mail.raw,
        content_hash=content_hash(mail.raw, mail.received_at.astimezone(UTC).date()),
        road=mail.road,
        envelope=json.dumps(envelope),
        received_at=mail.received_at,
    )
