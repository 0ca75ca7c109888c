"""The closed sets that packs, cases and letters speak in."""

from __future__ import annotations

from enum import StrEnum


class Clock(StrEnum):
    """A limit of time that starts at receipt, in the order in which they matter to a case."""

    ACKNOWLEDGE = "acknowledge"
    RESPOND = "respond"
    EXTENDED = "extended"
    APPEAL = "appeal"


class Unit(StrEnum):
    """What a clock counts. A plain day is a calendar day."""

    DAYS = "days"
    BUSINESS_DAYS = "business days"
    MONTHS = "months"

    def told(self, count: int) -> str:
        """So many of it, in words: "1 month", "45 days"."""
        return f"{count} {self.removesuffix('s') if count == 1 else self}"


class Level(StrEnum):
    """How sure a business must be that the requester is the consumer."""

    NONE = "none"
    FORBIDDEN = "forbidden"
    ON_DOUBT = "on_doubt"  # nothing is needed, but who doubts may ask (GDPR, Art. 12(6))
    REASONABLE = "reasonable"
    REASONABLY_HIGH = "reasonably_high"

    @property
    def asks(self) -> bool:
        """Whether a request waits, at this level, until enough has matched."""
        return self in {Level.REASONABLE, Level.REASONABLY_HIGH}

    @property
    def may_ask(self) -> bool:
        """Whether the consumer may be asked to verify at all."""
        return self.asks or self is Level.ON_DOUBT


class Outcome(StrEnum):
    """How a request ended."""

    COMPLIED_IN_FULL = "complied_in_full"
    COMPLIED_IN_PART = "complied_in_part"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"
    NOT_A_REQUEST = "not_a_request"

    @property
    def plain(self) -> str:
        """The words a person reads on a card: "complied in part"."""
        return "duplicate of another request" if self is Outcome.DUPLICATE else self.value.replace("_", " ")


class Measure(StrEnum):
    """A figure of a law that is no clock of a case."""

    RE_ASK = "re_ask"
    KEEP_RECORD = "keep_record"
    KNOW_ANSWERED = "know_answered"
    KNOW_WINDOW = "know_window"
    LOOK_BACK = "look_back"
    LOOK_BACK_SINCE = "look_back_since"
    MINOR_UNDER = "minor_under"
    METRICS_CONSUMERS = "metrics_consumers"
    METRICS_DUE = "metrics_due"
