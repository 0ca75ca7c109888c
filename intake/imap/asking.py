"""What a mail server is asked about a folder: which mails are in it, how large they are, and their bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, IMAPClientReadOnlyError

from intake.imap.line import Line
from intake.imap.trouble import Trouble

WHOLE = b"BODY[]"
HEADER = b"BODY[HEADER]"
BEGINNING = b"BODY[]<0>"
MOST_BYTES_AT_ONCE = 2 * 1024 * 1024
NUMBERS_AT_ONCE = 500
NOT_OPENED = "The folder cannot be opened; check whether it was renamed or deleted, and its rights."
NOT_ALL_NAMED = "The server says that there are more mails in the folder than it names; it is asked again."

NOT_UNDERSTOOD = (IMAPClientError, ValueError, LookupError, TypeError, AttributeError)
"""A refusal, or an answer that imapclient's parser stumbles over; what follows a cut line is told apart before."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A folder that was just opened.

    Attributes:
        uidvalidity: under which its UIDs count (RFC 3501, 2.3.1.1); 0 where the server has none.
        last_uid: the highest UID that was ever given, as far as the server tells; 0 where it does not.
        exists: how many mails are in it.
    """

    uidvalidity: int
    last_uid: int
    exists: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a mail before it is fetched.

    Attributes:
        uid: its UID.
        size: in bytes, as the server thinks: Exchange guesses; 0 where it does not say.
        received_at: when it reached the mailbox (INTERNALDATE), aware; None where the server does not say.
    """

    uid: int
    size: int
    received_at: datetime | None


def open_folder(client: Line, folder: str) -> Opened:
    """Open a folder anew, which also brings every mail into view that came meanwhile.

    Raises:
        Trouble: it is not there, or cannot be opened.
        IMAPClientError, OSError: the line was cut.
    """
    try:
        said = client.select_folder(folder)
    except IMAPClientReadOnlyError:  # a folder that may only be looked at is read all the same
        said = client.select_folder(folder, readonly=True)
    except IMAPClientAbortError:
        raise
    except IMAPClientError as refused:
        raise Trouble(NOT_OPENED) from refused
    return Opened(said.get(b"UIDVALIDITY", 0), said.get(b"UIDNEXT", 1) - 1, said.get(b"EXISTS", 0))


def later_than(client: Line, opened: Opened, last: int) -> list[int]:
    """The UIDs after that one, ascending; "*" is the last mail even when it is not later (RFC 3501, 6.4.8).

    Mails are numbered in the order of their UIDs (RFC 3501, 2.3.1.2), so that the one before those that are named must
    not be later too: an index that is ill names too few, or none. A quiet folder is not asked for it, lest the answer
    tells of a new mail that is waited for.

    Raises:
        Trouble: the server does not name all that there are.
        IMAPClientError, OSError: the line was cut.
    """
    try:
        named = set(client.search(["UID", f"{last + 1}:*"]))
        later = {uid for uid in named if uid > last}
        none_came = 0 < opened.last_uid <= last
        all_named = none_came or len(named) >= opened.exists or _uid_of(client, opened.exists - len(later)) <= last
    except IMAPClientAbortError:
        raise
    except NOT_UNDERSTOOD:
        all_named = False
    return sorted(later if all_named else {uid for uid in _one_by_one(client, opened) if uid > last})


def last_of(client: Line, opened: Opened) -> int:
    """The last UID of a folder; old servers do not tell it when they open one."""
    return opened.last_uid or max(later_than(client, opened, 0), default=0)


def since(client: Line, opened: Opened, oldest: date) -> list[int]:
    """The UIDs of the mails that came on that day or later, ascending.

    SINCE looks at INTERNALDATE, the day in the server's own zone, and what it leaves out came BEFORE (RFC 3501, 6.4.4).

    Raises:
        Trouble: the server does not name all that there are.
        IMAPClientError, OSError: the line was cut.
    """
    try:
        found = set(client.search(["SINCE", oldest]))
        all_named = len(found) >= opened.exists or len(found.union(client.search(["BEFORE", oldest]))) >= opened.exists
    except IMAPClientAbortError:
        raise
    except NOT_UNDERSTOOD:
        all_named = False
    if not all_named:
        dates = _one_by_one(client, opened)
        found = {uid for uid, at in dates.items() if at is None or at.date() >= oldest}
    return sorted(found)


def still_there(client: Line, folder: str, uids: Sequence[int]) -> set[int]:
    """Which of those mails are in the folder at this moment: the others were removed by somebody else.

    Raises:
        Trouble: the folder cannot be opened, or the server does not name all that there are.
        IMAPClientError, OSError: the line was cut.
    """
    opened = open_folder(client, folder)
    return set(uids) & set(later_than(client, opened, min(uids) - 1))


def facts(client: Line, uids: Sequence[int]) -> list[Facts]:
    """What is known of those mails, in their order, as far as the server says it."""
    rows = _fetch(client, uids, [b"RFC822.SIZE", b"INTERNALDATE"])
    return [
        Facts(uid, _number(rows[uid].get(b"RFC822.SIZE")), _in_utc(rows[uid].get(b"INTERNALDATE")))
        for uid in uids
        if uid in rows
    ]


def contents(client: Line, uids: Sequence[int], part: bytes, most_bytes: int) -> dict[int, bytes]:
    """The bytes of those mails, or of their headers, as far as the server hands them over.

    Args:
        client: a connection, the folder opened.
        uids: which mails.
        part: `WHOLE`, `HEADER`, or `BEGINNING`: of a mail whose size is not known, enough to see that it is too large.
        most_bytes: the largest mail that is fetched.
    """
    asked = b"BODY.PEEK[]<0.%d>" % (most_bytes + 1) if part == BEGINNING else part.replace(b"BODY", b"BODY.PEEK")
    rows = _fetch(client, uids, [asked])
    found = {uid: row.get(part) for uid, row in rows.items()}
    return {uid: content for uid, content in found.items() if isinstance(content, bytes) and content[:100].strip()}


def portions(mails: Collection[Facts]) -> Iterator[list[Facts]]:
    """The mails in portions that one answer may hold: few enough bytes, or one mail that is larger by itself."""
    portion: list[Facts] = []
    for mail in mails:
        if portion and sum(each.size for each in portion) + mail.size > MOST_BYTES_AT_ONCE:
            yield portion
            portion = []
        portion.append(mail)
    if portion:
        yield portion


def _fetch(client: Line, uids: Sequence[int], items: list[bytes]) -> dict[int, dict[bytes, Any]]:
    """What the server says of several mails; those that it leaves out, or refuses with the others, each by itself."""
    rows: dict[int, dict[bytes, Any]] = {}
    try:
        rows.update(client.fetch(uids, items))
    except IMAPClientAbortError:
        raise
    except NOT_UNDERSTOOD:
        pass
    if len(uids) > 1:
        for uid in uids:
            rows |= {} if uid in rows else _fetch(client, [uid], items)
    return rows


def _one_by_one(client: Line, opened: Opened) -> dict[int, datetime | None]:
    """Every mail's UID and INTERNALDATE, by its number: for a server whose SEARCH cannot be used.

    Raises:
        Trouble: these are not all that there are.
    """
    found: dict[int, datetime | None] = {}
    try:
        with _by_number(client):
            for start in range(1, opened.exists + 1, NUMBERS_AT_ONCE):
                numbers = range(start, min(start + NUMBERS_AT_ONCE, opened.exists + 1))
                for row in client.fetch(numbers, ["UID", "INTERNALDATE"]).values():
                    found[row[b"UID"]] = _in_utc(row.get(b"INTERNALDATE"))
    except IMAPClientAbortError:
        raise
    except NOT_UNDERSTOOD as refused:
        raise Trouble(NOT_ALL_NAMED) from refused
    if len(found) < opened.exists:
        raise Trouble(NOT_ALL_NAMED)
    return found


def _uid_of(client: Line, number: int) -> int:
    with _by_number(client):
        return int(client.fetch([number], ["UID"])[number][b"UID"])


@contextmanager
def _by_number(client: Line) -> Iterator[None]:
    client.use_uid = False
    try:
        yield
    finally:
        client.use_uid = True


def _number(said: object) -> int:
    return said if isinstance(said, int) else 0


def _in_utc(said: object) -> datetime | None:
    try:
        return said.astimezone(UTC) if isinstance(said, datetime) else None
    except (OverflowError, ValueError):  # the year 1, or one beyond 9999
        return None
