"""Letters out, over real sockets: each one once, its case's in order, and none lost whatever the other side does."""

from __future__ import annotations

import asyncio
import socket
import ssl
from pathlib import Path

import pytest
from sqlalchemy import event

from scheduler.postman import knock
from scheduler.settings import PostSettings
from store.ledger import Event
from store.office import Bridge, Office
from store.rules.states import LetterState
from store.settings import load
from tests.builders import ROSA, StillClock, arrive, office_at
from tests.mailing import Sink, certificate, outside, until
from tests.scheduler.posting import events, later, letters_of, postman, states, write


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
        sink.answers.append("451 4.7.1 greylisted")
        man = postman(bridge, sink)
        await man.drain()
        arrive(office, sender="tom@example.org")
        await man.drain()

        assert states(office) == [LetterState.WAITING, LetterState.WAITING, LetterState.SENT]

        await later(clock, man)
        first, second, other = (letter.message_id for letter in letters_of(office))

        assert states(office) == [LetterState.SENT] * 3
        assert sink.message_ids == [first, other, first, second]

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
