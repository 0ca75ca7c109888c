"""Blocking a sender, pressed and typed."""

from __future__ import annotations

from bot.sandbox import presses
from store import desk, queries
from tests.bot.conftest import REQUESTS, STAFF1, STAFF2, Floor, read, until
from tests.builders import arrival, kept

SPAMMER = "offers@spam.example"


async def holds(floor: Floor) -> str:
    arrived = arrival(sender=SPAMMER)
    mail_id = kept(floor.office, arrived)
    desk.hold(floor.office, mail_id, arrived, reason="No right was recognised in it.")
    return (await stands(floor, f"Mail {mail_id} ", "waits"))["ts"]


async def stands(floor: Floor, *words: str) -> dict[str, str]:
    return await until(
        lambda: next((each for each in floor.messages(REQUESTS) if all(word in read(each) for word in words)), None)
    )


async def test_a_sender_is_blocked_shown_and_lifted(floor: Floor) -> None:
    ts = await holds(floor)
    await presses.press(floor.world.bench, STAFF1, REQUESTS, ts, "block_sender")
    await until(lambda: floor.sees_modal(STAFF1))
    await floor.submit(STAFF1, scope="domain")
    await stands(floor, "blocked its sender")
    listed = await floor.types(STAFF2, "blocked")
    own = floor.world.slack.workspace.channels[floor.world.channels[REQUESTS]].ephemerals[floor.user(STAFF2)]
    lifted = await presses.press(floor.world.bench, STAFF2, REQUESTS, list(own)[-1], "lift_block")
    await stands(floor, "waits for a person", "not any more")
    nobody = await floor.types(STAFF1, "blocked")

    assert "everybody at s•••.example" in (listed.ephemeral or "")
    assert "1 mail of theirs waits" in (lifted.ephemeral or "")
    assert nobody.ephemeral == "No sender is blocked."
    assert SPAMMER not in str(floor.messages(REQUESTS))


async def test_the_sender_of_a_case_is_blocked_by_a_command(floor: Floor) -> None:
    case = floor.arrives()
    typed = await floor.types(STAFF1, f"block {case.ref} domain")
    wrong = await floor.types(STAFF1, f"block {case.ref} forever")
    await floor.said(case.ref, "blocked everybody at the sender’s domain")

    assert "is blocked" in (typed.ephemeral or "")
    assert "/privacy block" in (wrong.ephemeral or "")
    assert queries.is_blocked(floor.office, "else@example.net")
