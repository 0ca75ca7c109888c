"""The moments around the acceptance of a letter: a server slow to take its leave, a desk told to stop just then."""

from __future__ import annotations

import asyncio

import pytest

from scheduler.settings import PostSettings
from store.errors import ConfigurationError
from store.office import Bridge, Office
from store.rules.states import LetterState
from store.settings import load
from tests.builders import StillClock, arrive
from tests.mailing import Sink, until
from tests.scheduler.posting import later, postman, states


async def test_a_server_that_never_answers_quit_has_taken_the_letter_once(
    office: Office, bridge: Bridge, sink: Sink, clock: StillClock
) -> None:
    arrive(office)
    sink.stays = True
    man = postman(bridge, sink)
    async with asyncio.timeout(4):  # less than one answer may take
        await man.drain()

    assert states(office) == [LetterState.SENT]

    await later(clock, man)

    assert len(sink.taken) == 1


async def test_a_letter_is_noted_before_the_server_takes_its_leave(office: Office, bridge: Bridge, sink: Sink) -> None:
    arrive(office)
    sink.stays = True
    drained = asyncio.create_task(postman(bridge, sink).drain())
    await until(lambda: states(office) == [LetterState.SENT])

    assert not drained.done()

    await drained


async def test_a_stop_while_the_server_is_slow_at_quit_sends_nothing_twice(
    office: Office, bridge: Bridge, sink: Sink, clock: StillClock
) -> None:
    arrive(office)
    sink.stays = True
    man = postman(bridge, sink)
    running = asyncio.create_task(man.run())
    await until(lambda: len(sink.taken) == 1)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert states(office) == [LetterState.SENT]

    await later(clock, man)

    assert len(sink.taken) == 1


async def test_a_stop_lets_the_letter_that_is_just_being_taken_arrive(
    office: Office, bridge: Bridge, sink: Sink
) -> None:
    arrive(office)
    sink.leisure = asyncio.Event()
    running = asyncio.create_task(postman(bridge, sink).run())
    await until(lambda: len(sink.taken) == 1)
    running.cancel()
    early, _ = await asyncio.wait({running}, timeout=0.2)
    sink.leisure.set()
    await asyncio.gather(running, return_exceptions=True)

    assert early == set()
    assert states(office) == [LetterState.SENT]


async def test_a_stop_does_not_wait_for_ever_for_a_server_that_says_nothing(
    office: Office, bridge: Bridge, sink: Sink
) -> None:
    arrive(office)
    sink.leisure = asyncio.Event()
    running = asyncio.create_task(postman(bridge, sink, timeout_seconds=30).run())
    await until(lambda: len(sink.taken) == 1)
    running.cancel()
    done, _ = await asyncio.wait({running}, timeout=10)

    assert done == {running}
    assert states(office) == [LetterState.WAITING]


def test_one_answer_may_not_take_longer_than_a_lease_allows() -> None:
    with pytest.raises(ConfigurationError, match="timeout_seconds"):
        load(PostSettings, {"post": {"timeout_seconds": 31}})
