from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from pydantic import SecretStr

from bot.app import SlackDoor
from bot.sandbox import presses
from bot.sandbox.faults import Fault
from store import desk
from store.errors import ConfigurationError
from store.rules.kinds import Kind
from store.values import CaseFile
from tests.bot.conftest import REQUESTS, STAFF1, Floor, read, until
from tests.builders import arrival, code_in, kept, letters, write_again


async def test_a_wrong_token_is_told_at_the_start(bare_floor: Floor) -> None:
    wrong = bare_floor.settings.model_copy(update={"bot_token": SecretStr("xoxb-of-somebody-else")})
    door = SlackDoor(bare_floor.bridge, wrong)
    with pytest.raises(ConfigurationError) as refused:
        await door.start()
    await door.stop()

    assert "invalid_auth" in str(refused.value)
    assert "somebody-else" not in str(refused.value)


async def test_nothing_in_the_environment_changes_whom_the_door_acts_for(
    bare_floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_CLIENT_ID",
        "SLACK_CLIENT_SECRET",
    ):
        monkeypatch.setenv(name, "of-another-app")
    door = SlackDoor(bare_floor.bridge, bare_floor.settings)
    await door.start()
    seen = await bare_floor.types(STAFF1, "help")
    await door.stop()

    assert "/privacy list" in (seen.ephemeral or "")


async def test_the_door_says_how_its_connection_is(bare_floor: Floor) -> None:
    door = SlackDoor(bare_floor.bridge, bare_floor.settings)
    before = door.connection.connected
    await door.start()
    during = door.connection.connected
    await door.stop()

    assert (before, during, door.connection.connected) == (False, True, False)


async def test_a_door_that_opens_while_slack_is_away_connects_when_it_is_back(bare_floor: Floor) -> None:
    bare_floor.world.faults.plan("slack", Fault.OUTAGE, None, 1.0)
    door = SlackDoor(bare_floor.bridge, bare_floor.settings)
    await door.start()
    case = bare_floor.arrives()
    await bare_floor.press(STAFF1, case.ref, "claim")
    await bare_floor.stands(case.ref, ": claimed")
    connected = door.connection.connected
    await door.stop()

    assert connected


async def test_presses_work_again_after_slack_has_refreshed_the_socket(floor: Floor) -> None:
    case = floor.arrives()
    await floor.stands(case.ref)
    await floor.world.socket.refresh(warning=0.05)
    await until(lambda: floor.world.socket.connections >= 1)
    await asyncio.sleep(0.2)
    await floor.press(STAFF1, case.ref, "claim")

    await floor.stands(case.ref, ": claimed")


async def test_a_restarted_door_goes_on_with_the_same_card(bare_floor: Floor) -> None:
    first = SlackDoor(bare_floor.bridge, bare_floor.settings)
    await first.start()
    case = bare_floor.arrives()
    before = await bare_floor.stands(case.ref)
    await first.stop()
    second = SlackDoor(bare_floor.bridge, bare_floor.settings)
    await second.start()
    await bare_floor.press(STAFF1, case.ref, "claim")
    after = await bare_floor.stands(case.ref, ": claimed")
    await second.stop()

    assert after["ts"] == before["ts"]


async def test_a_break_down_of_the_desk_is_told_and_every_press_is_answered(floor: Floor) -> None:
    case = floor.arrives()
    await floor.stands(case.ref)
    floor.office.database.close()
    floor.bridge.close()
    seen = await floor.press(STAFF1, case.ref, "claim")
    typed = await floor.types(STAFF1, "list")

    assert "nothing was lost" in (seen.ephemeral or "")
    assert "nothing was lost" in (typed.ephemeral or "")
    assert not seen.timed_out


async def test_an_old_button_gets_an_answer(floor: Floor) -> None:
    case = floor.arrives()
    card = await floor.stands(case.ref)
    channel = floor.world.slack.workspace.channels[floor.world.channels[REQUESTS]]
    old = json.loads(json.dumps(card).replace('"action_id": "claim"', '"action_id": "grab"'))
    from bot.sandbox.events import MessageChanged

    floor.world.record.enter(MessageChanged(channel.id, card["ts"], old))
    seen = await presses.press(floor.world.bench, STAFF1, REQUESTS, card["ts"], "grab")

    assert "older version of the desk" in (seen.ephemeral or "")


async def test_nothing_personal_is_ever_in_a_channel_a_list_or_metadata(floor: Floor) -> None:
    """One consumer's whole story, and then every message of the workspace is walked."""
    secrets = ("rosa", "alvarez", "example.net", "4711", "unicorn", "stranger", "verysecret")
    case = floor.arrives(Kind.DELETE, Kind.OPT_OUT, text="My order is 4711, unicorn.", subject="verysecret unicorn")
    held = arrival((Kind.DELETE,), "sam.stranger@example.net", name="Sam Stranger", subject="verysecret")
    mail_id = kept(floor.office, held)
    desk.hold(floor.office, mail_id, held, reason="unsure", guess=case.ref)
    await _work_through(floor, case)
    for text in ("list", "list closed", f"show {case.ref}", "mine"):
        await floor.types(STAFF1, text)
    await until(lambda: any("settled" in read(each) or "waits" in each["text"] for each in floor.messages(REQUESTS)))
    shown = [message for channel in floor.world.slack.workspace.channels.values() for message in _everything(channel)]

    assert len(shown) > 12
    for message in shown:
        words = json.dumps(message, ensure_ascii=False).lower()
        for secret in secrets:
            assert secret not in words


async def _work_through(floor: Floor, case: CaseFile) -> None:
    steps: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("ask_to_verify", {}, "being verified"),
        ("extend", {"reason": "unicorn archives"}, "extended once"),
    )
    await floor.press(STAFF1, case.ref, "claim")
    await floor.stands(case.ref, ": claimed")
    for action, values, words in steps:
        await floor.press(STAFF1, case.ref, action)
        while floor.sees_modal(STAFF1):
            await floor.submit(STAFF1, **(values if "field" not in values else {}))
        await floor.stands(case.ref, words)
    letter = next(each for each in letters(floor.office, case.ref) if "write this code" in each.get_content())
    write_again(floor.office, case.ref, f"{code_in(letter)} unicorn")
    await floor.stands(case.ref, "1 of 2 points matched")
    await floor.press(STAFF1, case.ref, "verify")
    await floor.submit(STAFF1, points=["order_number"])
    await floor.stands(case.ref, "2 of 2 points matched")
    await floor.choose(STAFF1, case.ref, "reply")
    await floor.submit(STAFF1, text="Dear Rosa Alvarez, unicorn.")
    await floor.submit(STAFF1)
    await floor.press(STAFF1, case.ref, "read")
    for _ in case.requests:
        await floor.press(STAFF1, case.ref, "resolve")
        await floor.submit(STAFF1, outcome="complied_in_full", note="unicorn, Rosa")
        await floor.submit(STAFF1)
    await floor.stands(case.ref, "closed")


def _everything(channel: Any) -> list[dict[str, Any]]:
    own = [message for shown in channel.ephemerals.values() for message in shown.values()]
    return [*channel.messages.values(), *own]
