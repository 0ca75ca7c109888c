"""Header bytes to text: unfolding, encoded words (RFC 2047) in all their abuses, and undeclared 8-bit."""

from __future__ import annotations

import binascii
import re
from typing import Final, NamedTuple

from intake.mime import charsets, transfer

LIMIT: Final = 16_384
"""Bytes of one header that are read: the rest of a longer one is dropped."""

_FOLD: Final = re.compile(r"[\r\n]+[ \t]*")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Word(NamedTuple):
    """An encoded word: its charset, its bytes, and where it ends."""

    charset: str
    data: bytes
    end: int


def text(raw: bytes, charset: str = "") -> str:
    """A header's value as a person reads it, on one line.

    Args:
        raw: the value as it stood in the mail, folding included.
        charset: the body's charset, for undeclared 8-bit headers, or "".
    """
    value = unfold(raw, charset)
    return decode(value) if "=?" in value else value


def unfold(raw: bytes, charset: str = "") -> str:
    """The value on one line, its encoded words untouched."""
    if not raw:
        return ""
    raw = raw[:LIMIT]
    value = raw.decode("ascii") if raw.isascii() and b"\x1b" not in raw else _undeclared(raw, charset)
    if "\n" in value or "\r" in value:
        value = _FOLD.sub(" ", value)
    return value.strip() if value.isprintable() else _CONTROL.sub("", value).strip()


def _undeclared(raw: bytes, charset: str) -> str:
    """Text of an 8-bit header: UTF-8 (RFC 6532), else as the body."""
    try:
        return charsets.clean(raw.decode("utf-8")) if not raw.isascii() else charsets.to_text(raw, charset)[0]
    except UnicodeDecodeError:
        return charsets.to_text(raw, charset)[0]


def decode(value: str) -> str:
    """Decode every encoded word; neighbours of one charset are joined first, since some cut through a character."""
    done: list[str] = []
    waiting: Word | None = None
    at = 0
    while (start := value.find("=?", at)) >= 0:
        word = _word(value, start)
        between = value[at:start]
        if word is None:
            done.append(_flush(waiting) + between + "=?")
            waiting, at = None, start + 2
            continue
        if waiting is None:
            done.append(between)
            waiting = word
        elif between.strip():
            done.append(_flush(waiting) + between)
            waiting = word
        elif word.charset.lower() == waiting.charset.lower():
            waiting = Word(word.charset, waiting.data + word.data, word.end)
        else:
            done.append(_flush(waiting))
            waiting = word
        at = word.end
    done.append(_flush(waiting) + value[at:])
    return _CONTROL.sub("", _FOLD.sub(" ", "".join(done))).strip()


def _word(value: str, start: int) -> Word | None:
    """The encoded word at `start`, also with blanks or question marks inside, or with its end missing."""
    mark = value.find("?", start + 2, start + 80)
    if mark < 0 or value[mark + 2 : mark + 3] != "?" or value[mark + 1] not in "bBqQ":
        return None
    end = value.find("?=", mark + 3)
    if value[mark + 1] in "qQ" and end == mark + 3 and value[end + 2 : end + 4].isalnum():
        end = value.find("?=", end + 2)  # "=?utf-8?q?=E2...": the "?=" belongs to the first encoded byte
    stop, after = (len(value), len(value)) if end < 0 else (end, end + 2)
    body = value[mark + 3 : stop]
    data = _bytes(body, value[mark + 1])
    return None if data is None else Word(value[start + 2 : mark].split("*", 1)[0], data, after)


def _bytes(body: str, encoding: str) -> bytes | None:
    raw = body.encode("utf-8")
    if encoding in "bB":
        try:
            return transfer.base64(raw)
        except (binascii.Error, ValueError):
            return None
    return binascii.a2b_qp(raw.replace(b"_", b" "), header=False)


def _flush(word: Word | None) -> str:
    return charsets.to_text(word.data, word.charset)[0] if word is not None else ""
