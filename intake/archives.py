"""Mails in files and folders, taken out one at a time; what a path holds is told by looking into it.

A file that begins with a "From " line is an mbox (RFC 4155), one that begins with a mail's header is a mail; a folder
is searched to its bottom, and where it holds a folder `cur`, it is a Maildir: every file in its `new` and `cur` is a
mail, and those in `tmp` are not finished. The mails of an mbox are told apart by their "From " lines alone: a
Content-Length may have been written by a sender, and would hide the mails after it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from intake.mime import dates, structure
from intake.settings import MEGABYTE

TOO_LARGE: Final = "It is too large ({size:.1f} MB): only its header is here, the rest is where it was imported from."
NO_MAIL: Final = "{place} is neither a mail nor an mbox, so it is left out."
MOST_PIPED: Final = 256 * MEGABYTE
"""Bytes that are read of standard input or a pipe, which must be held in memory."""

_FROM: Final = b"From "
_LINE_FROM: Final = b"\nFrom "
_HEAD: Final = 16_384
_BLOCK: Final = MEGABYTE
_LINE: Final = 1_024
_KNOWN: Final = frozenset({
    "from", "to", "cc", "subject", "date", "message-id", "received", "return-path", "delivered-to", "reply-to",
    "sender", "mime-version", "in-reply-to", "references", "dkim-signature", "arc-seal", "x-original-to",
})  # fmt: skip
_MONTH: Final = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DATED: Final = re.compile(
    rb"From [^\r\n]{0,300}\b" + _MONTH + rb"\b[^\r\n]{0,30}\d:\d\d[^\r\n]{0,60}\r?\n(?:[!-9;-~]{1,120}:|>From )"
)
_BARE: Final = re.compile(rb"From -?[ \t]*\r?\n[!-9;-~]{1,120}:")
_ESCAPED: Final = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_BLANK: Final = re.compile(rb"\r?\n\r?\n")
_WEEKDAY: Final = re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A mail that was found.

    Attributes:
        raw: its bytes, without the mbox's "From " line and its marks before such lines; the header alone when it is
            too large.
        lacking: why it is not here whole; empty when it is.
        size: how many bytes of the archive it took.
        line: the "From " line before it, in an mbox.
        written_at: when the file was written, aware; None for what came by a pipe.
    """

    raw: bytes
    lacking: str
    size: int
    line: bytes = b""
    written_at: datetime | None = None

    @property
    def seen_at(self) -> datetime | None:
        """When it was put there, aware: by its "From " line, else by its file."""
        return (_dated(self.line) if self.line else None) or self.written_at


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that gave no mail, and why, in a sentence.

    Attributes:
        told: the sentence.
        failed: it should have given one: it was named, or it could not be opened.
        size: its bytes.
    """

    told: str
    failed: bool
    size: int = 0


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    named: bool = False
    surely: bool = False  # it lies where only mails lie
    beside: bool = False  # it lies beside a Maildir's folders, where mail servers keep lists of their own


def mails(paths: Iterable[str], most_bytes: int) -> Iterator[Found | Unread]:
    """Every mail below the paths, in the order of the paths and of their names, with bounded memory.

    Args:
        paths: files, folders, or "-" for standard input.
        most_bytes: of a larger mail, only the header is read.
    """
    for path in paths:
        if path == "-":
            yield from _piped(sys.stdin.buffer, "standard input", most_bytes)
            continue
        for each in _files(Path(path)):
            if isinstance(each, Unread):
                yield each
            else:
                yield from _safely(each, most_bytes)


def total(paths: Iterable[str]) -> int:
    """How many bytes the files below the paths have together, for a progress bar."""
    files = (each for path in paths if path != "-" for each in _files(Path(path)))
    return sum(_size(each.path) for each in files if isinstance(each, _File))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0


def _files(path: Path) -> Iterator[_File | Unread]:
    """The files of a path; a link to a folder below it is not followed, lest it leads in a circle."""
    if not path.is_dir():
        yield _File(path, named=True)
        return
    waiting = [path]
    while waiting:
        here = waiting.pop()
        try:
            entries = sorted(here.iterdir())
            folders = [each for each in entries if each.is_dir() and not each.is_symlink()]
        except OSError as problem:
            yield Unread(_cannot(here, problem), failed=True)
            continue
        is_maildir = any(each.name == "cur" for each in folders)
        in_maildir = here.name in {"new", "cur"} and (here.parent / "cur").is_dir()
        for each in entries:
            if not each.name.startswith(".") and each.is_file():
                yield _File(each, surely=in_maildir, beside=is_maildir)
        waiting.extend(each for each in reversed(folders) if _is_entered(each, is_maildir=is_maildir))


def _is_entered(folder: Path, *, is_maildir: bool) -> bool:
    """Hidden folders hold no mails, but those of a Maildir++ are called ".Sent"."""
    if folder.name == "tmp" and is_maildir:
        return False
    return not folder.name.startswith(".") or (folder / "cur").is_dir()


def _safely(file: _File, most_bytes: int) -> Iterator[Found | Unread]:
    """The mails of one file; what cannot be read stops no other."""
    try:
        with file.path.open("rb") as opened:
            if file.path.is_file():
                yield from _opened(file, opened, most_bytes)
            else:
                yield from _piped(opened, str(file.path), most_bytes)
    except OSError as problem:
        yield Unread(_cannot(file.path, problem), failed=True)


def _cannot(path: Path, problem: OSError) -> str:
    return f"{path} cannot be read: {problem.strerror or 'unknown reason'}."


def _piped(stream: BinaryIO, place: str, most_bytes: int) -> Iterator[Found | Unread]:
    raw = stream.read(MOST_PIPED + 1)
    if len(raw) > MOST_PIPED:
        told = f"{place} gives more than {MOST_PIPED // MEGABYTE} MB; write it into a file and import that."
        yield Unread(told, failed=True)
    elif raw.startswith(_FROM):
        yield from _of_mbox(BytesIO(raw), len(raw), None, most_bytes)
    elif _is_mail(raw[:_HEAD]):
        yield Found(*_cut(BytesIO(raw), 0, len(raw), most_bytes), size=len(raw))
    else:
        yield Unread(NO_MAIL.format(place=place), failed=True)


def _opened(file: _File, opened: BinaryIO, most_bytes: int) -> Iterator[Found | Unread]:
    facts = os.fstat(opened.fileno())
    size, written_at = facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC)
    head = opened.read(_HEAD)
    only_one = file.surely or file.path.suffix.lower() == ".eml"
    if head.startswith(_FROM) and not only_one:
        yield from _of_mbox(opened, size, written_at, most_bytes)
    elif _is_mail(head) or (head and only_one):
        yield Found(*_cut(opened, 0, size, most_bytes), size=size, written_at=written_at)
    elif head and not file.beside:
        yield Unread(NO_MAIL.format(place=file.path), failed=file.named, size=size)


def _is_mail(head: bytes) -> bool:
    """It begins with header fields, one of which is a mail's."""
    head = head.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    fields, _ = structure.headers(head, 0, len(head), structure.Opened())
    return not _KNOWN.isdisjoint(fields.fields)


def _of_mbox(file: BinaryIO, size: int, written_at: datetime | None, most_bytes: int) -> Iterator[Found]:
    """The mails of an mbox, in time linear in its size."""
    start = 0
    for stop in _ends(file, size):
        raw, lacking = _cut(file, start, stop, most_bytes)
        line, _, mail = raw.partition(b"\n")
        plain = _ESCAPED.sub(b"", mail).removesuffix(b"\n").removesuffix(b"\r")
        yield Found(plain, lacking, stop - start, line, written_at)
        start = stop


def _ends(file: BinaryIO, size: int) -> Iterator[int]:
    """The place of each "From " line after the first, and the end of the file."""
    at = known = 0
    while at < size:
        file.seek(at)
        block = file.read(min(_BLOCK, size - at))
        whole = at + len(block) >= size or not block
        reach = len(block) if whole else len(block) - _LINE  # what begins later may not be whole: the next block has it
        found = block.find(_LINE_FROM, known)
        while 0 <= found < reach:
            bare = block[found - 1 : found] == b"\n" or block[found - 2 : found] == b"\n\r"
            if _DATED.match(block, found + 1) or (bare and _BARE.match(block, found + 1)):
                yield at + found + 1
            found = block.find(_LINE_FROM, found + 1)
        if whole:
            break
        known = 2  # the end of the line before, which a bare "From " line needs to be empty
        at += reach - known
    yield size


def _cut(file: BinaryIO, start: int, stop: int, most_bytes: int) -> tuple[bytes, str]:
    """The mail between two places; the header alone, and why, when it is too large."""
    file.seek(start)
    size = stop - start
    if size <= most_bytes:
        return file.read(size), ""
    head = file.read(structure.HEADER_BYTES)
    blank = _BLANK.search(head)
    return head[: blank.end() if blank else None], TOO_LARGE.format(size=size / MEGABYTE)


def _dated(line: bytes) -> datetime | None:
    """The moment of a "From " line, after the sender: in UTC when it names no zone (RFC 4155, appendix A)."""
    text = line.decode("ascii", "replace")
    day = _WEEKDAY.search(text)
    return dates.read(text[day.start() :]) if day else None
