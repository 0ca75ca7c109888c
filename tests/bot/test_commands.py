from __future__ import annotations

import pytest

from store.rules.kinds import Kind
from tests.bot.conftest import OUTSIDER, REQUESTS, STAFF1, STAFF2, Floor, until


async def test_list_shows_open_cases_to_the_asker_alone(floor: Floor) -> None:
    floor.arrives()
    floor.arrives(Kind.CORRECT, sender="ivo.meier@example.org", name="Ivo Meier")
    before = len(floor.messages(REQUESTS))
    seen = await floor.types(STAFF1, "list")

    assert seen.ephemeral is not None
    assert "PR-1001" in seen.ephemeral
    assert "PR-1002" in seen.ephemeral
    assert "meier" not in seen.ephemeral.lower()
    await until(lambda: len(floor.messages(REQUESTS)) >= max(before, 2))


@pytest.mark.parametrize("written", ["PR-1001", "1001", "#1001", "pr-1001", "pr 1001"])
async def test_a_reference_may_be_written_in_many_ways(floor: Floor, written: str) -> None:
    floor.arrives()
    seen = await floor.types(STAFF1, f"show {written}")

    assert seen.ephemeral is not None
    assert "PR-1001 is new, unclaimed" in seen.ephemeral
    assert "[Claim]" in seen.ephemeral


async def test_mine_lists_only_what_is_mine(floor: Floor) -> None:
    floor.arrives()
    floor.arrives(Kind.CORRECT)
    await floor.types(STAFF1, "claim 1001")
    mine, theirs = await floor.types(STAFF1, "mine"), await floor.types(STAFF2, "mine")

    assert "PR-1001" in (mine.ephemeral or "")
    assert "PR-1002" not in (mine.ephemeral or "")
    assert "none" in (theirs.ephemeral or "")


async def test_claiming_and_releasing_by_command(floor: Floor) -> None:
    case = floor.arrives()
    claimed = await floor.types(STAFF1, "claim PR-1001")
    too_late = await floor.types(STAFF2, "claim PR-1001")
    not_theirs = await floor.types(STAFF2, "release PR-1001")
    released = await floor.types(STAFF1, "release PR-1001")

    assert claimed.ephemeral == "PR-1001 is yours now."
    assert "has been with" in (too_late.ephemeral or "")
    assert "only they or a manager" in (not_theirs.ephemeral or "")
    assert "anyone may claim it" in (released.ephemeral or "")
    await floor.said(case.ref, "released")


@pytest.mark.parametrize("text", ["help", "", "HELP"])
async def test_help_tells_every_command(floor: Floor, text: str) -> None:
    seen = await floor.types(STAFF1, text)

    for command in ("list", "show", "mine", "claim", "release", "help"):
        assert f"/privacy {command}" in (seen.ephemeral or "")


async def test_an_unknown_command_gets_the_nearest_one_and_the_usage(floor: Floor) -> None:
    seen = await floor.types(STAFF1, "shwo PR-1001")
    odd = await floor.types(STAFF1, "list opne")
    hostile = await floor.types(STAFF1, "<!channel>")

    assert "Did you mean “show”?" in (seen.ephemeral or "")
    assert "/privacy help" in (seen.ephemeral or "")
    assert "Did you mean “open”?" in (odd.ephemeral or "")
    assert "&lt;!channel&gt;" in (hostile.ephemeral or "")


async def test_a_case_that_is_not_there_is_told_in_words(floor: Floor) -> None:
    missing, none, nonsense = [await floor.types(STAFF1, f"show {what}") for what in ("PR-4711", "", "<@U123>")]

    assert "There is no case PR-4711" in (missing.ephemeral or "")
    assert "There is no case" in (none.ephemeral or "")
    assert "&lt;@U123&gt;" in (nonsense.ephemeral or "")


@pytest.mark.parametrize("text", ["list", "show PR-1001", "mine", "claim PR-1001", "release PR-1001", "help", ""])
async def test_an_outsider_sees_nothing_by_any_command(floor: Floor, text: str) -> None:
    floor.arrives()
    seen = await floor.types(OUTSIDER, text)

    assert "privacy team" in (seen.ephemeral or "")
    assert "1001" not in (seen.ephemeral or "")


async def test_claiming_on_a_shown_case_turns_the_shown_case(floor: Floor) -> None:
    floor.arrives()
    await floor.types(STAFF1, "show 1001")
    channel = floor.world.slack.workspace.channels[floor.world.channels[REQUESTS]]
    shown = next(iter(channel.ephemerals[floor.user(STAFF1)]))
    from bot.sandbox import presses

    await presses.press(floor.world.bench, STAFF1, REQUESTS, shown, "claim")
    now = await until(
        lambda: (
            "is claimed" in channel.ephemerals[floor.user(STAFF1)][shown]["text"]
            and channel.ephemerals[floor.user(STAFF1)][shown]
        )
    )

    assert f"<@{floor.user(STAFF1)}>" in str(now["blocks"])
