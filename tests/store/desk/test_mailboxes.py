"""How far each mailbox was read, and how it is."""

from __future__ import annotations

from datetime import timedelta

from store import desk, queries
from store.office import Office
from store.values import MailboxHealth
from tests.builders import MORNING, StillClock


def test_a_mailbox_is_read_on_where_it_was_left(any_office: Office) -> None:
    before = queries.mailbox(any_office, "imap: INBOX")
    desk.mailbox_read(any_office, "imap: INBOX", uidvalidity=4_000_000_000, last_uid=4_100_000_000)

    assert before == (None, 0)
    assert queries.mailbox(any_office, "imap: INBOX") == (4_000_000_000, 4_100_000_000)


def test_a_mailbox_tells_since_when_it_fails_until_it_is_read_again(any_office: Office) -> None:
    clock = any_office.clock
    assert isinstance(clock, StillClock)
    desk.mailbox_read(any_office, "smtp")
    clock.advance(timedelta(hours=1))
    desk.mailbox_failed(any_office, "smtp", "It cannot be reached.")
    clock.advance(timedelta(hours=1))
    desk.mailbox_failed(any_office, "smtp", "x" * 500)
    failing = queries.mailboxes(any_office)
    desk.mailbox_read(any_office, "smtp")

    assert failing == (MailboxHealth("smtp", MORNING, MORNING + timedelta(hours=1), "x" * 200),)
    assert queries.mailboxes(any_office) == (MailboxHealth("smtp", clock(), None, ""),)


def test_a_mailbox_that_never_worked_is_told_of_too(office: Office) -> None:
    desk.mailbox_failed(office, "imap: INBOX", "It refused our sign-in.")

    assert queries.mailboxes(office) == (MailboxHealth("imap: INBOX", None, MORNING, "It refused our sign-in."),)
    assert queries.mailbox(office, "imap: INBOX") == (None, 0)
