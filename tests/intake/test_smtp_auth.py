"""Signing in, where it is set: over TLS only, by PLAIN or LOGIN, and not for ever wrongly."""

from __future__ import annotations

import base64
import json
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiosmtplib
import pytest
import structlog

from store.errors import ConfigurationError
from store.office import Bridge, Office
from tests.intake.peers import Line, line, listening, raws
from tests.mailing import INBOX, ROSA, certificate, mail

USER, PASSWORD = "relay@shop.test", "open sésame"


@pytest.fixture
def said(tmp_path: Path) -> dict[str, Any]:
    return {"tls_certificate": certificate(tmp_path), "auth_user": USER, "auth_password": PASSWORD}


@asynccontextmanager
async def encrypted(bridge: Bridge, said: dict[str, Any]) -> AsyncIterator[Line]:
    async with listening(bridge, **said) as where, line(where) as peer:
        await peer.say(b"EHLO mx.example.net\r\n")
        await peer.say(b"STARTTLS\r\n")
        trusting = ssl.create_default_context(cafile=said["tls_certificate"])
        await peer.writer.start_tls(trusting, server_hostname="127.0.0.1")
        yield peer


def plain(user: str, password: str) -> bytes:
    return b"AUTH PLAIN " + base64.b64encode(f"\0{user}\0{password}".encode()) + b"\r\n"


async def offers(peer: Line) -> str:
    peer.writer.write(b"EHLO mx.example.net\r\n")
    lines = []
    while not (lines and lines[-1][3:4] == " "):
        lines.append((await peer.reader.readline()).decode())
    return "".join(lines)


@pytest.mark.parametrize("mechanism", ["auth_plain", "auth_login"])
async def test_who_signed_in_hands_mail_in(
    office: Office, bridge: Bridge, said: dict[str, Any], mechanism: str
) -> None:
    raw = mail()
    async with listening(bridge, **said) as where:
        trusting = ssl.create_default_context(cafile=said["tls_certificate"])
        client = aiosmtplib.SMTP(hostname=where[0], port=where[1], start_tls=True, tls_context=trusting)
        async with client:
            await client.ehlo()
            await getattr(client, mechanism)(USER, PASSWORD)
            await client.sendmail(ROSA, [INBOX], raw)

    assert raws(office) == [raw]


async def test_who_did_not_is_sent_away_before_anything_is_told(
    office: Office, bridge: Bridge, said: dict[str, Any]
) -> None:
    async with encrypted(bridge, said) as peer:
        await peer.say(b"EHLO mx.example.net\r\n")
        commands = [f"MAIL FROM:<{ROSA}>", f"MAIL FROM:<{ROSA}> SIZE=999999999", f"RCPT TO:<{INBOX}>", "DATA"]
        answers = [await peer.say(command.encode() + b"\r\n") for command in commands]

    assert [answer[:9] for answer in answers] == ["530 5.7.0"] * 4
    assert raws(office) == []


async def test_it_is_offered_and_taken_over_tls_only(bridge: Bridge, said: dict[str, Any]) -> None:
    async with listening(bridge, **said) as where, line(where) as peer:
        in_the_clear = await offers(peer)
        refused = await peer.say(plain(USER, PASSWORD))
    async with encrypted(bridge, said) as peer:
        behind_tls = await offers(peer)

    assert "AUTH" not in in_the_clear
    assert refused.startswith("538 5.7.11")
    assert "250-AUTH LOGIN PLAIN" in behind_tls


async def test_it_is_not_offered_where_it_is_not_set(bridge: Bridge, said: dict[str, Any]) -> None:
    async with encrypted(bridge, {"tls_certificate": said["tls_certificate"]}) as peer:
        offered = await offers(peer)
        answer = await peer.say(plain(USER, PASSWORD))

    assert "AUTH" not in offered
    assert answer.startswith("535")


@pytest.mark.parametrize(("user", "password"), [(USER, "wrong"), ("other", PASSWORD), ("", ""), (USER, PASSWORD[:-1])])
async def test_three_wrong_ones_end_the_connection(
    bridge: Bridge, said: dict[str, Any], user: str, password: str
) -> None:
    async with encrypted(bridge, said) as peer:
        await peer.say(b"EHLO mx.example.net\r\n")
        answers = [await peer.say(plain(user, password)) for _ in range(3)]

        assert [answer[:3] for answer in answers] == ["535", "535", "421"]
        assert await peer.reader.read() == b""


async def test_the_password_may_stand_in_a_file(bridge: Bridge, said: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(PASSWORD + "\n")
    del said["auth_password"]
    async with encrypted(bridge, said | {"auth_password_file": file}) as peer:
        await peer.say(b"EHLO mx.example.net\r\n")
        answer = await peer.say(plain(USER, PASSWORD))

    assert answer.startswith("235")


@pytest.mark.parametrize("content", [None, b"\n", b"\xff"])
async def test_a_file_that_holds_none_is_told_at_the_start(
    bridge: Bridge, said: dict[str, Any], tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
    del said["auth_password"]
    with pytest.raises(ConfigurationError, match=r"intake\.auth_password_file = .*password: "):
        async with listening(bridge, **said, auth_password_file=file):
            pass


async def test_no_log_line_holds_the_user_or_the_password(
    bridge: Bridge, said: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "mail.log")
    with structlog.testing.capture_logs() as told:
        async with encrypted(bridge, said) as peer:
            await peer.say(b"EHLO mx.example.net\r\n")
            for password in ("wrong", PASSWORD):
                await peer.say(plain(USER, password))
    lines = json.dumps(told) + " ".join(record.getMessage() for record in caplog.records)

    assert "relay" not in lines
    assert "sésame" not in lines
