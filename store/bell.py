"""Rung after a commit that left something to deliver, so that the doors need not wait for their next look."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Bell:
    """Who wants to be woken, and the waking. Safe from any thread."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []
        self._lock = threading.Lock()

    def subscribe(self, wake: Callable[[], None]) -> None:
        """Have a function called after each such commit. It must return at once and may be called from any thread."""
        with self._lock:
            self._listeners.append(wake)

    def unsubscribe(self, wake: Callable[[], None]) -> None:
        """Have it called no more."""
        with self._lock:
            self._listeners.remove(wake)

    def ring(self) -> None:
        """Wake everyone who listens."""
        with self._lock:
            listeners = tuple(self._listeners)
        for wake in listeners:
            wake()
