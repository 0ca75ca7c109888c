"""Text laid out line by line, as the elements of a page come and go."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

LINKS: Final = 200
"""Links and indented blocks of one page that are remembered."""

_SPACES: Final = re.compile(r"[ \t\r\n\f]+")


class Indented(NamedTuple):
    """The lines of a plain blockquote; `by_hand` when it is of the kind that people make to indent their own words."""

    lines: range
    by_hand: bool = False

    def moved(self, by: int) -> Indented:
        """The same lines, counted from elsewhere."""
        return Indented(range(max(0, self.lines.start + by), max(0, self.lines.stop + by)), self.by_hand)


class Link(NamedTuple):
    """A link: the words shown, and where it leads."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    """Text with LF line ends; lines that are quoted for certain, and runs of lines that may be."""

    text: str
    quoted: frozenset[int] = frozenset()
    maybe_quoted: tuple[Indented, ...] = ()
    links: tuple[Link, ...] = ()
    defects: tuple[str, ...] = ()


@dataclass(slots=True)
class Layout:
    """Text as it is laid out, line by line."""

    lines: list[str] = field(default_factory=lambda: [""])
    quoted: set[int] = field(default_factory=set)
    maybe: list[Indented] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    inside: int = 0
    rest: bool = False
    preformatted: int = 0

    def put(self, text: str) -> None:
        """Add text to the last line; outside `pre`, white space shrinks to one blank."""
        if self.preformatted:
            first, *more = text.replace("\r\n", "\n").split("\n")
            self._append(first)
            for line in more:
                self.lines.append("")
                self._append(line)
            return
        shown = text if text.isprintable() and "  " not in text else _SPACES.sub(" ", text)
        line = self.lines[-1]
        if not line or line[-1] == " ":
            shown = shown.removeprefix(" ")
        if shown:
            self._append(shown)

    def _append(self, text: str) -> None:
        self.lines[-1] += text
        if (self.inside or self.rest) and text.strip():
            self.quoted.add(len(self.lines) - 1)

    def new_line(self) -> None:
        """Begin a line."""
        self.lines.append("")

    def block(self, *, apart: bool) -> None:
        """Begin a line unless the last one is empty; `apart` leaves an empty one between."""
        if self.lines[-1].strip():
            self.lines.append("")
        else:
            self.lines[-1] = ""
        if apart and len(self.lines) > 1 and self.lines[-2].strip():
            self.lines.append("")

    def page(self, defects: tuple[str, ...]) -> Page:
        """What was laid out, without empty lines at both ends; line numbers count from the first that is not empty."""
        empty = next((number for number, line in enumerate(self.lines) if line.strip()), 0)
        return Page(
            text="\n".join(line.rstrip(" ") for line in self.lines).strip("\n"),
            quoted=frozenset(number - empty for number in self.quoted),
            maybe_quoted=tuple(each.moved(-empty) for each in self.maybe),
            links=tuple(self.links),
            defects=defects,
        )
