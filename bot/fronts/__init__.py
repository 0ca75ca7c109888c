"""The two ways in which Slack reaches the desk: sockets that we open, and signed requests that it sends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Connection:
    """How the way from Slack is, for the health check.

    Args:
        connected: whether Slack can reach the desk.
        since: seconds for which that has been so.
        sockets: how many sockets are up; 0 where Slack sends requests.
        heard: seconds since anything came from Slack, a sign of life included; None: nothing yet.
    """

    connected: bool
    since: float
    sockets: int = 0
    heard: float | None = None


class Front(Protocol):
    """A way from Slack to Bolt's app."""

    async def start(self) -> None:
        """Open it; what fails for now is tried again behind.

        Raises:
            ConfigurationError: it can never open.
        """

    async def stop(self) -> None:
        """Close it."""

    @property
    def connection(self) -> Connection:
        """How it is."""
