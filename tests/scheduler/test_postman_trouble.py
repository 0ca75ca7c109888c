"""Letters that were refused, delayed, or left in doubt: none is lost, none is sent under a second name."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from datetime import timedelta

import pytest
import structlog

from scheduler.postman import MOST_SECONDS
from store import desk, queries
from store.ledger import Event
from store.office import Bridge, Office
from store.outbox import BACKOFF, LEASE, PATIENCE
from store.rules.states import LetterState
from tests.builders import ROSA, StillClock, arrive
from tests.mailing import Manner, Sink, outside, until
from tests.scheduler.posting import TWO_MINUTES, events, later, letters_of, postman, states


class TestRefusals:
    async def test_a_retry_has_the_same_bytes_and_the_same_message_id(
        self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock
    ) -> None:
        arrive(office)
        sink.answers.extend(["451 4.3.0 later", "421 4.3.2 closing"])
        man = postman(bridge, sink)
        await man.drain()
        await later(clock, man, 2)

        assert len(sink.taken) == 3
        assert len({taken.content for taken in sink.taken}) == 1
        assert states(office) == [LetterState.SENT]

    async def test_not_now_means_later_and_ever_more_slowly(
        self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock
    ) -> None:
        arrive(office)
        sink.answers.extend(["451 no"] * 3)
        man, waits = postman(bridge, sink), []
        for _ in range(3):
            await man.drain()
            waits.append(letters_of(office)[0].not_before - clock())
            clock.advance(waits[-1])

        assert tuple(waits) == BACKOFF[:3]
        assert letters_of(office)[0].trouble == "The mail server refused the letter (451)."

    async def test_never_means_parked_with_a_line_in_the_ledger(
        self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock
    ) -> None:
        arrive(office)
        sink.refusals.append("550 5.1.1 no such user")
        man = postman(bridge, sink)
        await man.drain()
        await later(clock, man, 2)

        assert states(office) == [LetterState.PARKED]
        assert Event.LETTER_PARKED in events(office)
        assert sink.taken == []
        assert queries.case(office, "PR-1001").parked_letters == 1

    async def test_a_letter_refused_for_good_after_it_was_handed_over_is_parked(
        self, office: Office, bridge: Bridge, sink: Sink
    ) -> None:
        arrive(office)
        sink.answers.append("554 5.7.1 we take no such letters")
        await postman(bridge, sink).drain()

        assert states(office) == [LetterState.PARKED]

    @pytest.mark.parametrize("words", ["530 5.7.0 sign in first", "503 5.5.1 bad sequence", "535 5.7.8 no"])
    async def test_a_refusal_that_speaks_of_us_delays_and_does_not_park(
        self, office: Office, bridge: Bridge, sink: Sink, words: str
    ) -> None:
        arrive(office)
        sink.refusals.append(words)
        await postman(bridge, sink).drain()

        assert states(office) == [LetterState.WAITING]

    async def test_a_letter_that_is_never_taken_is_given_up_at_last_and_a_person_told(
        self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock
    ) -> None:
        arrive(office)
        sink.refusals.extend(["450 4.2.0 busy"] * 100)
        man = postman(bridge, sink)
        clock.advance(PATIENCE - timedelta(seconds=1))
        await man.drain()

        assert states(office) == [LetterState.WAITING]

        await later(clock, man, 5)

        assert states(office) == [LetterState.PARKED]
        assert events(office).count(Event.LETTER_PARKED) == 1
        assert len(sink.refusals) == 100 - 2

    async def test_an_internationalised_address_gets_its_letter(
        self, office: Office, bridge: Bridge, sink: Sink
    ) -> None:
        arrive(office, sender="rosé@example.net")
        await postman(bridge, sink).drain()

        assert states(office) == [LetterState.SENT]
        assert sink.taken[0].recipients == ("rosé@example.net",)

    async def test_an_address_that_the_server_cannot_take_is_a_delay_of_that_letter_only(
        self, office: Office, bridge: Bridge
    ) -> None:
        arrive(office, sender="rosé@example.net")
        arrive(office, sender="tom@example.org")
        async with outside(utf8=False) as plain:
            await postman(bridge, plain).drain()

        assert states(office) == [LetterState.WAITING, LetterState.SENT]
        assert letters_of(office)[0].trouble

    async def test_no_trouble_and_no_log_line_quotes_the_server_or_the_address(
        self, office: Office, bridge: Bridge, sink: Sink, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG, "aiosmtplib")
        arrive(office)
        sink.refusals.append(f"550 5.1.1 <{ROSA}> no such user")
        with structlog.testing.capture_logs() as told:
            await postman(bridge, sink).drain()
        lines = json.dumps(told) + " ".join(record.getMessage() for record in caplog.records)

        assert "letter delayed" in lines
        assert "@" not in lines + letters_of(office)[0].trouble


class TestOutages:
    async def test_nobody_there_is_a_delay(self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            nowhere = taken.getsockname()[:2]
        arrive(office)
        await postman(bridge, nowhere).drain()

        assert letters_of(office)[0].trouble == "The mail server cannot be reached."

        clock.advance(TWO_MINUTES)
        await postman(bridge, sink).drain()

        assert states(office) == [LetterState.SENT]

    async def test_a_server_that_says_nothing_is_a_delay(self, office: Office, bridge: Bridge) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            arrive(office)
            await postman(bridge, silent.getsockname()[:2], timeout_seconds=0.3).drain()

        assert states(office) == [LetterState.WAITING]
        assert letters_of(office)[0].trouble == "The mail server did not answer in time."

    @pytest.mark.parametrize("manner", list(Manner))
    async def test_a_line_that_breaks_after_the_letter_is_uncertain_and_tried_again_under_the_same_message_id(
        self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock, manner: Manner
    ) -> None:
        arrive(office)
        sink.answers.append(manner)
        man = postman(bridge, sink, timeout_seconds=0.5)
        await man.drain()

        assert states(office) == [LetterState.WAITING]

        await later(clock, man)

        assert len(sink.taken) == 2
        assert len(set(sink.message_ids)) == 1
        assert states(office) == [LetterState.SENT]

    async def test_a_letter_is_handed_over_within_its_lease_or_not_at_all(self) -> None:
        assert 0 < MOST_SECONDS < LEASE.total_seconds()

    async def test_a_postman_who_died_holding_letters_loses_them_to_the_next_when_the_lease_is_over(
        self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock
    ) -> None:
        arrive(office)
        desk.lease_letters(office, "the dead one")
        man = postman(bridge, sink, "the next")
        await man.drain()

        assert sink.taken == []

        clock.advance(LEASE + timedelta(seconds=1))
        await man.drain()

        assert len(sink.taken) == 1
        assert states(office) == [LetterState.SENT]

    async def test_a_database_that_is_away_after_the_letter_was_taken_is_asked_again_and_the_letter_sent_once(
        self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock
    ) -> None:
        arrive(office)
        man = postman(bridge, sink)
        with office.database.writing() as session:
            session.connection().exec_driver_sql(
                "CREATE TRIGGER full BEFORE UPDATE OF sent_at ON letter WHEN NEW.sent_at IS NOT NULL "
                "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )
        with structlog.testing.capture_logs() as told:
            drained = asyncio.create_task(man.drain())
            await until(lambda: any(each["event"] == "letter sent and not noted yet" for each in told))
            with office.database.writing() as session:
                session.connection().exec_driver_sql("DROP TRIGGER full")
            await drained
        await later(clock, man)

        assert len(sink.taken) == 1
        assert states(office) == [LetterState.SENT]
