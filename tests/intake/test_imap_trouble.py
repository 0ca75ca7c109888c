"""A mailbox that lives elsewhere, in trouble: cut lines, wrong passwords, silent servers."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from intake.door import IntakeDoor
from intake.imap import Trouble
from intake.reader import Reader
from intake.settings import ImapMailbox, IntakeSettings
from store import desk, queries
from store.notes import MailboxHealth
from store.office import Bridge, Office
from store.rules.states import MailState
from store.settings import load
from tests.builders import StillClock
from tests.intake.mailboxes import Folder, poll, read_on, readers
from tests.intake.peers import mails, raws
from tests.intake.scripted import scripted
from tests.mailing import mail, until


def health(office: Office) -> MailboxHealth:
    (found,) = [each for each in queries.mailboxes(office) if each.name != "smtp"]
    return found


class TestTrouble:
    def test_a_mail_that_is_too_large_is_held_for_a_person_and_the_next_one_read(
        self, office: Office, bridge: Bridge, folder: Folder, settings: IntakeSettings
    ) -> None:
        folder.deliver(mail("far too many words " * 20_000), mail())
        poll(office, folder.settings(), 100_000)
        asyncio.run(Reader(bridge, settings).drain())
        large, small = sorted(mails(office), key=lambda kept: kept.state != MailState.HELD)

        assert (large.state, small.state) == (MailState.HELD, MailState.OPENED)
        assert "too large" in large.reason
        assert large.size < 1000
        assert len(folder.contents()) == 2

    @pytest.mark.parametrize("header", [b"fine", b"bad"])
    def test_a_mail_that_cannot_be_stored_stops_no_other_and_is_held_for_a_person(
        self, office: Office, bridge: Bridge, clock: StillClock, settings: IntakeSettings, header: bytes
    ) -> None:
        sent = [mail(), b"X-Header: %b\r\n" % header + mail("x" * 1777), mail()]
        sizes = [len(sent[1]), *([sent[1].index(b"\r\n\r\n") + 4] if header == b"bad" else [])]
        with office.database.writing() as session:
            refuse = f"WHEN NEW.size IN ({','.join(map(str, sizes))}) BEGIN SELECT RAISE(ABORT, 'no'); END"
            session.connection().exec_driver_sql(f"CREATE TRIGGER no BEFORE INSERT ON mail {refuse}")
        with scripted(*sent) as server:
            folders = readers(office, server.settings())
            for _ in range(9):
                with contextlib.suppress(Trouble):
                    read_on(server.settings(), folders)
                clock.advance(timedelta(seconds=1000))
            server.mails[4] = late = mail()
            read_on(server.settings(), folders)
        asyncio.run(Reader(bridge, settings).drain())
        held = mails(office)[2]

        assert [raw for raw in raws(office) if raw in sent or raw == late] == [sent[0], sent[2], late]
        assert (held.state, held.reason) == (
            MailState.HELD,
            "It could not be stored (UID 2 in the folder INBOX): look into the mailbox.",
        )

    async def test_a_wrong_password_is_told_in_a_sentence_and_a_right_one_mends_it(
        self, office: Office, bridge: Bridge, folder: Folder, tmp_path: Path
    ) -> None:
        password = tmp_path / "password"
        password.write_text("a wrong one")
        mailbox = folder.settings(password=None, password_file=password)
        folder.deliver(mail())
        async with _door(bridge, mailbox):
            await until(lambda: bool(queries.mailboxes(office)))
            told = health(office)
            password.write_text("open sesame")
            await until(lambda: bool(raws(office)))
            await until(lambda: health(office).failing_since is None)

        assert told.trouble == "The server refused the sign-in; check the user and the password."
        assert told.failing_since == office.clock()
        assert health(office).trouble == ""

    async def test_a_folder_that_is_not_there_is_told(self, office: Office, bridge: Bridge, folder: Folder) -> None:
        async with _door(bridge, folder.settings(folders=("Nowhere",))):
            await until(lambda: bool(queries.mailboxes(office)))

        assert (
            health(office).trouble
            == "The folder cannot be opened; check whether it was renamed or deleted, and its rights."
        )

    async def test_a_mailbox_that_works_is_not_reported_as_failing(
        self, office: Office, bridge: Bridge, folder: Folder
    ) -> None:
        folder.deliver(mail())
        async with _door(bridge, folder.settings()):
            await until(lambda: bool(raws(office)))
            await until(lambda: bool(queries.mailboxes(office)) and health(office).read_at is not None)
            folder.deliver(mail())
            await until(lambda: len(raws(office)) == 2)

        assert health(office).failing_since is None

    async def test_no_log_line_holds_an_address_a_word_of_a_mail_or_the_password(
        self, bridge: Bridge, office: Office, folder: Folder, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        folder.deliver(mail())
        with structlog.testing.capture_logs() as told:
            async with _door(bridge, folder.settings()), _door(bridge, folder.settings(folders=("Nowhere",))):
                await until(lambda: [each.state for each in mails(office)] == [MailState.OPENED])
                await until(lambda: any(each.failing_since for each in queries.mailboxes(office)))
        lines = json.dumps(told) + " ".join(
            record.getMessage() for record in caplog.records if not record.name.startswith(("pymap", "proxyprotocol"))
        )

        assert "mailbox not read" in lines
        assert "@" not in lines
        assert "open sesame" not in lines
        assert "delete my account" not in lines


class TestWithoutAServer:
    async def test_a_server_that_is_not_there_is_told(self, office: Office, bridge: Bridge) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        async with _door(bridge, Folder(port, "INBOX").settings()):
            await until(lambda: bool(queries.mailboxes(office)))

        assert health(office).trouble == "The server cannot be reached (ConnectionRefusedError)."

    async def test_a_server_that_says_nothing_does_not_hold_up_the_end(self, bridge: Bridge) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            async with asyncio.timeout(8), _door(bridge, Folder(silent.getsockname()[1], "INBOX").settings()):
                line, _ = await asyncio.to_thread(silent.accept)
            line.close()

    def test_a_mailbox_goes_on_where_it_was_left(self, office: Office, clock: StillClock) -> None:
        desk.mailbox_read(office, "box", uidvalidity=7, last_uid=12)
        desk.mailbox_failed(office, "box", "gone")

        assert queries.mailbox(office, "box") == (7, 12)
        assert health(office).read_at == clock()


class _door:  # noqa: N801 - reads as a word in `async with`
    """The mail door with one mailbox, for the length of the block."""

    def __init__(self, bridge: Bridge, mailbox: ImapMailbox) -> None:
        said = load(IntakeSettings, {"intake": {"smtp": False}}).model_copy(update={"imap": (mailbox,)})
        self._door = IntakeDoor(bridge, said)

    async def __aenter__(self) -> None:
        await self._door.start()

    async def __aexit__(self, *_: object) -> None:
        await self._door.stop()
