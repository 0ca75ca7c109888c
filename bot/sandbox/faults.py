"""Bad days on purpose, for so many calls or seconds: of one method, of all Slack, of the consumer's mail server."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from enum import StrEnum

SLACK, SMTP, RESPONSE_URL = "slack", "smtp", "response_url"
HELD_SECONDS = 60.0
"""How long a call is kept waiting when the fault names no seconds."""


class Fault(StrEnum):
    """What goes wrong."""

    TOO_MANY = "429"
    """Too many calls: `Retry-After` says when to come again (mail: 451)."""
    ERROR = "500"
    """An internal error; the call was not carried out (mail: 554 after the text)."""
    TIMEOUT = "timeout"
    """No answer; the call was not carried out."""
    DROP_AFTER = "drop-after"
    """The call was carried out, and the connection broke before the answer."""
    REFUSE = "refuse"
    """The connection is closed at once (mail: 550, no such mailbox)."""
    OUTAGE = "outage"
    """Nothing works: 503, and sockets are closed (mail: no connection)."""


@dataclass(slots=True)
class Rule:
    """One planned fault.

    Args:
        on: a method's name, "slack", "response_url" or "smtp".
        fault: what goes wrong.
        count: so many more calls; None: as long as it lasts.
        until: monotonic seconds; None: until the count is used up.
        seconds: as asked for, the `Retry-After` of a 429 with a count.
    """

    on: str
    fault: Fault
    count: int | None
    until: float | None
    seconds: float | None

    def retry_after(self) -> int:
        """Whole seconds after which to come again, at least 1."""
        left = self.until - time.monotonic() if self.until is not None else self.seconds
        return max(1, math.ceil(left or 1))

    def hold(self) -> float:
        """Seconds for which a call gets no answer."""
        return HELD_SECONDS if self.seconds is None else self.seconds


class Faults:
    """The planned faults, used up as they strike."""

    def __init__(self) -> None:
        self._rules: list[Rule] = []

    def plan(self, on: str, fault: Fault, count: int | None, seconds: float | None) -> Rule:
        """Plan a fault: for the next `count` calls (1 when neither is given), or for so many seconds.

        With both, a 429 takes the seconds as its `Retry-After`, a time-out as how long it hangs, and the count decides.
        """
        lasting = time.monotonic() + seconds if seconds is not None and count is None else None
        rule = Rule(on, fault, 1 if lasting is None and count is None else count, lasting, seconds)
        self._rules.append(rule)
        return rule

    def clear(self) -> None:
        """Good weather again."""
        self._rules.clear()

    def strike_only(self, fault: Fault, name: str) -> Rule | None:
        """The next planned fault under this name when it is that one; others stay planned."""
        first = self._next((name,))
        return self.strike(name) if first is not None and first.fault is fault else None

    def strike(self, *names: str) -> Rule | None:
        """The fault that hits a call under one of these names, if any; the count goes down by one."""
        rule = self._next(names)
        if rule is not None and rule.count is not None:
            rule.count -= 1
        return rule

    def _next(self, names: tuple[str, ...]) -> Rule | None:
        now = time.monotonic()
        self._rules = [rule for rule in self._rules if (rule.until is None or now < rule.until) and rule.count != 0]
        return next((rule for rule in self._rules if rule.on in names), None)
