"""*Why this date?*, and another law for a case, by button, by modal and by command."""

from __future__ import annotations

from bot.listeners.why import USAGE
from store import queries
from store.rules.kinds import Kind
from tests.bot.conftest import STAFF1, STAFF2, Floor


async def test_anyone_of_staff_is_told_why_a_date_is_that_date(floor: Floor) -> None:
    case = floor.arrives(Kind.OPT_OUT)
    await floor.stands(case.ref, "Why this date?")
    await floor.press(STAFF2, case.ref, "why_this_date")
    shown = str(floor.view(STAFF2))

    assert "15 business days from receipt" in shown
    assert "§ 7026(f)" in shown
    assert "Day 0 is the day of receipt" in shown


async def test_a_law_is_changed_by_command_and_the_dates_are_told(floor: Floor) -> None:
    case = floor.arrives(Kind.OPT_OUT)
    await floor.press(STAFF1, case.ref, "claim")
    changed = await floor.types(STAFF1, f"change-law {case.ref} US-VA")
    unknown = await floor.types(STAFF1, f"change-law {case.ref} us-xx")
    bare = await floor.types(STAFF1, "change-law 1001")

    assert "PR-1001 stands under Virginia" in (changed.ephemeral or "")
    assert "opt-out of sale: due" in (changed.ephemeral or "")
    assert "There is no law called 'us-xx' here" in (unknown.ephemeral or "")
    assert bare.ephemeral == f"{USAGE}."
    assert queries.case(floor.office, case.ref).law == "us-va"
    await floor.said(case.ref, "under Virginia’s VCDPA; before, California’s CCPA. Opt-out of sale is due")


async def test_a_law_is_changed_in_a_modal(floor: Floor) -> None:
    case = floor.arrives(Kind.DELETE)
    await floor.press(STAFF1, case.ref, "claim")
    await floor.stands(case.ref, ": claimed")
    await floor.choose(STAFF1, case.ref, "change_law")
    await floor.submit(STAFF1, law="eu-gdpr")

    assert queries.case(floor.office, case.ref).law == "eu-gdpr"
    await floor.stands(case.ref, "1 month")
