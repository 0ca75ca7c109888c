"""The line to a mailbox is cut at every command and in every answer, once each: nothing is lost, nothing is doubled."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from imapclient.exceptions import IMAPClientError

from intake.door import IntakeDoor
from intake.settings import ImapMailbox, IntakeSettings
from store import queries
from store.office import Bridge, Office
from store.settings import load
from tests.intake.mailboxes import (
    NO_DOVECOT,
    Cut,
    Folder,
    cable,
    dovecot,
    has_dovecot,
    new_folder,
    read_on,
    readers,
    uids_of,
)
from tests.intake.peers import raws
from tests.mailing import mail, until

LEAST_COMMANDS = 10


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    """The quicker of the two servers: there are many connections to make."""
    if not has_dovecot():
        pytest.skip(NO_DOVECOT)
    with dovecot() as port:
        yield port


@pytest.mark.parametrize("cut", list(Cut))
def test_wherever_it_is_cut_the_next_connection_goes_on(office: Office, server: int, cut: Cut) -> None:
    for command in count(1):
        folder, known = new_folder(server), len(raws(office))
        kept = Folder(server, f"{folder.name}Kept")
        sent = [mail(), mail("far too many words " * 6_000), mail()]
        folder.deliver(*sent)
        end = max(uids_of(folder))
        with cable(server, command, cut) as line:
            mailbox = folder.settings(port=line.port, done="move", move_to=kept.name)
            _read_through_a_cut(office, mailbox)
        _, last = queries.mailbox(office, mailbox.name(folder.name))
        arrived = raws(office)[known:]

        assert sorted(len(raw) for raw in arrived) == sorted([len(sent[0]), _header_size(sent[1]), len(sent[2])])
        assert {sent[0], sent[2]} < set(arrived)
        assert last == end
        assert folder.contents() == []
        assert sorted(raw for raw, _ in kept.contents()) == sorted(sent)
        if not line.is_cut:
            break

    assert command > LEAST_COMMANDS


@pytest.mark.parametrize("cut", list(Cut))
async def test_a_desk_that_waits_for_mail_gets_it_wherever_it_is_cut(
    office: Office, bridge: Bridge, folder: Folder, cut: Cut
) -> None:
    for command in _few_commands():
        first, second = mail(), mail()
        known = len(raws(office))
        folder.deliver(first)
        with cable(folder.port, command, cut) as line:
            said = load(IntakeSettings, {"intake": {"smtp": False}})
            mailbox = folder.settings(port=line.port, poll_seconds=0.2)
            door = IntakeDoor(bridge, said.model_copy(update={"imap": (mailbox,)}))
            await door.start()
            await until(lambda known=known: len(raws(office)) == known + 1)  # type: ignore[misc] # of this round
            folder.deliver(second)
            await until(lambda known=known: len(raws(office)) == known + 2)  # type: ignore[misc]
            await door.stop()

        assert raws(office)[known:] == [first, second]


def _few_commands() -> Iterator[int]:
    """The commands of a session from its first search to its second wait."""
    yield from range(6, 18, 3)


def _read_through_a_cut(office: Office, mailbox: ImapMailbox) -> None:
    folders = readers(office, mailbox, 100_000)
    try:
        read_on(mailbox, folders)
    except (IMAPClientError, OSError):
        read_on(mailbox, folders)


def _header_size(raw: bytes) -> int:
    return raw.index(b"\r\n\r\n") + 4
