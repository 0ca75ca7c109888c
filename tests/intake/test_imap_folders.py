"""Several folders of a mailbox, and a server that calls: one connection for all of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import ValidationError

from intake.door import IntakeDoor
from intake.settings import ImapMailbox, IntakeSettings
from store import queries
from store.errors import ConfigurationError
from store.office import Bridge, Office
from store.settings import load
from tests.intake.mailboxes import Folder, new_folder, poll
from tests.intake.peers import raws
from tests.intake.scripted import Cut, Scripted, scripted
from tests.mailing import certificate, mail, until

NOT_OPENED = "The folder cannot be opened; check whether it was renamed or deleted, and its rights."
HOUR = 3600


@asynccontextmanager
async def door(bridge: Bridge, mailbox: ImapMailbox) -> AsyncIterator[None]:
    """The mail door with one mailbox, for the length of the block."""
    said = load(IntakeSettings, {"intake": {"smtp": False}})
    opened = IntakeDoor(bridge, said.model_copy(update={"imap": (mailbox,)}))
    await opened.start()
    try:
        yield
    finally:
        async with asyncio.timeout(8):
            await opened.stop()


def troubles(office: Office) -> dict[str, str]:
    """What ails each folder, by its name."""
    return {each.name.rpartition("/")[2]: each.trouble for each in queries.mailboxes(office)}


class TestFolders:
    def test_each_is_read_on_from_its_own_bookmark(self, office: Office, server: int) -> None:
        one, other = new_folder(server), new_folder(server)
        mailbox = one.settings(folders=(one.name, other.name))
        first, second, third = mail(), mail(), mail()
        one.deliver(first)
        other.deliver(second)

        assert poll(office, mailbox) == 2

        other.deliver(third)

        assert poll(office, mailbox) == 1
        assert raws(office) == [first, second, third]
        assert {name for name, _ in troubles(office).items()} == {one.name, other.name}

    @pytest.mark.parametrize("name", ["Größe & Co", "プライバシー", 'with "quotes" \\ and 100%'])
    def test_any_name_will_do(self, office: Office, folder: Folder, name: str) -> None:
        with folder.open() as client:
            client.create_folder(f"{folder.name}{name}")
        there = Folder(folder.port, f"{folder.name}{name}")
        raw = mail()
        there.deliver(raw)
        poll(office, there.settings())

        assert raws(office) == [raw]
        assert troubles(office) == {there.name: ""}

    async def test_one_that_is_not_there_is_told_and_the_others_are_read(
        self, office: Office, bridge: Bridge, folder: Folder
    ) -> None:
        folder.deliver(mail())
        async with door(bridge, folder.settings(folders=("Nowhere", folder.name))):
            await until(lambda: troubles(office) == {"Nowhere": NOT_OPENED, folder.name: ""})
            folder.deliver(mail())
            await until(lambda: len(raws(office)) == 2)

    async def test_one_that_is_renamed_is_told_until_it_is_back(
        self, office: Office, bridge: Bridge, folder: Folder
    ) -> None:
        folder.deliver(mail())
        async with door(bridge, folder.settings()):
            await until(lambda: troubles(office) == {folder.name: ""})
            _rename(folder, folder.name, f"{folder.name}Old")
            await until(lambda: bool(troubles(office)[folder.name]))
            _rename(folder, f"{folder.name}Old", folder.name)
            await until(lambda: troubles(office) == {folder.name: ""})

        assert len(raws(office)) == 1

    async def test_a_long_first_look_into_one_leaves_the_other_its_turn(self, bridge: Bridge) -> None:
        many = [mail() for _ in range(1100)]
        with scripted(*many) as server:
            mailbox = server.settings(folders=("INBOX", "Junk"))
            async with door(bridge, mailbox):
                await until(lambda: sum(said.startswith("SELECT") for said in server.said) > 3)
            selected = [said.split(" ")[1] for said in server.said if said.startswith("SELECT")]

        assert selected[:4] == ['"INBOX"', '"Junk"', '"INBOX"', '"Junk"']


class TestWaiting:
    async def test_a_server_that_calls_is_heard_at_once(self, office: Office, bridge: Bridge, folder: Folder) -> None:
        async with door(bridge, folder.settings(poll_seconds=HOUR)):
            await until(lambda: len(troubles(office)) == 1)
            for number in (1, 2):
                folder.deliver(mail())
                await until(lambda number=number: len(raws(office)) == number)  # type: ignore[misc] # of this round

    @pytest.mark.parametrize("capabilities", ["IMAP4rev1", "IMAP4rev1 IDLE"])
    async def test_one_connection_serves_many_looks(self, office: Office, bridge: Bridge, capabilities: str) -> None:
        with scripted(mail()) as server:
            server.capabilities = capabilities
            server.quirks.append(
                lambda said: None if said != "IDLE" else b"+ idling\r\n* OK still here\r\nTAG OK done\r\n"
            )
            async with door(bridge, server.settings(folders=("INBOX", "Junk"))):
                await until(lambda: sum(said.startswith("SELECT") for said in server.said) > 12)
            seen = set(server.said)

        assert server.connections == 1
        assert ("IDLE" in seen) == ("IDLE" in capabilities)
        assert set(troubles(office).values()) == {""}

    @pytest.mark.parametrize("answer", [b"TAG NO not now\r\n", b"TAG BAD what\r\n", b"* 7 EXISTS\r\n+ idling\r\n"])
    async def test_one_that_only_says_it_calls_is_asked_instead(
        self, office: Office, bridge: Bridge, answer: bytes
    ) -> None:
        with scripted(mail()) as server:
            server.capabilities = "IMAP4rev1 IDLE"
            server.quirks.append(lambda said: answer if said == "IDLE" else None)
            async with door(bridge, server.settings()):
                await until(lambda: len(raws(office)) == 1)
                server.mails[2] = mail()
                await until(lambda: len(raws(office)) == 2)
                await until(lambda: sum(said.startswith("SELECT") for said in server.said) > 8)

        assert server.connections == 2
        assert server.said.count("IDLE") == 1
        assert set(troubles(office).values()) == {""}

    async def test_over_tls_too(
        self, office: Office, bridge: Bridge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = certificate(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        with scripted(mail(), tls=file) as server:

            def call(said: str) -> bytes | None:
                if said != "IDLE" or 2 in server.mails:
                    return None
                server.mails[2] = mail()
                return b"+ idling\r\n* 2 EXISTS\r\nTAG OK done\r\n"

            server.capabilities = "IMAP4rev1 IDLE"
            server.quirks.append(call)
            async with door(bridge, server.settings(tls=True, poll_seconds=HOUR)):
                await until(lambda: len(raws(office)) == 2)
                await until(lambda: server.said[-1] == "IDLE")

        assert server.connections == 1

    async def test_a_certificate_that_nobody_vouches_for_is_told(
        self, office: Office, bridge: Bridge, tmp_path: Path
    ) -> None:
        with scripted(mail(), tls=certificate(tmp_path)) as server:
            async with door(bridge, server.settings(tls=True)):
                await until(lambda: bool(troubles(office)))

        told = "The server's certificate cannot be trusted; check the host's name and who signed it."
        assert troubles(office) == {"INBOX": told}
        assert server.said == []

    async def test_a_line_that_breaks_off_while_waiting_is_no_failure(self, office: Office, bridge: Bridge) -> None:
        with scripted(mail()) as server:
            server.capabilities = "IMAP4rev1 IDLE"
            server.quirks.append(_raising_at("IDLE"))
            async with door(bridge, server.settings()):
                await until(lambda: server.connections > 3)

        assert set(troubles(office).values()) == {""}

    async def test_a_poller_that_waits_ends_at_once_and_writes_nothing_more(
        self, office: Office, bridge: Bridge, folder: Folder
    ) -> None:
        async with door(bridge, folder.settings(poll_seconds=HOUR)):
            await until(lambda: len(troubles(office)) == 1)
        folder.deliver(mail())
        await asyncio.sleep(0.1)

        assert raws(office) == []


class TestSettings:
    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ({"password": None}, "give one of password, password_file and oauth"),
            ({"password_file": "/somewhere"}, "give one of password, password_file and oauth"),
            ({"folders": ("A", "A")}, "name each folder once"),
            ({"done": "move", "move_to": "INBOX"}, "name a folder that is not read"),
        ],
    )
    def test_what_cannot_work_is_refused_in_a_sentence(self, said: dict[str, object], told: str) -> None:
        with pytest.raises(ConfigurationError, match=told) as refused:
            Scripted().settings(**{"port": 143, **said})

        assert "open sesame" not in str(refused.value)

    def test_a_mailbox_has_a_folder(self) -> None:
        with pytest.raises(ValidationError):
            Scripted().settings(port=143, folders=())


def _rename(folder: Folder, name: str, new: str) -> None:
    with Folder(folder.port, "INBOX").open() as client:
        client.rename_folder(name, new)


def _raising_at(verb: str) -> Callable[[str], bytes | None]:
    def quirk(command: str) -> bytes | None:
        if command == verb:
            raise Cut
        return None

    return quirk
