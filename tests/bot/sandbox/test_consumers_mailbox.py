"""The consumer writes to the inbox and reads our letters, over real SMTP."""

from __future__ import annotations

import asyncio
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import aiosmtplib
import pytest
from aiosmtpd.smtp import SMTP

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from conftest import Hands


class Intake:
    """A privacy inbox that keeps what it gets, or refuses it."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], EmailMessage]] = []
        self.answer = "250 2.0.0 Kept"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        mail = message_from_bytes(envelope.original_content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, mail))
        return self.answer


@pytest.fixture
async def intake(hands: Hands, until: Callable[..., Any]) -> AsyncIterator[Intake]:
    loop = asyncio.get_running_loop()
    handler = Intake()
    connections: list[SMTP] = []

    def connect() -> SMTP:
        connections.append(SMTP(handler, hostname="inbox.test", loop=loop))
        return connections[-1]

    server = await loop.create_server(connect, "127.0.0.1", 0)
    hands.world.intake_smtp = server.sockets[0].getsockname()[:2]
    yield handler
    server.close()
    await until(lambda: all(connection.transport is None for connection in connections))


def letter(to: str = "riley@example.net", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Shop Privacy <privacy@shop.test>"
    mail["To"] = to
    mail["Subject"] = "We received your request – PR-1001"
    mail["Message-ID"] = "<letter.1@shop.test>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("Hello Riley,\n\nwe got it.\n")
    mail.add_alternative("<p>Hello <b>Riley</b></p>", subtype="html")
    return mail


async def deliver(hands: Hands, mail: EmailMessage) -> tuple[Any, str]:
    host, port = hands.world.consumer_smtp
    return await aiosmtplib.send(mail, hostname=host, port=port, start_tls=False)


async def test_a_letter_to_any_address_lies_in_the_mailbox(hands: Hands) -> None:
    await deliver(hands, letter(In_Reply_To="<first@example.net>"))
    (found,) = (await hands.state())["mailbox"]

    assert (found["from"], found["to"]) == ("privacy@shop.test", "riley@example.net")
    assert found["subject"] == "We received your request – PR-1001"
    assert found["text"] == "Hello Riley,\n\nwe got it."
    assert found["html"] == "<p>Hello <b>Riley</b></p>"
    assert (found["message_id"], found["in_reply_to"]) == ("<letter.1@shop.test>", "<first@example.net>")


async def test_the_same_letter_delivered_twice_is_there_once(hands: Hands) -> None:
    await deliver(hands, letter())
    await deliver(hands, letter())
    await deliver(hands, letter(to="someone.else@example.net"))

    assert [each["to"] for each in (await hands.state())["mailbox"]] == [
        "riley@example.net",
        "someone.else@example.net",
    ]


async def test_letters_are_dated_by_the_demos_clock(hands: Hands) -> None:
    await hands.post("clock", to="2027-01-05T09:00:00-08:00")
    await deliver(hands, letter())

    assert (await hands.state())["mailbox"][0]["at"].startswith("2027-01-05T17:00")


@pytest.mark.parametrize(("fault", "answer"), [("429", "451"), ("500", "554"), ("refuse", "550")])
async def test_the_mail_server_refuses_for_now_or_for_good(hands: Hands, fault: str, answer: str) -> None:
    await hands.post("fault", on="smtp", fault=fault)
    with pytest.raises((aiosmtplib.SMTPResponseException, aiosmtplib.SMTPRecipientsRefused)) as refusal:
        await deliver(hands, letter())
    await deliver(hands, letter())

    assert answer in repr(refusal.value)
    assert len((await hands.state())["mailbox"]) == 1


async def test_a_connection_lost_after_the_letter_was_taken_leaves_it_there(hands: Hands) -> None:
    await hands.post("fault", on="smtp", fault="drop-after")
    with pytest.raises((aiosmtplib.SMTPServerDisconnected, ConnectionError)):
        await deliver(hands, letter())
    kept = (await hands.state())["mailbox"]
    await deliver(hands, letter())

    assert len(kept) == 1
    assert (await hands.state())["mailbox"] == kept


async def test_during_an_outage_nobody_answers_and_afterwards_they_do(hands: Hands) -> None:
    await hands.post("fault", on="smtp", fault="outage", count=1)
    with pytest.raises((aiosmtplib.SMTPException, ConnectionError)):
        await deliver(hands, letter())
    await deliver(hands, letter())

    assert len((await hands.state())["mailbox"]) == 1


async def test_a_consumer_writes_to_the_inbox_and_hears_the_servers_answer(hands: Hands, intake: Intake) -> None:
    mail = {"from": "riley@example.net", "name": "Riley “R” Chen", "subject": "My data", "text": "Delete it, please."}
    answer = await hands.post("mail", **mail)
    ((sender, recipients, received),) = intake.taken

    assert answer == {"ok": True, "message_id": received["Message-ID"], "reply": "250 2.0.0 Kept"}
    assert (sender, recipients) == ("riley@example.net", ["privacy@shop.test"])
    assert received["From"].addresses[0].display_name == "Riley “R” Chen"
    assert received.get_content().strip() == "Delete it, please."


async def test_an_answer_goes_where_the_letter_wants_it_in_the_same_thread(hands: Hands, intake: Intake) -> None:
    await deliver(hands, letter(Reply_To="privacy+k7f3@shop.test", References="<first@example.net>"))
    await hands.post("mail", in_reply_to="<letter.1@shop.test>", text="Code 4711")
    ((sender, recipients, received),) = intake.taken

    assert (sender, recipients) == ("riley@example.net", ["privacy+k7f3@shop.test"])
    assert received["Subject"] == "Re: We received your request – PR-1001"
    assert received["In-Reply-To"] == "<letter.1@shop.test>"
    assert received["References"] == "<first@example.net> <letter.1@shop.test>"
    assert received.get_content().strip() == "Code 4711"


async def test_a_raw_mail_is_sent_byte_for_byte_to_its_own_address_of_the_inbox(hands: Hands, intake: Intake) -> None:
    raw = "From: a@b.test\r\nTo: x@elsewhere.test, privacy+t@shop.test\r\nX-Odd: yes\r\n\r\nGrüße\r\n"
    answer = await hands.post("mail", raw=raw)
    ((sender, recipients, received),) = intake.taken

    assert (answer["ok"], answer["message_id"]) == (True, "")
    assert (sender, recipients, received["X-Odd"]) == ("a@b.test", ["privacy+t@shop.test"], "yes")


async def test_a_refused_mail_is_answered_with_the_refusal(hands: Hands, intake: Intake) -> None:
    intake.answer = "552 5.3.4 Too large"
    refused = await hands.post("mail", **{"from": "riley@example.net", "text": "x"})
    hands.world.intake_smtp = ("127.0.0.1", 1)
    unreachable = await hands.post("mail", **{"from": "riley@example.net", "text": "x"})

    assert (refused["ok"], refused["reply"]) == (False, "552 5.3.4 Too large")
    assert not unreachable["ok"]
    assert unreachable["reply"].startswith("The mail server cannot be reached")


async def test_a_mail_that_says_too_little_is_not_sent(hands: Hands) -> None:
    too_early = await hands.post_anyhow("mail", {"from": "riley@example.net", "text": "x"})
    hands.world.intake_smtp = ("127.0.0.1", 1)
    from_nobody = await hands.post_anyhow("mail", {"text": "x"})

    assert too_early == (400, {"ok": False, "error": "The privacy inbox takes no mail yet."})
    assert from_nobody == (400, {"ok": False, "error": 'A mail needs an address in "from".'})
