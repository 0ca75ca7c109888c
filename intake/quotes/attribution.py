"""Where a quoted or forwarded mail begins: "On … wrote:", dashed lines, and blocks of From, Sent, To, Subject."""

# ruff: noqa: RUF001 - letters, dashes and colons of other scripts are the very matter here

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from intake.quotes import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence


class Marker(StrEnum):
    """What kind of beginning it is."""

    ATTRIBUTION = "attribution"
    ORIGINAL = "original message"
    HEADERS = "header block"
    FORWARD = "forwarded message"


class Beginning(NamedTuple):
    """A marker over lines `start` up to and including `end`; `kept` is text of the reply on the first line."""

    marker: Marker
    start: int
    end: int
    kept: str = ""


LONGEST: Final = 5
"""Lines that one attribution may take when it has been wrapped."""
WIDEST: Final = 400
"""Letters of a line that are looked at: an attribution is short."""

ANNOUNCEMENT: Final = 120
"""Letters of "Forwarded by NAME/UNIT on DATE"."""
BLOCK: Final = 2
"""Headers that make a block: one alone is any line with a colon."""
WRAPPED: Final = 2
"""Lines over which one header of a block may run on."""
NAME: Final = 60
"""Letters of a name on a line of its own."""
SAFE: Final = 4
"""Letters of a verb that does not stand inside other words."""

_INSIDE: Final = tuple(f" {verb} " for verb in phrases.WROTE if len(verb) >= SAFE)
_INSIDE_ENDS: Final = frozenset(verb.split()[-1] for verb in _INSIDE)
_BY_LETTER: Final = {
    letter: tuple(verb for verb in phrases.WROTE if verb[-1] == letter)
    for letter in {verb[-1] for verb in phrases.WROTE}
}
"""The verbs by their last letters."""
_DATED: Final = re.compile(r"\d{1,2}[:.h]\d\d|(?:19|20)\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}\.? ?(?:月|년|월)")
_STARTS_DATED: Final = re.compile(r"\d{1,4}[-/. 年]")
_ADDRESS: Final = re.compile(r"[^\s@<>]@[^\s@<>]")
_LABEL: Final = re.compile(r"[ \t>*_]{0,12}([^\W\d_][^:：*<>@]{0,24}?)[ \t*_]{0,4}[:：]")
_MORE: Final = re.compile(r" (date|sent|to|subject|from): ?\S", re.IGNORECASE)
_DASHES: Final = " \t-_=*~>—–•:：.#|<"
_NARROW: Final = re.compile("[\xa0\u202f]")
_DOTTED: Final = "i\u0307"
"""What lower-casing makes of the Turkish capital I with a dot."""
_DRAWN: Final = "-_=*~—–>"
_ENDS: Final = " -—_*>"
_KINDS: Final = (
    dict.fromkeys(phrases.COPY, "copy")
    | dict.fromkeys(phrases.SUBJECT, "subject")
    | dict.fromkeys(phrases.TO, "to")
    | dict.fromkeys(phrases.DATE, "date")
    | dict.fromkeys(phrases.FROM, "from")
)
_ORIGINAL: Final = frozenset(phrases.ORIGINAL)
_I_WROTE: Final = (
    "i wrote", "i have written", "i sent", "ich schrieb", "j'ai écrit", "yo escribí", "i said", "i replied",
    "we wrote", "you wrote", "i writes", "you said",
)  # fmt: skip


def beginning_at(lines: Sequence[str], at: int) -> Beginning | None:
    """The marker that ends on, or begins with, this line.

    Args:
        lines: the mail's lines.
        at: the line to look at; attributions are recognised at their last line.
    """
    plain = lines[at][:WIDEST].strip()
    if not plain.isascii():
        plain = _NARROW.sub(" ", plain)
    if not plain:
        return None
    labelled = ":" in plain or "：" in plain
    if not labelled and plain[0] not in _DRAWN and plain[-1] not in _ENDS and not _ends_with_verb(plain.lower()):
        return None  # as nearly all lines are
    return _dashed(plain, at) or _attribution(lines, at, plain) or (_headers(lines, at) if labelled else None)


def kind_of_label(line: str) -> tuple[str, str]:
    """Which header a line of a block names ("from", "date", …, or "") and its value."""
    matched = _LABEL.match(line[:WIDEST])
    if matched is None:
        return "", ""
    return _KINDS.get(" ".join(matched[1].lower().split()), ""), line[matched.end() :].strip(" *_\t")


def _dashed(plain: str, at: int) -> Beginning | None:
    drawn = plain[0] in _DRAWN and plain[:2] != "> "
    if not drawn and plain[-1] not in ":：-":
        return None
    core = plain.strip(_DASHES).lower().replace(_DOTTED, "i")
    if not core or len(core) > ANNOUNCEMENT:
        return None
    if core in _ORIGINAL and (drawn or plain.endswith((":", "-"))):
        return Beginning(Marker.ORIGINAL, at, at)
    if core.startswith(phrases.FORWARDED) and (drawn or plain.endswith(("：", ":"))):
        return Beginning(Marker.FORWARD, at, at)
    return None


def _attribution(lines: Sequence[str], at: int, plain: str) -> Beginning | None:
    low = plain.lower()
    core = low.rstrip(" -—_*>").rstrip("：: ")
    colon = low.rstrip(" -*_>").endswith((":", "："))
    verb = _ends_with_verb(core)
    if not colon and not verb and not (low.endswith(">") and "@" in low and _STARTS_DATED.match(low)):
        return None
    if verb and not colon and low == core and not _DATED.search(low):
        return None
    if core.endswith(_I_WROTE):
        return None
    start = _start(lines, at, verb=verb or _holds_verb(low))
    if start is None:
        return None
    first, kept = start
    return Beginning(Marker.ATTRIBUTION, first, at, kept)


def _ends_with_verb(low: str) -> bool:
    return low.endswith(_BY_LETTER.get(low[-1:], ()))


def _holds_verb(low: str) -> bool:
    return not _INSIDE_ENDS.isdisjoint(low.split()) and any(verb in low for verb in _INSIDE)


def _start(lines: Sequence[str], at: int, *, verb: bool) -> tuple[int, str] | None:
    """The line on which an attribution that ends at `at` begins, with the reply's words before it."""
    joined, alone = "", False
    for first in range(at, max(-1, at - LONGEST), -1):
        line = lines[first][:WIDEST].strip()
        if not line and first < at - 2 and not _ADDRESS.search(joined):
            break
        joined = f"{line} {joined}" if joined else line
        low = line.lower().lstrip(" -—*_>\"'")
        addressed = _ADDRESS.search(joined) is not None
        opens = (verb or addressed) and (low.startswith(phrases.OPENERS) or _STARTS_DATED.match(low) is not None)
        if opens and _DATED.search(joined) is not None:
            return first, ""
        shared = _shared(line)
        if shared >= 0 and verb and _DATED.search(joined[shared:]):
            return first, line[:shared].rstrip(" -")
        alone = alone or (first == at and verb and (addressed or line.startswith(("--", "—"))))
    if alone or (verb and lines[at].rstrip().endswith((":", "：")) and _DATED.search(lines[at])):
        return at - _is_wrapped_name(lines, at), ""
    return None


def _is_wrapped_name(lines: Sequence[str], at: int) -> bool:
    """Whether the line above an address in angle brackets is the name that belongs to it."""
    above = lines[at - 1].strip() if at else ""
    return lines[at].lstrip().startswith("<") and 0 < len(above) < NAME and above[-1] not in ":.,!?"


def _shared(line: str) -> int:
    """Where "On DATE" begins in a line that began with the reply itself, or -1."""
    at = line.rfind("On ", 1)
    return at if at > 0 and line[at - 1] in " -" and line[at + 3 : at + 4].isalnum() else -1


def _headers(lines: Sequence[str], at: int) -> Beginning | None:
    """A block of at least two header lines, one of them From or a date, each perhaps wrapped."""
    kind, value = kind_of_label(lines[at])
    if kind not in {"from", "date", "to", "subject"}:
        return None
    kinds, end, wrapped = {kind}, at, 0
    kinds.update(_more(value))
    for number in range(at + 1, min(at + 14, len(lines))):
        line = lines[number]
        if not line.strip(" >\t*"):
            if number + 1 < len(lines) and kind_of_label(lines[number + 1])[0]:
                continue
            break
        kind, value = kind_of_label(line)
        if kind:
            kinds.add(kind)
            kinds.update(_more(value))
            end, wrapped = number, 0
        elif wrapped < WRAPPED:
            wrapped += 1
        else:
            break
    kinds.discard("copy")
    if len(kinds) >= BLOCK and ("from" in kinds or {"date", "to"} <= kinds):
        return Beginning(Marker.HEADERS, at, end)
    return None


def _more(value: str) -> set[str]:
    """Further headers on the same line, as HTML without line breaks leaves them."""
    found = {each.lower() for each in _MORE.findall(f" {value[:WIDEST]}")}
    return {"date" if each == "sent" else each for each in found}
