from __future__ import annotations

from typing import Any

import pytest

from bot.app import web_client
from bot.people import People
from bot.sandbox.faults import Fault
from bot.settings import BotSettings
from store.rules.lifecycle import Role
from store.settings import load
from tests.bot.conftest import MANAGER, OUTSIDER, STAFF1, STAFF2, Floor


async def test_roles_come_from_groups_and_from_lists(bare_floor: Floor) -> None:
    listed = bare_floor.settings.model_copy(
        update={"staff_group": "", "managers_group": "S0PRIVMGRS", "staff": (bare_floor.user(STAFF2),)}
    )
    client = web_client(bare_floor.settings, bare_floor.session)
    people, by_list = People(client, bare_floor.settings), People(client, listed)

    assert (await people.actor(bare_floor.user(STAFF1))).role is Role.STAFF
    assert (await people.actor(bare_floor.user(MANAGER))).role is Role.MANAGER
    assert (await people.actor(bare_floor.user(OUTSIDER))).role is None
    assert (await people.actor("U0NOBODY")).role is None
    assert (await by_list.actor(bare_floor.user(STAFF1))).role is None
    assert (await by_list.actor(bare_floor.user(STAFF2))).role is Role.STAFF
    assert (await by_list.actor(bare_floor.user(MANAGER))).role is Role.MANAGER


async def test_a_bot_has_no_role_even_when_it_is_listed(bare_floor: Floor) -> None:
    settings = bare_floor.settings.model_copy(update={"staff": (bare_floor.world.bot_user_id,)})
    people = People(web_client(settings, bare_floor.session), settings)

    assert (await people.actor(bare_floor.world.bot_user_id)).role is None


async def test_who_is_who_is_asked_every_five_minutes_and_kept_while_slack_is_silent(bare_floor: Floor) -> None:
    now = [0.0]
    people = People(web_client(bare_floor.settings, bare_floor.session), bare_floor.settings, lambda: now[0])
    sam = bare_floor.user(STAFF1)
    await people.actor(sam)
    await people.actor(sam)
    asked = [name for name, _ in bare_floor.world.api_calls].count("usergroups.list")
    now[0] = 301.0
    bare_floor.world.faults.plan("slack", Fault.ERROR, None, 1.0)
    kept_role = (await people.actor(sam)).role

    assert asked == 1
    assert kept_role is Role.STAFF


async def test_an_unknown_group_gives_nobody_a_role(bare_floor: Floor) -> None:
    settings = bare_floor.settings.model_copy(update={"staff_group": "no-such-group", "managers_group": ""})
    people = People(web_client(settings, bare_floor.session), settings)

    assert (await people.actor(bare_floor.user(STAFF1))).role is None


class Workspace:
    """Slack, as far as People asks it: one account, listed as staff.

    Args:
        marks: what is special about the account.
    """

    def __init__(self, **marks: Any) -> None:
        self._account = {"id": "U0GUESTGUEST", "team_id": "T0HOME", **marks}

    async def auth_test(self) -> dict[str, Any]:
        return {"team_id": "T0HOME"}

    async def users_info(self, *, user: str) -> dict[str, Any]:
        return {"user": {**self._account, "id": user}}


@pytest.mark.parametrize(
    ("marks", "role"),
    [
        ({}, Role.STAFF),
        ({"deleted": True}, None),
        ({"is_bot": True}, None),
        ({"is_restricted": True}, None),
        ({"is_ultra_restricted": True}, None),
        ({"is_stranger": True}, None),
        ({"team_id": "T0ELSEWHERE"}, None),
    ],
)
async def test_only_full_members_of_this_workspace_have_a_role(marks: dict[str, Any], role: Role | None) -> None:
    listed = {"staff": ["U0GUESTGUEST"], "staff_group": "", "managers_group": ""}
    settings = load(BotSettings, {"slack": {"bot_token": "xoxb-1", "app_token": "xapp-1", **listed}})
    people = People(Workspace(**marks), settings)  # type: ignore[arg-type] # the part of a client that is asked

    assert (await people.actor("U0GUESTGUEST")).role is role
    assert await people.staff_mention() == "<@U0GUESTGUEST>"


async def test_a_person_is_named_as_slack_names_them_or_else_mentioned(bare_floor: Floor) -> None:
    people = People(web_client(bare_floor.settings, bare_floor.session), bare_floor.settings)

    assert await people.name(bare_floor.user(STAFF1)) == "Sam Rivera"
    assert await people.name("U0NOBODY") == "<@U0NOBODY>"
