"""When an answer that nobody wrote by hand may go out: so that two programs never answer one another for ever."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

DAY = timedelta(days=1)
RECIPIENT = "recipient of a letter"
"""What the keyed hash of such an address is for."""


def earliest(
    now: datetime, same: datetime | None, others: Sequence[datetime], *, pause: timedelta, per_day: int
) -> datetime:
    """The first moment at which one more automatic answer may go to an address (RFC 3834, 2: loops must end).

    Args:
        now: aware.
        same: when the last answer of the same kind went, or will go, to that address; None when none did.
        others: when all automatic answers of the last day went, or will go, to it, oldest first.
        pause: how long after an answer the next one of the same kind may go.
        per_day: at most so many in any twenty-four hours, at least one.
    """
    after_the_same = max(now, same + pause) if same else now
    if len(others) < per_day:
        return after_the_same
    return max(after_the_same, others[-per_day] + DAY)


def reached_at(address: str) -> str:
    """An address as pacing counts it: `rosa+shop@`, and the same domain in other letters, reach the same mailbox.

    Args:
        address: one mailbox, as it was written.
    """
    local, _, domain = address.strip().lower().rpartition("@")
    with suppress(UnicodeError):  # no domain name at all: it counts as it stands
        domain = domain.encode("idna").decode()
    return f"{local.partition('+')[0]}@{domain}"
