"""The lives of mails and letters, and what stands in Slack: closed sets that the tables hold."""

from __future__ import annotations

from enum import StrEnum


class MailState(StrEnum):
    """The life of a mail that came in."""

    KEPT = "kept"  # stored, not read yet
    OPENED = "opened"  # it opened a case
    ATTACHED = "attached"  # it belongs to a case
    HELD = "held"  # a person must say where it belongs
    FILED = "filed"  # needs nothing: an auto-reply, a list mail, not a request
    QUARANTINED = "quarantined"  # could not be read


class LetterState(StrEnum):
    """The life of a letter that goes out."""

    WAITING = "waiting"
    SENT = "sent"
    PARKED = "parked"  # given up; a person was told
    WITHDRAWN = "withdrawn"  # overtaken by the answer before it went


class PostKind(StrEnum):
    """What a post in Slack shows."""

    CARD = "card"  # a case
    LINE = "line"  # a ledger entry, in the thread of its case
    HELD = "held"  # a mail that a person must place
    REMINDER = "reminder"  # a date that comes near, in the thread
    ESCALATION = "escalation"  # a date that has passed, to the managers
    DIGEST = "digest"  # the day's digest, to the managers
    UNREACHED = "unreached"  # a letter that did not arrive, in the thread
    STILL_UNREACHED = "still unreached"  # the same a day later, to the managers
    ALARM = "alarm"  # a mailbox that cannot be read, to the managers
    CROWD = "crowd"  # many cases that came at once, on one card
    APPROVAL = "approval"  # a decision that waits for a second person, in the thread
    DIRECT = "direct"  # a reminder that a person wants for themselves alone
