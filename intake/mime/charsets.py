"""Bytes to text when the charset label is missing, unknown or lying."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import Final

SAMPLE: Final = 4_096
"""How many bytes a guess may look at: guessing is slow, and more does not make it better."""

# Labels that programs write for another charset than the one they use. As in the WHATWG Encoding Standard, a label
# stands for the superset that is really sent (Latin-1 for Windows-1252, GB 2312 for GB 18030).
ALIASES: Final = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ansi": "cp1252",
    "us-ascii": "ascii",
    "ansi_x3.4-1968": "ascii",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "gbk": "gb18030",
    "cn-gb": "gb18030",
    "big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_2",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-unicode-2-0-utf-7": "utf-7",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "koi8": "koi8-r",
}
# Their bytes may all be below 0x80 without being ASCII, so that the short way must not be taken.
STATEFUL: Final = frozenset({"utf-7", "hz", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
MULTIBYTE: Final = frozenset({"gb18030", "big5hkscs", "cp949", "cp932", "euc_jp", "johab"})
_NOT_TEXT: Final = frozenset({"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "unicode_escape", "undefined"})
_NOT_TEXT_TOO: Final = frozenset({"raw_unicode_escape", "idna", "punycode", "mbcs", "oem", "charmap"})
_WINDOWS: Final = re.compile(r"(?:x-)?(?:win|windows|cp|ibm|ms|win-cp|windows-cp)[-_ ]?(\d{3,4})")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
ESCAPE: Final = b"\x1b"
_UNLIKELY: Final = ("mac", "cp4", "cp8", "cp5", "cp1250", "hp", "cp10", "cp7", "utf")
_PLAIN: Final = b"Az 09"
"""No mail is written in a charset in which these bytes are other letters."""


def to_text(data: bytes, label: str = "") -> tuple[str, str]:
    """Decode text as it was most likely meant.

    Args:
        data: the bytes, transfer encoding already undone.
        label: the charset the sender named, or "".

    Returns:
        The text without surrogates and NULs, and a defect in words, or "" when the label told the truth.
    """
    codec = known_codec(label)
    if codec not in STATEFUL and data.isascii() and (ESCAPE not in data or not codec.startswith("iso2022")):
        if ESCAPE in data and b"\x1b$" in data:
            return clean(data.decode("iso2022_jp_2", "replace")), "charset guessed"
        return clean(data.decode("ascii")), ""
    text, defect = _decode(data, label, codec)
    return clean(text), defect


def clean(text: str) -> str:
    """The text without NULs, lone surrogates and byte-order mark: JSON, SQLite and Slack choke on them."""
    if "\0" in text:
        text = text.replace("\0", "")
    text = text.removeprefix("\ufeff")
    if text.isascii():
        return text
    return _SURROGATE.sub("\ufffd", text)


@lru_cache(maxsize=512)
def known_codec(label: str) -> str:
    """Python's codec for a charset label as found in the wild, or "" when there is none."""
    name = label.strip().strip("\"'").strip().lower()[:64].replace("charset=", "")
    name = name.split("*", 1)[0].split(";", 1)[0].strip()
    if name in ALIASES:
        return ALIASES[name]
    windows = _WINDOWS.fullmatch(name)
    if windows:
        name = f"cp{windows[1]}"
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    if found.replace("-", "_") in _NOT_TEXT or found in _NOT_TEXT_TOO:
        return ""
    return ALIASES.get(found, found)


def _decode(data: bytes, label: str, codec: str) -> tuple[str, str]:
    if codec not in STATEFUL and not data.isascii():
        # Undeclared UTF-8, or UTF-8 under another name: hardly any other text is valid UTF-8 by chance, but for a few
        # Chinese and Korean words, whose two bytes can look like one Latin letter.
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            if codec not in MULTIBYTE or any(letter >= "\u0800" for letter in text):
                return text, "" if codec == "utf-8" else "charset guessed"
    if codec:
        try:
            return data.decode(codec), ""
        except (UnicodeError, ValueError):
            text = data.decode(codec, "replace")
        if codec != "ascii" and text.count("\ufffd") * 20 <= len(text):
            return text, f"bytes that are not {label[:40]}"
    return _guess(data), "charset guessed"


def _guess(data: bytes) -> str:
    """Ask charset-normalizer, by a sample; Windows-1252 when it does not know."""
    from charset_normalizer import from_bytes  # imported late: most mails tell the truth, and it takes 50 ms

    sample = _interesting(data)
    best = from_bytes(sample, steps=3, chunk_size=512, preemptive_behaviour=False).best()
    codec = known_codec(best.encoding) if best is not None else ""
    # Short Western text is often taken for something far away: with few other bytes than ASCII, trust Windows-1252.
    if not codec or codec.startswith(_UNLIKELY) or _PLAIN.decode(codec, "replace") != _PLAIN.decode("ascii"):
        codec = "cp1252"
    return data.decode(codec, "replace")


def _interesting(data: bytes) -> bytes:
    """The stretch with the first bytes beyond ASCII, since only these tell charsets apart."""
    if len(data) <= SAMPLE:
        return data
    first = next((at for at in range(0, len(data), 256) if not data[at : at + 256].isascii()), 0)
    start = max(0, first - 64)
    return data[start : start + SAMPLE]
