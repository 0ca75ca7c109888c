"""Who gets nothing, and where nobody does: every command, button, shortcut and modal, with each of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.app import SlackDoor, web_client
from bot.blocks import divider
from bot.listeners import PRESSED, SUBMITTED
from bot.listeners.commands import COMMANDS
from bot.modals import Matter, modal
from bot.names import Shortcut
from bot.people import People
from bot.premises import ELSEWHERE, FOR_READERS, PAGES, SHARED, UNSEEN
from bot.sandbox import forms, presses, screens, shortcuts
from bot.sandbox.accounts import BOT_USER
from bot.sandbox.world import World
from bot.settings import BotSettings
from store import queries
from store.rules.lifecycle import Role
from store.settings import load
from tests.bot.conftest import MANAGERS, REQUESTS, STAFF1, STAFF2, Floor, until
from tests.builders import everything

NOT_YOURS = "This desk is for the privacy team"
STAFF_ONLY = "That needs the staff role"
GENERAL = "general"
NOBODIES: dict[str, dict[str, Any]] = {
    "a person without a role": {"groups": ()},
    "a guest": {"marks": ("is_restricted",)},
    "a guest of one channel": {"marks": ("is_restricted", "is_ultra_restricted")},
    "a removed member": {"marks": ("deleted",)},
    "a member of another workspace": {"team": "T0ELSEWHERE"},
    "a stranger from a shared channel": {"team": "T0ELSEWHERE", "marks": ("is_stranger",)},
    "a bot": {"marks": ("is_bot",)},
    "somebody who is only invited": {"marks": ("is_invited_user",)},
}


def become(world: World, alias: str, **changed: Any) -> None:
    """Somebody's account is another kind of account from now on."""
    accounts = world.record.accounts
    people = tuple(replace(each, **changed) if each.alias == alias else each for each in accounts.people)
    world.record.accounts = replace(accounts, people=people)


def recorded(floor: Floor) -> dict[str, Any]:
    """All there is in the database, but for how far the courier is."""
    return {table: rows for table, rows in everything(floor.office).items() if table != "post"}


async def posted(floor: Floor, channel: str, action: str, value: str) -> str:
    """A message of the app's with that button, in that channel."""
    pressed = {"type": "button", "action_id": action, "value": value, "text": {"type": "plain_text", "text": "Press"}}
    blocks = [{"type": "actions", "elements": [pressed]}]
    client = web_client(floor.settings, floor.session)
    answer = await client.chat_postMessage(channel=floor.world.channels[channel], text="A button", blocks=blocks)
    return str(answer["ts"])


async def tries_everything(floor: Floor, user: str, ref: str) -> list[str]:
    """Somebody types, presses, chooses and submits all there is; gives what each was answered."""
    bench = floor.world.bench
    told = [(await floor.types(user, f"{name} {ref}")).ephemeral or "" for name in COMMANDS]
    for action in PRESSED:
        ts = await posted(floor, REQUESTS, action, f"{ref} 1")
        told.append((await presses.press(bench, user, REQUESTS, ts, action)).ephemeral or "")
    for name in SUBMITTED:
        view = screens.opened(
            floor.world.slack, floor.user(user), modal(name, "Stolen", [divider()], Matter(ref, 1, 1), submit="Go")
        )
        outcome = await forms.submit(bench, user, view["id"], {})
        told.append(f"{outcome.errors} {floor.world.slack.workspace.open_view(floor.user(user))}")
    ts = floor.cards(ref)[0]["ts"]
    chosen = await shortcuts.choose(bench, user, REQUESTS, ts, Shortcut.NEW)
    told.append(f"{chosen.ephemeral} {floor.world.slack.workspace.open_view(floor.user(user))}")
    return told


@pytest.fixture(params=NOBODIES)
async def guarded(bare_floor: Floor, request: pytest.FixtureRequest) -> AsyncIterator[Floor]:
    """The desk with its door open, where `staff1` is somebody who has no place in it."""
    become(bare_floor.world, STAFF1, **NOBODIES[request.param])
    door = SlackDoor(bare_floor.bridge, bare_floor.settings)
    await door.start()
    yield bare_floor
    await door.stop()


async def test_whoever_has_no_place_here_gets_one_sentence_and_nothing_else(guarded: Floor) -> None:
    case = guarded.arrives()
    await guarded.stands(case.ref)
    before = recorded(guarded)
    told = await tries_everything(guarded, STAFF1, case.ref)
    home = await presses.home(guarded.world.bench, STAFF1)

    assert [each for each in told if NOT_YOURS not in each] == []
    assert NOT_YOURS in str(home) + str(guarded.world.slack.workspace.homes)
    assert recorded(guarded) == before
    assert case.masked_address not in str(told)


@pytest.fixture
async def with_reader(bare_floor: Floor) -> AsyncIterator[Floor]:
    """The desk with its door open, where `staff1` only reads."""
    become(bare_floor.world, STAFF1, groups=())
    listed = bare_floor.settings.model_copy(update={"readers": (bare_floor.user(STAFF1),)})
    floor = replace(bare_floor, settings=listed)
    door = SlackDoor(floor.bridge, floor.settings)
    await door.start()
    yield floor
    await door.stop()


async def test_a_reader_looks_and_changes_nothing(with_reader: Floor) -> None:
    case = with_reader.arrives()
    await with_reader.stands(case.ref)
    before = recorded(with_reader)
    told = await tries_everything(with_reader, STAFF1, case.ref)
    shown = [each for each, name in zip(told, COMMANDS, strict=False) if name in FOR_READERS]

    turned = [each for each, action in zip(told[len(COMMANDS) :], PRESSED, strict=False) if action in PAGES]

    assert [each for each in told if STAFF_ONLY not in each] == [*shown, *turned]
    assert len(shown) == len(FOR_READERS)
    assert any(case.ref in each for each in shown)
    assert recorded(with_reader) == before


async def test_a_channel_shared_with_another_company_gets_nothing(floor: Floor) -> None:
    case = floor.arrives()
    card = await floor.stands(case.ref)
    floor.world.slack.workspace.channels[floor.world.channels[REQUESTS]].shared = True
    typed = await floor.types(STAFF1, f"show {case.ref}")
    pressed = await presses.press(floor.world.bench, STAFF1, REQUESTS, card["ts"], "claim")
    chosen = await shortcuts.choose(floor.world.bench, STAFF1, REQUESTS, card["ts"], Shortcut.NEW)

    assert typed.ephemeral == pressed.ephemeral == SHARED
    assert SHARED in f"{chosen.ephemeral} {floor.world.slack.workspace.open_view(floor.user(STAFF1))}"
    assert queries.case(floor.office, case.ref).owner is None


async def test_a_button_outside_the_desks_channels_does_nothing(floor: Floor) -> None:
    case = floor.arrives()
    await floor.stands(case.ref)
    floor.world.slack.workspace.channels[floor.world.channels[GENERAL]].members.add(BOT_USER)
    ts = await posted(floor, GENERAL, "claim", case.ref)
    pressed = await presses.press(floor.world.bench, STAFF1, GENERAL, ts, "claim")

    assert pressed.ephemeral == ELSEWHERE
    assert queries.case(floor.office, case.ref).owner is None


async def test_what_a_command_answered_elsewhere_still_works_for_whoever_typed_it(floor: Floor) -> None:
    case = floor.arrives()
    await floor.stands(case.ref)
    await floor.types(STAFF2, f"show {case.ref}", GENERAL)
    own = floor.world.slack.workspace.channels[floor.world.channels[GENERAL]].ephemerals[floor.user(STAFF2)]
    ts = await until(lambda: next(iter(own), None))
    await presses.press(floor.world.bench, STAFF2, GENERAL, ts, "claim")

    await until(lambda: queries.case(floor.office, case.ref).owner == floor.user(STAFF2))


async def test_a_channel_that_the_app_does_not_see_gets_nothing(floor: Floor) -> None:
    case = floor.arrives()
    await floor.stands(case.ref)
    room = floor.world.slack.workspace.channels[floor.world.channels[MANAGERS]]
    room.members.discard(BOT_USER)
    typed = await floor.types("manager", f"show {case.ref}", MANAGERS)

    assert typed.ephemeral == UNSEEN


async def test_a_member_of_several_workspaces_of_one_organization_works_here() -> None:
    class Workspace:
        async def auth_test(self) -> dict[str, Any]:
            return {"team_id": "T0HOME"}

        async def users_info(self, *, user: str) -> dict[str, Any]:
            return {"user": {"id": user, "team_id": "T0OTHER", "enterprise_user": {"teams": ["T0OTHER", "T0HOME"]}}}

    listed = {"staff": ["U0GRIDGRID"], "staff_group": "", "managers_group": ""}
    settings = load(BotSettings, {"slack": {"bot_token": "xoxb-1", "app_token": "xapp-1", **listed}})
    people = People(Workspace(), settings)  # type: ignore[arg-type] # the part of a client that is asked

    assert (await people.actor("U0GRIDGRID")).role is Role.STAFF
