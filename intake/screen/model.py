"""What screening says of a mail."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Disposition(StrEnum):
    """Where a mail belongs before anyone asks what it wants."""

    CLEAR = "clear"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"
    LIST = "list"
    SPAM = "spam"
    EMPTY = "empty"
    OTHER = "other"


class Reason(StrEnum):
    """Why, in the words that staff see."""

    CLEAR = ""
    DELIVERY_STATUS = "a delivery status notification (RFC 3464)"
    DELIVERY_FAILURE = "a mail system says that a letter could not be delivered"
    DELIVERED = "a mail system says that a letter was delivered"
    READ_RECEIPT = "a read receipt (RFC 8098)"
    FEEDBACK = "an abuse or authentication report (RFC 5965)"
    AUTO_SUBMITTED = "its headers say that a program wrote it (RFC 3834)"
    VACATION = "an absence note"
    DAEMON = "written by a mail system"
    ENCRYPTED = "it is encrypted, and the desk has no key"
    CALENDAR = "a calendar invitation or answer"
    LIST = "sent to a mailing list"
    BULK = "sent in bulk"
    SPAM = "the mail server before us marked it as spam"
    EMPTY = "there is nothing in it"
    OURS = "our own letter, come back"


class BounceKind(StrEnum):
    """Whether trying again can help."""

    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Bounce:
    """A letter that was not delivered: to whom, why (RFC 3463 status or ""), and which letter of ours it was."""

    recipients: tuple[str, ...] = ()
    status: str = ""
    kind: BounceKind = BounceKind.HARD
    original_message_id: str = ""


@dataclass(frozen=True, slots=True)
class Authentication:
    """SPF, DKIM and DMARC results by a trusted host (RFC 8601); "" when none was told."""

    spf: str = ""
    dkim: str = ""
    dmarc: str = ""


@dataclass(frozen=True, slots=True)
class Screening:
    """A disposition with its reason; bounces carry their details."""

    disposition: Disposition = Disposition.CLEAR
    reason: Reason = Reason.CLEAR
    bounce: Bounce | None = None
    authentication: Authentication = field(default_factory=Authentication)
