"""The first look into a mailbox that was there long before the desk: years-old mails are nobody's open request."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from imapclient.exceptions import IMAPClientError

from intake.settings import ImapMailbox
from store import queries
from store.office import Office
from tests.builders import StillClock
from tests.intake.mailboxes import Folder, cable, poll
from tests.intake.peers import raws
from tests.mailing import mail

INSTALLED = datetime(2026, 1, 12, 18, tzinfo=UTC)
YEARS_AGO = INSTALLED - timedelta(days=900)


@pytest.fixture
def clock() -> StillClock:
    """A day that is over on every machine: Dovecot takes no mails of days to come."""
    return StillClock(INSTALLED)


def here(folder: Folder, **said: object) -> ImapMailbox:
    """The folder, read as far back as it is when nobody says anything else."""
    return folder.settings(since_days=ImapMailbox.model_fields["since_days"].default, **said)


def test_mails_from_before_one_response_period_stay_where_they_are(office: Office, folder: Folder) -> None:
    waiting = mail()
    folder.deliver(mail(), mail(), at=YEARS_AGO)
    folder.deliver(waiting, at=INSTALLED - timedelta(days=44))
    folder.deliver(mail(), at=INSTALLED - timedelta(days=47))

    assert [poll(office, here(folder)) for _ in range(2)] == [1, 0]
    assert raws(office) == [waiting]
    assert len(folder.contents()) == 4


def test_how_far_it_goes_back_is_the_owners_choice(office: Office, folder: Folder) -> None:
    folder.deliver(mail(), at=INSTALLED - timedelta(days=100))

    assert poll(office, folder.settings(since_days=120)) == 1


def test_it_counts_from_the_installation_and_not_from_today(office: Office, folder: Folder, clock: StillClock) -> None:
    folder.deliver(mail(), at=INSTALLED)
    clock.advance(timedelta(days=300))

    assert poll(office, here(folder)) == 1


def test_what_comes_after_the_first_look_is_read_whatever_its_day(office: Office, folder: Folder) -> None:
    folder.deliver(mail(), at=YEARS_AGO)
    poll(office, here(folder))
    moved_here = mail()
    folder.deliver(moved_here, at=YEARS_AGO)

    assert poll(office, here(folder)) == 1
    assert raws(office) == [moved_here]


def test_a_folder_that_counts_anew_does_not_bring_its_old_mails_back(office: Office, folder: Folder) -> None:
    folder.deliver(mail(), at=YEARS_AGO)
    poll(office, here(folder))
    with folder.open() as client:
        client.select_folder("INBOX")
        client.delete_folder(folder.name)
        client.create_folder(folder.name)
    folder.deliver(mail(), at=YEARS_AGO)

    assert poll(office, here(folder)) == 0


def test_a_first_look_that_is_cut_short_does_not_go_on_among_the_old_mails(office: Office, folder: Folder) -> None:
    sent = [mail() for _ in range(60)]
    folder.deliver(*sent)
    folder.deliver(mail(), at=YEARS_AGO)
    command, found = 8, 0
    while not 0 < found < len(sent):  # somewhere between the first batch and the second
        command += 1
        with cable(folder.port, command) as line, contextlib.suppress(IMAPClientError, OSError):
            poll(office, here(folder, port=line.port))
        found = len(raws(office))
    mailbox = here(folder, port=folder.port)
    bookmark = queries.mailbox(office, mailbox.name(folder.name))
    poll(office, mailbox)

    assert bookmark == (None, 0)
    assert sorted(raws(office)) == sorted(sent)
    assert queries.mailbox(office, mailbox.name(folder.name))[1] > 0
