"""A desk with its Slack door, talking to the stand-in over real sockets, and people who press and type."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import SlackDoor, web_client
from bot.courier import Courier
from bot.people import People
from bot.sandbox import forms, presses
from bot.sandbox.blocks import plain
from bot.sandbox.slack import Patience
from bot.sandbox.witness import Outcome
from bot.sandbox.world import World
from bot.settings import BotSettings
from store.clock import MovableClock
from store.office import Bridge, Office
from store.rules.kinds import Kind
from store.settings import Business, load
from store.values import CaseFile
from tests.builders import MORNING, arrive, office_at

DEADLINE = 10.0
REQUESTS, MANAGERS = "privacy-requests", "privacy-managers"
STAFF1, STAFF2, MANAGER, OUTSIDER = "staff1", "staff2", "manager", "outsider"
PATIENT = Patience(settle=5.0, public=0.4)
ANSWERING = frozenset(
    {
        *("read", "ask_to_verify", "verify", "extend", "resolve", "assign", "reply", "reopen", "reclassify"),
        *("read_held", "attach_held", "new_from_held"),
    }
)
"""Presses that show a modal, or say privately why not."""


@dataclass
class Floor:
    """The desk, its door, and Slack."""

    world: World
    office: Office
    bridge: Bridge
    settings: BotSettings
    session: aiohttp.ClientSession

    def user(self, alias: str) -> str:
        return self.world.users[alias]

    def courier(self, name: str) -> Courier:
        """A courier of another process."""
        client = web_client(self.settings, self.session)
        return Courier(self.bridge, client, People(client, self.settings), self.settings, name)

    def arrives(self, *kinds: Kind, **said: Any) -> CaseFile:
        return arrive(self.office, kinds or (Kind.DELETE, Kind.OPT_OUT), **said)

    async def stands(self, ref: str, *words: str) -> dict[str, Any]:
        """The card of a case, as soon as there is one that says all these words."""
        return await until(
            lambda: next((card for card in self.cards(ref) if all(w in read(card) for w in words)), None)
        )

    async def said(self, ref: str, *words: str) -> dict[str, Any]:
        """A line of a case's thread, as soon as there is one that says all these words."""
        return await until(
            lambda: next((line for line in self.thread(ref) if all(w in read(line) for w in words)), None)
        )

    def cards(self, ref: str, channel: str = REQUESTS) -> list[dict[str, Any]]:
        return [card for card in self.messages(channel) if card["text"].startswith(f"{ref} ") and card.get("blocks")]

    def thread(self, ref: str) -> list[dict[str, Any]]:
        parents = [card["ts"] for card in self.cards(ref)]
        return [message for message in self.messages(REQUESTS) if message.get("thread_ts") in parents]

    def messages(self, channel: str) -> list[dict[str, Any]]:
        return list(self.world.slack.workspace.channels[self.world.channels[channel]].messages.values())

    async def press(self, user: str, ref: str, action: str, value: Any = None) -> Outcome:
        """Somebody presses a button of a card."""
        return await self.press_at(user, (await self.stands(ref))["ts"], action, value)

    async def press_at(self, user: str, ts: str, action: str, value: Any = None) -> Outcome:
        """Somebody presses a button of a message, and waits for the answer where the button gives one."""
        before = self.answers(user)
        outcome = await presses.press(self.world.bench, user, REQUESTS, ts, action, value)
        if (value or action).partition(" ")[0] in ANSWERING:
            await until(lambda: self.answers(user) != before)
            return replace(outcome, view=self.world.slack.workspace.open_view(self.user(user)))
        return outcome

    def answers(self, user: str) -> tuple[str, int]:
        """What only this person sees: the modal on top, and how many ephemeral messages there were."""
        view = self.world.slack.workspace.open_view(self.user(user)) or {}
        channel = self.world.slack.workspace.channels[self.world.channels[REQUESTS]]
        return view.get("id", ""), len(channel.ephemerals[self.user(user)])

    async def choose(self, user: str, ref: str, action: str) -> Outcome:
        """Somebody chooses a line of a card's menu."""
        return await self.press(user, ref, "more", f"{action} {ref}")

    async def types(self, user: str, text: str, channel: str = REQUESTS) -> Outcome:
        return await presses.command(self.world.bench, user, channel, f"/privacy {text}".strip())

    async def submit(self, user: str, **values: Any) -> Outcome:
        """Somebody fills in the modal on top and submits it; a field is named by the first word of its block id."""
        view = self.view(user)
        names = {block["block_id"].partition(" ")[0]: block["block_id"] for block in view["blocks"]}
        filled = {names[field]: value for field, value in values.items()}
        return await forms.submit(self.world.bench, user, view["id"], filled)

    async def closes(self, user: str) -> Outcome:
        """Somebody closes the modal on top."""
        return await forms.close(self.world.bench, user, self.view(user)["id"])

    def view(self, user: str) -> dict[str, Any]:
        view = self.world.slack.workspace.open_view(self.user(user))
        assert view is not None, f"{user} has no modal open"
        return view

    def sees_modal(self, user: str) -> bool:
        return self.world.slack.workspace.open_view(self.user(user)) is not None


def read(message: dict[str, Any]) -> str:
    """What a person reads of a message, aloud and on screen."""
    return f"{message.get('text', '')}\n{plain(message.get('blocks') or [])}"


async def until(happens: Callable[[], Any]) -> Any:
    """Wait for something to be there."""
    end = time.monotonic() + DEADLINE
    while not (found := happens()):
        assert time.monotonic() < end, "it never happened"
        await asyncio.sleep(0.01)
    return found


@pytest.fixture
def moving() -> MovableClock:
    clock = MovableClock()
    clock.move_to(MORNING)
    return clock


@pytest.fixture
def desk_office(tmp_path: Path, moving: MovableClock) -> Iterator[Office]:
    opened = office_at(f"sqlite:///{tmp_path}/rightsdesk.db", moving, load(Business))
    yield opened
    opened.close()


@asynccontextmanager
async def a_floor(office: Office, clock: MovableClock, data: Path) -> AsyncIterator[Floor]:
    world = World(data=data, clock=clock, patience=PATIENT)
    await world.start()
    bridge = Bridge(office)
    session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5))
    tables = {"slack": {"bot_token": world.bot_token, "app_token": world.app_token, "api_url": world.slack_api_url}}
    try:
        yield Floor(world, office, bridge, load(BotSettings, tables), session)
    finally:
        await session.close()
        bridge.close()
        await world.stop()


@pytest.fixture
async def bare_floor(desk_office: Office, moving: MovableClock, tmp_path: Path) -> AsyncIterator[Floor]:
    """The desk and Slack, and nobody at the door."""
    async with a_floor(desk_office, moving, tmp_path / "world") as floor:
        yield floor


@pytest.fixture
async def floor(bare_floor: Floor) -> AsyncIterator[Floor]:
    """The desk with its door open."""
    door = SlackDoor(bare_floor.bridge, bare_floor.settings)
    await door.start()
    yield bare_floor
    await door.stop()
