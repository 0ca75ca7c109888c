from __future__ import annotations

import pytest

from bot.listeners.commands import COMMANDS, USAGE
from bot.names import FORMS as FORM_COMMANDS
from bot.sandbox import presses
from store.rules.kinds import Kind
from tests.bot.conftest import MANAGER, OUTSIDER, REQUESTS, STAFF1, STAFF2, Floor, until


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
    missing, nonsense = [await floor.types(STAFF1, f"show {what}") for what in ("PR-4711", "<@U123>")]

    assert "There is no case PR-4711" in (missing.ephemeral or "")
    assert "&lt;@U123&gt;" in (nonsense.ephemeral or "")


async def test_without_a_reference_the_only_case_of_mine_is_meant(floor: Floor) -> None:
    floor.arrives()
    floor.arrives(Kind.CORRECT)
    none = await floor.types(STAFF1, "show")
    which = await floor.types(STAFF1, "claim")
    await floor.types(STAFF1, "claim 1001")
    only = await floor.types(STAFF1, "show")
    noted = await floor.types(STAFF1, "note They called again.")
    last = await floor.types(STAFF1, "claim")
    several = await floor.types(STAFF1, "release")
    nothing = await floor.types(STAFF1, "claim")

    assert "Which case? You have no open case." in (none.ephemeral or "")
    assert "PR-1001 and PR-1002 are unclaimed" in (which.ephemeral or "")
    assert "PR-1001 is claimed" in (only.ephemeral or "")
    assert "Noted on PR-1001" in (noted.ephemeral or "")
    assert last.ephemeral == "PR-1002 is yours now."
    assert "You have " in (several.ephemeral or "")
    assert "`/privacy release PR-1001`" in (several.ephemeral or "")
    assert "None is unclaimed" in (nothing.ephemeral or "")


FORMS = ("verify", "extend", "reply", "resolve", "deny", "reclassify", "assign")


@pytest.mark.parametrize("command", FORMS)
async def test_a_form_can_be_typed_and_refuses_like_its_button(floor: Floor, command: str) -> None:
    case = floor.arrives(Kind.DELETE)
    await floor.types(STAFF1, "claim 1001")
    if command == "verify":
        await floor.press(STAFF1, case.ref, "ask_to_verify")
        await floor.submit(STAFF1)
    theirs = await floor.types(STAFF2, f"{command} 1001")
    missing = await floor.types(STAFF1, f"{command} 4711")
    seen = await floor.types(STAFF1, f"{command} #1001")

    assert theirs.view is None
    assert "with" in (theirs.ephemeral or "")
    assert "There is no case PR-4711" in (missing.ephemeral or "").replace(" 4711", " PR-4711")
    assert seen.view is not None
    assert "1001" in str(seen.view["title"]) + str(seen.view["private_metadata"])
    if command == "deny":
        assert [
            block["element"]["initial_option"]["value"]
            for block in seen.view["blocks"]
            if block["block_id"] == "outcome"
        ] == ["denied"]


async def test_reopen_can_be_typed(floor: Floor) -> None:
    case = floor.arrives(Kind.OPT_OUT)
    await floor.types(STAFF1, "claim")
    too_early = await floor.types(STAFF1, "reopen")
    await floor.types(STAFF1, "resolve")
    await floor.submit(STAFF1, outcome="complied_in_full")
    await floor.submit(STAFF1)
    await floor.stands(case.ref, ": closed")
    seen = await floor.types(STAFF1, "reopen 1001")

    assert too_early.view is None
    assert seen.view is not None
    assert seen.view["callback_id"] == "reopen"


async def test_lists_are_turned_in_place_by_readers_too(floor: Floor) -> None:
    for number in range(23):
        floor.arrives(Kind.DELETE, sender=f"p{number}@example.org")
    await floor.types(STAFF1, "list unclaimed delete")
    channel = floor.world.slack.workspace.channels[floor.world.channels[REQUESTS]]
    shown = next(iter(channel.ephemerals[floor.user(STAFF1)]))

    def text() -> str:
        return str(channel.ephemerals[floor.user(STAFF1)][shown]["text"])

    first = text()
    await presses.press(floor.world.bench, STAFF1, REQUESTS, shown, "list_next")
    second = await until(lambda: text() != first and text())
    await presses.press(floor.world.bench, STAFF1, REQUESTS, shown, "list_previous")
    again = await until(lambda: text() != second and text())

    assert first.startswith("Unclaimed cases: delete: 20.")
    assert "PR-1001" in first
    assert second.startswith("Unclaimed cases: delete: 3.")
    assert "PR-1023" in second
    assert again == first
    assert len(channel.ephemerals[floor.user(STAFF1)]) == 1


async def test_lists_take_words_in_any_order(floor: Floor) -> None:
    floor.arrives()
    floor.arrives(Kind.CORRECT)
    await floor.types(STAFF1, "claim 1001")
    found = {
        words: (await floor.types(STAFF1, f"list {words}")).ephemeral or ""
        for words in ("delete mine", "MINE correct", "waiting", "due 60d", "due 5", "opt-out", "all claimed", "erase")
    }

    assert {words: [ref for ref in ("1001", "1002") if f"*PR-{ref}*" in said] for words, said in found.items()} == {
        "delete mine": ["1001"],
        "MINE correct": [],
        "waiting": [],
        "due 60d": ["1001", "1002"],
        "due 5": [],
        "opt-out": ["1001"],
        "all claimed": ["1001"],
        "erase": ["1001"],
    }
    assert "Due cases within 60 days" in found["due 60d"]


async def test_searching_finds_by_reference_address_kind_and_status(floor: Floor) -> None:
    floor.arrives(sender="ivo.meier@example.org", name="Ivo Meier")
    floor.arrives(Kind.CORRECT)
    by_ref, by_address, linked, nobody, by_kind, by_status, nothing, odd = [
        (await floor.types(STAFF1, f"search {words}".strip())).ephemeral or ""
        for words in (
            "#1002",
            "Ivo.Meier@example.org",
            "<mailto:ivo.meier@example.org|ivo.meier@example.org>",
            "meier@example.org",
            "correct",
            "new delete",
            "",
            "delte",
        )
    ]

    assert "PR-1002" in by_ref
    assert "*PR-1001*" in by_address
    assert "PR-1002" not in by_address
    assert linked == by_address
    assert "none" in nobody
    assert "*PR-1001*" not in by_kind
    assert "PR-1002" in by_kind
    assert "*PR-1001*" in by_status
    assert "/privacy search PR-1001" in nothing
    assert "Did you mean “delete”?" in odd
    assert "meier" not in (by_ref + by_address + by_kind + by_status).lower()


async def test_the_digest_is_for_managers(floor: Floor) -> None:
    floor.arrives()
    theirs, ours = await floor.types(MANAGER, "digest"), await floor.types(STAFF1, "digest")

    assert "Daily digest" in (theirs.ephemeral or "")
    assert "1 case unclaimed" in (theirs.ephemeral or "")
    assert "manager" in (ours.ephemeral or "")
    assert "1001" not in (ours.ephemeral or "")


async def test_help_tells_one_command(floor: Floor) -> None:
    one = await floor.types(STAFF1, "help verify")
    other = await floor.types(STAFF1, "help verfy")

    assert one.ephemeral == f"{USAGE['verify']}."
    assert "Did you mean “verify”?" in (other.ephemeral or "")


def test_every_command_has_its_usage_and_the_other_way_round() -> None:
    assert set(USAGE) == set(COMMANDS)
    assert set(COMMANDS) >= FORM_COMMANDS
    assert all(f"`/privacy {name}" in line for name, line in USAGE.items())


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
    await presses.press(floor.world.bench, STAFF1, REQUESTS, shown, "claim")
    now = await until(
        lambda: (
            "is claimed" in channel.ephemerals[floor.user(STAFF1)][shown]["text"]
            and channel.ephemerals[floor.user(STAFF1)][shown]
        )
    )

    assert f"<@{floor.user(STAFF1)}>" in str(now["blocks"])
