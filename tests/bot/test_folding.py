"""Quoted text in the Read modal: folded at first, shown when asked for, never gone."""

from __future__ import annotations

from bot.sandbox import presses
from bot.sandbox.blocks import plain
from store import queries
from store.ledger import Event
from store.rules.kinds import Kind
from tests.bot.conftest import STAFF1, Floor, until

OWN = "Please delete it all."
QUOTED = "On Monday you wrote:\n> Welcome, dear customer.\n> Your unicorns are on their way."


def words(floor: Floor) -> str:
    return plain(floor.view(STAFF1)["blocks"])


async def toggle(floor: Floor) -> None:
    before = floor.view(STAFF1)["hash"]
    await presses.press_in_view(floor.world.bench, STAFF1, floor.view(STAFF1)["id"], "fold")
    await until(lambda: floor.view(STAFF1)["hash"] != before)


async def test_quoted_text_is_folded_until_it_is_asked_for(floor: Floor) -> None:
    case = floor.arrives(Kind.DELETE, text=f"{OWN}\n\n{QUOTED}", reply=OWN)
    await floor.press(STAFF1, case.ref, "read")
    folded = words(floor)
    await toggle(floor)
    whole = words(floor)
    await toggle(floor)

    assert OWN in folded
    assert "unicorns" not in folded
    assert "3 lines of quoted text or signature folded" in folded
    assert "unicorns" in whole
    assert "folded" not in whole
    assert words(floor) == folded
    assert [line.event for line in queries.history(floor.office, case.ref)].count(Event.READ) == 3


async def test_a_mail_of_only_new_words_has_nothing_to_fold(floor: Floor) -> None:
    case = floor.arrives(Kind.DELETE, text=OWN, reply=OWN)
    await floor.press(STAFF1, case.ref, "read")

    assert OWN in words(floor)
    assert "quoted text" not in words(floor)


async def test_a_mail_that_only_quotes_is_shown_whole(floor: Floor) -> None:
    case = floor.arrives(Kind.DELETE, text=QUOTED, reply="")
    await floor.press(STAFF1, case.ref, "read")

    assert "unicorns" in words(floor)
    assert "quoted text" not in words(floor)
