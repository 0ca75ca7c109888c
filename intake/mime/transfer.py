"""Content-Transfer-Encoding undone, also where it is misspelt or broken (RFC 2045, 6)."""

from __future__ import annotations

import binascii
import re
from typing import Final

_SOFT_BREAK: Final = re.compile(rb"=[ \t]{1,76}(?=\r?\n)")
_PADDED: Final = re.compile(rb"={1,4}")
_BASE64: Final = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
_LINE_ENDS: Final = b"\r\n"
_DROPPED: Final = _BASE64 + b"="
_LIE: Final = 0.05

SAMPLE: Final = 8_192
"""Bytes by which text that only claims to be base64 is told."""
TAIL: Final = 8
"""Bytes in which the last padding and a line end fit."""
CHUNKS: Final = 1_000
"""Pieces with a padding of their own that one body may consist of."""


def undo(data: bytes, encoding: str) -> bytes:
    """Undo a transfer encoding; what cannot be decoded stays as it came.

    Args:
        data: the body of a part as it stood in the mail.
        encoding: the field's value in lower case, as found.
    """
    match encoding.split(";", 1)[0].strip(" \t\"'"):
        case "base64" | "base-64" | "base 64" | "b":
            return base64(data)
        case "quoted-printable" | "quoted printable" | "quotedprintable" | "q" | "qp":
            return quoted_printable(data)
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            return uuencoded(data)
        case _:
            return data


def base64(data: bytes) -> bytes:
    """Decode base64 with its padding missing, doubled or in the middle; text that only claims to be base64 stays."""
    sample = data[:SAMPLE]
    strange = len(sample) - len(sample.translate(None, _BASE64.translate(None, _LINE_ENDS)))
    if strange > len(sample) * _LIE:
        return data
    padding = data.find(b"=")
    if padding < 0 or len(data) - padding <= TAIL:
        try:
            return binascii.a2b_base64(data)  # at once, since copies of a big attachment add up
        except binascii.Error:
            pass
    pieces = _PADDED.split(data, CHUNKS) if padding >= 0 else [data]
    return b"".join(_quads(piece.translate(None, _DROPPED)) for piece in pieces if piece)


def quoted_printable(data: bytes) -> bytes:
    """Decode quoted-printable; soft breaks followed by blanks count too."""
    if b"= " in data or b"=\t" in data:
        data = _SOFT_BREAK.sub(b"=", data)
    return binascii.a2b_qp(data)


def uuencoded(data: bytes) -> bytes:
    """Decode the lines between `begin` and `end`; the text itself when there is no such block."""
    lines = iter(data.splitlines())
    if not any(line.startswith(b"begin ") for line in lines):
        return data
    found = []
    for line in lines:
        if line.strip() in {b"end", b"`"}:
            break
        try:
            found.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Some writers miscount; RFC-less common practice is to cut the line to what its length byte says.
            wanted = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
            found.append(_cut(line[:wanted]))
    return b"".join(found)


def _quads(letters: bytes) -> bytes:
    rest = len(letters) % 4
    if rest == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _cut(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        return b""
