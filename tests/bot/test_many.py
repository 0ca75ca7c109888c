"""Several cases at once, and templates, in modals."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import SlackDoor
from bot.sandbox import presses
from bot.sandbox.blocks import plain
from store import desk, queries
from store.clock import MovableClock
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.settings import Business, load
from tests.bot.conftest import MANAGER, OUTSIDER, STAFF1, STAFF2, Floor, a_floor, until
from tests.builders import STAFF2 as DANA
from tests.builders import letters, office_at


@pytest.fixture
async def floor(tmp_path: Path, moving: MovableClock) -> AsyncIterator[Floor]:
    """A desk with a reply template, its door open."""
    folder = tmp_path / "replies"
    folder.mkdir()
    (folder / "more_time.en.txt").write_text("We look at <it> & write soon.", encoding="utf-8")
    (folder / "more_time.es.txt").write_text("Le escribimos pronto.", encoding="utf-8")
    business = load(Business, {"business": {"replies_folder": str(folder)}})
    office = office_at(f"sqlite:///{tmp_path}/many.db", moving, business)
    async with a_floor(office, moving, tmp_path / "world") as opened:
        door = SlackDoor(opened.bridge, opened.settings)
        await door.start()
        yield opened
        await door.stop()
    office.close()


async def asked(floor: Floor, user: str, **said: object) -> str:
    """Somebody types `many` and picks; gives what the count says."""
    await floor.types(user, "many")
    await until(lambda: floor.sees_modal(user))
    outcome = await floor.submit(user, **said)
    return str(outcome.errors) if outcome.errors else plain(floor.view(user)["blocks"])


async def test_unclaimed_cases_are_counted_and_claimed(floor: Floor) -> None:
    cases = [floor.arrives(Kind.DELETE, sender=f"r{number}@example.net") for number in range(3)]
    floor.arrives(Kind.DELETE, sender="x@other.example")
    count = await asked(floor, STAFF1, domain="example.net", kinds=["delete"])
    desk.claim(floor.office, cases[1].ref, DANA)
    await floor.submit(STAFF1)
    told = plain(floor.view(STAFF1)["blocks"])
    owners = [queries.case(floor.office, case.ref).owner for case in cases]

    assert "3 open cases" in count
    assert "PR-1001, PR-1002, PR-1003" in count
    assert "Done: 2 of 3 cases." in told
    assert "PR-1002 has been with" in told
    assert owners == [floor.user(STAFF1), DANA.id, floor.user(STAFF1)]


async def test_a_manager_hands_several_over(floor: Floor) -> None:
    case = floor.arrives()
    nobody = await asked(floor, MANAGER, deed="assign")
    outsider = await asked(floor, MANAGER, deed="assign", assignee=floor.user(OUTSIDER))
    await asked(floor, MANAGER, deed="assign", assignee=floor.user(STAFF2))
    await floor.submit(MANAGER)

    assert "privacy team" in nobody
    assert "privacy team" in outsider
    assert queries.case(floor.office, case.ref).owner == floor.user(STAFF2)


async def test_several_are_no_requests(floor: Floor) -> None:
    cases = [floor.arrives(Kind.DELETE, sender=f"r{number}@example.net") for number in range(12)]
    await asked(floor, STAFF1, deed="dismiss")
    await floor.submit(STAFF1)
    await until(lambda: "Done: 12 of 12 cases." in plain(floor.view(STAFF1)["blocks"]))

    assert {queries.case(floor.office, case.ref).status for case in cases} == {Status.CLOSED}
    assert "No open case fits" in await asked(floor, STAFF1, day="2020-01-01", until="2020-01-02")


async def test_several_are_answered_by_a_template_in_their_languages(floor: Floor) -> None:
    english, spanish = floor.arrives(Kind.DELETE), floor.arrives(Kind.DELETE, sender="b@example.net", language="es")
    for case in (english, spanish):
        await floor.press(STAFF1, case.ref, "claim")
        await floor.stands(case.ref, ": claimed")
    without = await asked(floor, STAFF1, whose="mine", deed="answer")
    count = await asked(floor, STAFF1, whose="mine", deed="answer", template="more_time")
    await floor.submit(STAFF1)

    assert "which template" in without
    assert "We look at <it> & write soon." in count
    assert "We look at <it>" in str(letters(floor.office, english.ref)[-1].get_content())
    assert "Le escribimos pronto." in str(letters(floor.office, spanish.ref)[-1].get_content())


async def test_a_template_fills_the_reply_and_its_words_can_be_changed(floor: Floor) -> None:
    case = floor.arrives()
    await floor.press(STAFF1, case.ref, "claim")
    await floor.stands(case.ref, ": claimed")
    await floor.choose(STAFF1, case.ref, "reply")
    await presses.press_in_view(
        floor.world.bench, STAFF1, floor.view(STAFF1)["id"], "choose_template", "more_time", block_id="template"
    )
    await until(lambda: "write soon" in str(floor.view(STAFF1)))
    await floor.submit(STAFF1)
    preview = plain(floor.view(STAFF1)["blocks"])
    await floor.submit(STAFF1, text="We write tomorrow.")
    await floor.submit(STAFF1)

    assert "We look at <it> & write soon." in preview
    assert "We write tomorrow." in str(letters(floor.office, case.ref)[-1].get_content())
