"""A request that came by no mail, made a case of in Slack."""

from __future__ import annotations

from typing import Any

from bot.sandbox import chatter, shortcuts
from bot.sandbox.blocks import plain
from store import desk, queries
from store.rules.team import Manner
from tests.bot.conftest import OUTSIDER, REQUESTS, STAFF1, Floor, read, until
from tests.builders import STAFF1 as STAFF
from tests.builders import letters

SAID = "Rosa <rosa@example.net> & her son want <!channel> everything deleted."
CALL: dict[str, Any] = {
    "kinds": ["delete"],
    "manner": "phone",
    "day": "2027-01-11",
    "time": "16:30",
    "name": "Rosa Alvarez",
    "address": "rosa@example.net",
    "text": "She wants everything deleted.",
    "law": "us-ca",
    "requester": "consumer",
}


async def test_a_call_is_typed_in_and_stands_as_a_card(floor: Floor) -> None:
    await floor.types(STAFF1, "new")
    await floor.submit(STAFF1, **CALL)
    told = plain(floor.view(STAFF1)["blocks"])
    card = await floor.stands("PR-1001", "Came by phone")
    line = await floor.said("PR-1001", "for a request that came by phone, Mon 11 Jan 2027, 16:30 PST")

    assert "PR-1001 is open" in told
    assert "acknowledgement is on its way" in told
    assert floor.user(STAFF1) in line["text"]
    assert not any(word in read(card) + read(line) for word in ("Alvarez", "rosa@", "wants"))
    assert len(letters(floor.office, "PR-1001")) == 1


async def test_without_an_address_the_person_is_told_what_to_do(floor: Floor) -> None:
    await floor.types(STAFF1, "new")
    await floor.submit(STAFF1, **{**CALL, "address": "", "manner": "post"})
    told = plain(floor.view(STAFF1)["blocks"])
    card = await floor.stands("PR-1001", "there is no e-mail address, so no letter can go out")

    assert "acknowledge it the way it came by Tue 26 Jan 2027" in told
    assert "Came by post" in card["text"]


async def test_what_is_wrong_is_told_at_its_field_and_the_rest_stays(floor: Floor) -> None:
    await floor.types(STAFF1, "new")
    later = await floor.submit(STAFF1, **{**CALL, "day": "2027-01-13"})
    address = await floor.submit(STAFF1, **{**CALL, "address": "rosa at example"})
    old = await floor.submit(STAFF1, **{**CALL, "day": "2026-01-11"})
    await floor.submit(STAFF1, **{**CALL, "day": "2026-01-11", "long_ago": ["confirmed"]})

    assert list(later.errors) == ["day"]
    assert "no e-mail address" in address.errors["address"]
    assert "366 days ago" in old.errors["long_ago"]
    assert len(queries.cases(floor.office)) == 1


async def test_any_message_can_be_made_a_request(floor: Floor) -> None:
    chatter.say(floor.world.bench, STAFF1, REQUESTS, SAID)
    ts = floor.messages(REQUESTS)[-1]["ts"]
    await shortcuts.choose(floor.world.bench, STAFF1, REQUESTS, ts, "make_a_privacy_request")
    await until(lambda: floor.sees_modal(STAFF1))
    shown = {block["block_id"]: block.get("element", {}) for block in floor.view(STAFF1)["blocks"]}
    await floor.submit(STAFF1, kinds=["delete"])
    card = await floor.stands("PR-1001", "Came by a message in Slack")
    opened = desk.read(floor.office, "PR-1001", STAFF)

    assert "want" in shown["text"]["initial_value"]
    assert (shown["day"]["initial_date"], shown["time"]["initial_time"]) == ("2027-01-12", "10:00")
    assert "everything deleted" in opened.mails[0].text
    assert "deleted" not in read(card)
    assert queries.case(floor.office, "PR-1001").manner is Manner.SLACK


async def test_nobody_else_gets_the_form(floor: Floor) -> None:
    typed = await floor.types(OUTSIDER, "new")

    assert "nothing here for you" in (typed.ephemeral or "")
    assert not floor.sees_modal(OUTSIDER)
