"""Durable mails a second, and cases a second, beside a bare aiosmtpd that throws every mail away, in the same run.

Ours commits each mail (SQLite, synchronous=FULL) before its 250. Nothing reads the mails meanwhile, save in the last
row, whose clock stops when each has its case and its acknowledgement. Server and clients are processes of their own.
Run by hand (`make bench`): figures are ratios, since machines differ and this one may be busy; each is the median of
rounds in which both take turns.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session
from rich.console import Console
from rich.table import Table

from bot.cli.logs import log_to_stderr
from intake.door import IntakeDoor
from intake.settings import IntakeSettings
from intake.smtp import Listener
from store import queries
from store.office import Bridge
from store.settings import load
from tests.builders import StillClock, office_at
from tests.mailing import INBOX, ROSA, mail

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["bot.cli.logs", "intake.door", "tests.builders", "tests.mailing"])
CONNECTIONS = (1, 8, 64)
MAILS = {1: 200, 8: 600, 64: 800}
TO_CASES = 200
ROUNDS = 3
WORDS = "Please delete my account and everything that you have stored about me and my orders.\n" * 42
_numbers = count(1)


def main() -> None:
    """Measure and print."""
    table = Table("connections", "mails a connection", "bare sink, mails/s", "ours, mails/s", "ratio")
    with _served(_sink) as (sink, _), _served(_ours) as (ours, _):
        _rate(sink, 8, 200, kept=True)
        _rate(ours, 8, 200, kept=True)
        for kept in (False, True):
            for connections in CONNECTIONS:
                rounds = [
                    tuple(_rate(where, connections, MAILS[connections], kept=kept) for where in (sink, ours))
                    for _ in range(ROUNDS)
                ]
                bare, durable = (statistics.median(each) for each in zip(*rounds, strict=True))
                ratio = statistics.median(ours / sink for sink, ours in rounds)
                table.add_row(
                    str(connections), "many" if kept else "one", f"{bare:.0f}", f"{durable:.0f}", f"{ratio:.2f}"
                )
    with _served(_sink) as (sink, _), _served(_desk) as (desk, line):
        rounds = [(_rate(sink, 8, TO_CASES, kept=False), _to_cases(desk, line)) for _ in range(ROUNDS)]
        bare, opened = (statistics.median(each) for each in zip(*rounds, strict=True))
        table.add_row("8, to a case", "one", f"{bare:.0f}", f"{opened:.0f}", f"{opened / bare:.2f}")
    Console().print(table)


def _to_cases(where: tuple[str, int], line: Pipe) -> float:
    """Mails a second from the first greeting to the last case."""
    began = time.perf_counter()
    _rate(where, 8, TO_CASES, kept=False)
    line.send("read?")
    line.recv()
    return TO_CASES / (time.perf_counter() - began)


@contextmanager
def _served(serve: Callable[[Pipe], None]) -> Iterator[tuple[tuple[str, int], Pipe]]:
    """A server in a process of its own; gives its address, and the line by which it is asked and stopped."""
    ours, theirs = FORKS.Pipe()
    process = FORKS.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    yield ours.recv(), ours
    ours.send("stop")
    process.join()


class _Nowhere:
    """Takes every mail and keeps none."""

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        return "250 2.0.0 Kept"


def _sink(line: Pipe) -> None:
    async def serve() -> None:
        logging.getLogger("mail.log").disabled = True  # as ours has it
        settings, loop = load(IntakeSettings), asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: SMTP(
                _Nowhere(),
                data_size_limit=settings.most_bytes,
                enable_SMTPUTF8=True,
                decode_data=False,
                timeout=settings.idle_seconds,
                hostname="shop.test",
                ident="sink",
                loop=loop,
            ),
            "127.0.0.1",
            0,
        )
        line.send(server.sockets[0].getsockname()[:2])
        await asyncio.to_thread(line.recv)
        server.close()

    asyncio.run(serve())


def _ours(line: Pipe) -> None:
    async def serve(folder: str) -> None:
        office = office_at(f"sqlite:///{folder}/desk.db", StillClock())
        bridge = Bridge(office)
        said = {"smtp_port": 0, "most_connections_per_client": 100}
        listener = Listener(bridge, load(IntakeSettings, {"intake": said}))
        line.send(await listener.start())
        await asyncio.to_thread(line.recv)
        await listener.stop()
        bridge.close()
        office.close()

    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("w") as log, redirect_stderr(log):
        log_to_stderr()
        asyncio.run(serve(folder))


def _desk(line: Pipe) -> None:
    async def serve(folder: str) -> None:
        office = office_at(f"sqlite:///{folder}/desk.db", StillClock())
        bridge = Bridge(office)
        door = IntakeDoor(bridge, load(IntakeSettings, {"intake": {"smtp_port": 0}}))
        await door.start()
        line.send(door.smtp_address)
        while await asyncio.to_thread(line.recv) != "stop":
            while await bridge(queries.unread_mails):
                await asyncio.sleep(0.01)
            line.send("all are read")
        await door.stop()
        bridge.close()
        office.close()

    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("w") as log, redirect_stderr(log):
        log_to_stderr()
        asyncio.run(serve(folder))


def _rate(where: tuple[str, int], connections: int, mails: int, *, kept: bool) -> float:
    """Mails a second, sent by a process of its own.

    Args:
        where: the server.
        connections: how many at once.
        mails: how many altogether.
        kept: whether a connection is kept for the next mail.
    """
    ours, theirs = FORKS.Pipe()
    numbers = [next(_numbers) for _ in range(mails)]
    raws = [mail(WORDS, f"person{number}@example.net", subject=f"My data {number}") for number in numbers]
    process = FORKS.Process(target=_send, args=(where, connections, raws, kept, theirs), daemon=True)
    process.start()
    seconds: float = ours.recv()
    process.join()
    return mails / seconds


def _send(where: tuple[str, int], connections: int, raws: list[bytes], kept: bool, line: Pipe) -> None:  # noqa: FBT001
    async def send() -> float:
        left = iter(raws)
        senders = [_Sender(where, left, kept) for _ in range(connections)]
        began = time.perf_counter()
        await asyncio.gather(*(sender.run() for sender in senders))
        return time.perf_counter() - began

    line.send(asyncio.run(send()))


@dataclass
class _Sender(asyncio.Protocol):
    """A client that costs as little as a client can: it writes the next words as soon as an answer is whole."""

    where: tuple[str, int]
    left: Iterator[bytes]
    kept: bool
    words: Iterator[bytes] = field(init=False)
    over: asyncio.Future[None] = field(init=False)

    async def run(self) -> None:
        """Send what is left, together with the others."""
        loop = asyncio.get_running_loop()
        while (raw := next(self.left, None)) is not None:
            self.words, self.over = self._dialogue(raw), loop.create_future()
            await loop.create_connection(lambda: self, *self.where)
            await self.over

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.heard = transport, b""

    def data_received(self, data: bytes) -> None:
        self.heard += data
        last = self.heard[self.heard.rfind(b"\n", 0, -1) + 1 :]
        if last.endswith(b"\n") and last[3:4] == b" ":
            assert last[:1] in b"23", last
            self.heard = b""
            self.transport.write(next(self.words))

    def connection_lost(self, _error: Exception | None) -> None:
        self.over.set_result(None)

    def _dialogue(self, raw: bytes | None) -> Iterator[bytes]:
        yield b"EHLO mx.example.net\r\n"
        while raw is not None:
            yield f"MAIL FROM:<{ROSA}>\r\n".encode()
            yield f"RCPT TO:<{INBOX}>\r\n".encode()
            yield b"DATA\r\n"
            yield raw + b".\r\n"
            raw = next(self.left, None) if self.kept else None
        yield b"QUIT\r\n"
        yield b""


if __name__ == "__main__":
    main()
