from __future__ import annotations

from store import desk, queries
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.outcomes import Outcome
from tests.bot.conftest import STAFF1, STAFF2, Floor, read
from tests.builders import MANAGER


async def test_a_probable_duplicate_is_linked_by_one_button(floor: Floor) -> None:
    first, second = floor.arrives(Kind.DELETE), floor.arrives(Kind.DELETE)
    card = read(await floor.stands(second.ref, f"Probably a duplicate of {first.ref}"))
    await floor.press(STAFF1, second.ref, "link")

    assert "(same address, same right: delete)" in card
    assert f"[Link to {first.ref}]" in card
    await floor.stands(second.ref, "closed", f"Linked to {first.ref}")
    await floor.stands(first.ref, "new", f"Linked to it as duplicates: {second.ref}")
    await floor.said(second.ref, f"linked {second.ref} to {first.ref}, which keeps its date")
    await floor.said(first.ref, f"linked {second.ref} to {first.ref}, which goes on as it is")


async def test_whoever_presses_late_is_told_so_alone(floor: Floor) -> None:
    floor.arrives(Kind.DELETE)
    second = floor.arrives(Kind.DELETE)
    await floor.stands(second.ref, "Probably a duplicate")
    pressed = [await floor.press(staff, second.ref, "link", "PR-1002 PR-1001") for staff in (STAFF1, STAFF2)]

    assert pressed[0].ephemeral is None
    assert "PR-1002 is closed, so it cannot be linked now." in (pressed[1].ephemeral or "")


async def test_a_command_links_too(floor: Floor) -> None:
    floor.arrives(Kind.DELETE)
    whole, part = floor.arrives(Kind.DELETE), floor.arrives(Kind.DELETE, Kind.OPT_OUT)
    linked = await floor.types(STAFF1, f"link {whole.ref}")
    partly = await floor.types(STAFF1, f"link {part.ref}")
    refused = await floor.types(STAFF1, "link PR-1001")

    assert linked.ephemeral == "Linked to PR-1001, which keeps its date. PR-1002 is closed."
    assert partly.ephemeral == "Linked to PR-1001, which keeps its date. PR-1003 goes on with the rest."
    assert "PR-1001 asks for nothing that an older open case of the same address asks for too." in (
        refused.ephemeral or ""
    )


async def test_the_card_of_a_refused_first_case_reminds_of_those_linked_to_it(floor: Floor) -> None:
    first, second = floor.arrives(Kind.DELETE), floor.arrives(Kind.DELETE)
    await floor.press(STAFF1, second.ref, "link")
    desk.assign(floor.office, first.ref, MANAGER, MANAGER)
    desk.resolve(floor.office, first.ref, first.requests[0].id, Outcome.DENIED, MANAGER, bases=["not_verified"])

    await floor.stands(first.ref, "closed", f"while others wait for its answer as duplicates ({second.ref})")
    assert queries.case(floor.office, second.ref).status is Status.CLOSED


async def test_reading_shows_what_the_address_asked_for_before(floor: Floor) -> None:
    for _ in range(2):
        floor.arrives(Kind.KNOW_SPECIFIC)
    third = floor.arrives(Kind.KNOW_CATEGORIES)
    await floor.stands(third.ref)
    await floor.press(STAFF1, third.ref, "read")
    shown = str(floor.view(STAFF1))

    assert "*Earlier requests of this address:* PR-1002 (copy of the data: open; received" in shown
    assert "This address asked to know 3 times within 12 months." in shown
    assert "More than 2 such requests that were answered in that time may be refused" in shown
    assert "(Cal. Civ. Code § 1798.130(b))." in shown
