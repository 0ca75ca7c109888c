"""A mail server that does as a test tells it, for what no real one does when it is asked to."""

from __future__ import annotations

import base64
import contextlib
import re
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from intake.settings import ImapMailbox
from tests.intake.mailboxes import SECRET, USER

DATE = b'"11-Jan-2026 12:00:00 +0000"'


class Cut(Exception):
    """The server hangs up."""


@dataclass
class Scripted:
    """A folder with mails, and how its server behaves.

    Attributes:
        port: where it listens.
        mails: by UID.
        quirks: each is shown every command and may answer it in full, `TAG` standing for its tag, or raise `Cut`.
        capabilities: what it says it can do.
        accepts: whether a sign-in is accepted: the mechanism, and what was shown.
        said: every command that it was given.
        shown: what was shown at each sign-in.
        connections: how many there were.
    """

    port: int = 0
    mails: dict[int, bytes] = field(default_factory=dict)
    quirks: list[Callable[[str], bytes | None]] = field(default_factory=list)
    capabilities: str = "IMAP4rev1 AUTH=PLAIN"
    accepts: Callable[[str, bytes], bool] = lambda _mechanism, _shown: True
    said: list[str] = field(default_factory=list)
    shown: list[bytes] = field(default_factory=list)
    connections: int = 0

    def settings(self, **said: object) -> ImapMailbox:
        """How the desk is told to read it."""
        fields = {"host": "127.0.0.1", "port": self.port, "tls": False, "user": USER, "password": SECRET}
        quick = {"poll_seconds": 0.05, "since_days": 3650}
        return ImapMailbox.model_validate({**fields, **quick, **said})

    def serve(self, heard: BinaryIO, line: socket.socket) -> None:
        """Answer one connection until it ends."""
        self.connections += 1
        line.sendall(b"* OK ready\r\n")
        while words := heard.readline():
            tag, _, command = words.decode().strip().partition(" ")
            if not command:  # the end of an IDLE or of a sign-in
                continue
            self.said.append(command)
            with contextlib.suppress(StopIteration):
                line.sendall(self._answer(command, heard, line).replace(b"TAG", tag.encode()))
            if command == "LOGOUT":
                return

    def _answer(self, command: str, heard: BinaryIO, line: socket.socket) -> bytes:
        for quirk in self.quirks:
            answer = quirk(command)
            if answer is not None:
                return answer
        verb, *rest = command.removeprefix("UID ").split(" ", 1)
        match verb:
            case "CAPABILITY":
                return f"* CAPABILITY {self.capabilities}\r\nTAG OK done\r\n".encode()
            case "AUTHENTICATE":
                return self._authenticate(rest[0], heard, line)
            case "SELECT" | "EXAMINE":
                last = max(self.mails, default=0) + 1
                told = f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT {last}]\r\n"
                return f"{told}TAG OK [READ-WRITE]\r\n".encode()
            case "SEARCH":
                return b"* SEARCH " + " ".join(map(str, self._named(command))).encode() + b"\r\nTAG OK done\r\n"
            case "FETCH":
                return b"".join(self.row(uid, rest[0]) for uid in self._named(command)) + b"TAG OK done\r\n"
            case "IDLE":
                line.sendall(b"+ idling\r\n")
                heard.readline()
        return b"* BYE\r\nTAG OK done\r\n" if verb == "LOGOUT" else b"TAG OK done\r\n"

    def row(self, uid: int, items: str) -> bytes:
        """What FETCH says of one mail."""
        raw = self.mails[uid]
        said = [b"UID %d" % uid]
        if "RFC822.SIZE" in items:
            said.append(b"RFC822.SIZE %d" % len(raw))
        if "INTERNALDATE" in items:
            said.append(b"INTERNALDATE " + DATE)
        if "BODY.PEEK[]" in items:
            said.append(b"BODY[] {%d}\r\n%b" % (len(raw), raw))
        if "BODY.PEEK[HEADER]" in items:
            header = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            said.append(b"BODY[HEADER] {%d}\r\n%b" % (len(header), header))
        return b"* %d FETCH (%b)\r\n" % (sorted(self.mails).index(uid) + 1, b" ".join(said))

    def _named(self, command: str) -> list[int]:
        """The UIDs of a command's set; by number where it is no UID command."""
        known = sorted(self.mails)
        if "SINCE" in command:
            return known
        found = re.search(r"[\d:*,]+", command.removeprefix("UID "))
        numbers = {int(each) for each in found[0].split(",") if each.isdigit()} if found else set()
        if not command.startswith("UID"):
            return [known[number - 1] for number in sorted(numbers)]
        start, colon, _ = (found[0] if found else "").partition(":*")
        return (
            [uid for uid in known if uid >= int(start) or uid == known[-1]] if colon else sorted(numbers & set(known))
        )

    def _authenticate(self, mechanism: str, heard: BinaryIO, line: socket.socket) -> bytes:
        line.sendall(b"+ \r\n")
        shown = base64.b64decode(heard.readline())
        self.shown.append(shown)
        if self.accepts(mechanism, shown):
            return b"TAG OK done\r\n"
        if mechanism != "PLAIN":
            line.sendall(b"+ " + base64.b64encode(b'{"status":"invalid_token"}') + b"\r\n")
            self.shown.append(base64.b64decode(heard.readline()))
        return b"TAG NO [AUTHENTICATIONFAILED] not you\r\n"


@contextmanager
def scripted(*mails: bytes, tls: Path | None = None) -> Iterator[Scripted]:
    """A server with those mails, their UIDs from 1 on, for the length of the block.

    Args:
        mails: what is in its folder.
        tls: a PEM file with its certificate and key: it speaks TLS.
    """
    server = Scripted(mails=dict(enumerate(mails, start=1)))

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(Cut, OSError):
                server.serve(self.rfile, self.request)

    socketserver.ThreadingTCPServer.allow_reuse_address = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as listening:
        listening.daemon_threads = True
        if tls is not None:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(tls)
            listening.socket = context.wrap_socket(listening.socket, server_side=True)
        server.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,))
        thread.start()
        yield server
        listening.shutdown()
        thread.join()
