from __future__ import annotations

from store.rules.kinds import Kind
from tests.bot.conftest import OUTSIDER, STAFF1, STAFF2, Floor, read


async def test_a_card_stands_within_a_second_and_tells_nothing_personal(floor: Floor) -> None:
    case = floor.arrives(Kind.DELETE, Kind.OPT_OUT)
    card = await floor.stands(case.ref)
    words = read(card)

    assert case.ref == "PR-1001"
    assert "r•••@e•••.net" in words
    assert "unclaimed" in words
    assert "45 days left" in words
    assert "15 business days from receipt" in words
    assert "§ 7060(b)" in words
    assert "rosa" not in words.lower()
    assert "alvarez" not in words.lower()


async def test_claim_redraws_the_same_card_and_adds_a_line(floor: Floor) -> None:
    case = floor.arrives()
    before = await floor.stands(case.ref, "unclaimed")
    seen = await floor.press(STAFF1, case.ref, "claim")
    after = await floor.stands(case.ref, f"<@{floor.user(STAFF1)}>")
    line = await floor.said(case.ref, "claimed PR-1001")

    assert seen.ephemeral is None
    assert after["ts"] == before["ts"]
    assert len(floor.cards(case.ref)) == 1
    assert floor.user(STAFF1) in line["text"]


async def test_the_second_claimer_is_told_privately_who_has_it_and_since_when(floor: Floor) -> None:
    case = floor.arrives()
    await floor.press(STAFF1, case.ref, "claim")
    await floor.stands(case.ref, ": claimed")
    seen = await floor.press(STAFF2, case.ref, "claim")

    assert seen.ephemeral is not None
    assert f"<@{floor.user(STAFF1)}>" in seen.ephemeral
    assert "Tue 12 Jan 2027, 10:0" in seen.ephemeral


async def test_an_outsider_is_turned_away_kindly_and_changes_nothing(floor: Floor) -> None:
    case = floor.arrives()
    seen = await floor.press(OUTSIDER, case.ref, "claim")
    read_try = await floor.press(OUTSIDER, case.ref, "read")

    assert seen.ephemeral is not None
    assert "privacy team" in seen.ephemeral
    assert read_try.view is None
    assert "unclaimed" in read(await floor.stands(case.ref))


async def test_a_released_case_is_free_again(floor: Floor) -> None:
    case = floor.arrives()
    await floor.press(STAFF1, case.ref, "claim")
    await floor.stands(case.ref, ": claimed")
    await floor.choose(STAFF1, case.ref, "release")
    await floor.stands(case.ref, "unclaimed")
    await floor.press(STAFF2, case.ref, "claim")

    await floor.stands(case.ref, f"<@{floor.user(STAFF2)}>")
