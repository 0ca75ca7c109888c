"""Slack's published rates: how many calls of a method a minute, and how many messages a second in one channel."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TIERS = {
    20: "users.list usergroups.list usergroups.users.list conversations.list",
    50: "chat.update chat.delete conversations.history conversations.replies conversations.info conversations.open",
    100: "views.open views.push views.publish views.update users.info chat.postEphemeral conversations.members",
}
"""Calls a minute of each method, and the methods: Slack's tiers 2, 3 and 4."""
A_MINUTE = {method: most for most, methods in TIERS.items() for method in methods.split()}
POST, POSTS_A_MINUTE = "chat.postMessage", 300
"""\"Several hundred a minute a workspace\", and one a second in a channel."""
BURST = 3
"""So many messages may come at once in a channel before one a second counts; Slack says "short bursts"."""


class Rates:
    """Counts calls.

    Args:
        now: monotonic seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._calls: dict[str, deque[float]] = defaultdict(deque)

    def wait(self, method: str, channel: str = "") -> int:
        """Count a call; gives the whole seconds after which to come again, 0 when it may go through.

        Args:
            method: as `chat.update`.
            channel: where a message is posted.
        """
        windows = [(method, A_MINUTE[method], 60.0)] if method in A_MINUTE else []
        if method == POST:
            windows = [(method, POSTS_A_MINUTE, 60.0), (f"{method} {channel}", BURST, float(BURST))]
        left = max((self._left(*window) for window in windows), default=0.0)
        if left <= 0:
            for name, _, _ in windows:
                self._calls[name].append(self._now())
            return 0
        return math.ceil(left)

    def _left(self, name: str, most: int, seconds: float) -> float:
        """Seconds until a call more is within the rate."""
        calls = self._calls[name]
        while calls and calls[0] <= self._now() - seconds:
            calls.popleft()
        return calls[0] + seconds - self._now() if len(calls) >= most else 0.0
