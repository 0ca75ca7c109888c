"""S/MIME and PGP: what was only signed is opened, what was encrypted is known as such (RFC 8551, 5652, 3156, 9580)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from intake.mime.model import Part

ENVELOPES: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
PIECES: Final = 100_000
"""Pieces of one content, as programs cut it while they stream."""

_SIGNED_DATA: Final = bytes.fromhex("2a864886f70d010702")
_ENVELOPED: Final = (bytes.fromhex("2a864886f70d010703"), bytes.fromhex("2a864886f70d0109100117"))
_OID, _OCTETS, _SEQUENCE, _IN_PIECES, _TAGGED = 0x06, 0x04, 0x30, 0x24, 0xA0
_ENCRYPTED: Final = frozenset({"multipart/encrypted", "application/pgp-encrypted"})

_CLEAR: Final = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:Hash: ?[^\n]{0,200}\n)*[ \t]*\n", re.MULTILINE
)
_PGP_BEGINS: Final = "-----BEGIN PGP MESSAGE-----"
_PGP_ENDS: Final = "-----END PGP MESSAGE-----"
_SIGNATURE_BEGINS: Final = "-----BEGIN PGP SIGNATURE-----"
_SIGNATURE_ENDS: Final = "-----END PGP SIGNATURE-----"


def signed_content(data: bytes) -> bytes:
    """The mail inside CMS SignedData (RFC 5652, 5.1), or nothing when there is none; the signature is not checked.

    Args:
        data: a ContentInfo in BER, as S/MIME's opaque signing writes it.
    """
    try:
        at = _inside(data, 0, _SEQUENCE)
        if _value(data, at, _OID) != _SIGNED_DATA:
            return b""
        at = _inside(data, _inside(data, _after(data, at), _TAGGED), _SEQUENCE)
        at = _after(data, _after(data, at))  # version and digest algorithms
        at = _inside(data, at, _SEQUENCE)
        return _octets(data, _inside(data, _after(data, at), _TAGGED))
    except (IndexError, ValueError):
        return b""


def is_encrypted(root: Part, text: str) -> bool:
    """Whether a mail says nothing that can be read without a key.

    Args:
        root: the parsed mail.
        text: its readable text.
    """
    begins, ends = text.find(_PGP_BEGINS), text.rfind(_PGP_ENDS)
    if begins >= 0:
        text = text[:begins] + (text[ends + len(_PGP_ENDS) :] if ends > begins else "")
        return not text.strip()
    return not text.strip() and any(_is_sealed(part) for part in root.walk())


def without_armour(text: str) -> str:
    """A text without the lines that sign it in clear (RFC 9580, 7)."""
    begins = _CLEAR.search(text)
    if begins is None:
        return text
    stop = text.find(_SIGNATURE_BEGINS, begins.end())
    ends = text.find(_SIGNATURE_ENDS, stop) if stop >= 0 else -1
    signed = text[begins.end() : stop if stop >= 0 else len(text)]
    rest = text[ends + len(_SIGNATURE_ENDS) :] if ends >= 0 else ""
    plain = "\n".join(line.removeprefix("- ") for line in signed.split("\n"))
    return text[: begins.start()] + plain + rest.removeprefix("\n")


def _is_sealed(part: Part) -> bool:
    if part.content_type in _ENCRYPTED:
        return True
    wrapped = part.content_type in ENVELOPES or part.name.lower().endswith(".p7m")
    declared = "enveloped-data" in part.headers.ascii("content-type").lower()
    return wrapped and not part.children and (declared or any(oid in part.content[:64] for oid in _ENVELOPED))


def _header(data: bytes, at: int) -> tuple[int, int, int | None]:
    """Tag, where the value begins, and its length; None when only an end mark tells it (X.690, 8.1)."""
    tag, first = data[at], data[at + 1]
    if first < 0x80:  # noqa: PLR2004 - the short form
        return tag, at + 2, first
    size = first & 0x7F
    if size == 0:
        return tag, at + 2, None
    if size > 8:  # noqa: PLR2004 - no length needs more bytes
        raise ValueError(size)
    return tag, at + 2 + size, int.from_bytes(data[at + 2 : at + 2 + size], "big")


def _inside(data: bytes, at: int, tag: int) -> int:
    found, start, _ = _header(data, at)
    if found != tag:
        raise ValueError(found)
    return start


def _after(data: bytes, at: int) -> int:
    _, start, length = _header(data, at)
    if length is None:
        raise ValueError(at)
    return start + length


def _value(data: bytes, at: int, tag: int) -> bytes:
    return data[_inside(data, at, tag) : _after(data, at)]


def _octets(data: bytes, at: int) -> bytes:
    """An octet string, whole or in pieces."""
    tag, start, length = _header(data, at)
    if tag == _OCTETS and length is not None:
        return data[start : start + length]
    if tag != _IN_PIECES:
        raise ValueError(tag)
    stop = len(data) if length is None else min(len(data), start + length)
    found: list[bytes] = []
    while start < stop and data[start] == _OCTETS and len(found) < PIECES:
        found.append(_value(data, start, _OCTETS))
        start = _after(data, start)
    return b"".join(found)
