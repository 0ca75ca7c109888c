"""SQLite is for one process: whoever works on the file holds a lock beside it. PostgreSQL takes any number."""

from __future__ import annotations

import fcntl
from io import TextIOWrapper
from pathlib import Path

from sqlalchemy.engine import make_url

from store.errors import SecondProcess
from store.settings import StoreSettings


def occupy(settings: StoreSettings) -> TextIOWrapper | None:
    """Take the lock for as long as the file that is given back stays open; the kernel frees it when a process dies.

    Returns:
        The open lock; None for PostgreSQL.

    Raises:
        SecondProcess: another process has it.
    """
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    path = Path(f"{url.database}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.open("a", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise SecondProcess(database=url.database) from error
    return lock
