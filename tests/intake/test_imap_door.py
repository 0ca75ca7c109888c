"""A mailbox that lives elsewhere, on two real servers: what is new is kept, and nothing is ever deleted from it."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from imapclient.exceptions import IMAPClientError

from intake.door import IntakeDoor
from intake.imap import poll
from intake.mime import content_hash
from intake.reader import Reader
from intake.receive import receive
from intake.settings import ImapMailbox, IntakeSettings
from store import desk, queries
from store.database import StoreUnavailable
from store.models import MailState
from store.office import Bridge, Office
from store.settings import load
from store.values import MailboxHealth
from tests.builders import StillClock
from tests.intake.mailboxes import DOVECOT, SUNDAY, Folder, cable, dovecot, new_folder, pymap
from tests.intake.peers import mails, raws
from tests.mailing import INBOX, ROSA, mail, until

ENOUGH = 25 * 1024 * 1024


@pytest.fixture(scope="module", params=["pymap", "dovecot"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a real IMAP server."""
    if request.param == "dovecot" and not (DOVECOT.exists() and os.geteuid() == 0):
        pytest.skip("Dovecot needs to be installed (the package dovecot-imapd), and the tests to run as root.")
    home = Path(tmp_path_factory.mktemp("imap", numbered=True))
    home.parent.chmod(0o755)
    home.parent.parent.chmod(0o755)
    with pymap() if request.param == "pymap" else dovecot(home) as port:
        yield port


@pytest.fixture
def folder(server: int) -> Folder:
    """An empty folder there."""
    return new_folder(server)


def health(office: Office) -> MailboxHealth:
    (found,) = [each for each in queries.mailboxes(office) if each.name != "smtp"]
    return found


class TestWhatIsNew:
    def test_every_mail_is_kept_once_however_often_the_mailbox_is_read(self, office: Office, folder: Folder) -> None:
        first, second = mail(), mail()
        folder.deliver(first, second)

        assert [poll(office, folder.settings(), ENOUGH) for _ in range(3)] == [2, 0, 0]
        assert raws(office) == [first, second]

        third = mail()
        folder.deliver(third)

        assert poll(office, folder.settings(), ENOUGH) == 1
        assert raws(office) == [first, second, third]

    def test_a_mail_that_somebody_has_opened_already_is_new_all_the_same(self, office: Office, folder: Folder) -> None:
        folder.deliver(mail(), seen=True)

        assert poll(office, folder.settings(), ENOUGH) == 1

    def test_an_empty_mailbox_is_read_without_trouble(self, office: Office, folder: Folder) -> None:
        assert poll(office, folder.settings(), ENOUGH) == 0
        assert health(office).read_at == office.clock()

    def test_a_mailbox_that_counts_anew_doubles_nothing(self, office: Office, folder: Folder) -> None:
        folder.deliver(mail(), mail())
        poll(office, folder.settings(), ENOUGH)
        folder.start_counting_anew()
        late = mail()
        folder.deliver(late)

        assert poll(office, folder.settings(), ENOUGH) == 1
        assert len(raws(office)) == 3
        assert raws(office)[-1] == late

    def test_a_mailbox_that_counts_anew_from_lower_numbers_hides_nothing(self, office: Office, folder: Folder) -> None:
        folder.deliver(mail(), mail(), mail())
        poll(office, folder.settings(), ENOUGH)
        folder.expunge(0, 1, 2)
        folder.start_counting_anew()
        folder.deliver(mail())

        assert poll(office, folder.settings(), ENOUGH) == 1

    def test_more_mails_than_one_batch_are_all_kept_in_their_order(self, office: Office, folder: Folder) -> None:
        sent = [mail() for _ in range(45)]
        folder.deliver(*sent)

        assert poll(office, folder.settings(), ENOUGH) == 45
        assert raws(office) == sent

    def test_a_mail_that_came_by_smtp_before_is_one_mail(self, office: Office, folder: Folder) -> None:
        raw = mail()
        receive(office, raw, road="smtp", sender=ROSA, recipients=(INBOX,), received_at=office.clock())
        folder.deliver(b"Received: from mx.example.net by mail.shop.test\r\n" + raw)

        assert poll(office, folder.settings(), ENOUGH) == 0
        assert raws(office) == [raw]

    def test_the_day_the_server_got_it_is_day_zero(
        self, office: Office, bridge: Bridge, folder: Folder, settings: IntakeSettings
    ) -> None:
        folder.deliver(mail(), at=SUNDAY)
        poll(office, folder.settings(), ENOUGH)
        asyncio.run(Reader(bridge, settings).drain())

        assert mails(office)[0].received_at == SUNDAY
        assert queries.case(office, "PR-1001").requests[0].received_on == SUNDAY.date()

    def test_what_was_removed_between_two_looks_is_no_trouble(self, office: Office, folder: Folder) -> None:
        sent = [mail() for _ in range(4)]
        folder.deliver(*sent)
        folder.expunge(1, 2)

        assert poll(office, folder.settings(), ENOUGH) == 2
        assert raws(office) == [sent[0], sent[3]]


class TestWhatStaysThere:
    def test_kept_mails_are_flagged_and_stay_unread_where_they_are(self, office: Office, folder: Folder) -> None:
        sent = [mail(), mail()]
        folder.deliver(*sent)
        poll(office, folder.settings(), ENOUGH)

        assert [raw for raw, _ in folder.contents()] == sent
        for _, flags in folder.contents():
            assert rb"\Seen" not in flags
            assert rb"\Deleted" not in flags

    def test_a_server_that_allows_it_shows_the_mark_of_a_kept_mail(self, office: Office, folder: Folder) -> None:
        folder.deliver(mail())
        with folder.open() as client:
            allowed = client.select_folder(folder.name)[b"PERMANENTFLAGS"]
        poll(office, folder.settings(), ENOUGH)
        ((_, flags),) = folder.contents()

        assert (b"$RightsdeskKept" in flags) == (rb"\*" in allowed)

    def test_kept_mails_are_moved_when_so_wished(self, office: Office, folder: Folder) -> None:
        raw = mail()
        folder.deliver(raw)
        there = Folder(folder.port, f"{folder.name}Kept")
        poll(office, folder.settings(done="move", move_to=there.name), ENOUGH)

        assert folder.contents() == []
        assert [kept for kept, _ in there.contents()] == [raw]
        assert raws(office) == [raw]

    @pytest.mark.parametrize("done", ["flag", "move"])
    def test_a_mail_that_could_not_be_committed_is_left_untouched_and_kept_later(
        self, office: Office, folder: Folder, done: str
    ) -> None:
        raw = mail()
        folder.deliver(raw)
        mailbox = folder.settings(done=done, move_to=f"{folder.name}Kept")
        _rename(office, "mail", "elsewhere")
        with pytest.raises(StoreUnavailable):
            poll(office, mailbox, ENOUGH)
        ((there, flags),) = folder.contents()

        assert there == raw
        assert b"$RightsdeskKept" not in flags

        _rename(office, "elsewhere", "mail")

        assert poll(office, mailbox, ENOUGH) == 1
        assert raws(office) == [raw]


class TestTrouble:
    @pytest.mark.parametrize("asks", [0, 1, 3])
    def test_a_line_that_is_cut_in_the_middle_loses_nothing_and_doubles_nothing(
        self, office: Office, folder: Folder, asks: int
    ) -> None:
        sent = [mail() for _ in range(5)]
        folder.deliver(*sent)
        with cable(folder.port, asks) as line:
            mailbox = folder.settings(port=line.port)
            with pytest.raises((IMAPClientError, OSError)):
                poll(office, mailbox, ENOUGH)
            before = raws(office)
            poll(office, mailbox, ENOUGH)

        assert before == sent[:asks]
        assert raws(office) == sent
        assert [raw for raw, _ in folder.contents()] == sent

    def test_a_mail_that_is_too_large_is_held_for_a_person_and_the_next_one_read(
        self, office: Office, bridge: Bridge, folder: Folder, settings: IntakeSettings
    ) -> None:
        folder.deliver(mail("far too many words " * 20_000), mail())
        poll(office, folder.settings(), 100_000)
        asyncio.run(Reader(bridge, settings).drain())
        large, small = mails(office)

        assert (large.state, small.state) == (MailState.HELD, MailState.OPENED)
        assert "too large" in large.reason
        assert large.size < 1000
        assert len(folder.contents()) == 2

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
        async with _door(bridge, folder.settings(folder="Nowhere")):
            await until(lambda: bool(queries.mailboxes(office)))

        assert health(office).trouble == "The server refused a command; check the folder's name and rights."

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
            async with _door(bridge, folder.settings()), _door(bridge, folder.settings(folder="Nowhere")):
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


def _rename(office: Office, table: str, name: str) -> None:
    with office.database.writing() as session:
        session.connection().exec_driver_sql(f"ALTER TABLE {table} RENAME TO {name}")


def test_mails_of_the_tests_differ() -> None:
    assert content_hash(mail()) != content_hash(mail())
