"""What the listener takes, and that it is kept before it is answered: over real sockets."""

from __future__ import annotations

import asyncio
import json
from email import message_from_bytes
from typing import Any

import aiosmtplib
import pytest
from sqlalchemy import event

from intake.commits import Commits
from intake.reader import Reader
from intake.settings import IntakeSettings
from intake.smtp import Inbox
from store import queries
from store.office import Bridge, Office
from store.rules.states import MailState
from tests.intake.peers import envelope_of, line, listening, mails, raws
from tests.mailing import INBOX, ROSA, mail, send


class TestAcceptance:
    async def test_a_mail_that_was_answered_250_is_in_the_database_byte_for_byte(
        self, office: Office, bridge: Bridge
    ) -> None:
        raw = mail("Dot lines stay:\r\n.\r\n..two\r\n")
        async with listening(bridge) as where:
            code, _ = await send(raw, where)

            assert code == 250
            assert raws(office) == [raw]
            assert mails(office)[0].state == MailState.KEPT
            assert mails(office)[0].received_at == office.clock()

    async def test_the_answer_comes_after_the_commit_and_not_before(self, office: Office, bridge: Bridge) -> None:
        answered_at_commit: list[bool] = []
        answer = asyncio.Event()
        async with listening(bridge) as where:
            event.listen(office.database.engine, "commit", lambda _: answered_at_commit.append(answer.is_set()))
            await send(mail(), where)
            answer.set()

        assert answered_at_commit
        assert not any(answered_at_commit)

    async def test_a_full_disk_is_answered_with_try_again_and_nothing_is_stored(
        self, office: Office, bridge: Bridge
    ) -> None:
        large = mail("some words of a long letter, again and again\n" * 8000)
        async with listening(bridge) as where:
            office.database.engine.dispose()

            @event.listens_for(office.database.engine, "connect")
            def _full(connection: Any, _record: Any) -> None:
                pages = connection.execute("PRAGMA page_count").fetchone()[0]
                connection.execute(f"PRAGMA max_page_count = {pages + 2}")

            code, words = await send(large, where)

            assert (code, words[:5]) == (451, "4.3.0")
            assert mails(office) == []

            event.remove(office.database.engine, "connect", _full)
            office.database.engine.dispose()
            again, _ = await send(large, where)

            assert again == 250
            assert raws(office) == [large]

    async def test_a_locked_database_is_answered_with_try_again(self, office: Office, bridge: Bridge) -> None:
        async with listening(bridge) as where:
            office.database.engine.dispose()
            event.listen(
                office.database.engine, "connect", lambda each, _: each.execute("PRAGMA busy_timeout = 100") and None
            )
            with office.database.engine.connect() as other:
                other.exec_driver_sql("ROLLBACK")
                other.exec_driver_sql("BEGIN IMMEDIATE")
                code, _ = await send(mail(), where)
                other.exec_driver_sql("ROLLBACK")
                other.exec_driver_sql("BEGIN")
            again, _ = await send(mail(), where)

            assert code == 451
            assert again == 250
            assert len(mails(office)) == 1

    async def test_a_missing_table_is_our_trouble_and_never_a_refusal(self, office: Office, bridge: Bridge) -> None:
        async with listening(bridge) as where:
            with office.database.writing() as session:
                session.connection().exec_driver_sql("ALTER TABLE mail RENAME TO elsewhere")
            code, words = await send(mail(), where)

            assert code == 451
            assert "elsewhere" not in words

    async def test_a_command_that_goes_wrong_inside_is_answered_with_try_again(
        self, office: Office, bridge: Bridge
    ) -> None:
        inbox = Inbox(bridge, Commits(bridge, 1, 1), frozenset({INBOX}), signs_in=False)
        answer = await inbox.handle_exception(RecursionError("a secret"))

        assert answer.startswith("451 ")
        assert "secret" not in answer
        assert mails(office) == []

    async def test_a_mail_sent_twice_is_one(self, office: Office, bridge: Bridge) -> None:
        raw = mail()
        async with listening(bridge) as where:
            answers = [await send(raw, where), await send(b"Received: by another road\r\n" + raw, where)]

        assert [code for code, _ in answers] == [250, 250]
        assert len(mails(office)) == 1

    async def test_one_mail_sent_by_six_at_the_same_time_is_one(self, office: Office, bridge: Bridge) -> None:
        raw = mail()
        async with listening(bridge) as where:
            answers = await asyncio.gather(*(send(raw, where) for _ in range(6)))

        assert [code for code, _ in answers] == [250] * 6
        assert len(mails(office)) == 1

    async def test_another_text_under_the_same_message_id_is_another_mail(self, office: Office, bridge: Bridge) -> None:
        raw = mail()
        stolen = mail("I am somebody else.")
        stolen = stolen.replace(
            message_from_bytes(stolen)["Message-ID"].encode(), message_from_bytes(raw)["Message-ID"].encode()
        )
        async with listening(bridge) as where:
            await send(raw, where)
            await send(stolen, where)

        assert raws(office) == [raw, stolen]

    async def test_several_mails_come_over_one_connection(self, office: Office, bridge: Bridge) -> None:
        sent = [mail(), mail(), mail()]
        async with listening(bridge) as where:
            async with aiosmtplib.SMTP(hostname=where[0], port=where[1], start_tls=False) as client:
                for raw in sent:
                    await client.sendmail(ROSA, [INBOX], raw)

            assert raws(office) == sent


class TestRecipients:
    @pytest.mark.parametrize("address", [INBOX, "Privacy@Shop.TEST", "privacy+0123456789abcdef0123@shop.test"])
    async def test_mail_for_the_inbox_and_its_plus_addresses_is_taken(self, bridge: Bridge, address: str) -> None:
        async with listening(bridge) as where:
            code, _ = await send(mail(), where, to=address)

        assert code == 250

    @pytest.mark.parametrize(
        "address", ["somebody@elsewhere.test", "privacy@shop.test.elsewhere.test", "sales@shop.test", "privacy"]
    )
    async def test_mail_for_anybody_else_is_refused(self, office: Office, bridge: Bridge, address: str) -> None:
        async with listening(bridge) as where:
            with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
                await send(mail(), where, to=address)

            assert refused.value.code in {550, 553}
            assert mails(office) == []

    async def test_the_businesss_inbox_is_taken_besides_other_addresses(self, bridge: Bridge) -> None:
        async with listening(bridge, inboxes=["dsar@shop.test"]) as where:
            codes = [(await send(mail(), where, to=address))[0] for address in (INBOX, "DSAR+x@shop.test")]

        assert codes == [250, 250]

    async def test_more_than_twenty_recipients_are_sent_away_for_now_and_the_first_twenty_kept(
        self, office: Office, bridge: Bridge
    ) -> None:
        async with listening(bridge) as where, line(where) as peer:
            await peer.say(b"EHLO mx.example.net\r\n")
            await peer.say(f"MAIL FROM:<{ROSA}>\r\n".encode())
            answers = [await peer.say(f"RCPT TO:<privacy+{n}@shop.test>\r\n".encode()) for n in range(25)]
            await peer.say(b"DATA\r\n")
            taken = await peer.say(mail() + b"\r\n.\r\n")

            assert [answer[:3] for answer in answers] == ["250"] * 20 + ["452"] * 5
            assert taken.startswith("250")
            assert len(envelope_of(office)["recipients"]) == 20


class TestWhatPeopleSend:
    async def test_the_null_sender_is_kept_and_waits_for_a_person(
        self, office: Office, bridge: Bridge, settings: IntakeSettings
    ) -> None:
        async with listening(bridge) as where:
            code, _ = await send(mail(), where, sender="")
        await Reader(bridge, settings).drain()

        assert code == 250
        assert envelope_of(office)["sender"] == ""
        assert mails(office)[0].state == MailState.HELD

    async def test_a_named_sender_is_answered(self, office: Office, bridge: Bridge, settings: IntakeSettings) -> None:
        async with listening(bridge) as where:
            await send(mail(), where)
        await Reader(bridge, settings).drain()

        assert queries.case(office, "PR-1001").waiting_letters == 1

    async def test_eight_bit_mail_is_kept_as_it_is(self, office: Office, bridge: Bridge) -> None:
        raw = mail().replace(b"Rosa Alvarez", "Rosa Álvarez".encode("latin-1"))
        async with listening(bridge) as where, line(where) as peer:
            await peer.say(b"EHLO mx.example.net\r\n")
            await peer.say(f"MAIL FROM:<{ROSA}> BODY=8BITMIME\r\n".encode())
            await peer.say(f"RCPT TO:<{INBOX}>\r\n".encode())
            await peer.say(b"DATA\r\n")
            await peer.say(raw + b".\r\n")

        assert raws(office) == [raw]

    async def test_an_internationalised_address_may_write(
        self, office: Office, bridge: Bridge, settings: IntakeSettings
    ) -> None:
        raw = mail().replace(ROSA.encode(), "rosé@exámple.net".encode())
        async with listening(bridge) as where, line(where) as peer:
            await peer.say(b"EHLO mx.example.net\r\n")
            await peer.say("MAIL FROM:<rosé@exámple.net> SMTPUTF8\r\n".encode())
            await peer.say(f"RCPT TO:<{INBOX}>\r\n".encode())
            await peer.say(b"DATA\r\n")
            await peer.say(raw + b".\r\n")
        await Reader(bridge, settings).drain()

        assert raws(office) == [raw]
        assert envelope_of(office)["sender"] == "rosé@exámple.net"
        assert mails(office)[0].state == MailState.OPENED

    async def test_a_sender_that_is_no_utf8_is_no_reason_to_lose_the_mail(self, office: Office, bridge: Bridge) -> None:
        async with listening(bridge) as where, line(where) as peer:
            await peer.say(b"EHLO mx.example.net\r\n")
            said = await peer.say(b"MAIL FROM:<ros\xe9@example.net>\r\n")
            await peer.say(f"RCPT TO:<{INBOX}>\r\n".encode())
            await peer.say(b"DATA\r\n")
            answer = await peer.say(mail() + b".\r\n")

            assert said.startswith("250")
            assert answer.startswith("250")
            assert json.dumps(envelope_of(office))
