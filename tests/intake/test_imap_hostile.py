"""Mail servers that do not do what they should: no mail holds up the next, and none is lost without a card."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from imapclient.exceptions import IMAPClientError

from intake.imap import FolderReader, Trouble
from intake.reader import Reader
from intake.settings import IntakeSettings
from store import queries
from store.office import Bridge, Office
from store.rules.states import MailState
from tests.builders import StillClock
from tests.intake.mailboxes import SUNDAY, poll, read_on, readers
from tests.intake.peers import mails, raws
from tests.intake.scripted import Cut, Scripted, scripted
from tests.mailing import mail

TRIES = 9
NOT_HANDED_OVER = "The mail server would not hand it over (UID 2 in the folder INBOX): look into the mailbox."


@pytest.fixture
def sent() -> list[bytes]:
    return [mail() for _ in range(3)]


@pytest.fixture
def server(sent: list[bytes]) -> Iterator[Scripted]:
    """A server with three mails."""
    with scripted(*sent) as opened:
        yield opened


def bookmark(office: Office, server: Scripted) -> tuple[int | None, int]:
    return queries.mailbox(office, server.settings().name("INBOX"))


def again_and_again(
    server: Scripted, folders: list[FolderReader], clock: StillClock, times: int = TRIES, pause: float = 1000
) -> None:
    """As the desk does when it fails again and again, with so many seconds between."""
    for _ in range(times):
        try:
            read_on(server.settings(), folders)
        except (IMAPClientError, OSError, Trouble):
            clock.advance(timedelta(seconds=pause))


def whenever(word: str, uid: int, answer: bytes | type[Exception]) -> Callable[[str], bytes | None]:
    """An answer to every command that asks for that of that mail, whoever else it asks for."""

    def quirk(command: str) -> bytes | None:
        words = command.split(" ")
        if word not in command or words[1] != "FETCH" or str(uid) not in words[2].split(","):
            return None
        if isinstance(answer, bytes):
            return answer
        raise answer

    return quirk


class TestAMailThatIsNotHandedOver:
    @pytest.mark.parametrize(
        "answer",
        [
            b"TAG NO try later\r\n",
            b"TAG BAD what\r\n",
            b"TAG OK done\r\n",
            b"* 2 FETCH (UID 2 BODY[] NIL)\r\nTAG OK done\r\n",
            Cut,
        ],
    )
    def test_the_others_are_kept_first_and_then_its_header_is_held_for_a_person(
        self,
        office: Office,
        bridge: Bridge,
        clock: StillClock,
        server: Scripted,
        sent: list[bytes],
        settings: IntakeSettings,
        answer: bytes | type[Exception],
    ) -> None:
        server.quirks.append(whenever("BODY.PEEK[]", 2, answer))
        folders = readers(office, server.settings())
        again_and_again(server, folders, clock, times=3, pause=0)
        at_first, marked = raws(office), bookmark(office, server)
        again_and_again(server, folders, clock)
        asyncio.run(Reader(bridge, settings).drain())

        assert at_first == [sent[0], sent[2]]
        assert marked[1] < 2
        assert raws(office)[2] == sent[1].partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        assert [(each.state, each.reason) for each in mails(office)][2] == (MailState.HELD, NOT_HANDED_OVER)
        assert bookmark(office, server) == (7, 3)

    @pytest.mark.parametrize("answer", [b"TAG NO never\r\n", Cut])
    def test_of_one_that_gives_nothing_at_all_a_person_learns_that_it_is_there(
        self,
        office: Office,
        bridge: Bridge,
        clock: StillClock,
        server: Scripted,
        settings: IntakeSettings,
        answer: bytes | type[Exception],
    ) -> None:
        server.quirks.append(whenever("(", 2, answer))
        again_and_again(server, readers(office, server.settings()), clock)
        asyncio.run(Reader(bridge, settings).drain())
        held = mails(office)[2]

        assert (held.state, held.reason) == (MailState.HELD, NOT_HANDED_OVER)
        assert bookmark(office, server) == (7, 3)
        assert not [command for command in server.said if command.startswith("UID STORE 2 ")]

    def test_one_that_is_handed_over_at_last_is_kept_whole(
        self, office: Office, server: Scripted, sent: list[bytes], clock: StillClock
    ) -> None:
        server.quirks.append(whenever("BODY.PEEK[]", 2, b"TAG NO try later\r\n"))
        folders = readers(office, server.settings())
        again_and_again(server, folders, clock, times=2)
        server.quirks.clear()
        read_on(server.settings(), folders)

        assert raws(office) == [sent[0], sent[2], sent[1]]
        assert bookmark(office, server) == (7, 3)

    def test_a_restart_tries_again(self, office: Office, server: Scripted, sent: list[bytes]) -> None:
        server.quirks.append(whenever("BODY.PEEK[]", 2, b"TAG NO try later\r\n"))
        with pytest.raises(Trouble, match="Not every mail could be fetched"):
            poll(office, server.settings())
        server.quirks.clear()

        assert poll(office, server.settings()) == 1
        assert sorted(raws(office)) == sorted(sent)

    def test_a_server_that_hands_over_nothing_for_a_while_costs_no_mail(
        self, office: Office, server: Scripted, sent: list[bytes], clock: StillClock
    ) -> None:
        server.quirks.append(lambda command: b"TAG NO later\r\n" if "FETCH" in command else None)
        folders = readers(office, server.settings())
        again_and_again(server, folders, clock, times=20, pause=60)
        at_first = raws(office)
        server.quirks.clear()
        clock.advance(timedelta(minutes=16))
        read_on(server.settings(), folders)

        assert at_first == []
        assert sorted(raws(office)) == sorted(sent)

    def test_one_that_was_removed_meanwhile_is_no_trouble(
        self, office: Office, server: Scripted, sent: list[bytes]
    ) -> None:
        def removed(command: str) -> bytes | None:
            if "FETCH" not in command or "2" not in command.split(" ")[2].split(","):
                return None
            server.mails.pop(2, None)
            return b"TAG NO [EXPUNGEISSUED] Some of them no longer exist\r\n"

        server.quirks.append(removed)
        poll(office, server.settings())

        assert raws(office) == [sent[0], sent[2]]
        assert bookmark(office, server) == (7, 3)


class TestAServerWithItsOwnIdeas:
    def test_a_mail_far_larger_than_told_is_held_with_its_header(
        self, office: Office, bridge: Bridge, server: Scripted, settings: IntakeSettings
    ) -> None:
        server.mails = {1: mail("words " * 40_000)}
        server.quirks.append(whenever("RFC822.SIZE", 1, b"* 1 FETCH (UID 1 RFC822.SIZE 9)\r\nTAG OK done\r\n"))
        poll(office, server.settings(), 100_000)
        asyncio.run(Reader(bridge, settings).drain())
        (held,) = mails(office)

        assert held.state == MailState.HELD
        assert held.reason.startswith("It is too large (0.2 MB)")
        assert held.size < 1000

    @pytest.mark.parametrize(("words", "whole"), [(1000, True), (40_000, False)])
    def test_of_a_mail_whose_size_is_not_told_no_more_is_fetched_than_may_be(
        self, office: Office, server: Scripted, words: int, *, whole: bool
    ) -> None:
        server.mails = {1: mail("words " * words)}

        def in_part(said: str) -> bytes | None:
            if "<0." not in said:
                return b"* 1 FETCH (UID 1)\r\nTAG OK done\r\n" if "RFC822.SIZE" in said else None
            part = server.mails[1][: int(said.rpartition("<0.")[2].partition(">")[0])]
            return b"* 1 FETCH (UID 1 BODY[]<0> {%d}\r\n%b)\r\nTAG OK done\r\n" % (len(part), part)

        server.quirks.append(in_part)
        poll(office, server.settings(), 100_000)

        assert [said for said in server.said if "BODY" in said] == ["UID FETCH 1 (BODY.PEEK[]<0.100001>)"]
        assert (raws(office) == [server.mails[1]]) == whole
        assert (len(raws(office)[0]) < 1000) != whole

    def test_a_mail_smaller_than_told_is_kept_as_it_is(
        self, office: Office, server: Scripted, sent: list[bytes]
    ) -> None:
        server.quirks.append(whenever("RFC822.SIZE", 1, b"* 1 FETCH (UID 1 RFC822.SIZE 90000)\r\nTAG OK done\r\n"))
        server.mails = {1: sent[0]}

        assert poll(office, server.settings()) == 1
        assert raws(office) == [sent[0]]

    def test_what_it_says_unasked_and_in_whatever_order_is_no_trouble(
        self, office: Office, server: Scripted, sent: list[bytes]
    ) -> None:
        def talkative(command: str) -> bytes | None:
            if "FETCH" not in command:
                return None
            rows = [server.row(uid, command) for uid in (3, 1, 2) if str(uid) in command.split(" ")[2]]
            unasked = b"* OK still here\r\n* 2 FETCH (FLAGS (\\Seen))\r\n* 9 EXISTS\r\n* 1 RECENT\r\n"
            return unasked + unasked.join(rows) + b"* SEARCH\r\nTAG OK done\r\n"

        server.quirks += [talkative, lambda said: b"* SEARCH 3 1 2 3\r\nTAG OK done\r\n" if "SEARCH" in said else None]
        poll(office, server.settings())

        assert raws(office) == sent
        assert poll(office, server.settings()) == 0

    @pytest.mark.parametrize("answer", [b"TAG BAD no\r\n", b"* SEARCH 1\r\n* SEARCH 2 3\r\nTAG OK done\r\n"])
    def test_one_whose_search_cannot_be_used_is_read_by_numbers(
        self, office: Office, server: Scripted, sent: list[bytes], answer: bytes
    ) -> None:
        server.quirks.append(lambda command: answer if "SEARCH" in command else None)
        poll(office, server.settings())
        server.mails[5] = late = mail()

        assert poll(office, server.settings()) == 1
        assert raws(office) == [*sent, late]

    def test_one_that_does_not_tell_its_last_uid_hides_no_old_mails_as_new_ones(
        self, office: Office, server: Scripted
    ) -> None:
        server.quirks += [
            lambda said: (
                b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7]\r\nTAG OK done\r\n" if said.startswith("SELECT") else None
            ),
            lambda said: b"* SEARCH 1\r\nTAG OK done\r\n" if "SINCE" in said else None,
            lambda said: b"* SEARCH 2 3\r\nTAG OK done\r\n" if "BEFORE" in said else None,
        ]

        assert [poll(office, server.settings()) for _ in range(2)] == [1, 0]
        assert bookmark(office, server) == (7, 3)

    def test_a_folder_that_may_only_be_looked_at_is_read(
        self, office: Office, server: Scripted, sent: list[bytes]
    ) -> None:
        told = b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT 4]\r\nTAG OK [READ-ONLY]\r\n"
        server.quirks += [
            lambda said: told if said.startswith(("SELECT", "EXAMINE")) else None,
            lambda said: b"TAG NO read only\r\n" if "STORE" in said else None,
        ]
        poll(office, server.settings())

        assert raws(office) == sent

    @pytest.mark.parametrize("date", [b"", b' INTERNALDATE "32-Foo-0000 99:00:00 +0000"', b" INTERNALDATE NIL"])
    def test_a_mail_without_a_day_of_receipt_was_received_now(
        self, office: Office, server: Scripted, date: bytes
    ) -> None:
        server.mails.popitem(), server.mails.popitem()
        server.quirks.append(whenever("RFC822.SIZE", 1, b"* 1 FETCH (UID 1 RFC822.SIZE 9%b)\r\nTAG OK done\r\n" % date))
        poll(office, server.settings())

        assert mails(office)[0].received_at == office.clock()

    @pytest.mark.parametrize("year", [b"1970", b"1989", b"2037", b"9999"])
    def test_a_day_of_receipt_that_cannot_be_is_not_believed(
        self, office: Office, server: Scripted, year: bytes
    ) -> None:
        server.mails.popitem(), server.mails.popitem()
        date = b' INTERNALDATE "11-Jan-%b 12:00:00 +0000"' % year
        server.quirks.append(whenever("RFC822.SIZE", 1, b"* 1 FETCH (UID 1 RFC822.SIZE 9%b)\r\nTAG OK done\r\n" % date))
        poll(office, server.settings())

        assert mails(office)[0].received_at == office.clock()

    def test_the_day_it_tells_is_the_day_of_receipt(self, office: Office, server: Scripted) -> None:
        poll(office, server.settings())

        assert {each.received_at for each in mails(office)} == {SUNDAY}
