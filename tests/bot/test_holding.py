from __future__ import annotations

from tests.bot.conftest import MANAGER, STAFF1, Floor


async def test_a_manager_holds_a_case_by_command_and_lets_it_go(floor: Floor) -> None:
    floor.arrives()
    refused = await floor.types(STAFF1, "hold PR-1001 a lawsuit")
    unexplained = await floor.types(MANAGER, "hold PR-1001")
    held = await floor.types(MANAGER, "hold pr 1001 Alvarez v. Example Shop")
    twice = await floor.types(MANAGER, "hold 1001 again")
    await floor.said("PR-1001", "put PR-1001 under a legal hold")
    card = await floor.stands("PR-1001", "Under a legal hold since")
    lifted = await floor.types(MANAGER, "unhold PR-1001")

    assert "manager" in (refused.ephemeral or "")
    assert "Say why PR-1001 is held" in (unexplained.ephemeral or "")
    assert "PR-1001 is under a legal hold: nothing of it is destroyed" in (held.ephemeral or "")
    assert "Alvarez" not in str(card)
    assert "under a legal hold already" in (twice.ephemeral or "")
    assert "under a legal hold no more" in (lifted.ephemeral or "")
