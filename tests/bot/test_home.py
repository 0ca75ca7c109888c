"""App Home: what it shows, that it follows what happens, and the settings behind its button."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from bot.app import web_client
from bot.home.keeper import Keeper
from bot.people import People
from bot.sandbox import presses
from bot.sandbox.blocks import plain
from bot.visit import Workplace
from store import desk, queries
from store.rules.kinds import Kind
from store.rules.lifecycle import Role
from store.rules.team import Reminders
from store.values import Actor
from tests.bot.conftest import MANAGER, OUTSIDER, STAFF1, STAFF2, Floor, until
from tests.builders import arrival
from tests.builders import kept as kept_mail


async def opens(floor: Floor, user: str) -> str:
    """Somebody opens their Home; what they read there."""
    await presses.home(floor.world.bench, user)
    return shows(floor, user)


def shows(floor: Floor, user: str) -> str:
    return plain(floor.world.slack.workspace.homes[floor.user(user)]["blocks"])


async def presses_at_home(floor: Floor, user: str, action: str, value: Any) -> None:
    home = floor.world.slack.workspace.homes[floor.user(user)]
    await presses.press_in_view(floor.world.bench, user, home["id"], action, value)


def keeper(floor: Floor) -> Keeper:
    client = web_client(floor.settings, floor.session)
    workplace = Workplace(floor.bridge, People(client, floor.settings), floor.settings)
    return Keeper(workplace, client, look_seconds=0.01, pace_seconds=0.0)


@asynccontextmanager
async def kept(floor: Floor) -> AsyncIterator[None]:
    """Homes are kept up to date by a keeper in a hurry."""
    task = asyncio.create_task(keeper(floor).run())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_the_first_visit_explains_itself_and_later_ones_do_not(floor: Floor) -> None:
    first, same_day = await opens(floor, STAFF1), await opens(floor, STAFF1)
    floor.world.clock.advance(timedelta(days=1))
    later = await opens(floor, STAFF1)

    assert "Welcome" in first
    assert "Welcome" in same_day
    assert "Holding pen" in later
    assert "Welcome" not in later


async def test_a_case_is_claimed_from_home_which_turns_at_once(floor: Floor) -> None:
    case = floor.arrives(Kind.DELETE)
    before = await opens(floor, STAFF1)
    await presses_at_home(floor, STAFF1, "claim", case.ref)
    await until(lambda: "My cases: 1" in shows(floor, STAFF1))
    after = shows(floor, STAFF1)

    assert "[Claim]" in before
    assert "You have no open case" in before
    assert "[Claim]" not in after
    assert "[Ask to verify]" in after
    assert "Every open case has somebody" in after


async def test_a_held_mail_is_read_from_home(floor: Floor) -> None:
    mail = arrival()
    mail_id = kept_mail(floor.office, mail)
    desk.hold(floor.office, mail_id, mail, reason="its words are not sure enough")
    words = await opens(floor, STAFF1)
    await presses_at_home(floor, STAFF1, "read_held", str(mail_id))
    await until(lambda: floor.sees_modal(STAFF1))

    assert "1 mail waits for a person" in words
    assert "rosa" not in words.lower()
    assert "Rosa" in plain(floor.view(STAFF1)["blocks"])


async def test_only_managers_see_the_team_and_the_mail(floor: Floor) -> None:
    case = floor.arrives(Kind.DELETE)
    desk.claim(floor.office, case.ref, Actor(floor.user(STAFF1), Role.STAFF))
    staff, manager = await opens(floor, STAFF1), await opens(floor, MANAGER)

    assert "The team" not in staff
    assert f"<@{floor.user(STAFF1)}>: 1 open" in manager
    assert "not read by the desk yet" in manager


async def test_homes_follow_what_happens_and_are_sent_only_where_they_changed(bare_floor: Floor) -> None:
    floor = bare_floor
    keeping = keeper(floor)
    for alias in (STAFF1, STAFF2):
        desk.open_home(floor.office, Actor(floor.user(alias), Role.STAFF))
    floor.arrives(Kind.DELETE)
    first = await keeping.look()
    nothing_new = await keeping.look()
    desk.choose(floor.office, queries.wishes(floor.office, floor.user(STAFF1)), Actor(floor.user(STAFF1), Role.STAFF))
    same = await keeping.look()
    desk.claim(floor.office, "PR-1001", Actor(floor.user(STAFF1), Role.STAFF))
    claimed = await keeping.look()

    assert (first, nothing_new, same, claimed) == (2, 0, 0, 2)
    assert "My cases: 1" in shows(floor, STAFF1)
    assert "Every open case has somebody" in shows(floor, STAFF2)


async def test_who_works_here_no_more_sees_nothing_from_the_next_change_on(bare_floor: Floor) -> None:
    floor = bare_floor
    desk.open_home(floor.office, Actor(floor.user(OUTSIDER), Role.STAFF))
    desk.open_home(floor.office, Actor("U0GONEFORGOOD", Role.STAFF))
    floor.arrives(Kind.DELETE)
    async with kept(floor):
        await until(lambda: floor.user(OUTSIDER) in floor.world.slack.workspace.homes)

    assert "privacy team" in shows(floor, OUTSIDER)
    assert "PR-" not in shows(floor, OUTSIDER)


async def test_settings_are_chosen_in_a_modal_and_shown_at_home(floor: Floor) -> None:
    await opens(floor, STAFF1)
    await presses_at_home(floor, STAFF1, "settings", "settings")
    await until(lambda: floor.sees_modal(STAFF1))
    nobody = await floor.submit(
        STAFF1, reminders="direct", quiet=["confirmed"], away=["confirmed"], cover=floor.user(OUTSIDER)
    )
    oneself = await floor.submit(STAFF1, cover=floor.user(STAFF1))
    over = await floor.submit(STAFF1, cover=floor.user(STAFF2), away_until="2026-01-01")
    no_length = await floor.submit(STAFF1, away_until="2027-02-01", quiet_from="09:00", quiet_until="09:00")
    await floor.submit(STAFF1, quiet_until="17:00", language="es")
    wishes = queries.wishes(floor.office, floor.user(STAFF1))
    home = await opens(floor, STAFF1)
    typed = await floor.types(STAFF1, "me")

    assert [list(refused.errors) for refused in (nobody, oneself, over, no_length)] == [
        ["cover"],
        ["cover"],
        ["away_until"],
        ["quiet_until"],
    ]
    assert (wishes.reminders, wishes.language, wishes.cover) == (Reminders.DIRECT, "es", floor.user(STAFF2))
    for words in (home, typed.ephemeral or ""):
        assert "by direct message" in words
        assert "09:00 to 17:00" in words
        assert "Spanish" in words
        assert f"covered by <@{floor.user(STAFF2)}>" in words


async def test_settings_can_be_typed_and_taken_back(floor: Floor) -> None:
    await floor.types(STAFF1, "settings")
    await floor.submit(STAFF1, reminders="both", quiet=["confirmed"])
    chosen = queries.wishes(floor.office, floor.user(STAFF1))
    await floor.types(STAFF1, "settings")
    await floor.submit(STAFF1, reminders="thread", quiet=[])
    back = queries.wishes(floor.office, floor.user(STAFF1))

    assert chosen.quiet_from is not None
    assert back.quiet_from is None
    assert back.reminders is Reminders.THREAD


async def test_me_tells_how_the_day_looks(floor: Floor) -> None:
    none = await floor.types(STAFF1, "me")
    case = floor.arrives(Kind.DELETE)
    desk.claim(floor.office, case.ref, Actor(floor.user(STAFF1), Role.STAFF))
    one = await floor.types(STAFF1, "me")

    assert "You have no open case" in (none.ephemeral or "")
    assert "You have 1 open case. The next date is Fri 26 Feb 2027" in (one.ephemeral or "")
