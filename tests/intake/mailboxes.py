"""Mailboxes that live elsewhere: pymap and Dovecot, real IMAP servers, and a line to them that can be cut."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path

from imapclient import IMAPClient

from intake.imap import FolderReader, sign_in
from intake.settings import ImapMailbox
from store.office import Office
from tests.intake.peers import raws

USER = "privacy@shop.test"
SECRET = "open sesame"  # noqa: S105 - of a server that lives for one test
ENOUGH = 25 * 1024 * 1024
SUNDAY = datetime(2026, 1, 11, 12, tzinfo=UTC)
DOVECOT = Path("/usr/sbin/dovecot")
NO_DOVECOT = "Dovecot needs to be installed (the package dovecot-imapd), and the tests to run as root."
PYMAP = """
from pymap.config import IMAPConfig
from pymap.main import main
from pysasl.hashing import BuiltinHash

# It has no options for these: it looks every caller up in a block list on the Internet, and takes half a second to hash
# a password.
quick = BuiltinHash(rounds=1)
IMAPConfig.__init__.__kwdefaults__.update(reject_dnsbl=False, invalid_user_sleep=0.0, hash_context=quick)
main()
"""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of a mailbox on a server, new and empty for each test.

    Attributes:
        port: the server's, on this machine.
        name: the folder's.
    """

    port: int
    name: str

    def settings(self, **said: object) -> ImapMailbox:
        """How the desk is told to read it."""
        fields = {"host": "127.0.0.1", "port": self.port, "tls": False, "user": USER, "password": SECRET}
        quick = {"folders": (self.name,), "poll_seconds": 0.05, "since_days": 3650}
        return ImapMailbox.model_validate({**fields, **quick, **said})

    @contextmanager
    def open(self) -> Iterator[IMAPClient]:
        """Look into it as a person with another mail program does."""
        client = IMAPClient("127.0.0.1", self.port, ssl=False, timeout=20)
        client.normalise_times = False
        try:
            client.login(USER, SECRET)
            client.select_folder(self.name)
            yield client
        finally:
            client.logout()

    def deliver(self, *mails: bytes, at: datetime = SUNDAY, seen: bool = False) -> None:
        """Put mails into it, as its server does when they come in."""
        with self.open() as client:
            for raw in mails:
                client.append(self.name, raw, [rb"\Seen"] if seen else [], at)

    def contents(self) -> list[tuple[bytes, frozenset[bytes]]]:
        """Every mail in it with its flags, the oldest first."""
        with self.open() as client:
            found = client.fetch(client.search(), ["BODY.PEEK[]", "FLAGS"])
            return [(found[uid][b"BODY[]"], frozenset(found[uid][b"FLAGS"])) for uid in sorted(found)]

    def expunge(self, *numbers: int) -> None:
        """Remove mails from it, counted from 0."""
        with self.open() as client:
            uids = client.search()
            client.delete_messages([uids[number] for number in numbers])
            client.expunge()

    def start_counting_anew(self) -> None:
        """Give its mails other UIDs under another UIDVALIDITY, as after a restored backup."""
        mails = [raw for raw, _ in self.contents()]
        with self.open() as client:
            before = client.folder_status(self.name, ["UIDVALIDITY"])[b"UIDVALIDITY"]
            client.select_folder("INBOX")
            client.delete_folder(self.name)
            client.create_folder(self.name)
            after = client.folder_status(self.name, ["UIDVALIDITY"])[b"UIDVALIDITY"]
        assert before != after
        self.deliver(*mails)


def new_folder(port: int) -> Folder:
    """A folder that no other test has seen."""
    folder = Folder(port, f"Box{uuid.uuid4().hex}")
    client = IMAPClient("127.0.0.1", port, ssl=False, timeout=20)
    client.login(USER, SECRET)
    client.create_folder(folder.name)
    client.logout()
    return folder


@contextmanager
def pymap() -> Iterator[int]:
    """A pymap server in a process of its own; gives its port."""
    port = _free_port()
    quiet = ["--no-service", "admin", "--no-service", "sieve", "--no-tls"]
    user = ["dict", "--demo-user", USER, "--demo-password", SECRET]
    with _running([sys.executable, "-c", PYMAP, "--host", "127.0.0.1", "--port", str(port), *quiet, *user], port):
        yield port


def has_dovecot() -> bool:
    """Whether a Dovecot can be started here."""
    return DOVECOT.exists() and os.geteuid() == 0


@contextmanager
def dovecot(introspection: str = "") -> Iterator[int]:
    """A Dovecot of this test's own; gives its port.

    Args:
        introspection: where it asks whether a token is good (RFC 7662); without it, it takes none.
    """
    with tempfile.TemporaryDirectory(prefix="rightsdesk-dovecot-", ignore_cleanup_errors=True) as folder:
        port, home = _free_port(), Path(folder)
        home.chmod(0o755)  # its processes run as other users
        with _running([str(DOVECOT), "-F", "-c", str(_configuration(home, port, introspection))], port):
            yield port


def _configuration(home: Path, port: int, introspection: str) -> Path:
    configuration, oauth = home / "dovecot.conf", home / "oauth.conf"
    mechanisms, passdb = "plain login", ""
    if introspection:
        how = "introspection_mode = post\nusername_attribute = username\nactive_attribute = active\nactive_value = true"
        oauth.write_text(f"introspection_url = {introspection}\n{how}\n")
        mechanisms = "oauthbearer xoauth2"
        passdb = f"passdb {{\n  driver = oauth2\n  mechanisms = {mechanisms}\n  args = {oauth}\n}}"
    (home / "users").write_text(f"{USER}:{{PLAIN}}{SECRET}::::::\n")
    (home / "mail").mkdir()
    (home / "mail").chmod(0o777)
    configuration.write_text(f"""
base_dir = {home}/run
state_dir = {home}/state
instance_name = rightsdesk-test
listen = 127.0.0.1
protocols = imap
ssl = no
disable_plaintext_auth = no
auth_mechanisms = {mechanisms}
log_path = {home}/log
default_vsz_limit = 0
auth_failure_delay = 0
first_valid_uid = 1
{passdb}
mail_location = maildir:{home}/mail/%u
passdb {{
  driver = passwd-file
  args = {home}/users
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={home}/mail/%u
}}
namespace inbox {{
  inbox = yes
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
""")
    return configuration


class Cut(Enum):
    """Where a line is cut: before a command reaches the server, or in the middle of its answer."""

    BEFORE = auto()
    DURING = auto()


class Cable:
    """A line between the poller and a server that is cut once; every later connection passes.

    Args:
        port: the server's.
        command: at which command of the poller's, counted from 1; 0 is the server's greeting.
        cut: where.
    """

    def __init__(self, port: int, command: int, cut: Cut) -> None:
        self._port, self._left, self._cut = port, command, cut
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.port: int = self._listening.getsockname()[1]
        self.is_cut = False
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        """Take the line away."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._end()
        for thread in self._threads:
            thread.join(20)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._port))
                self._open += [near, far]
                for work in (self._pass_commands, self._pass_answers):
                    thread = threading.Thread(target=work, args=(near, far))
                    self._threads.append(thread)
                    thread.start()

    def _pass_commands(self, near: socket.socket, far: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while words := near.recv(65536):
                self._left -= 1
                if self._left == 0 and self._cut is Cut.BEFORE:
                    self.is_cut = True
                    break
                far.sendall(words)
        self._hang_up(near, far)

    def _pass_answers(self, near: socket.socket, far: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while words := far.recv(65536):
                if self._left <= 0 and self._cut is Cut.DURING and not self.is_cut:
                    self.is_cut = True
                    near.sendall(words[: len(words) // 2])
                    break
                near.sendall(words)
        self._hang_up(near, far)

    def _hang_up(self, *ends: socket.socket) -> None:
        for each in ends:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _end(self) -> None:
        self._hang_up(*self._open)
        for each in self._open:
            each.close()


@contextmanager
def cable(port: int, command: int, cut: Cut = Cut.BEFORE) -> Iterator[Cable]:
    """A line that is cut at the given command, for the length of the block."""
    line = Cable(port, command, cut)
    try:
        yield line
    finally:
        line.close()


def readers(office: Office, mailbox: ImapMailbox, most_bytes: int = ENOUGH) -> list[FolderReader]:
    """What reads the folders of a mailbox."""
    return [FolderReader(office, mailbox, folder, most_bytes) for folder in mailbox.folders]


def poll(office: Office, mailbox: ImapMailbox, most_bytes: int = ENOUGH) -> int:
    """Read a mailbox to its end, as a desk just started does; gives how many mails were kept that were not known."""
    before = len(raws(office))
    read_on(mailbox, readers(office, mailbox, most_bytes))
    return len(raws(office)) - before


def read_on(mailbox: ImapMailbox, folders: Sequence[FolderReader]) -> None:
    """Read on with one connection until there is nothing new."""
    with sign_in(mailbox) as client:
        while sum(reader.look(client) for reader in folders):
            pass


def uids_of(folder: Folder) -> Sequence[int]:
    """The UIDs in a folder."""
    with folder.open() as client:
        uids: Sequence[int] = client.search()
        return uids


@contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[None]:
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield
    finally:
        server.terminate()
        server.wait(20)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.02)
        else:
            return
