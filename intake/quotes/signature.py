"""The signature at a reply's end: delimiter, closing words, mobile lines, list footers, disclaimers."""

# ruff: noqa: RUF001 - letters, dashes and colons of other scripts are the very matter here

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from intake.quotes import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

TALLEST: Final = 25
"""Lines after a delimiter that can still be a signature."""
WIDEST: Final = 70
"""Letters of a signature's line."""
BELOW: Final = 7
"""Lines that may follow the closing words."""

FOOTER: Final = 12
"""Lines of a list's or company's footer under a drawn line."""
CARD: Final = 5
"""Lines with name and address that may stand below "Sent from my phone"."""
NAME: Final = 30
"""Letters of a name on the line of the closing words: "Regards, Jane Doe"."""

_RULE: Final = re.compile(r"[ \t]*(?:[_*=~]{8,}|-{10,}|[—–]{5,})[ \t]*")
_DRAWN: Final = frozenset("_*=~-—–")
_BY_NAME: Final = re.compile(r"[-/~—–] ?[^\W\d_][\w .'-]{0,40}")
_DELIMITERS: Final = frozenset({"--", "-- ", "—", "– –", "--=20", "__"})


def begins_at(lines: Sequence[str]) -> int:
    """The number of the line where the signature begins; the number of lines when there is none.

    Args:
        lines: the reply, quotes taken out.
    """
    end = len(lines)
    for find in (_delimiter, _disclaimer, _rule, _mobile, _closing):
        end = min(end, find(lines[:end]))
    return end


def is_rule(line: str) -> bool:
    """Whether a line is only drawn."""
    return line.lstrip(" \t")[:1] in _DRAWN and _RULE.fullmatch(line[:200]) is not None


def _delimiter(lines: Sequence[str]) -> int:
    """RFC 3676, 4.3: two dashes and a blank; many programs lose the blank."""
    for number in range(max(0, len(lines) - TALLEST), len(lines)):
        if lines[number].strip("\xa0 ") in _DELIMITERS or lines[number] in _DELIMITERS:
            return number
    return len(lines)


def _disclaimer(lines: Sequence[str]) -> int:
    for number in range(max(1, len(lines) - TALLEST), len(lines)):
        if lines[number - 1].strip(" *_-="):
            continue  # it stands on its own
        if lines[number].strip(" *_\t").lower().startswith(phrases.DISCLAIMERS):
            return number
    return len(lines)


def _rule(lines: Sequence[str]) -> int:
    """A drawn line near the end with a mailing list's or a company's footer below."""
    for number in range(max(1, len(lines) - 14), len(lines)):
        if not is_rule(lines[number]):
            continue
        below = [line for line in lines[number + 1 :] if line.strip()]
        if len(below) <= FOOTER and all(len(line) <= 2 * WIDEST for line in below):
            return number
    return len(lines)


def _mobile(lines: Sequence[str]) -> int:
    seen = 0
    for number in range(len(lines) - 1, -1, -1):
        plain = lines[number].strip(" \t-—*_.").lower()
        if not plain:
            continue
        if _is_mobile(plain):
            return number
        seen += 1
        if seen > CARD:
            break
    return len(lines)


def _is_mobile(plain: str) -> bool:
    """Sent from my iPhone; but not a sentence that goes on: 'Sent from my desk, is much easier …'."""
    if len(plain) > WIDEST or "," in plain or not plain.startswith(phrases.SENT_FROM):
        return False
    return plain.startswith("get ") or any(device in plain for device in phrases.DEVICES)


def _closing(lines: Sequence[str]) -> int:
    """Closing words with only short lines below them, or a name after a dash as the last line."""
    below = 0
    for number in range(len(lines) - 1, 0, -1):
        plain = lines[number].strip()
        if not plain:
            continue
        if _is_closing(plain) and any(line.strip() for line in lines[:number]):
            return number
        if below == 0 and _BY_NAME.fullmatch(plain[:60]) and not lines[number - 1].strip():
            return number
        below += 1
        if below > BELOW or len(plain) > WIDEST:
            break
    return len(lines)


def _is_closing(plain: str) -> bool:
    if len(plain) > WIDEST:
        return False
    words = plain.lower().strip(" ,.!;:*_-–—，。！")
    if words in phrases.CLOSINGS:
        return True
    first = words.partition(",")[0].strip()
    return (
        first in phrases.CLOSINGS
        and len(words) - len(first) < NAME
        and first not in {"thanks", "thank you", "best", "gracias", "merci"}
    )
