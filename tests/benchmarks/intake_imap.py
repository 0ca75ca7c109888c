"""What it costs to read a mailbox by IMAP, beside a client that fetches the same mails and throws them away.

Run by hand (`make bench`): figures are ratios within one run, since machines differ and this one may be busy. It needs
Dovecot and root (see `tests/intake/mailboxes.py`).
"""

from __future__ import annotations

import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from imapclient import IMAPClient
from rich.console import Console
from rich.progress import track

from intake.imap import FolderReader, sign_in
from intake.settings import ImapMailbox
from store.office import Office
from tests.builders import StillClock, office_at
from tests.intake.mailboxes import NO_DOVECOT, SECRET, USER, Folder, dovecot, has_dovecot, new_folder
from tests.mailing import mail

MAILS = 10_000
AT_ONCE = 50
WORDS = "Please delete my account and all the personal data that you hold about me. " * 45
LARGE = 25 * 1024 * 1024
MOST_BYTES = 40 * 1024 * 1024


def main() -> None:
    """Measure and print."""
    console = Console()
    if not has_dovecot():
        console.print(NO_DOVECOT)
        sys.exit()
    with dovecot() as port, tempfile.TemporaryDirectory() as home:
        folder = new_folder(port)
        _fill(folder)
        thrown = MAILS / _seconds(lambda: _throw_away(folder))
        with _Desk(Path(home) / "kept") as office:
            kept = MAILS / _seconds(lambda: _keep(office, folder.settings()))
            again = _seconds(lambda: _keep(office, folder.settings()))
        console.print(f"fetched {AT_ONCE} at once and thrown away: {thrown:,.0f} mails of 4 KB a second")
        console.print(f"kept, committed and marked: {kept:,.0f} a second, {kept / thrown:.2f} of that")
        console.print(f"a look that finds nothing new: {again * 1e3:.0f} ms, the sign-in included")
        with _Desk(Path(home) / "measured") as office:
            console.print(f"peak of Python's memory over these mails: {_peak(office, folder.settings()):.0f} MB")
        with _Desk(Path(home) / "large") as office:
            large = new_folder(port)
            raw = mail() + (b"A" * 76 + b"\r\n") * (LARGE // 78)
            large.deliver(raw)
            peak = _peak(office, large.settings())
            size = len(raw) / 2**20
            console.print(f"peak over one mail of {size:.0f} MB: {peak:.0f} MB, {peak / size:.1f} times its size")


class _Desk:
    """An office on a new SQLite file, for the length of the block."""

    def __init__(self, home: Path) -> None:
        home.mkdir()
        self._office = office_at(f"sqlite:///{home}/desk.db", StillClock())

    def __enter__(self) -> Office:
        return self._office

    def __exit__(self, *_: object) -> None:
        self._office.close()


def _fill(folder: Folder) -> None:
    with folder.open() as client:
        for _ in track(range(MAILS // AT_ONCE), description=f"{MAILS:,} mails", transient=True):
            client.multiappend(folder.name, [mail(WORDS) for _ in range(AT_ONCE)])


def _throw_away(folder: Folder) -> None:
    client = IMAPClient("127.0.0.1", folder.port, ssl=False)
    client.login(USER, SECRET)
    client.select_folder(folder.name)
    uids = client.search()
    for start in range(0, len(uids), AT_ONCE):
        client.fetch(uids[start : start + AT_ONCE], ["BODY.PEEK[]"])
    client.logout()


def _keep(office: Office, mailbox: ImapMailbox) -> None:
    (name,) = mailbox.folders
    reader = FolderReader(office, mailbox, name, MOST_BYTES)
    with sign_in(mailbox) as client:
        while reader.look(client):
            pass


def _peak(office: Office, mailbox: ImapMailbox) -> float:
    """The most that was in use at once, in MB."""
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    _keep(office, mailbox)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (peak - before) / 2**20


def _seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


main()
