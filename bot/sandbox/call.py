"""One call of the Web API: its arguments as Slack takes them, from a form, JSON or the query."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.slack import SlackError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Call:
    """A method and its arguments.

    Args:
        method: as `chat.postMessage`.
        arguments: text from a form or query, or values from JSON.
    """

    method: str
    arguments: Mapping[str, Any]

    def text(self, name: str, default: str = "") -> str:
        """A text argument, or the default when it is missing."""
        value = self.arguments.get(name)
        return default if value is None else str(value)

    def needed(self, name: str, error: str = "invalid_arguments") -> str:
        """A text argument that must be there.

        Raises:
            SlackError: it is missing or empty.
        """
        value = self.text(name)
        if not value:
            missing = [f"[ERROR] missing required field: {name}"]
            raise SlackError(error, response_metadata={"messages": missing})
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A yes-or-no argument: true, "true", 1 or "1"."""
        value = self.arguments.get(name)
        return default if value is None else str(value).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        """A whole number.

        Raises:
            SlackError: it is something else.
        """
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise SlackError("invalid_arguments") from None

    def structure(self, name: str, error: str) -> Any:
        """A JSON argument, sent as JSON or as JSON in a string; None when missing.

        Raises:
            SlackError: the string is not JSON.
        """
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise SlackError(error) from None
