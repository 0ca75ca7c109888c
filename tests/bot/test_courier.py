from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.events import MessageDeleted
from bot.sandbox.faults import Fault
from store import desk
from store.rules.kinds import Kind
from tests.bot.conftest import MANAGERS, REQUESTS, STAFF1, Floor, read, until
from tests.builders import STAFF1 as ANYBODY

A_WHILE = timedelta(minutes=30)


def calls(floor: Floor, method: str) -> int:
    return sum(name == method for name, _ in floor.world.api_calls)


async def settle(floor: Floor, courier: Any) -> None:
    """Let every wait run out, and deliver."""
    for _ in range(6):
        await courier.drain()
        floor.world.clock.advance(A_WHILE)
    await courier.drain()


@pytest.mark.parametrize("fault", [Fault.TOO_MANY, Fault.ERROR, Fault.REFUSE, Fault.DROP_AFTER, Fault.OUTAGE])
async def test_a_bad_moment_of_slack_leaves_exactly_one_card(bare_floor: Floor, fault: Fault) -> None:
    bare_floor.world.faults.plan("chat.postMessage", fault, 1, None)
    case = bare_floor.arrives()
    courier = bare_floor.courier("one")
    await settle(bare_floor, courier)
    if fault is Fault.TOO_MANY:
        await asyncio.sleep(1.1)
        await settle(bare_floor, courier)

    assert len(bare_floor.cards(case.ref)) == 1
    assert [line["text"].split(" (")[0] for line in bare_floor.thread(case.ref)] == [
        "PR-1001 was opened from a mail that asks for: delete and opt-out of sale."
    ]


async def test_a_double_bad_moment_leaves_exactly_one_card(bare_floor: Floor) -> None:
    faults = bare_floor.world.faults
    faults.plan("chat.postMessage", Fault.DROP_AFTER, 1, None)
    faults.plan("conversations.history", Fault.TOO_MANY, 1, None)
    faults.plan("conversations.history", Fault.REFUSE, 1, None)
    case = bare_floor.arrives()
    await settle(bare_floor, bare_floor.courier("one"))

    assert len(bare_floor.cards(case.ref)) == 1
    assert len(bare_floor.thread(case.ref)) == 1


async def test_a_process_that_died_between_posting_and_noting_leaves_exactly_one_card(bare_floor: Floor) -> None:
    case = bare_floor.arrives()
    jobs = desk.lease_posts(bare_floor.office, "dead")
    card = next(job for job in jobs if job.kind == "card")
    dying = bare_floor.courier("dead")
    await dying._delivery.deliver(card, None)
    bare_floor.world.clock.advance(timedelta(seconds=61))
    await settle(bare_floor, bare_floor.courier("alive"))

    assert len(bare_floor.cards(case.ref)) == 1
    assert len(bare_floor.thread(case.ref)) == 1


async def test_a_line_that_was_posted_before_a_crash_is_not_said_twice(bare_floor: Floor) -> None:
    case = bare_floor.arrives()
    await bare_floor.courier("first").drain()
    desk.claim(bare_floor.office, case.ref, ANYBODY)
    jobs = desk.lease_posts(bare_floor.office, "dead")
    line = next(job for job in jobs if job.kind == "line")
    await bare_floor.courier("dead")._delivery.deliver(line, line.thread)
    bare_floor.world.clock.advance(timedelta(seconds=61))
    await settle(bare_floor, bare_floor.courier("alive"))

    assert sum("claimed" in each["text"] for each in bare_floor.thread(case.ref)) == 1
    assert ": claimed" in read(bare_floor.cards(case.ref)[0])


async def test_a_deleted_card_is_posted_anew_and_its_thread_goes_on_there(bare_floor: Floor) -> None:
    case = bare_floor.arrives()
    courier = bare_floor.courier("one")
    await courier.drain()
    channel = bare_floor.world.channels[REQUESTS]
    gone = bare_floor.cards(case.ref)[0]["ts"]
    bare_floor.world.record.enter(MessageDeleted(channel, gone))
    desk.claim(bare_floor.office, case.ref, ANYBODY)
    await settle(bare_floor, courier)

    assert [card["ts"] != gone for card in bare_floor.cards(case.ref)] == [True]
    assert any("claimed" in line["text"] for line in bare_floor.thread(case.ref))
    said_there = [sent for name, sent in bare_floor.world.api_calls if sent.get("thread_ts") == gone]
    assert len(said_there) == 1  # that it was opened, while the card still stood


async def test_one_cases_lines_keep_their_order_through_trouble(bare_floor: Floor) -> None:
    case = bare_floor.arrives()
    courier = bare_floor.courier("one")
    await courier.drain()
    desk.claim(bare_floor.office, case.ref, ANYBODY)
    bare_floor.world.faults.plan("chat.postMessage", Fault.ERROR, 1, None)
    await courier.drain()
    desk.release(bare_floor.office, case.ref, ANYBODY)
    desk.claim(bare_floor.office, case.ref, ANYBODY)
    await settle(bare_floor, courier)
    said = [line["text"].split()[1] for line in bare_floor.thread(case.ref)]

    assert said[1:] == ["claimed", "released", "claimed"]


async def test_trouble_with_one_case_does_not_stop_another(bare_floor: Floor) -> None:
    case = bare_floor.arrives()
    other = bare_floor.arrives(Kind.CORRECT)
    bare_floor.world.faults.plan("chat.postMessage", Fault.TIMEOUT, 1, 3.0)
    courier = bare_floor.courier("one")
    drained = asyncio.create_task(courier.drain())
    await until(lambda: bare_floor.cards(case.ref) or bare_floor.cards(other.ref))

    assert not drained.done()
    await drained


async def test_ten_marks_for_one_card_are_one_update(bare_floor: Floor) -> None:
    case = bare_floor.arrives()
    courier = bare_floor.courier("one")
    await courier.drain()
    for _ in range(5):
        desk.claim(bare_floor.office, case.ref, ANYBODY)
        desk.release(bare_floor.office, case.ref, ANYBODY)
    await courier.drain()

    assert calls(bare_floor, "chat.update") == 1


async def test_an_archived_channel_waits_and_never_loops_hot(bare_floor: Floor) -> None:
    bare_floor.world.change_channel(REQUESTS, archived=True)
    case = bare_floor.arrives()
    courier = bare_floor.courier("one")
    running = asyncio.create_task(courier.run())
    await asyncio.sleep(1.5)
    tried = len(bare_floor.world.api_calls)
    bare_floor.world.change_channel(REQUESTS, archived=False)
    for _ in range(100):
        bare_floor.world.clock.advance(A_WHILE)
        await asyncio.sleep(0.05)
        if len(bare_floor.cards(case.ref)) == 1 and bare_floor.thread(case.ref):
            break
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert tried < 20
    assert len(bare_floor.cards(case.ref)) == 1


async def test_two_couriers_side_by_side_post_everything_once(bare_floor: Floor) -> None:
    refs = [bare_floor.arrives(Kind.DELETE, sender=f"person{n}@example.net").ref for n in range(12)]
    one, two = bare_floor.courier("one"), bare_floor.courier("two")
    await asyncio.gather(one.drain(), two.drain())
    await settle(bare_floor, one)

    assert [len(bare_floor.cards(ref)) for ref in refs] == [1] * 12
    assert [len(bare_floor.thread(ref)) for ref in refs] == [1] * 12


async def test_a_reminder_of_a_settled_request_is_not_sent(bare_floor: Floor) -> None:
    case = bare_floor.arrives(Kind.OPT_OUT)
    bare_floor.world.clock.advance(timedelta(days=16))
    desk.remind(bare_floor.office)
    desk.claim(bare_floor.office, case.ref, ANYBODY)
    from store.rules.outcomes import Outcome

    desk.resolve(bare_floor.office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, ANYBODY)
    await settle(bare_floor, bare_floor.courier("one"))

    assert not [each for each in bare_floor.thread(case.ref) if "left" in each["text"]]
    assert not bare_floor.messages(MANAGERS)


async def test_trouble_in_the_managers_channel_does_not_hold_up_the_card(bare_floor: Floor) -> None:
    case = bare_floor.arrives(Kind.OPT_OUT)
    courier = bare_floor.courier("one")
    await courier.drain()
    bare_floor.world.change_channel(MANAGERS, archived=True)
    bare_floor.world.clock.advance(timedelta(days=30))
    desk.remind(bare_floor.office)
    await courier.drain()
    desk.claim(bare_floor.office, case.ref, ANYBODY)
    await courier.drain()

    assert ": claimed" in read(bare_floor.cards(case.ref)[0])
    assert any("overdue" in line["text"] for line in bare_floor.thread(case.ref))
    assert not bare_floor.messages(MANAGERS)


async def test_what_is_posted_carries_only_an_opaque_token(bare_floor: Floor) -> None:
    bare_floor.arrives()
    await bare_floor.courier("one").drain()
    sent = [arguments for name, arguments in bare_floor.world.api_calls if name == "chat.postMessage"]

    assert len(sent) == 2
    for arguments in sent:
        metadata = arguments["metadata"]
        assert metadata["event_type"] == "rightsdesk_post"
        assert list(metadata["event_payload"]) == ["token"]
        assert {str(arguments[name]) for name in ("link_names", "unfurl_links", "unfurl_media")} <= {
            "0",
            "False",
            "false",
        }


async def test_a_press_is_redrawn_well_under_a_second(floor: Floor) -> None:
    case = floor.arrives()
    await floor.stands(case.ref)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await floor.press(STAFF1, case.ref, "claim")
    await floor.stands(case.ref, ": claimed")

    assert loop.time() - began < 0.9
