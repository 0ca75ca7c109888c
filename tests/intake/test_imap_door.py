"""A mailbox that lives elsewhere, on two real servers: what is new is kept, and nothing is ever deleted from it."""

from __future__ import annotations

import asyncio

import pytest

from intake.reader import Reader
from intake.receive import receive
from intake.settings import IntakeSettings
from store import queries
from store.database import StoreUnavailable
from store.notes import MailboxHealth
from store.office import Bridge, Office
from tests.intake.mailboxes import SUNDAY, Folder, poll
from tests.intake.peers import mails, raws
from tests.mailing import INBOX, ROSA, mail


def health(office: Office) -> MailboxHealth:
    (found,) = [each for each in queries.mailboxes(office) if each.name != "smtp"]
    return found


class TestWhatIsNew:
    def test_every_mail_is_kept_once_however_often_the_mailbox_is_read(self, office: Office, folder: Folder) -> None:
        first, second = mail(), mail()
        folder.deliver(first, second)

        assert [poll(office, folder.settings()) for _ in range(3)] == [2, 0, 0]
        assert raws(office) == [first, second]

        third = mail()
        folder.deliver(third)

        assert poll(office, folder.settings()) == 1
        assert raws(office) == [first, second, third]

    def test_a_mail_that_somebody_has_opened_already_is_new_all_the_same(self, office: Office, folder: Folder) -> None:
        folder.deliver(mail(), seen=True)

        assert poll(office, folder.settings()) == 1

    def test_an_empty_mailbox_is_read_without_trouble(self, office: Office, folder: Folder) -> None:
        assert poll(office, folder.settings()) == 0
        assert health(office).read_at == office.clock()

    def test_a_mailbox_that_counts_anew_doubles_nothing(self, office: Office, folder: Folder) -> None:
        folder.deliver(mail(), mail())
        poll(office, folder.settings())
        folder.start_counting_anew()
        late = mail()
        folder.deliver(late)

        assert poll(office, folder.settings()) == 1
        assert len(raws(office)) == 3
        assert raws(office)[-1] == late

    def test_a_mailbox_that_counts_anew_from_lower_numbers_hides_nothing(self, office: Office, folder: Folder) -> None:
        folder.deliver(mail(), mail(), mail())
        poll(office, folder.settings())
        folder.expunge(0, 1, 2)
        folder.start_counting_anew()
        folder.deliver(mail())

        assert poll(office, folder.settings()) == 1

    def test_more_mails_than_one_batch_are_all_kept_in_their_order(self, office: Office, folder: Folder) -> None:
        sent = [mail() for _ in range(45)]
        folder.deliver(*sent)

        assert poll(office, folder.settings()) == 45
        assert raws(office) == sent

    def test_a_mail_that_came_by_smtp_before_is_one_mail(self, office: Office, folder: Folder) -> None:
        raw = mail()
        receive(office, raw, road="smtp", sender=ROSA, recipients=(INBOX,), received_at=office.clock())
        folder.deliver(b"Received: from mx.example.net by mail.shop.test\r\n" + raw)

        assert poll(office, folder.settings()) == 0
        assert raws(office) == [raw]

    def test_the_day_the_server_got_it_is_day_zero(
        self, office: Office, bridge: Bridge, folder: Folder, settings: IntakeSettings
    ) -> None:
        folder.deliver(mail(), at=SUNDAY)
        poll(office, folder.settings())
        asyncio.run(Reader(bridge, settings).drain())

        assert mails(office)[0].received_at == SUNDAY
        assert queries.case(office, "PR-1001").requests[0].received_on == SUNDAY.date()

    def test_what_was_removed_between_two_looks_is_no_trouble(self, office: Office, folder: Folder) -> None:
        sent = [mail() for _ in range(4)]
        folder.deliver(*sent)
        folder.expunge(1, 2)

        assert poll(office, folder.settings()) == 2
        assert raws(office) == [sent[0], sent[3]]


class TestWhatStaysThere:
    def test_kept_mails_are_flagged_and_stay_unread_where_they_are(self, office: Office, folder: Folder) -> None:
        sent = [mail(), mail()]
        folder.deliver(*sent)
        poll(office, folder.settings())

        assert [raw for raw, _ in folder.contents()] == sent
        for _, flags in folder.contents():
            assert rb"\Seen" not in flags
            assert rb"\Deleted" not in flags

    def test_a_server_that_allows_it_shows_the_mark_of_a_kept_mail(self, office: Office, folder: Folder) -> None:
        folder.deliver(mail())
        with folder.open() as client:
            allowed = client.select_folder(folder.name)[b"PERMANENTFLAGS"]
        poll(office, folder.settings())
        ((_, flags),) = folder.contents()

        assert (b"$RightsdeskKept" in flags) == (rb"\*" in allowed)

    def test_kept_mails_are_moved_when_so_wished(self, office: Office, folder: Folder) -> None:
        raw = mail()
        folder.deliver(raw)
        there = Folder(folder.port, f"{folder.name}Kept")
        poll(office, folder.settings(done="move", move_to=there.name))

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
            poll(office, mailbox)
        ((there, flags),) = folder.contents()

        assert there == raw
        assert b"$RightsdeskKept" not in flags

        _rename(office, "elsewhere", "mail")

        assert poll(office, mailbox) == 1
        assert raws(office) == [raw]


def _rename(office: Office, table: str, name: str) -> None:
    with office.database.writing() as session:
        session.connection().exec_driver_sql(f"ALTER TABLE {table} RENAME TO {name}")
