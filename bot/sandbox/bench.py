"""What everything that people do in Slack needs: who, where, the way to the app, and what went wrong in a form."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sandbox import payloads
from bot.sandbox.events import EphemeralShown
from bot.sandbox.inputs import BadInputError
from bot.sandbox.witness import Outcome, Witness

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.accounts import Person
    from bot.sandbox.events import JSON
    from bot.sandbox.road import Road
    from bot.sandbox.slack import Slack
    from bot.sandbox.workspace import Channel

SLACKBOT = "USLACKBOT"


@dataclass(slots=True)
class Bench:
    """The people's side of the pretended service.

    Args:
        slack: the service.
        road: the way to the app.
        field_errors: what a modal says about its fields: view id, block id, sentence.
    """

    slack: Slack
    road: Road
    field_errors: dict[str, dict[str, str]] = field(default_factory=dict)
    _redeliveries: set[asyncio.Task[None]] = field(default_factory=set)

    def person(self, name: str) -> Person:
        """Find a person by alias or id.

        Raises:
            BadInputError: nobody answers to it.
        """
        person = self.slack.record.accounts.person(name)
        if person is None:
            known = ", ".join(each.alias for each in self.slack.record.accounts.people)
            raise BadInputError(f"Nobody here is called {name!r}; there are {known}.")
        return person

    def channel(self, person: Person, name: str) -> Channel:
        """Find a channel that a person can see, by name or id, or `@` and the person's alias for direct messages.

        Raises:
            BadInputError: there is none, or the person cannot see it.
        """
        if name in (f"@{person.alias}", "dm"):
            return self.slack.record.direct(person.id)
        channel = self.slack.workspace.channel_named(name)
        visible = self.slack.workspace.visible_to(person.id)
        if channel is None or channel not in visible:
            known = ", ".join(f"#{each.name}" for each in visible if each.name)
            raise BadInputError(f"{person.name} sees no channel {name!r}; there are {known}.")
        return channel

    def view(self, person: Person, view_id: str) -> JSON:
        """Find a view that a person has open: the modal on top, or the Home tab.

        Raises:
            BadInputError: it is closed, covered by another, or somebody else's.
        """
        for view in (self.slack.workspace.open_view(person.id), self.slack.workspace.homes.get(person.id)):
            if view is not None and view["id"] == view_id:
                return view
        raise BadInputError(f"{person.name} has no view {view_id!r} on screen.")

    def witness(self, person: Person, *, alone: bool = False) -> Witness:
        """Somebody to look over a person's shoulder; alone: what everybody sees is no sign, since a command answers."""
        return Witness(person.id, self.slack.patience, alone=alone)

    def outcome(
        self, person: Person, witness: Witness, errors: Mapping[str, str], *, timed_out: bool = False
    ) -> Outcome:
        """What the person sees by now."""
        view = self.slack.workspace.open_view(person.id)
        return Outcome(not errors and not timed_out, witness.ephemeral, view, dict(errors), timed_out)

    def whisper(self, person: Person, channel: Channel, text: str) -> None:
        """Slack itself tells a person something."""
        message = self.slack.message(channel.id, {"text": text}, user=SLACKBOT)
        self.slack.record.enter(EphemeralShown(channel.id, person.id, message))

    def refuse_form(self, view_id: str, errors: Mapping[str, str]) -> None:
        """Show sentences beside the fields of a modal."""
        self.field_errors[view_id] = dict(errors)
        self.slack.record.ring()

    async def event(self, event: JSON) -> bool:
        """Send the app an event it has subscribed to; unacknowledged, it is sent again as Slack does.

        Returns:
            Whether the first attempt was acknowledged.
        """
        if event["type"] not in self.slack.manifest.events:
            return True
        body = payloads.event_callback(event, self.slack.clock())
        if await self.road.deliver("events_api", body, replies=False) is not None:
            return True
        task = asyncio.create_task(self._redeliver(body))
        self._redeliveries.add(task)
        task.add_done_callback(self._redeliveries.discard)
        return False

    async def stop(self) -> None:
        """Give up on events that wait for their next attempt."""
        tasks = tuple(self._redeliveries)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _redeliver(self, body: JSON) -> None:
        for attempt, pause in enumerate(self.slack.patience.redeliver, start=1):
            await asyncio.sleep(pause)
            retry = (attempt, "timeout")
            if await self.road.deliver("events_api", body, replies=False, retry=retry) is not None:
                return
