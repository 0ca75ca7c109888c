"""Mails that wait at one moment share a commit, and each is answered for itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from intake import commits
from intake.commits import Busy, Commits
from intake.receive import Incoming
from intake.settings import IntakeSettings
from intake.smtp import Listener
from store.database import StoreUnavailable
from store.office import Bridge, Office
from store.settings import load
from tests.intake.peers import line, listening, mails, raws
from tests.mailing import INBOX, ROSA, mail, send, until


@contextmanager
def locked(office: Office, patience: int = 30_000) -> Iterator[None]:
    """Somebody else is writing for the length of the block; whoever wants to write waits so many milliseconds."""
    office.database.engine.dispose()

    @event.listens_for(office.database.engine, "connect")
    def _patience(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout = {patience}")

    with office.database.engine.connect() as other:
        other.exec_driver_sql("ROLLBACK")
        other.exec_driver_sql("BEGIN IMMEDIATE")
        yield
        other.exec_driver_sql("ROLLBACK")
        other.exec_driver_sql("BEGIN")


def incoming(office: Office, raw: bytes) -> Incoming:
    return Incoming(raw=raw, road="smtp", sender=ROSA, recipients=(INBOX,), received_at=office.clock())


def commits_of(office: Office) -> list[str]:
    """A list that grows with every commit from now on."""
    counted: list[str] = []
    event.listen(office.database.engine, "commit", lambda _: counted.append("commit"))
    return counted


class TestTogether:
    async def test_what_waits_while_a_commit_runs_goes_into_the_next_one(self, office: Office, bridge: Bridge) -> None:
        sent = [mail() for _ in range(12)]
        async with listening(bridge) as where:
            with locked(office):
                counted = commits_of(office)
                sending = [asyncio.create_task(send(raw, where)) for raw in sent]
                await asyncio.sleep(1)
                early = [each.done() for each in sending]
            answers = await asyncio.gather(*sending)

        assert not any(early)
        assert [code for code, _ in answers] == [250] * 12
        assert sorted(raws(office)) == sorted(sent)
        assert len(counted) <= 3

    async def test_the_same_mail_from_many_at_one_moment_is_one_and_each_is_told_250(
        self, office: Office, bridge: Bridge
    ) -> None:
        raw = mail()
        async with listening(bridge) as where:
            with locked(office):
                sending = [asyncio.create_task(send(raw, where)) for _ in range(6)]
                await asyncio.sleep(0.5)
            answers = await asyncio.gather(*sending)

        assert [code for code, _ in answers] == [250] * 6
        assert raws(office) == [raw]

    async def test_one_bad_mail_fails_no_other(self, office: Office, bridge: Bridge) -> None:
        bad, good = mail("x" * 1777), [mail() for _ in range(5)]
        with office.database.writing() as session:
            session.connection().exec_driver_sql(
                f"CREATE TRIGGER no BEFORE INSERT ON mail WHEN NEW.size={len(bad)} BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        async with listening(bridge) as where:
            with locked(office):
                sending = [asyncio.create_task(send(raw, where)) for raw in [*good, bad]]
                await asyncio.sleep(0.5)
            answers = await asyncio.gather(*sending)

        assert [code for code, _ in answers] == [250] * 5 + [451]
        assert sorted(raws(office)) == sorted(good)

    async def test_a_database_that_is_away_at_the_start_keeps_no_listener_from_opening(
        self, office: Office, bridge: Bridge
    ) -> None:
        with locked(office, patience=50):
            opened = listening(bridge)
            where = await opened.__aenter__()
            early, _ = await send(mail(), where)
        late, _ = await send(mail(), where)
        await opened.__aexit__(None, None, None)

        assert (early, late) == (451, 250)

    async def test_a_database_that_stays_away_is_told_to_everybody_and_comes_back(
        self, office: Office, bridge: Bridge
    ) -> None:
        sent = [mail() for _ in range(5)]
        async with listening(bridge) as where:
            with locked(office, patience=100):
                refused = await asyncio.gather(*(send(raw, where) for raw in sent))
                none_yet = mails(office)
            taken = await asyncio.gather(*(send(raw, where) for raw in sent))

        assert [code for code, _ in refused] == [451] * 5
        assert none_yet == []
        assert [code for code, _ in taken] == [250] * 5
        assert sorted(raws(office)) == sorted(sent)

    async def test_a_batch_is_bounded_in_mails_and_bytes(self, office: Office, bridge: Bridge) -> None:
        together = Commits(bridge, 1000, 10**9)
        half = b"x" * (commits.MOST_BYTES // 2 + 1)
        sent = [incoming(office, b"%d" % number) for number in range(commits.MOST_MAILS + 1)]
        large = [incoming(office, b"Subject: %d\r\n\r\n" % number + half) for number in range(2)]
        counted = commits_of(office)
        await asyncio.gather(*(together.keep(each) for each in sent))
        of_many = len(counted)
        await asyncio.gather(*(together.keep(each) for each in large))

        assert of_many == 2
        assert len(counted) == 4


class TestTooMuch:
    @pytest.mark.parametrize(("mails_", "bytes_"), [(2, 10**6), (1000, 2500)])
    async def test_more_than_may_wait_is_sent_away_and_the_rest_kept(
        self, office: Office, bridge: Bridge, mails_: int, bytes_: int
    ) -> None:
        together = Commits(bridge, mails_, bytes_)
        keeping = [asyncio.create_task(together.keep(incoming(office, b"%d" % n + b"x" * 999))) for n in range(5)]
        outcomes = await asyncio.gather(*keeping, return_exceptions=True)

        assert [type(outcome) for outcome in outcomes[2:]] == [Busy] * 3
        assert len(mails(office)) == 2

    async def test_a_mail_larger_than_what_may_wait_is_kept_when_nothing_waits(
        self, office: Office, bridge: Bridge
    ) -> None:
        kept = await Commits(bridge, 1, 10).keep(incoming(office, mail()))

        assert not kept.known

    async def test_a_sender_is_told_to_come_again_when_too_much_waits(self, office: Office, bridge: Bridge) -> None:
        large = mail("some words of a long letter\n" * 2400)
        async with listening(bridge, most_bytes=70_000) as where:
            with locked(office):
                sending = [asyncio.create_task(send(large + b"%d\r\n" % n, where)) for n in range(8)]
                await until(lambda: any(each.done() for each in sending))
            answers = await asyncio.gather(*sending)

        codes = sorted(code for code, _ in answers)
        assert set(codes) == {250, 452}
        assert len(mails(office)) == codes.count(250)


class TestTheEnd:
    async def test_stopping_answers_what_is_being_kept_and_loses_nothing(self, office: Office, bridge: Bridge) -> None:
        listener = Listener(bridge, load(IntakeSettings, {"intake": {"smtp_port": 0}}))
        where = await listener.start()
        async with line(where) as one, line(where) as two:
            for peer in (one, two):
                await peer.until_data()
            with locked(office):
                for peer in (one, two):
                    peer.writer.write(mail() + b".\r\n")
                await asyncio.sleep(0.3)
                stopping = asyncio.create_task(listener.stop())
                await asyncio.sleep(0.3)
            answers = [await peer.hear() for peer in (one, two)]
            await stopping

        assert [answer[:3] for answer in answers] == ["250", "250"]
        assert len(mails(office)) == 2

    async def test_stopping_waits_for_no_database_that_is_away_and_nothing_false_is_said(
        self, office: Office, bridge: Bridge
    ) -> None:
        raw = mail()
        listener = Listener(bridge, load(IntakeSettings, {"intake": {"smtp_port": 0}}))
        where = await listener.start()
        async with line(where) as peer:
            await peer.until_data()
            with locked(office):
                peer.writer.write(raw + b".\r\n")
                await asyncio.sleep(0.3)
                async with asyncio.timeout(20):
                    await listener.stop()
                answer = await peer.hear()
        await until(lambda: bool(mails(office)))
        async with listening(bridge) as again:
            code, _ = await send(raw, again)

        assert answer.startswith("421")
        assert code == 250
        assert raws(office) == [raw]

    async def test_a_closed_door_takes_nothing(self, office: Office, bridge: Bridge) -> None:
        together = Commits(bridge, 10, 10_000)
        await together.close(1)
        with pytest.raises(Busy):
            await together.keep(incoming(office, mail()))

    async def test_trouble_is_told_as_it_is(self, office: Office, bridge: Bridge) -> None:
        with locked(office, patience=50), pytest.raises(StoreUnavailable):
            await Commits(bridge, 10, 10_000).keep(incoming(office, mail()))


class TestTwoInboxes:
    async def test_one_mail_to_two_of_our_inboxes_is_one_mail_in_one_transaction_or_in_two(
        self, office: Office, bridge: Bridge
    ) -> None:
        both, apart = mail(), mail()
        async with listening(bridge, inboxes=["dsar@shop.test"]) as where, line(where) as peer:
            await peer.say(b"EHLO mx.example.net\r\n")
            await peer.say(f"MAIL FROM:<{ROSA}>\r\n".encode())
            await peer.say(f"RCPT TO:<{INBOX}>\r\n".encode())
            await peer.say(b"RCPT TO:<dsar@shop.test>\r\n")
            await peer.say(b"DATA\r\n")
            await peer.say(both + b".\r\n")
            for address in (INBOX, "dsar@shop.test"):
                await send(apart, where, to=address)

        assert raws(office) == [both, apart]
