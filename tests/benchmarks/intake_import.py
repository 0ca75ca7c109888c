"""What an import costs beside reading the same mbox with Python's `mailbox`, and how much memory it takes.

Run by hand (`make bench`): figures are ratios within one run, since machines differ and this one may be busy.
"""

from __future__ import annotations

import mailbox
import resource
import tempfile
import time
from pathlib import Path

from rich.console import Console

from intake.importing import bring, read_kept
from intake.settings import IntakeSettings
from store.clock import system_clock
from store.settings import load
from tests.builders import office_at
from tests.mailing import ERASE, mail

MAILS = 10_000
READ = 200
PADDING = "These are the words of somebody who writes at length about an order. " * 4 + "\n"
FROM = b"From rosa@example.net Mon Nov  2 10:00:00 2026\n"
HOPS = b"Received: from client by mx.shop.test with ESMTPS; Mon, 2 Nov 2026 10:00:00 +0000\n" * 3


def main() -> None:
    """Measure and print."""
    console = Console()
    settings = load(IntakeSettings, {"intake": {"trusted_hosts": ["mx.shop.test"]}})
    with tempfile.TemporaryDirectory() as folder:
        box = Path(folder) / "box"
        _write(box)
        size = box.stat().st_size / 1024**2
        bare = _seconds_of_mailbox(box)
        console.print(f"Python's mailbox: {MAILS / bare:,.0f} mails a second, of {size:.0f} MB")
        office = office_at(f"sqlite:///{folder}/desk.db", system_clock)
        before = _peak()
        for what in ("kept", "known"):
            began = time.perf_counter()
            count = sum(each.known == (what == "known") for each in bring(office, [str(box)], settings))
            seconds = time.perf_counter() - began
            console.print(f"{what}: {count / seconds:,.0f} mails a second, {bare / seconds:.2f} of Python's mailbox")
        console.print(f"peak memory: {_peak():.0f} MB, {_peak() - before:.0f} MB more than before")
        began = time.perf_counter()
        for _, _ in zip(range(READ), read_kept(office, settings), strict=False):
            pass
        console.print(f"read and sorted: {READ / (time.perf_counter() - began):,.0f} mails a second")
        office.close()


def _write(box: Path) -> None:
    lengths = [mail(PADDING * number + ERASE).replace(b"\r\n", b"\n") for number in range(20)]
    with box.open("wb") as file:
        for number in range(MAILS):
            one = lengths[number % len(lengths)].replace(b"<consumer-", b"<consumer-%d-" % number)
            file.write(FROM + HOPS + one + b"\n")


def _seconds_of_mailbox(box: Path) -> float:
    """A bare loop over the same file, which takes every mail's bytes and keeps nothing."""
    began = time.perf_counter()
    opened = mailbox.mbox(box, create=False)
    total = sum(len(opened.get_bytes(key)) for key in opened.iterkeys())
    opened.close()
    if not total:
        raise AssertionError("there was nothing to read")
    return time.perf_counter() - began


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # Linux counts in kB


main()
