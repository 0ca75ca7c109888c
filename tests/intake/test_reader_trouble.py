"""The reader in trouble: hostile mails, a database that is away, other readers, and the end."""

from __future__ import annotations

import asyncio
from typing import Any, NoReturn

import pytest
import structlog

from intake.reader import LOOK_SECONDS, Reader, read_one
from intake.reading import Reading, read
from store import queries
from store.office import Bridge, Office
from store.rules.states import MailState
from tests.builders import letters, office_at
from tests.intake.peers import mails
from tests.intake.taking import SETTINGS, cases, keep, take
from tests.mailing import ERASE, mail, until

NESTED = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" * 2 + b"--x\r\n".join(
    [b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"] * 3000
)


class TestTrouble:
    def test_a_mail_that_cannot_be_read_is_quarantined_with_its_reason_and_the_next_one_read(
        self, any_office: Office
    ) -> None:
        bad, good = keep(any_office, mail("poison")), keep(any_office, mail())

        def careful(raw: bytes, **options: Any) -> Reading:
            if b"poison" in raw:
                raise RecursionError("with words of the mail")
            return read(raw, **options)

        _drain(any_office, careful)
        states = {each.id: (each.state, each.reason) for each in mails(any_office)}

        assert states[bad] == (MailState.QUARANTINED, "Reading it failed (RecursionError).")
        assert states[good][0] == MailState.OPENED

    @pytest.mark.parametrize("fault", [OSError, TimeoutError, OverflowError, MemoryError, UnicodeError])
    def test_no_kind_of_fault_in_reading_one_mail_holds_up_the_others(
        self, office: Office, fault: type[Exception]
    ) -> None:
        keep(office, mail("poison"))
        keep(office, mail())

        def careful(raw: bytes, **options: Any) -> Reading:
            if b"poison" in raw:
                raise fault
            return read(raw, **options)

        _drain(office, careful)

        assert [each.state for each in mails(office)] == [MailState.QUARANTINED, MailState.OPENED]

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"\0" * 1000,
            b"\xff\xfe\r\n\r\n\xff",
            b"From: " + b"(" * 5000 + b"\r\n\r\nx",
            NESTED,
            b"Message-ID: <[x@y]>\r\nDate: Tue, 99 Foo 99999 99:99:99 +9999\r\n\r\n" + ERASE.encode(),
            b"Subject: =?no-such-charset?B?!!!!?=\r\nFrom: =?utf-8?Q?=00?= <a\0b@example.net>\r\n\r\n" + ERASE.encode(),
        ],
    )
    def test_a_hostile_mail_always_comes_to_rest_somewhere(self, any_office: Office, raw: bytes) -> None:
        taken = take(any_office, raw)

        assert taken.state != MailState.KEPT
        assert taken.state == MailState.OPENED or taken.reason

    async def test_mails_wait_while_the_database_is_away_and_are_read_when_it_is_back(
        self, office: Office, bridge: Bridge
    ) -> None:
        keep(office, mail())
        _rename(office, "case_file", "elsewhere")
        with structlog.testing.capture_logs() as told:
            door = asyncio.create_task(Reader(bridge, SETTINGS, pause_seconds=0.05).run())
            await until(lambda: len([each for each in told if each["event"] == "reading mails failed"]) > 1)
        before = mails(office)[0].state
        _rename(office, "elsewhere", "case_file")
        await until(lambda: mails(office)[0].state == MailState.OPENED)
        door.cancel()
        await asyncio.gather(door, return_exceptions=True)

        assert before == MailState.KEPT
        assert cases(office) == 1

    async def test_a_mail_that_was_kept_when_the_process_was_killed_is_read_once_at_the_next_start(
        self, office: Office, sqlite_url: str
    ) -> None:
        keep(office, mail())
        for _ in range(2):
            again = office_at(sqlite_url, office.clock, office.business)
            bridge = Bridge(again)
            await Reader(bridge, SETTINGS).drain()
            bridge.close()
            again.close()

        assert cases(office) == 1
        assert len(letters(office, "PR-1001")) == 1

    async def test_two_readers_at_once_make_one_case_of_each_mail(self, any_office: Office, any_url: str) -> None:
        for _ in range(12):
            keep(any_office, mail())
        other = office_at(any_url, any_office.clock, any_office.business)
        bridges = [Bridge(any_office), Bridge(other)]
        await asyncio.gather(*(Reader(each, SETTINGS).drain() for each in bridges for _ in range(2)))
        for each in bridges:
            each.close()
        other.close()

        assert [each.state for each in mails(any_office)] == [MailState.OPENED] * 12
        assert cases(any_office) == 12
        assert all(queries.case(any_office, f"PR-{1001 + n}").waiting_letters == 1 for n in range(12))
        assert queries.audit(any_office) == ()

    async def test_two_readers_at_once_file_and_hold_without_quarantining_anything(
        self, any_office: Office, any_url: str
    ) -> None:
        for _ in range(6):
            keep(any_office, mail("Away.", Auto_Submitted="auto-replied"))
            keep(any_office, mail("What are your opening hours?"))
        other = office_at(any_url, any_office.clock, any_office.business)
        bridges = [Bridge(any_office), Bridge(other)]
        await asyncio.gather(*(Reader(each, SETTINGS).drain() for each in bridges for _ in range(2)))
        for each in bridges:
            each.close()
        other.close()

        assert [each.state for each in mails(any_office)] == [MailState.FILED, MailState.HELD] * 6
        assert queries.audit(any_office) == ()

    def test_a_mail_that_a_person_settled_meanwhile_is_left_as_it_is(self, office: Office) -> None:
        taken = take(office, mail("What are your opening hours?"))

        def fails(*_: Any, **__: Any) -> NoReturn:
            raise RecursionError

        read_one(office, taken.id or 0, SETTINGS, fails)

        assert mails(office)[0].state == MailState.HELD


class TestBeingWoken:
    async def test_a_mail_is_read_at_once_and_not_at_the_next_look(self, office: Office, bridge: Bridge) -> None:
        door = asyncio.create_task(Reader(bridge, SETTINGS).run())
        await asyncio.sleep(0)
        loop = asyncio.get_running_loop()
        quickest = LOOK_SECONDS
        for number in range(5):
            began = loop.time()
            keep(office, mail())
            await until(lambda much=number + 1: cases(office) == much)
            quickest = min(quickest, loop.time() - began)
        door.cancel()
        await asyncio.gather(door, return_exceptions=True)

        assert quickest < LOOK_SECONDS / 2

    async def test_it_ends_when_told_even_if_the_bell_rings_at_that_very_moment(
        self, office: Office, bridge: Bridge
    ) -> None:
        for _ in range(10):
            door = asyncio.create_task(Reader(bridge, SETTINGS).run())
            await asyncio.sleep(0.03)
            office.bell.ring()
            asyncio.get_running_loop().call_soon(door.cancel)
            done, _ = await asyncio.wait({door}, timeout=5)

            assert done == {door}


def _drain(office: Office, careful: Any) -> None:
    for mail_id in queries.unread_mails(office):
        read_one(office, mail_id, SETTINGS, careful)


def _rename(office: Office, table: str, name: str) -> None:
    with office.database.writing() as session:
        session.connection().exec_driver_sql("PRAGMA legacy_alter_table = ON")
        session.connection().exec_driver_sql(f"ALTER TABLE {table} RENAME TO {name}")
