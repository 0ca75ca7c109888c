"""Reminders as each person wishes, cases given out by themselves, and owners who have not moved, in Slack."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.app import web_client
from bot.assigner import Assigner
from bot.courier import Courier
from bot.people import People
from bot.sandbox.blocks import plain
from bot.settings import BotSettings
from scheduler.idling import remind_idle_owners
from store import desk, queries
from store.errors import ConfigurationError
from store.rules.assigning import Assigning, Rule
from store.rules.kinds import Kind
from store.rules.lifecycle import Role
from store.rules.team import Reminders
from store.settings import load
from store.team import Wishes
from store.values import Actor
from tests.bot.conftest import STAFF1, STAFF2, Floor, read

PERSONAL = ("rosa", "alvarez", "example.net")
DUE = date(2027, 2, 26)


def staff(floor: Floor, alias: str) -> Actor:
    return Actor(floor.user(alias), Role.STAFF)


def move_to(floor: Floor, day: date, hour: int = 9) -> datetime:
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=floor.office.business.zone)
    floor.world.clock.move_to(moment)
    return moment


def directs(floor: Floor, alias: str) -> list[dict[str, Any]]:
    channel = floor.world.slack.workspace.direct(floor.user(alias))
    return list(channel.messages.values()) if channel else []


async def remind(floor: Floor, day: date, name: str = "one") -> None:
    move_to(floor, day)
    desk.remind(floor.office)
    await floor.courier(name).drain()


async def a_case_of(floor: Floor, alias: str, wishes: Wishes, cover: Actor | None = None) -> str:
    case = floor.arrives(Kind.DELETE)
    desk.claim(floor.office, case.ref, staff(floor, alias))
    desk.choose(floor.office, wishes, staff(floor, alias), cover)
    await floor.courier("first").drain()
    return case.ref


async def test_a_direct_message_carries_the_reference_and_nothing_personal(bare_floor: Floor) -> None:
    floor = bare_floor
    ref = await a_case_of(floor, STAFF1, Wishes(Reminders.DIRECT))
    before = len(floor.thread(ref))
    await remind(floor, DUE - timedelta(days=7))
    (told,) = directs(floor, STAFF1)

    assert "PR-1001, delete, is due Fri 26 Feb 2027: 7 days left." in read(told)
    assert "[Show]" in plain(told["blocks"])
    assert not any(word in str(told).lower() for word in PERSONAL)
    assert len(floor.thread(ref)) == before


async def test_whoever_wants_both_has_both(bare_floor: Floor) -> None:
    floor = bare_floor
    ref = await a_case_of(floor, STAFF1, Wishes(Reminders.BOTH))
    await remind(floor, DUE - timedelta(days=7))

    assert len(directs(floor, STAFF1)) == 1
    assert any("7 days left" in read(line) for line in floor.thread(ref))


async def test_a_missed_date_is_told_to_everybody_who_must_know(bare_floor: Floor) -> None:
    floor = bare_floor
    ref = await a_case_of(floor, STAFF1, Wishes(Reminders.DIRECT))
    await remind(floor, DUE + timedelta(days=1))

    assert not directs(floor, STAFF1)
    assert any("overdue by 1 day" in read(line) for line in floor.thread(ref))
    assert any("overdue by 1 day" in read(line) for line in floor.messages("privacy-managers"))


async def test_whoever_covers_is_told_for_whom(bare_floor: Floor) -> None:
    floor = bare_floor
    desk.choose(floor.office, Wishes(Reminders.BOTH), staff(floor, STAFF2))
    ref = await a_case_of(floor, STAFF1, Wishes(away_until=DUE), staff(floor, STAFF2))
    await remind(floor, DUE - timedelta(days=7))
    (told,) = directs(floor, STAFF2)

    assert f"You cover for <@{floor.user(STAFF1)}>" in read(told)
    assert any(
        f"<@{floor.user(STAFF2)}> (for <@{floor.user(STAFF1)}>, who is away)" in read(line)
        for line in floor.thread(ref)
    )
    assert not directs(floor, STAFF1)


class NoDirects(AsyncWebClient):
    """Slack, in a workspace where nobody takes messages from apps."""

    async def chat_postMessage(self, **said: Any) -> AsyncSlackResponse:  # noqa: N802 - the SDK's name
        answer = await self.auth_test()
        if said["channel"].startswith("U"):
            raise SlackApiError("no", replace_data(answer, {"ok": False, "error": "messages_tab_disabled"}))
        return await super().chat_postMessage(**said)


def replace_data(answer: AsyncSlackResponse, data: dict[str, Any]) -> AsyncSlackResponse:
    answer.data = data
    return answer


async def test_who_takes_no_messages_is_told_in_the_thread(bare_floor: Floor) -> None:
    floor = bare_floor
    ref = await a_case_of(floor, STAFF1, Wishes(Reminders.DIRECT))
    move_to(floor, DUE - timedelta(days=3))
    desk.remind(floor.office)
    usual = web_client(floor.settings, floor.session)
    client = NoDirects(token=usual.token, base_url=usual.base_url, session=floor.session, retry_handlers=[])
    await Courier(floor.bridge, client, People(client, floor.settings), floor.settings, "two").drain()

    assert any("3 days left" in read(line) for line in floor.thread(ref))
    assert not directs(floor, STAFF1)


async def test_who_works_here_no_more_is_told_nothing_alone(bare_floor: Floor) -> None:
    floor = bare_floor
    ref = await a_case_of(floor, "outsider", Wishes(Reminders.DIRECT))
    await remind(floor, DUE - timedelta(days=3))

    assert any("3 days left" in read(line) for line in floor.thread(ref))
    assert not directs(floor, "outsider")


async def test_a_case_given_back_meanwhile_is_told_in_its_thread(bare_floor: Floor) -> None:
    floor = bare_floor
    ref = await a_case_of(floor, STAFF1, Wishes(Reminders.DIRECT))
    move_to(floor, DUE - timedelta(days=3))
    desk.remind(floor.office)
    desk.release(floor.office, ref, staff(floor, STAFF1))
    await floor.courier("two").drain()

    assert any("nobody has claimed PR-1001 yet" in read(line) for line in floor.thread(ref))


async def test_what_is_settled_meanwhile_is_not_told(bare_floor: Floor) -> None:
    floor = bare_floor
    ref = await a_case_of(floor, STAFF1, Wishes(Reminders.DIRECT))
    move_to(floor, DUE - timedelta(days=3))
    desk.remind(floor.office)
    (line,) = queries.case(floor.office, ref).requests
    desk.reclassify(floor.office, ref, line.id, Kind.OPT_OUT, staff(floor, STAFF1))
    await floor.courier("two").drain()

    assert not directs(floor, STAFF1)


async def test_an_owner_who_has_not_moved_is_told(bare_floor: Floor) -> None:
    floor = bare_floor
    ref = await a_case_of(floor, STAFF1, Wishes(Reminders.BOTH))
    move_to(floor, date(2027, 1, 20))
    off, on = await remind_idle_owners(floor.bridge, 0), await remind_idle_owners(floor.bridge, 5)
    again = await remind_idle_owners(floor.bridge, 5)
    await floor.courier("two").drain()
    (told,) = directs(floor, STAFF1)

    assert (off, on, again) == (0, 1, 0)
    assert f"<@{floor.user(STAFF1)}>: nothing was done about {ref} for 5 days" in read(told)
    assert any("nothing was done about" in read(line) for line in floor.thread(ref))


async def test_cases_are_given_out_to_staff_of_the_workspace(bare_floor: Floor) -> None:
    floor = bare_floor
    client = web_client(floor.settings, floor.session)
    people = People(client, floor.settings)
    refs = [floor.arrives(Kind.DELETE).ref for _ in range(3)]
    given = await Assigner(floor.bridge, people, Assigning(Rule.ROUND_ROBIN)).look()
    nothing_left = await Assigner(floor.bridge, people, Assigning(Rule.ROUND_ROBIN)).look()
    await floor.courier("one").drain()
    owners = [queries.case(floor.office, ref).owner for ref in refs]
    known = set(await people.staff())

    assert (given, nothing_left) == (3, 0)
    assert set(owners) <= known
    assert floor.user("outsider") not in known
    assert any("whose turn it is" in read(line) for line in floor.thread(refs[0]))


async def test_nobody_there_leaves_cases_unclaimed_and_without_a_rule_nothing_runs(bare_floor: Floor) -> None:
    floor = bare_floor
    people = People(web_client(floor.settings, floor.session), floor.settings)
    for user in await people.staff():
        desk.choose(floor.office, Wishes(away_until=DUE), Actor(user, Role.STAFF))
    ref = floor.arrives(Kind.DELETE).ref
    given = await Assigner(floor.bridge, people, Assigning(Rule.LEAST_LOADED)).look()
    await Assigner(floor.bridge, people, Assigning()).run()

    assert given is None
    assert queries.case(floor.office, ref).owner is None


def test_who_takes_what_is_written_into_the_configuration_by_id() -> None:
    tokens = {"bot_token": "xoxb-1", "app_token": "xapp-1"}
    lists = {"assignment_kinds": {"delete": ["U0ANNALEE"]}, "assignment_languages": {"es": ["U0BENLEE1"]}}
    settings = load(BotSettings, {"slack": {**tokens, "assignment": "least_loaded", **lists}})

    assert settings.assigning == Assigning(Rule.LEAST_LOADED, {Kind.DELETE: ("U0ANNALEE",)}, {"es": ("U0BENLEE1",)})
    wrongs: tuple[dict[str, Any], ...] = (
        {"assignment_kinds": {"delete": ["ann"]}},
        {"assignment_kinds": {"sell": []}},
        {"assignment": "dice"},
    )
    for wrong in wrongs:
        with pytest.raises(ConfigurationError):
            load(BotSettings, {"slack": {**tokens, **wrong}})
