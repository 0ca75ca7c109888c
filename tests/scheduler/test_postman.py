"""Letters out, over real sockets: each one once, its case's in order, and none lost whatever the other side does."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import ssl
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy import event

from scheduler.postman import MOST_SECONDS, knock
from scheduler.settings import PostSettings
from store import desk, queries
from store.ledger import Event
from store.models import LetterState
from store.office import Bridge, Office
from store.outbox import BACKOFF, LEASE
from store.settings import load
from tests.builders import ROSA, StillClock, arrive, letters, office_at
from tests.mailing import Manner, Sink, certificate, outside, until
from tests.scheduler.posting import TWO_MINUTES, events, later, letters_of, postman, states, write


class TestDelivery:
    async def test_a_letter_goes_from_the_inbox_to_the_consumer_and_is_noted(
        self, office: Office, bridge: Bridge, sink: Sink
    ) -> None:
        arrive(office)
        await postman(bridge, sink).drain()
        (taken,) = sink.taken

        assert (taken.sender, taken.recipients) == (office.business.inbox, (ROSA,))
        assert states(office) == [LetterState.SENT]
        assert letters_of(office)[0].sent_at == office.clock()
        assert Event.LETTER_SENT in events(office)

    async def test_it_carries_what_keeps_a_thread_together(self, office: Office, bridge: Bridge, sink: Sink) -> None:
        arrive(office, message_id="<first@mail.example.net>")
        write(office, "PR-1001", "We are looking into it.")
        man = postman(bridge, sink)
        await man.drain()
        await man.drain()
        first, second = (taken.message for taken in sink.taken)

        assert first["Reply-To"] == second["Reply-To"]
        assert first["Reply-To"].startswith("privacy+")
        assert first["In-Reply-To"] == "<first@mail.example.net>"
        assert first["Auto-Submitted"] == "auto-replied"
        assert second["Auto-Submitted"] is None
        assert first["Message-ID"] in second["References"]
        assert "<first@mail.example.net>" in second["References"]
        assert first["Message-ID"] != second["Message-ID"]

    async def test_a_cases_letters_go_in_the_order_they_were_written(
        self, office: Office, bridge: Bridge, sink: Sink
    ) -> None:
        arrive(office)
        for number in range(3):
            write(office, "PR-1001", f"Letter number {number}.")
        await postman(bridge, sink).drain()

        assert sink.message_ids == [letter.message_id for letter in letters_of(office)]

    async def test_a_letter_that_must_wait_holds_back_its_cases_next_and_nobody_elses(
        self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock
    ) -> None:
        arrive(office)
        write(office, "PR-1001", "The second.")
        arrive(office, sender="tom@example.org")
        sink.answers.append("451 4.7.1 greylisted")
        man = postman(bridge, sink)
        await man.drain()
        first, second, other = letters_of(office)

        assert [each.state for each in (first, second, other)].count(LetterState.WAITING) >= 1
        assert second.state == LetterState.WAITING or first.state == LetterState.SENT

        await later(clock, man)
        order = [taken.message["Message-ID"] for taken in sink.taken if taken.answer == "250 OK"]

        assert states(office) == [LetterState.SENT] * 3
        assert order.index(first.message_id) < order.index(second.message_id)

    async def test_it_is_woken_by_a_letter_and_quiet_without_one(
        self, office: Office, bridge: Bridge, sink: Sink
    ) -> None:
        commits: list[None] = []
        door = asyncio.create_task(postman(bridge, sink).run())
        await asyncio.sleep(0)
        arrive(office)
        await until(lambda: states(office) == [LetterState.SENT])
        event.listen(office.database.engine, "commit", lambda _: commits.append(None))
        await asyncio.sleep(1.2)
        door.cancel()
        await asyncio.gather(door, return_exceptions=True)

        assert len(commits) <= 3

    async def test_it_ends_when_told_even_if_the_bell_rings_at_that_very_moment(
        self, office: Office, bridge: Bridge, sink: Sink
    ) -> None:
        for _ in range(10):
            door = asyncio.create_task(postman(bridge, sink).run())
            await asyncio.sleep(0.03)
            office.bell.ring()
            asyncio.get_running_loop().call_soon(door.cancel)
            done, _ = await asyncio.wait({door}, timeout=5)

            assert done == {door}

    async def test_two_postmen_at_once_send_each_letter_once(
        self, any_office: Office, any_url: str, sink: Sink
    ) -> None:
        for number in range(15):
            arrive(any_office, sender=f"consumer{number}@example.org")
        other = office_at(any_url, any_office.clock, any_office.business)
        bridges = [Bridge(any_office), Bridge(other)]
        men = [postman(bridge, sink, name) for bridge in bridges for name in ("one", "two")]
        for number, man in enumerate(men):
            man._name = f"postman {number}"
        await asyncio.gather(*(man.drain() for man in men))
        for bridge in bridges:
            bridge.close()
        other.close()

        assert sorted(sink.message_ids) == sorted(letter.message_id for letter in letters_of(any_office))
        assert len(sink.message_ids) == 15


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
        await later(clock, postman(bridge, sink), len(BACKOFF) + 3)

        assert states(office) == [LetterState.PARKED]
        assert events(office).count(Event.LETTER_PARKED) == 1
        assert len(sink.refusals) == 100 - len(BACKOFF)

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

    async def test_a_database_that_is_away_after_the_letter_was_taken_leaves_the_others_alone(
        self, office: Office, bridge: Bridge, sink: Sink, clock: StillClock
    ) -> None:
        arrive(office)
        man = postman(bridge, sink)
        with office.database.writing() as session:
            session.connection().exec_driver_sql(
                "CREATE TRIGGER full BEFORE UPDATE OF sent_at ON letter WHEN NEW.sent_at IS NOT NULL "
                "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )
        with pytest.raises(Exception, match="disk full"):
            await man.drain()
        with office.database.writing() as session:
            session.connection().exec_driver_sql("DROP TRIGGER full")
        await later(clock, man)

        assert len(set(sink.message_ids)) == 1
        assert states(office) == [LetterState.SENT]


class TestEncryption:
    async def test_a_server_without_starttls_gets_nothing_where_it_is_required(
        self, office: Office, bridge: Bridge, sink: Sink
    ) -> None:
        arrive(office)
        await postman(bridge, sink, security="starttls").drain()

        assert sink.taken == []
        assert states(office) == [LetterState.WAITING]

    async def test_a_certificate_that_nobody_vouches_for_is_a_delay(
        self, office: Office, bridge: Bridge, tmp_path: Path
    ) -> None:
        arrive(office)
        async with outside(certificate(tmp_path)) as sink:
            await postman(bridge, sink, security="starttls").drain()

            assert sink.taken == []
        assert states(office) == [LetterState.WAITING]

    async def test_a_letter_goes_through_starttls_to_a_server_that_is_trusted(
        self, office: Office, bridge: Bridge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = certificate(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert ssl.get_default_verify_paths().cafile == str(file)
        arrive(office)
        async with outside(file) as sink:
            await postman(bridge, sink, security="starttls").drain()

        assert len(sink.taken) == 1
        assert states(office) == [LetterState.SENT]


class TestKnocking:
    async def test_a_server_that_answers_is_well(self, sink: Sink) -> None:
        assert await knock(_post(*sink.where)) is None

    async def test_a_server_that_is_not_there_is_told(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            nowhere = taken.getsockname()[:2]

        assert await knock(_post(*nowhere)) == "The mail server cannot be reached."

    async def test_a_sign_in_that_is_refused_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file = certificate(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        async with outside(file) as sink:
            trouble = await knock(_post(*sink.where, security="starttls", user="desk", password="wrong"))  # noqa: S106 - a wrong one

        assert trouble == "The mail server refused our sign-in (535)."


def _post(host: str, port: int, **said: object) -> PostSettings:
    fields = {"host": host, "port": port, "security": "none", "timeout_seconds": 5, **said}
    return load(PostSettings, {"post": fields})


def test_every_letter_of_these_tests_is_to_rosa(office: Office) -> None:
    arrive(office)

    assert letters(office, "PR-1001")[0]["To"] == ROSA
