"""What the disclosure guard finds is shown before a letter goes, and only a manager sends it all the same."""

from __future__ import annotations

from bot.sandbox.blocks import plain
from tests.bot.conftest import MANAGER, STAFF1, Floor
from tests.builders import letters

NUMBER = "Your social-security number is 123-45-6789."


async def test_staff_are_told_what_and_where_and_cannot_send_it(floor: Floor) -> None:
    case = floor.arrives()
    await floor.press(STAFF1, case.ref, "claim")
    await floor.stands(case.ref, ": claimed")
    await floor.choose(STAFF1, case.ref, "reply")
    await floor.submit(STAFF1, text=NUMBER)
    view = floor.view(STAFF1)
    refused = await floor.submit(STAFF1)

    assert "may not go out as it is" in plain(view["blocks"])
    assert "a social-security number: “Your social-security number is •••.”" in plain(view["blocks"])
    assert "override" not in [block.get("block_id") for block in view["blocks"]]
    assert "a social-security number (line 3)" in (refused.errors or {}).get("text", "")
    assert len(letters(floor.office, case.ref)) == 1


async def test_better_words_can_be_sent_from_the_same_preview(floor: Floor) -> None:
    case = floor.arrives()
    await floor.press(STAFF1, case.ref, "claim")
    await floor.stands(case.ref, ": claimed")
    await floor.choose(STAFF1, case.ref, "reply")
    await floor.submit(STAFF1, text=NUMBER)
    await floor.submit(STAFF1, text="We hold a social-security number of yours.")
    await floor.submit(STAFF1)

    assert not floor.sees_modal(STAFF1)
    assert "We hold a social-security number" in str(letters(floor.office, case.ref)[-1].get_body(("plain",)))


async def test_a_manager_sends_it_with_a_tick_and_the_thread_tells(floor: Floor) -> None:
    case = floor.arrives()
    await floor.press(STAFF1, case.ref, "claim")
    await floor.stands(case.ref, ": claimed")
    await floor.choose(MANAGER, case.ref, "reply")
    await floor.submit(MANAGER, text=NUMBER)
    without = await floor.submit(MANAGER)
    await floor.submit(MANAGER, override=["anyway"])
    line = await floor.said(case.ref, "although it holds a social-security number (line 3)")

    assert without.errors
    assert floor.user(MANAGER) in line["text"]
    assert "6789" not in str(floor.messages("privacy-requests"))
    assert "123-45-6789" in str(letters(floor.office, case.ref)[-1].get_body(("plain",)))
