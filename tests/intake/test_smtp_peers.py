"""The listener and its peers: too large, too many, too slow, encrypted, hostile, and still there at the end."""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
from pathlib import Path

import aiosmtplib
import pytest
import structlog

from intake.reader import Reader
from intake.settings import IntakeSettings
from intake.smtp import Listener
from store.errors import ConfigurationError
from store.office import Bridge, Office
from store.settings import load
from tests.intake.peers import line, listening, mails, raws
from tests.mailing import INBOX, ROSA, certificate, mail, send, until


class TestLimits:
    async def test_the_limit_is_announced_and_a_mail_declared_larger_is_refused_at_once(self, bridge: Bridge) -> None:
        async with listening(bridge, most_bytes=70_000) as where, line(where) as peer:
            peer.writer.write(b"EHLO mx.example.net\r\n")
            offered = [(await peer.reader.readline()).decode().rstrip() for _ in range(7)]
            answer = await peer.say(f"MAIL FROM:<{ROSA}> SIZE=70001\r\n".encode())

            assert any(each.endswith("SIZE 70000") for each in offered)
            assert answer.startswith("552")

    async def test_a_mail_that_turns_out_larger_is_refused_and_the_next_one_taken(
        self, office: Office, bridge: Bridge
    ) -> None:
        small = mail()
        async with listening(bridge, most_bytes=70_000) as where, line(where) as peer:
            await peer.until_data()
            refused = await peer.say(b"Subject: big\r\n\r\n" + b"words of a big mail\r\n" * 4000 + b".\r\n")
            await peer.until_data()
            taken = await peer.say(small + b".\r\n")

            assert refused.startswith("552")
            assert taken.startswith("250")
            assert raws(office) == [small]

    async def test_a_line_far_longer_than_the_rfc_allows_is_taken_all_the_same(
        self, office: Office, bridge: Bridge
    ) -> None:
        raw = b"From: " + ROSA.encode() + b"\r\nSubject: x\r\n\r\n" + b"delete my data " * 20_000 + b"\r\n"
        async with listening(bridge) as where, line(where) as peer:
            await peer.until_data()
            answer = await peer.say(raw + b".\r\n")

            assert answer.startswith("250")
            assert raws(office) == [raw]

    async def test_one_connection_too_many_is_told_so_and_the_place_is_free_again_later(self, bridge: Bridge) -> None:
        async with listening(bridge, most_connections=2) as where:
            async with line(where), line(where), line(where, greeting="421") as third:
                assert await third.reader.read() == b""

            async def a_place_is_free() -> bool:
                async with line(where, greeting="") as peer:
                    return (await peer.say(b"NOOP\r\n")).startswith("250")

            await until(a_place_is_free)

    async def test_a_connection_that_says_nothing_is_closed(self, bridge: Bridge) -> None:
        async with listening(bridge, idle_seconds=0.2) as where, line(where) as peer, asyncio.timeout(10):
            assert (await peer.reader.read()).startswith(b"421 4.4.2 ")

    async def test_a_mail_that_comes_slowly_is_not_idle(self, office: Office, bridge: Bridge) -> None:
        raw = mail()
        pause = 0.1
        async with listening(bridge, idle_seconds=4 * pause) as where, line(where) as peer:
            await peer.until_data()
            for at in range(0, len(raw), len(raw) // 10):
                peer.writer.write(raw[at : at + len(raw) // 10])
                await asyncio.sleep(pause)
            answer = await peer.say(b".\r\n")

            assert answer.startswith("250")
            assert raws(office) == [raw]


class TestEncryption:
    async def test_starttls_is_offered_with_a_certificate_and_mail_comes_through_it(
        self, office: Office, bridge: Bridge, tmp_path: Path
    ) -> None:
        file, raw = certificate(tmp_path), mail()
        trusting = ssl.create_default_context(cafile=file)
        async with (
            listening(bridge, tls_certificate=file) as where,
            aiosmtplib.SMTP(hostname=where[0], port=where[1], start_tls=True, tls_context=trusting) as client,
        ):
            await client.sendmail(ROSA, [INBOX], raw)
            cipher = client.get_transport_info("cipher")

        assert cipher
        assert raws(office) == [raw]

    async def test_starttls_is_not_offered_without_one(self, bridge: Bridge) -> None:
        async with listening(bridge) as where, line(where) as peer:
            await peer.say(b"EHLO mx.example.net\r\n")
            answer = await peer.say(b"STARTTLS\r\n")

        assert answer.startswith("454")

    async def test_words_slipped_in_before_the_handshake_are_not_obeyed(
        self, office: Office, bridge: Bridge, tmp_path: Path
    ) -> None:
        file = certificate(tmp_path)
        async with listening(bridge, tls_certificate=file) as where, line(where) as peer:
            await peer.say(b"EHLO mx.example.net\r\n")
            await peer.say(b"STARTTLS\r\nMAIL FROM:<x@example.net>\r\n")
            await peer.writer.start_tls(ssl.create_default_context(cafile=file), server_hostname="127.0.0.1")
            await peer.say(b"EHLO mx.example.net\r\n")
            answer = await peer.say(f"RCPT TO:<{INBOX}>\r\n".encode())

            assert answer.startswith("503")
            assert mails(office) == []

    async def test_a_handshake_that_fails_gives_its_place_back(self, bridge: Bridge, tmp_path: Path) -> None:
        async with listening(bridge, tls_certificate=certificate(tmp_path), most_connections=1) as where:
            async with line(where) as peer:
                await peer.say(b"EHLO mx.example.net\r\n")
                await peer.say(b"STARTTLS\r\n")
                peer.writer.write(b"this is no handshake at all, and long enough to be seen as such\r\n")
                async with asyncio.timeout(10):
                    await peer.reader.read()

            async def a_place_is_free() -> bool:
                async with line(where, greeting="") as next_one:
                    return (await next_one.say(b"NOOP\r\n")).startswith("250")

            await until(a_place_is_free)

    async def test_a_certificate_that_cannot_be_used_is_told_at_the_start(self, bridge: Bridge, tmp_path: Path) -> None:
        broken = tmp_path / "broken.pem"
        broken.write_text("no certificate")

        with pytest.raises(ConfigurationError, match="tls_certificate"):
            async with listening(bridge, tls_certificate=broken):
                pass

    async def test_a_taken_port_is_told_at_the_start(self, bridge: Bridge) -> None:
        async with listening(bridge) as where:
            with pytest.raises(ConfigurationError, match="smtp_port"):
                async with listening(bridge, smtp_port=where[1]):
                    pass


class TestTheEnd:
    async def test_stopping_tells_open_connections_and_ends_them(self, bridge: Bridge) -> None:
        listener = Listener(bridge, load(IntakeSettings, {"intake": {"smtp_port": 0}}))
        where = await listener.start()
        async with line(where) as idle, line(where) as in_the_middle:
            await in_the_middle.until_data()
            async with asyncio.timeout(10):
                await listener.stop()
                last_words = [await peer.reader.read() for peer in (idle, in_the_middle)]

        assert [words[:4] for words in last_words] == [b"421 ", b"421 "]
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(*where)

    async def test_stopping_does_not_wait_for_an_encrypted_peer_that_is_silent(
        self, bridge: Bridge, tmp_path: Path
    ) -> None:
        file = certificate(tmp_path)
        said = {"intake": {"smtp_port": 0, "tls_certificate": file}}
        listener = Listener(bridge, load(IntakeSettings, said))
        where = await listener.start()
        async with line(where) as peer:
            await peer.say(b"EHLO mx.example.net\r\n")
            await peer.say(b"STARTTLS\r\n")
            async with asyncio.timeout(10):
                await listener.stop()

    async def test_a_peer_that_is_gone_before_the_answer_has_left_a_mail_that_is_one_when_it_comes_again(
        self, office: Office, bridge: Bridge, caplog: pytest.LogCaptureFixture
    ) -> None:
        raw = mail()
        async with listening(bridge) as where:
            async with line(where) as peer:
                await peer.until_data()
                peer.writer.write(raw + b".\r\n")
                await peer.writer.drain()
                peer.writer.transport.abort()
            code, _ = await send(raw, where)

            assert code == 250
            assert raws(office) == [raw]
            assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []

    async def test_no_log_line_holds_an_address_or_a_word_of_the_mail(
        self, office: Office, bridge: Bridge, settings: IntakeSettings, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        caplog.set_level(logging.DEBUG, "mail.log")
        with structlog.testing.capture_logs() as told:
            async with listening(bridge) as where:
                await send(mail(), where)
                with pytest.raises(aiosmtplib.SMTPResponseException):
                    await send(mail(), where, to="somebody@elsewhere.test")
                with office.database.writing() as session:
                    session.connection().exec_driver_sql("ALTER TABLE mail RENAME TO elsewhere")
                await send(mail(), where)
                with office.database.writing() as session:
                    session.connection().exec_driver_sql("ALTER TABLE elsewhere RENAME TO mail")
            await Reader(bridge, settings).drain()
        lines = json.dumps(told) + " ".join(record.getMessage() for record in caplog.records)

        assert "mail kept" in lines
        assert "mail not kept" in lines
        assert "mail read" in lines
        assert "@" not in lines
        assert "delete my account" not in lines
