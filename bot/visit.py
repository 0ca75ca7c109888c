"""One thing that somebody did in Slack: who, on what, and how to answer them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import modals
from bot.blocks import JSON, Message
from bot.drawing import draw_case
from bot.home import Homes
from bot.modals import Answers, Matter
from bot.people import People
from bot.screen import Screen
from bot.settings import BotSettings
from bot.trouble import TROUBLE
from store.office import Bridge, Office
from store.values import Actor, CaseFile

P = ParamSpec("P")
R = TypeVar("R")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Workplace:
    """What every listener works with.

    Args:
        bridge: the way to the desk.
        people: who is who.
        settings: the channels and groups.
        homes: as this process drew them.
    """

    bridge: Bridge
    people: People
    settings: BotSettings
    homes: Homes = field(default_factory=Homes)


@dataclass(frozen=True, slots=True)
class Visit:
    """What a listener is given.

    Args:
        workplace: the desk behind the door.
        client: Slack's Web API.
        body: Slack's payload.
        actor: who did it, with a role that is enough.
        respond: answers by the payload's response URL, where it has one.
        screen: shows modals; made of the payload.
    """

    workplace: Workplace
    client: AsyncWebClient
    body: JSON
    actor: Actor
    respond: AsyncRespond
    screen: Screen

    async def desk(self, verb: Callable[Concatenate[Office, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Ask the desk: a verb or a query."""
        return await self.workplace.bridge(verb, *args, **kwargs)

    @property
    def value(self) -> str:
        """What the pressed button, or the chosen line of a menu, stands for."""
        action = self._action
        chosen = action.get("selected_option") or {}
        return str(action.get("value") or chosen.get("value") or "")

    @property
    def ref(self) -> str:
        """The case that was meant: by a button, or by the modal's own matter."""
        return self.value if self._action else self.matter.ref

    @property
    def mail_id(self) -> int:
        """The mail that was meant."""
        return int(self.value.split()[0]) if self._action else self.matter.mail or 0

    def about(self, value: str) -> Visit:
        """The same visit as if a button with that value had been pressed."""
        pressed = {**self._action, "value": value}
        return replace(self, body={**self.body, "actions": [pressed]})

    @property
    def text(self) -> str:
        """What was written behind a slash command."""
        return str(self.body.get("text") or "").strip()

    @property
    def view(self) -> JSON:
        """The modal or Home that it happened in; empty elsewhere."""
        return self.body.get("view") or {}

    @property
    def matter(self) -> Matter:
        """What the modal is about."""
        return Matter.from_json(self.view.get("private_metadata") or "{}")

    @property
    def answers(self) -> Answers:
        """What the modal's fields hold."""
        return Answers(self.view)

    async def tell(self, message: Message | str) -> None:
        """Tell this person alone: beside the message or command, or in a modal where there is none."""
        said = Message(message) if isinstance(message, str) else message
        if self.screen.waits:
            await self.open(modals.notice(said.text))
        elif self.respond.response_url:
            blocks = list(said.blocks) or None
            await self.respond(text=said.text, blocks=blocks, response_type="ephemeral", replace_original=False)
        elif self.body.get("trigger_id"):
            await self.open(modals.notice(said.text))

    async def redraw(self, message: Message) -> None:
        """Put a message in the place of the one that only this person sees and where something was pressed."""
        await self.respond(text=message.text, blocks=list(message.blocks), replace_original=True)

    async def open(self, view: JSON) -> None:
        """Show a modal: on top of the one that it was asked for in, else alone."""
        await self.screen.show(view)

    async def show_anew(self, case: CaseFile) -> None:
        """Draw a case again where only this person sees it; the card in the channel is the courier's."""
        try:
            await self._show_anew(case)
        except TROUBLE as error:  # the move itself is made
            log.warning("a private copy could not be redrawn", trouble=type(error).__name__)

    async def _show_anew(self, case: CaseFile) -> None:
        if self.body.get("container", {}).get("is_ephemeral"):
            drawing = await draw_case(self.workplace.bridge, self.workplace.people, case)
            await self.respond(text=drawing.text, blocks=list(drawing.blocks), replace_original=True)
        elif self.view.get("type") == "home":
            await self.workplace.homes.draw(self.workplace.bridge, self.client, self.actor)
        elif self.view.get("callback_id") == modals.CASE:
            office = self.workplace.bridge.office
            view = modals.case(case, office.pack(case.law), office.today(), office.business.zone)
            await self.client.views_update(view_id=self.view["id"], view=view)

    @property
    def _action(self) -> dict[str, Any]:
        pressed: list[dict[str, Any]] = self.body.get("actions") or [{}]
        return pressed[0]
