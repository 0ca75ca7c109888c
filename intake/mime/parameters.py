"""Content-Type and Content-Disposition: the value and its parameters, RFC 2231 included."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote_to_bytes

from intake.mime import charsets, words

MOST: Final = 64
"""Parameters of one header that are read."""

QUOTES: Final = 2
"""Marks in charset'language'value."""

_CONTINUED: Final = re.compile(r"([^*]{1,60})(?:\*(\d{1,3}))?(\*)?")


def split(raw: bytes) -> tuple[str, dict[str, str]]:
    """A structured header's value in lower case, and its parameters by lower-case name, decoded.

    Args:
        raw: the header's value as it stood in the mail; 8-bit and encoded words inside are decoded too.
    """
    value = words.unfold(raw)
    if ";" not in value:
        return value.lower(), {}
    pieces = _pieces(value)
    plain: dict[str, str] = {}
    continued: dict[str, dict[int, tuple[str, bool]]] = {}
    for piece in pieces[1 : MOST + 1]:
        key, equals, given = piece.partition("=")
        matched = _CONTINUED.fullmatch(key.strip().lower())
        if not equals or matched is None:
            continue
        name, section, percent = matched[1], matched[2], bool(matched[3])
        if section is None and not percent:
            plain.setdefault(name, words.decode(_unquote(given)))
        else:
            continued.setdefault(name, {}).setdefault(int(section or 0), (_unquote(given), percent))
    return pieces[0].strip().lower(), plain | {name: _joined(found) for name, found in continued.items()}


def _pieces(value: str) -> list[str]:
    """Split at semicolons outside quotes, in one pass."""
    if '"' not in value:
        return value.split(";")
    pieces, start, quoted, escaped = [], 0, False, False
    for at, letter in enumerate(value):
        if escaped:
            escaped = False
        elif letter == "\\" and quoted:
            escaped = True
        elif letter == '"':
            quoted = not quoted
        elif letter == ";" and not quoted:
            pieces.append(value[start:at])
            start = at + 1
    return [*pieces, value[start:]]


def _unquote(given: str) -> str:
    given = given.strip()
    if given.startswith('"'):
        end = given.rfind('"')
        inner = given[1:end] if end > 0 else given[1:]
        # Only quotes are unescaped: Windows paths arrive with single backslashes.
        return inner.replace('\\"', '"').replace("\\\\", "\\")
    return given.strip("'") if given.startswith("'") and "''" not in given else given


def _joined(sections: dict[int, tuple[str, bool]]) -> str:
    """Put continuations together; the charset stands in the first encoded section (RFC 2231, 4.1)."""
    charset, data = "", bytearray()
    for number in sorted(sections):
        given, percent = sections[number]
        if not percent:
            data += given.encode("utf-8", "replace")
            continue
        if given.count("'") >= QUOTES and not charset:
            charset, _, given = given.split("'", 2)
        data += unquote_to_bytes(given)
    joined = charsets.to_text(bytes(data), charset)[0]
    return words.decode(joined) if "=?" in joined else joined
