"""A mail's text taken apart: what was newly written, its signature, what is quoted, what is forwarded."""

# ruff: noqa: RUF001 - letters, dashes and colons of other scripts are the very matter here

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from intake.mime import addresses
from intake.quotes import signature
from intake.quotes.attribution import Beginning, Marker, beginning_at, kind_of_label

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from intake.body import Indented

__all__ = ["Forwarded", "Split", "split"]

LINES: Final = 8_000
"""Lines that are looked at; the rest of a longer text counts as quoted."""


HEAD: Final = 30
"""Lines in which the headers of a forwarded mail are looked for."""
VERB: Final = 12
"""Letters of "wrote:" and its like, when a wrapped attribution left it alone on a line."""
ADDRESS: Final = 500
"""Letters of a forwarded mail's sender in which an address is looked for."""

_AROUND: Final = re.compile(r"mailto:|[\[\]*]", re.IGNORECASE)
"""What programs put around an address that was a link, or in bold."""
_WITH_AT: Final = re.compile(r"[^\s<>()\",;:]*@[^\s<>()\",;:]*")
_MAILBOX: Final = re.compile(r"[^\s@<>()\[\],;:\"\\|]+@[^\W_](?:[\w-]*\.)+[\w-]*[^\W_]")


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A mail carried inside another: its sender, date and subject as they stood there, and its text."""

    sender: str = ""
    date: str = ""
    subject: str = ""
    text: str = ""

    @property
    def address(self) -> str:
        """The sender's address, where exactly one plain mailbox stands there; "" else. A stranger may have typed it."""
        shown = _AROUND.sub(" ", self.sender[:ADDRESS])
        named = {each.address.lower(): each.address for each in addresses.read(shown.encode("utf-8", "replace"))}
        written = {each.strip("'").lower() for each in _WITH_AT.findall(shown)}
        address = named.popitem()[1] if len(written) == 1 and written == set(named) else ""
        return address if _MAILBOX.fullmatch(address) else ""


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of a text."""

    reply: str
    signature: str = ""
    quoted: str = ""
    forwarded: Forwarded | None = None


@dataclass(slots=True)
class _Sorted:
    reply: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    forwarded: list[str] = field(default_factory=list)
    carried: bool = False


def split(
    text: str,
    *,
    quoted: Collection[int] = frozenset(),
    maybe_quoted: Sequence[Indented] = (),
    forward: bool = False,
) -> Split:
    """Take a text apart, in one pass over its lines.

    Args:
        text: the readable text, LF line ends.
        quoted: numbers of lines that the HTML marks as quoted for certain.
        maybe_quoted: runs of lines in plain blockquotes, which people also use to indent their own words.
        forward: whether the subject says that the mail is a forward.
    """
    lines = text.split("\n")
    marked = set(quoted) | _weak(lines, maybe_quoted)
    found = _sort(lines[:LINES], marked, forward=forward)
    found.quoted.extend(lines[LINES:])
    reply = _trimmed(found.reply)
    end = signature.begins_at(reply)
    written = "\n".join(_trimmed(reply[:end])).strip()
    carried = _carried(found.forwarded) if found.carried else None
    if not written and carried is None and end == len(reply) and not quoted and maybe_quoted:
        written = text.strip()
    return Split(written, "\n".join(reply[end:]).strip(), "\n".join(found.quoted).strip("\n"), carried)


def is_quoted(line: str) -> bool:
    """Whether a line carries the mark of a quote (RFC 3676, 4.5); ">>> text <<<" is decoration."""
    plain = line.lstrip(" \t")
    return plain.startswith((">", "＞")) and not plain.rstrip().endswith("<<")


def _weak(lines: Sequence[str], maybe_quoted: Sequence[Indented]) -> set[int]:
    """Of plain blockquotes, those under or with an attribution; else the last one that a program made."""
    outer: list[Indented] = []
    for each in reversed(maybe_quoted):  # the outer one ends last
        if not outer or each.lines.start < outer[-1].lines.start:
            outer.append(each)
    sure = [each for each in outer if _introduced(lines, each.lines)]
    chosen = sure or [each for each in outer if not each.by_hand][:1]
    return {number for each in chosen for number in each.lines}


def _introduced(lines: Sequence[str], run: range) -> bool:
    """Whether an attribution stands right above a run of lines, or at its beginning."""
    last = len(lines)
    above = [number for number in range(max(0, run.start - 3), min(run.start, last)) if lines[number].strip()]
    inside = [number for number in range(run.start, min(run.stop, last)) if lines[number].strip()][:2]
    return any(beginning_at(lines, number) is not None for number in (*above[-1:], *inside))


def _sort(lines: Sequence[str], marked: set[int], *, forward: bool) -> _Sorted:
    """What begins on a quoted line is an older mail's, but for a wrapped "> wrote:"."""
    found = _Sorted()
    carets = [*map(is_quoted, lines), False]  # the last one stands around the first line and the last
    at = 0
    while at < len(lines):
        line = lines[at]
        old = at in marked
        quoted = old or carets[at]
        beginning = None if old or (quoted and len(line.strip(" >\t")) > VERB) else beginning_at(lines, at)
        if beginning is None:
            quoted = quoted or (carets[at - 1] and carets[at + 1] and _runs_over(lines, at))
            (found.quoted if quoted else found.reply).append(line)
            at += 1
            continue
        _take_back(found, beginning, at)
        after = beginning.end + 1
        match _what_follows(lines, marked, found, beginning, forward=forward):
            case "forward":
                found.carried = True
                found.forwarded.extend(lines[beginning.start :])
                return found
            case "rest":
                found.quoted.extend(lines[beginning.start :])
                return found
            case _:
                found.quoted.extend(lines[beginning.start : after])
                at = after
    return found


def _runs_over(lines: Sequence[str], at: int) -> bool:
    """Whether a line between quoted ones is the rest of a link that was wrapped and lost its mark."""
    above, plain = lines[at - 1][:2_000], lines[at].strip()
    return above.count("(") > above.count(")") or plain.startswith(("(http", "<http"))


def _take_back(found: _Sorted, beginning: Beginning, at: int) -> None:
    """The first lines of a wrapped attribution were taken for the reply: take them back."""
    for _ in range(at - beginning.start):
        if found.reply:
            found.reply.pop()
    if beginning.kept:
        found.reply.append(beginning.kept)


def _what_follows(
    lines: Sequence[str], marked: set[int], found: _Sorted, beginning: Beginning, *, forward: bool
) -> str:
    """Whether the rest is a forwarded mail, a quote to the end, or only as much as is marked."""
    following = next((number for number in range(beginning.end + 1, len(lines)) if lines[number].strip()), None)
    is_marked = following is not None and (following in marked or is_quoted(lines[following]))
    empty = not any(line.strip() for line in found.reply)
    match beginning.marker:
        case Marker.FORWARD:
            return "forward"
        case Marker.HEADERS if empty and not found.quoted and not is_marked:
            return "forward" if forward else "header"
        case Marker.HEADERS if forward and not is_marked:
            return "forward"
        case Marker.ATTRIBUTION if is_marked:
            return "header"
        case Marker.HEADERS | Marker.ORIGINAL if is_marked and not empty:
            return "header"
        case _:
            return "rest"


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Without empty and drawn lines at the end, and empty ones at the beginning."""
    kept = list(lines)
    while kept and (not kept[-1].strip() or signature.is_rule(kept[-1])):
        kept.pop()
    first = next((number for number, line in enumerate(kept) if line.strip()), 0)
    return kept[first:]


def _carried(lines: Sequence[str]) -> Forwarded:
    """Read the headers at the top of a forwarded mail, in whatever language its program writes them."""
    values: dict[str, str] = {}
    head = 0
    for line in lines[:HEAD]:
        kind, value = kind_of_label(line)
        if kind:
            values.setdefault(kind, value)
        elif values and not line.strip():
            break
        head += 1
    text = "\n".join(lines[head:] if values else lines[1:]).strip()
    return Forwarded(values.get("from", ""), values.get("date", ""), values.get("subject", ""), text)
