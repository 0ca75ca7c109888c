"""Two people at two screens: one decides, the other one signs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import SlackDoor
from bot.sandbox import presses
from bot.sandbox.blocks import plain
from store.clock import MovableClock
from store.rules.kinds import Kind
from store.rules.team import Twofold
from store.settings import Business, load
from tests.bot.conftest import MANAGER, REQUESTS, STAFF1, STAFF2, Floor, a_floor, read, until
from tests.builders import letters, office_at


@pytest.fixture
async def strict(tmp_path: Path, moving: MovableClock) -> AsyncIterator[Floor]:
    """A desk of a business that wants a second person for everything."""
    business = load(Business, {"business": {"second_person": list(Twofold)}})
    office = office_at(f"sqlite:///{tmp_path}/strict.db", moving, business)
    async with a_floor(office, moving, tmp_path / "world") as floor:
        door = SlackDoor(floor.bridge, floor.settings)
        await door.start()
        yield floor
        await door.stop()
    office.close()


async def denied(floor: Floor) -> str:
    """Sam denies a deletion and is told that somebody else must sign."""
    case = floor.arrives(Kind.DELETE)
    await floor.press(STAFF1, case.ref, "claim")
    await floor.stands(case.ref, ": claimed")
    await floor.press(STAFF1, case.ref, "resolve")
    await floor.submit(STAFF1, outcome="denied", bases=["not_verified"], note="Our <b>words</b>.")
    await floor.submit(STAFF1)
    return case.ref


async def test_a_second_person_sees_the_letter_and_signs(strict: Floor) -> None:
    ref = await denied(strict)
    told = plain(strict.view(STAFF1)["blocks"])
    asks = await strict.said(ref, "wants to resolve")
    await presses.press(strict.world.bench, MANAGER, REQUESTS, asks["ts"], "sign")
    seen = plain((await until(lambda: strict.sees_modal(MANAGER) and strict.view(MANAGER)))["blocks"])
    unsent = len(letters(strict.office, ref))
    await strict.submit(MANAGER)
    await strict.stands(ref, ": closed")
    await strict.said(ref, "signed, and it was done")

    assert "this needs a second person" in told
    assert "Our <b>words</b>." in seen
    assert "Sam Rivera asks for your signature" in seen
    assert (unsent, len(letters(strict.office, ref))) == (1, 2)
    assert not strict.sees_modal(MANAGER)
    assert "words" not in "".join(read(message) for message in strict.messages(REQUESTS))


async def test_neither_the_first_person_nor_a_colleague_without_the_role_signs(strict: Floor) -> None:
    ref = await denied(strict)
    asks = await strict.said(ref, "wants to resolve")
    own = await presses.press(strict.world.bench, STAFF1, REQUESTS, asks["ts"], "sign")
    other = await presses.press(strict.world.bench, STAFF2, REQUESTS, asks["ts"], "sign")
    no = await presses.press(strict.world.bench, STAFF2, REQUESTS, asks["ts"], "decline")

    assert "the manager role" in (own.ephemeral or "")
    assert "the manager role" in (other.ephemeral or "")
    assert "the manager role" in (no.ephemeral or "")
    assert len(letters(strict.office, ref)) == 1


async def test_it_is_declined_once_and_everybody_sees_that(strict: Floor) -> None:
    ref = await denied(strict)
    asks = await strict.said(ref, "wants to resolve")
    await presses.press(strict.world.bench, MANAGER, REQUESTS, asks["ts"], "decline")
    await strict.said(ref, "declined, and nothing was done")
    again = await presses.press(strict.world.bench, MANAGER, REQUESTS, asks["ts"], "sign")

    assert "it was declined" in (again.ephemeral or "")
    assert len(letters(strict.office, ref)) == 1


async def test_what_has_changed_since_is_shown_before_it_is_signed(strict: Floor) -> None:
    ref = await denied(strict)
    asks = await strict.said(ref, "wants to resolve")
    await presses.press(strict.world.bench, MANAGER, REQUESTS, asks["ts"], "sign")
    view = await until(lambda: strict.sees_modal(MANAGER) and strict.view(MANAGER))
    view["private_metadata"] = view["private_metadata"].replace('"seen": "', '"seen": "0')
    await strict.submit(MANAGER)

    assert "another one now than you saw" in plain(strict.view(MANAGER)["blocks"])
    assert len(letters(strict.office, ref)) == 1
