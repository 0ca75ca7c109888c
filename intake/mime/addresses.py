"""Address lists (RFC 5322, 3.4) as people and programs really write them, in one pass over the letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from intake.mime import words
from intake.mime.model import Address

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHOLE: Final = re.compile(r"[^\s@\"<>]{1,64}@[^\s@\"<>]{1,255}")
# Nearly every mailbox: an address, or a name without special letters (it may be encoded) and one in angle brackets.
_PLAIN: Final = re.compile(
    r"""\s*(?:"([^"\\<>]*)"\s*|([^"'\\<>()@,;:]*))<([^\s"'\\<>()@,;:=?]{1,64}@[^\s"'\\<>()@,;:=?]{1,255})>\s*"""
    r"""|\s*([^\s"'\\<>()@,;:=?]{1,64}@[^\s"'\\<>()@,;:=?]{1,255})\s*"""
)
MOST: Final = 1_000
"""Mailboxes of one field that are read."""


def read(raw: bytes, charset: str = "") -> tuple[Address, ...]:
    """All mailboxes of a From, To, Cc or Reply-To field; groups are opened, comments and routes dropped.

    Args:
        raw: the field's value as it stood in the mail.
        charset: the body's charset, for undeclared 8-bit, or "".
    """
    value = words.unfold(raw, charset)
    if not value:
        return ()
    plain = _PLAIN.fullmatch(value)
    if plain is not None:
        return (Address(_tidy((plain[1] or plain[2] or "").strip()), plain[3] or plain[4]),)
    found = [mailbox for entry in _entries(value) if (mailbox := _mailbox(*entry)) is not None]
    return tuple(_rejoined(found))


class _Scanner:
    """Letters sorted into display name, angle address and comment, until a comma or semicolon ends the entry."""

    __slots__ = ("angle", "comment", "depth", "escaped", "has_angle", "inside", "name", "quoted")

    def __init__(self) -> None:
        self.name: list[str] = []
        self.angle: list[str] = []
        self.comment: list[str] = []
        self.depth = 0
        self.escaped = self.inside = self.has_angle = self.quoted = False

    def ends_at(self, letter: str) -> bool:
        return letter in ",;" and not (self.inside or self.depth or self.quoted or self.escaped)

    def entry(self) -> tuple[str, str, str]:
        angle = "".join(self.angle).strip() if self.has_angle else ""
        return "".join(self.name).strip(), angle, "".join(self.comment)

    def take(self, letter: str) -> None:
        if self.escaped:
            (self.comment if self.depth else self._here()).append(letter)
            self.escaped = False
        elif letter == "\\" and (self.quoted or self.depth):
            self.escaped = True
        elif self.depth:
            self.depth += (letter == "(") - (letter == ")")
            if self.depth:
                self.comment.append(letter)
        elif letter == '"':
            self.quoted = not self.quoted
            if self.inside:
                self.angle.append(letter)
        elif self.quoted:
            self._here().append(letter)
        else:
            self._plain(letter)

    def _here(self) -> list[str]:
        return self.angle if self.inside else self.name

    def _plain(self, letter: str) -> None:
        match letter:
            case "(" if not self.inside:
                self.depth = 1
                if self.comment:
                    self.comment.append(" ")
            case "<" if not self.inside:
                self.inside = True
                if self.has_angle:  # "Name <a@b> <c@d>": the last one counts, the first becomes part of the name
                    self.name.extend(self.angle)
                    self.angle.clear()
                self.has_angle = True
            case ">" if self.inside:
                self.inside = False
            case ":" if not self.inside and "@" not in self.name:
                self.name.clear()  # a group's name (RFC 5322, 3.4); its members follow
                self.comment.clear()
            case _:
                self._here().append(letter)


def _entries(value: str) -> Iterator[tuple[str, str, str]]:
    """Name, angle address and comment of each entry."""
    if value.count('"') % 2:
        value = value.replace('"', "")  # an unclosed quote would swallow all that follows
    now, given = _Scanner(), 0
    for letter in value:
        if now.ends_at(letter):
            yield now.entry()
            now, given = _Scanner(), given + 1
            if given >= MOST:
                return
        else:
            now.take(letter)
    yield now.entry()


def _mailbox(name: str, angle: str, comment: str) -> Address | None:
    if angle:
        return Address(_tidy(name.strip("<>")) or _tidy(comment), _address(angle))
    whole = words.decode(name) if "=?" in name else name
    if "<" in whole and "@" in whole:  # the whole mailbox was put into one encoded word
        shown, _, rest = whole.partition("<")
        return Address(_tidy(shown), _address(rest.partition(">")[0]))
    if "@" not in whole:
        return Address(_tidy(name), "") if name else None
    before, at, after = whole.rpartition("@")
    pieces = before.split()
    # "Jane Doe jane@example.org": the last word before the @ is the mailbox, the rest a name.
    local = pieces[-1] if pieces else ""
    return Address(_tidy(" ".join(pieces[:-1])) or _tidy(comment), _address(f"{local}{at}{after.strip()}"))


def _tidy(name: str) -> str:
    shown = words.decode(name) if "=?" in name else name
    shown = " ".join(shown.split())
    return shown.strip("'\" ") if shown[:1] in "'\"" else shown


def _address(given: str) -> str:
    address = words.decode(given) if "=?" in given else given
    if address.startswith("@") and ":" in address:
        address = address.rpartition(":")[2]  # an obsolete route (RFC 5322, 4.4)
    address = address.removeprefix("mailto:")
    if address.startswith("[") and address.endswith("]"):
        address = address[1:-1]
    whole = [word for word in address.split() if _WHOLE.fullmatch(word)]
    if len(whole) == 1:
        return whole[0].strip("<>'")  # other words strayed in
    return "".join(address.split()).strip("<>'") if '"' not in address else address.strip("<> ")


def _rejoined(found: list[Address]) -> Iterator[Address]:
    """Join a name to the mailbox after it: "Doe, Jane <jane@…>" without quotes falls into two at its comma."""
    waiting = ""
    for each in found:
        if each.address:
            yield Address(f"{waiting}, {each.name}" if waiting and each.name else waiting or each.name, each.address)
            waiting = ""
        elif each.name:
            waiting = f"{waiting}, {each.name}" if waiting else each.name
    if waiting:
        yield Address(waiting, "")
