"""What one person sees after doing something: the answer of every POST to the control interface."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.blocks import plain
from bot.sandbox.events import EphemeralShown, HomePublished, MessageChanged, MessagePosted, ViewsStacked

if TYPE_CHECKING:
    from bot.sandbox.events import JSON, Event
    from bot.sandbox.slack import Patience


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the person would see.

    Args:
        ok: the app acknowledged and found nothing wrong.
        ephemeral: the words of messages that only this person sees, or None.
        view: the modal on top of the screen, or None.
        errors: by block id; under the empty id what belongs to no field.
        timed_out: the app did not acknowledge within 3 seconds.
    """

    ok: bool
    ephemeral: str | None = None
    view: JSON | None = None
    errors: dict[str, str] | None = None
    timed_out: bool = False

    def to_json(self) -> dict[str, Any]:
        """The control interface's answer."""
        return {
            "ok": self.ok,
            "ephemeral": self.ephemeral,
            "view": self.view,
            "errors": self.errors or {},
            "timed_out": self.timed_out,
        }


class Witness:
    """Looks over a person's shoulder.

    Args:
        user: the person's id.
        patience: how long to look.
        alone: only what this person alone sees ends the looking.
    """

    def __init__(self, user: str, patience: Patience, *, alone: bool = False) -> None:
        self._user = user
        self._patience = patience
        self._alone = alone
        self._stirred = asyncio.Event()
        self._pause = 0.0
        self._shown: dict[str, JSON] = {}

    def __call__(self, event: Event) -> None:
        """Hear of an event."""
        match event:
            case EphemeralShown(user=self._user):
                self._shown[event.message["ts"]] = event.message
                self._stir(self._patience.quiet)
            case ViewsStacked(user=self._user) | HomePublished(user=self._user):
                self._stir(self._patience.quiet)
            case MessagePosted() | MessageChanged() if not self._alone:
                self._stir(self._patience.public)
            case _:
                pass

    def forget_stirring(self) -> None:
        """From now on only what comes next counts as a sign."""
        self._stirred.clear()

    async def settle(self) -> None:
        """Wait for what the person sees next: briefly after a sign of it, at most a second without one."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self._patience.settle
        while await self._stirs_within(end - loop.time()):
            self._stirred.clear()
            end = min(end, loop.time() + self._pause)

    @property
    def ephemeral(self) -> str | None:
        """The words of the ephemeral messages so far."""
        words = [_words(message) for message in self._shown.values()]
        return "\n".join(words) or None

    def _stir(self, pause: float) -> None:
        self._pause = pause
        self._stirred.set()

    async def _stirs_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(max(seconds, 0)):
                return await self._stirred.wait()
        except TimeoutError:
            return False


def _words(message: JSON) -> str:
    parts = [message.get("text", ""), plain(message.get("blocks", []))]
    return "\n".join(part for part in parts if part)
