"""Mail servers whose SEARCH does not name all that there is: no mail is taken for an old one or a removed one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from intake.imap import Trouble
from store import queries
from store.office import Office
from tests.intake.mailboxes import poll, read_on, readers
from tests.intake.peers import raws
from tests.intake.scripted import Scripted, scripted
from tests.mailing import mail


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


@pytest.mark.parametrize("named", [b"", b" 1", b" 3"])
def test_one_that_names_too_few_is_read_by_numbers_from_the_first_look_on(
    office: Office, server: Scripted, sent: list[bytes], named: bytes
) -> None:
    server.quirks.append(lambda said: b"* SEARCH%b\r\nTAG OK done\r\n" % named if "SEARCH" in said else None)
    poll(office, server.settings())

    assert raws(office) == sent
    assert bookmark(office, server) == (7, 3)


@pytest.mark.parametrize("named", [b"", b" 3", b" 4", b" 5"])
def test_one_that_forgets_new_mails_costs_none(
    office: Office, server: Scripted, sent: list[bytes], named: bytes
) -> None:
    poll(office, server.settings())
    server.mails |= {4: mail(), 5: mail()}
    server.quirks.append(lambda said: b"* SEARCH%b\r\nTAG OK done\r\n" % named if "SEARCH" in said else None)
    poll(office, server.settings())

    assert raws(office) == [*sent, server.mails[4], server.mails[5]]


def test_a_quiet_folder_is_asked_for_no_mail(office: Office, server: Scripted) -> None:
    poll(office, server.settings())
    server.said.clear()
    poll(office, server.settings())

    assert [said for said in server.said if "FETCH" in said] == []


def test_one_that_names_none_and_hands_over_none_has_had_none_removed(
    office: Office, server: Scripted, sent: list[bytes]
) -> None:
    folders = readers(office, server.settings())
    read_on(server.settings(), folders)
    server.mails |= {4: mail(), 5: mail()}
    searches: list[str] = []

    def ill(said: str) -> bytes | None:
        if "SEARCH" in said:
            searches.append(said)
            return b"* SEARCH\r\nTAG OK done\r\n" if len(searches) > 1 else b"* SEARCH 4 5\r\nTAG OK done\r\n"
        return b"TAG NO [SERVERBUG] index rebuilt\r\n" if "FETCH" in said and "(UID)" not in said else None

    server.quirks.append(ill)
    with pytest.raises(Trouble, match="more mails in the folder than it names"):
        read_on(server.settings(), folders)
    marked = bookmark(office, server)
    server.quirks.clear()
    read_on(server.settings(), folders)

    assert marked == (7, 3)
    assert raws(office) == [*sent, server.mails[4], server.mails[5]]
    assert bookmark(office, server) == (7, 5)


def test_one_that_names_none_by_number_either_is_told(office: Office, server: Scripted) -> None:
    server.quirks.append(lambda said: b"TAG OK done\r\n" if "SEARCH" in said or "FETCH" in said else None)
    with pytest.raises(Trouble, match="more mails in the folder than it names"):
        poll(office, server.settings())

    assert bookmark(office, server) == (None, 0)
