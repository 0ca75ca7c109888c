"""LMTP (RFC 2033): another greeting, one answer for each recipient, everything else as in SMTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from intake.door import IntakeDoor
from intake.settings import IntakeSettings
from intake.smtp import Listener, Road
from store import queries
from store.errors import ConfigurationError
from store.office import Bridge, Office
from store.settings import load
from tests.intake.peers import Line, envelope_of, line, mails, raws
from tests.mailing import INBOX, ROSA, mail


@asynccontextmanager
async def lmtp(bridge: Bridge, **said: Any) -> AsyncIterator[Line]:
    """A connection to an LMTP listener."""
    listener = Listener(bridge, load(IntakeSettings, {"intake": {"lmtp_port": 0, **said}}), Road.LMTP)
    async with line(await listener.start()) as peer:
        try:
            yield peer
        finally:
            await listener.stop()


async def until_data(peer: Line, *recipients: str) -> list[str]:
    await peer.say(b"LHLO mx.shop.test\r\n")
    await peer.say(f"MAIL FROM:<{ROSA}>\r\n".encode())
    answers = [await peer.say(f"RCPT TO:<{recipient}>\r\n".encode()) for recipient in recipients]
    return [*answers, await peer.say(b"DATA\r\n")]


async def test_each_recipient_that_was_taken_is_answered_after_the_mail(office: Office, bridge: Bridge) -> None:
    raw = mail()
    async with lmtp(bridge) as peer:
        before = await until_data(peer, INBOX, "somebody@elsewhere.test", "privacy+x@shop.test")
        peer.writer.write(raw + b".\r\nNOOP\r\n")
        answers = [await peer.hear() for _ in range(3)]

        assert [answer[:3] for answer in before] == ["250", "550", "250", "354"]
        assert answers == ["250 2.0.0 Kept", "250 2.0.0 Kept", "250 2.0.0 OK"]
        assert raws(office) == [raw]
        assert mails(office)[0].road == "lmtp"
        assert envelope_of(office)["recipients"] == [INBOX, "privacy+x@shop.test"]


async def test_a_refusal_is_told_to_each_recipient_too(office: Office, bridge: Bridge) -> None:
    async with lmtp(bridge, most_bytes=70_000) as peer:
        await until_data(peer, INBOX, INBOX)
        peer.writer.write(b"Subject: big\r\n\r\n" + b"words of a big mail\r\n" * 4000 + b".\r\n")
        large = [await peer.hear() for _ in range(2)]
        await until_data(peer, INBOX, INBOX)
        peer.writer.write(b"Subject: x\r\n\r\n.\n.\n" + b"\r\n.\r\n")
        false = [await peer.hear() for _ in range(2)]

        assert [answer[:3] for answer in (*large, *false)] == ["552", "552", "554", "554"]
        assert mails(office) == []


@pytest.mark.parametrize("greeting", [b"EHLO", b"HELO"])
async def test_smtps_greetings_are_refused(bridge: Bridge, greeting: bytes) -> None:
    async with lmtp(bridge) as peer:
        answer = await peer.say(greeting + b" mx.shop.test\r\n")
        too_early = await peer.say(f"MAIL FROM:<{ROSA}>\r\n".encode())

        assert answer.startswith("500 ")
        assert too_early.startswith("503 ")


async def test_a_mail_without_a_taken_recipient_is_refused_once(bridge: Bridge) -> None:
    async with lmtp(bridge) as peer:
        answers = await until_data(peer, "somebody@elsewhere.test")

        assert answers[-1].startswith("503 ")


async def test_what_the_rfc_demands_is_offered(bridge: Bridge) -> None:
    async with lmtp(bridge) as peer:
        peer.writer.write(b"LHLO mx.shop.test\r\n")
        offers = [(await peer.reader.readline()).decode().strip()[4:] for _ in range(7)]

        assert {"PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME"} <= set(offers)


async def test_the_door_opens_both_roads_and_tells_that_they_are_well(office: Office, bridge: Bridge) -> None:
    door = IntakeDoor(bridge, load(IntakeSettings, {"intake": {"smtp_port": 0, "lmtp_port": 0}}))
    await door.start()
    assert door.smtp_address
    assert door.lmtp_address
    async with line(door.lmtp_address) as peer, line(door.smtp_address) as other:
        greetings = [await peer.say(b"LHLO x\r\n"), await other.say(b"EHLO x\r\n")]
    await door.look()
    await door.stop()

    assert [greeting[:3] for greeting in greetings] == ["250", "250"]
    assert {health.name for health in queries.mailboxes(office)} == {"smtp", "lmtp"}


async def test_a_taken_port_is_told_by_its_key(bridge: Bridge) -> None:
    settings = load(IntakeSettings, {"intake": {"lmtp_port": 0}})
    listener = Listener(bridge, settings, Road.LMTP)
    _, port = await listener.start()
    with pytest.raises(ConfigurationError, match=rf"intake\.lmtp_port = {port}"):
        await Listener(bridge, load(IntakeSettings, {"intake": {"lmtp_port": port}}), Road.LMTP).start()
    await listener.stop()
