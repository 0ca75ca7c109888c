"""How far each mailbox was read, and how it is."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from store import desk, queries
from store.notes import MailboxHealth, OutageNote
from store.office import Office
from store.rules.states import PostKind
from store.values import Place
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


def test_desks_that_tell_of_a_new_mailbox_at_one_moment_all_do(postgres_office: Office) -> None:
    office, others = postgres_office, 4
    names = [f"box {number}" for number in range(20)]
    together = threading.Barrier(others)

    def tell() -> None:
        for name in names:
            together.wait(20)
            desk.mailbox_failed(office, name, "It cannot be reached.")

    with ThreadPoolExecutor(others) as pool:
        for told in [pool.submit(tell) for _ in range(others)]:
            told.result()

    assert {each.name for each in queries.mailboxes(office)} == set(names)


def alarms(office: Office) -> list[str]:
    """What the managers are to be told, each drawing taken once."""
    jobs = [job for job in desk.lease_posts(office, "courier-1") if job.kind == PostKind.ALARM]
    return [job.subject for job in jobs if desk.post_drawn(office, job, "courier-1", Place("C0MANAGERS", "1.1"))]


def test_the_managers_are_told_of_a_mailbox_that_goes_on_failing_and_of_its_end(any_office: Office) -> None:
    clock = any_office.clock
    assert isinstance(clock, StillClock)
    desk.mailbox_failed(any_office, "imap: INBOX", "It refused our sign-in.")
    at_once = alarms(any_office)
    clock.advance(timedelta(minutes=2))
    desk.mailbox_failed(any_office, "imap: INBOX", "It refused our sign-in.")
    (later,) = alarms(any_office)
    during = queries.outage(any_office, later)
    desk.mailbox_failed(any_office, "imap: INBOX", "It refused our sign-in.")
    again = alarms(any_office)
    desk.mailbox_read(any_office, "imap: INBOX", uidvalidity=1, last_uid=2)
    after = queries.outage(any_office, later)

    assert (at_once, again) == ([], [])
    assert during == OutageNote("imap: INBOX", MORNING, "It refused our sign-in.", over=False)
    assert (after.over, alarms(any_office)) == (True, [later])


def test_the_next_outage_is_another_alarm(office: Office) -> None:
    clock = office.clock
    assert isinstance(clock, StillClock)
    told = set()
    for _ in range(2):
        desk.mailbox_failed(office, "imap: INBOX", "It cannot be reached.")
        clock.advance(timedelta(minutes=3))
        desk.mailbox_failed(office, "imap: INBOX", "It cannot be reached.")
        told.update(alarms(office))
        desk.mailbox_read(office, "imap: INBOX")
        alarms(office)

    assert len(told) == 2
