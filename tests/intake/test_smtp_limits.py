"""Everything that a peer could have too much of ends with a sentence, and the next peer finds the door open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from sqlmodel import col, select

from intake.content import Content
from intake.limits import SMALL, Crowd, Limits
from intake.settings import IntakeSettings
from intake.smtp import Listener
from store.ledger import Event, line_of
from store.models import Entry
from store.office import Bridge, Office
from store.settings import load
from tests.intake.peers import Line, envelope_of, line, listening, mails, raws
from tests.mailing import INBOX, ROSA, mail, until


@asynccontextmanager
async def strict(bridge: Bridge, limits: Limits, **said: Any) -> AsyncIterator[tuple[str, int]]:
    """A listener with other limits than usual."""
    listener = Listener(bridge, load(IntakeSettings, {"intake": {"smtp_port": 0, **said}}), limits=limits)
    where = await listener.start()
    try:
        yield where
    finally:
        await listener.stop()


def refusals(office: Office) -> list[dict[str, Any]]:
    """What the ledger tells of refused mails."""
    with office.database.reading() as session:
        entries = session.exec(select(Entry).where(Entry.event == Event.MAIL_REFUSED).order_by(col(Entry.number)))
        return [line_of(entry).facts for entry in entries]


async def is_closed(peer: Line) -> bool:
    async with asyncio.timeout(10):
        return await peer.reader.read() == b""


class TestSize:
    async def test_a_mail_declared_too_large_is_told_to_the_managers(self, office: Office, bridge: Bridge) -> None:
        async with listening(bridge, most_bytes=70_000) as where, line(where) as peer:
            await peer.say(b"EHLO mx.example.net\r\n")
            answer = await peer.say(f"MAIL FROM:<{ROSA}> BODY=8BITMIME SIZE=70001\r\n".encode())
            next_one = await peer.say(f"MAIL FROM:<{ROSA}> SIZE=70000\r\n".encode())

        assert answer == "552 5.3.4 The mail is larger than 70000 bytes; please send it without its attachments"
        assert next_one.startswith("250")
        assert refusals(office) == [{"size": 70001, "untold": 0}]

    async def test_a_declaration_before_the_greeting_is_told_to_nobody(self, office: Office, bridge: Bridge) -> None:
        async with listening(bridge) as where, line(where) as peer:
            answer = await peer.say(f"MAIL FROM:<{ROSA}> SIZE=99999999999\r\n".encode())

        assert answer.startswith("503")
        assert refusals(office) == []

    async def test_a_mail_that_turns_out_too_large_is_told_to_the_managers_with_its_size(
        self, office: Office, bridge: Bridge
    ) -> None:
        raw = b"Subject: big\r\n\r\n" + b"words of a big mail\r\n" * 4000
        async with listening(bridge, most_bytes=70_000) as where, line(where) as peer:
            await peer.until_data()
            answer = await peer.say(raw + b".\r\n")

        assert answer.startswith("552 5.3.4 ")
        assert refusals(office) == [{"size": len(raw), "untold": 0}]

    async def test_a_mail_without_an_end_is_ended(self, office: Office, bridge: Bridge) -> None:
        async with listening(bridge, most_bytes=70_000) as where, line(where) as peer:
            await peer.until_data()
            answer = await peer.say(b"Subject: endless\r\n\r\n" + b"x" * 280_000)

            assert answer.startswith("552 5.3.4 ")
            assert await is_closed(peer)
        assert refusals(office) == [{"size": None, "untold": 0}]

    async def test_a_database_that_is_away_changes_nothing_for_the_sender(self, office: Office, bridge: Bridge) -> None:
        async with listening(bridge, most_bytes=70_000) as where, line(where) as peer:
            with office.database.writing() as session:
                session.connection().exec_driver_sql("ALTER TABLE ledger RENAME TO elsewhere")
            await peer.say(b"EHLO mx.example.net\r\n")
            answer = await peer.say(f"MAIL FROM:<{ROSA}> SIZE=70001\r\n".encode())

        assert answer.startswith("552")

    @pytest.mark.parametrize("head", [b"X-Long: " + b"y" * 900_000, b"X-Many: y\r\n" * 100_000])
    async def test_a_header_of_any_length_costs_no_time_at_the_door(
        self, office: Office, bridge: Bridge, head: bytes
    ) -> None:
        raw = head.rstrip() + b"\r\nSubject: x\r\n\r\nDelete my data.\r\n"
        async with listening(bridge) as where, line(where) as peer:
            await peer.until_data()
            answer = await peer.say(raw + b".\r\n")

        assert answer.startswith("250")
        assert raws(office) == [raw]


class TestConnections:
    async def test_one_address_may_not_take_all_places(self, bridge: Bridge) -> None:
        async with listening(bridge, most_connections_per_client=2) as where:
            async with line(where), line(where), line(where, greeting="421 4.7.0") as third:
                assert await is_closed(third)

            async def a_place_is_free() -> bool:
                async with line(where, greeting="") as peer:
                    return (await peer.say(b"NOOP\r\n")).startswith("250")

            await until(a_place_is_free)

    async def test_commands_without_a_mail_come_to_an_end(self, bridge: Bridge) -> None:
        async with strict(bridge, Limits(answers=5)) as where, line(where) as peer:
            answers = [await peer.say(b"NOOP\r\n") for _ in range(5)]

            assert [answer[:3] for answer in answers] == ["250"] * 4 + ["421"]
            assert await is_closed(peer)

    async def test_a_mail_gives_new_commands(self, office: Office, bridge: Bridge) -> None:
        async with strict(bridge, Limits(answers=8)) as where, line(where) as peer:
            for _ in range(4):
                await peer.until_data()
                assert (await peer.say(mail() + b".\r\n")).startswith("250")

        assert len(mails(office)) == 4

    async def test_errors_come_to_an_end_and_nothing_behind_them_is_obeyed(self, bridge: Bridge) -> None:
        async with strict(bridge, Limits(errors=3)) as where, line(where) as peer:
            peer.writer.write(b"EHLO x\r\n" + b"VRFY\r\n" * 50)
            answers = [await peer.hear() for _ in range(5)]

            assert [answer[:3] for answer in answers] == ["250", "501", "501", "501", "421"]
            assert await is_closed(peer)

    async def test_mails_of_one_connection_come_to_an_end(self, office: Office, bridge: Bridge) -> None:
        async with strict(bridge, Limits(mails=2)) as where, line(where) as peer:
            for _ in range(2):
                await peer.until_data()
                await peer.say(mail() + b".\r\n")
            answer = await peer.say(f"MAIL FROM:<{ROSA}>\r\n".encode())

            assert answer == "421 4.7.0 Enough mails for one connection, please connect again"
            assert await is_closed(peer)
        assert len(mails(office)) == 2

    async def test_a_command_line_may_be_long_but_not_endless(self, bridge: Bridge) -> None:
        async with listening(bridge) as where, line(where) as peer:
            await peer.say(b"EHLO mx.example.net\r\n")
            long = await peer.say(b"MAIL FROM:<" + b"a" * 1000 + b"@example.net>\r\n")
            longer = await peer.say(b"NOOP " + b"x" * 3000 + b"\r\n")
            longest = await peer.say(b"NOOP " + b"x" * 200_000 + b"\r\n")

        assert [answer[:3] for answer in (long, longer, longest)] == ["250", "500", "500"]


class TestMemory:
    async def test_large_mails_without_an_end_are_not_all_held_and_small_ones_come_in(
        self, office: Office, bridge: Bridge
    ) -> None:
        large = b"Subject: large\r\n\r\n" + b"words of a large mail\r\n" * 43_000
        async with listening(bridge, most_bytes=1_000_000, most_connections=30) as where, AsyncExitStack() as peers:
            opened = [await peers.enter_async_context(line(where)) for _ in range(12)]
            for peer in opened:
                assert (await peer.until_data()).startswith("354")
                peer.writer.write(large)
            await asyncio.sleep(0.5)
            async with line(where) as other:
                await other.until_data()
                small = await other.say(mail() + b".\r\n")
            answers = [await peer.say(b".\r\n") for peer in opened]
            again = []
            for peer in opened[-2:]:
                await peer.until_data()
                again.append(await peer.say(b"X: again\r\n" + large + b".\r\n"))

        assert small.startswith("250")
        assert sorted({answer[:9] for answer in answers}) == ["250 2.0.0", "452 4.3.1"]
        assert [answer[:3] for answer in answers].count("250") == 8
        assert [answer[:3] for answer in again] == ["250", "250"]
        assert large in raws(office)

    async def test_whoever_hangs_up_in_the_middle_of_a_mail_leaves_room(self, office: Office, bridge: Bridge) -> None:
        large = b"Subject: large\r\n\r\n" + b"words of a large mail\r\n" * 43_000
        async with listening(bridge, most_bytes=1_000_000) as where:
            for _ in range(12):
                async with line(where) as peer:
                    await peer.until_data()
                    peer.writer.write(large)
                    await peer.writer.drain()
            async with line(where) as last:
                await last.until_data()
                answer = await last.say(large + b".\r\n")

        assert answer.startswith("250")
        assert raws(office) == [large]

    def test_room_is_counted_beyond_the_first_bytes_and_given_back(self) -> None:
        crowd: Crowd[str] = Crowd(10, 10, 1000)
        first = [crowd.may_hold("one", SMALL + size) for size in (0, 600, 1000)]
        others = [crowd.may_hold("two", size) for size in (SMALL, SMALL + 1)]
        crowd.may_hold("one", 0)

        assert first == [True] * 3
        assert others == [True, False]
        assert crowd.may_hold("two", SMALL + 1000)

    @pytest.mark.parametrize("cut", range(1, 6))
    def test_a_mail_that_is_just_small_enough_is_whole_wherever_its_end_is_cut(self, cut: int) -> None:
        sent = b"x" * 98 + b"\r\n"
        content = Content(len(sent))
        said = sent + b".\r\n"
        content.feed(said[:-cut])
        content.feed(said[-cut:])

        assert (content.refusal(), content.mail()) == (None, sent)


class TestTime:
    async def test_who_trickles_a_mail_for_ever_is_ended(self, office: Office, bridge: Bridge) -> None:
        async with strict(bridge, Limits(mail_seconds=1.0), idle_seconds=30) as where, line(where) as peer:
            await peer.until_data()

            async def trickle() -> None:
                while True:
                    peer.writer.write(b"x")
                    await asyncio.sleep(0.05)

            trickling = asyncio.create_task(trickle())
            answer = await peer.hear()
            trickling.cancel()

        assert answer.startswith("421 4.4.2 This takes too long")
        assert mails(office) == []

    async def test_who_trickles_commands_for_ever_is_ended(self, bridge: Bridge) -> None:
        async with strict(bridge, Limits(mail_seconds=0.5)) as where, line(where) as peer:
            async with asyncio.timeout(10):
                while (answer := await peer.say(b"NOOP\r\n")).startswith("250"):
                    await asyncio.sleep(0.05)

        assert answer.startswith("421 4.4.2 ")

    async def test_each_mail_has_its_own_time(self, office: Office, bridge: Bridge) -> None:
        async with strict(bridge, Limits(mail_seconds=3.0)) as where, line(where) as peer:
            for _ in range(3):
                await peer.until_data()
                await asyncio.sleep(1.2)
                assert (await peer.say(mail() + b".\r\n")).startswith("250")

        assert len(mails(office)) == 3


class TestAddresses:
    @pytest.mark.parametrize(
        ("said", "kept"),
        [
            (b"<rosa@example.net>", "rosa@example.net"),
            (b"<rosa.o'alvarez@example.net>", "rosa.o'alvarez@example.net"),
            (b'<"rosa alvarez"@example.net>', '"rosa alvarez"@example.net'),
            (b"rosa@example.net", "rosa@example.net"),
            (b"<rosa@[192.0.2.1]>", "rosa@[192.0.2.1]"),
            (b"<@relay.example:rosa@example.net>", "rosa@example.net"),
            (b"<rosa..alvarez@example.net>", "rosa..alvarez@example.net"),
        ],
    )
    async def test_plain_and_odd_ones_are_read_alike(
        self, office: Office, bridge: Bridge, said: bytes, kept: str
    ) -> None:
        async with listening(bridge) as where, line(where) as peer:
            await peer.say(b"EHLO mx.example.net\r\n")
            begun = await peer.say(b"MAIL FROM:" + said + b"\r\n")
            await peer.say(b"RCPT TO:<" + INBOX.encode() + b">\r\n")
            await peer.say(b"DATA\r\n")
            await peer.say(mail() + b".\r\n")

        assert begun.startswith("250")
        assert envelope_of(office)["sender"] == kept
