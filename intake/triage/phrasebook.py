"""Phrases written in a text file, and where they stand in a mail.

A file is read at its first use. `[meaning]` begins a group; below it stand phrases separated by ";", in any language:

- `(a|b|)` one of several, or nothing; `_` one word; `..` up to three words; `#` an age under eighteen, in digits
- `stem*` a word's beginning; `~` up to ten letters (for writing without spaces)
- `! phrase` takes back what another phrase of its group finds inside or across it
- a line that begins with "//" is a remark

Accents do not matter, neither in the file nor in the mail: people leave them out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from intake.triage.vocabulary import Vocabulary

_END: Final = r"(?!\w)"
SPOTS: Final = 20
"""Places at which one phrase is looked for."""
FINDS: Final = 200
"""Times that its words are found at all, also inside longer ones."""
REACH: Final = 60
"""Letters around its rarest words in which a phrase lies."""

_CHOICE: Final = re.compile(r"\(([^()]*)\)")
_PIECE: Final = re.compile(r"(\.\.|[_#~*])")
_WILD: Final = {
    "_": r"\S{1,20}",
    "..": r"(?:\S{1,20} {1,2}){0,3}",
    "#": r"(?<!\d)(?:1[0-7]|[1-9])(?!\d)",
    "~": r"[^.!?。]{0,10}",
    "*": r"\w{0,12}",
}
_JOINED: Final = re.compile("[\u0600-\u06ff\u1100-\u11ff\u2e80-\ud7ff]")
"""Scripts that write no spaces, or fasten particles to their words."""


class Place(NamedTuple):
    """Where a phrase stands, from its first letter to the one behind its last."""

    start: int
    end: int


class Phrase(NamedTuple):
    """A phrase as it is written, without choices: the words that it always holds, and whether it takes back."""

    group: str
    anchor: str
    written: str
    denies: bool


class _Query(NamedTuple):
    """All phrases of a group around the same words: those that begin with them, and those that do not."""

    group: str
    from_here: str
    around: str
    whole: bool
    """Whether the words alone are a phrase."""
    denies: bool


class Phrasebook:
    """The groups of one file, looked for all at once."""

    def __init__(self, lines: list[str]) -> None:
        self._phrases: dict[str, list[Phrase]] = {}
        for phrase in _read(lines):
            self._phrases.setdefault(phrase.anchor, []).append(phrase)
        self._vocabulary = Vocabulary(self._phrases)
        self._queries = cache(self._put_together)

    def found(self, plain: str) -> dict[str, Place]:
        """The groups of which a phrase stands in a text, each with its earliest place.

        Args:
            plain: the text, `flat`.
        """
        said: dict[str, list[Place]] = {}
        denied: dict[str, list[Place]] = {}
        for anchor in self._vocabulary.found(plain):
            spots = _spots(plain, anchor)
            for query in self._queries(anchor):
                (denied if query.denies else said).setdefault(query.group, []).extend(
                    _matches(query, anchor, plain, spots)
                )
        places = {group: _undenied(found, denied.get(group, [])) for group, found in said.items() if found}
        return {group: place for group, place in places.items() if place}

    def _put_together(self, anchor: str) -> list[_Query]:
        """What is looked for around some words; only when they are first met, for most never are."""
        gathered: dict[tuple[str, bool], list[str]] = {}
        for phrase in self._phrases[anchor]:
            gathered.setdefault((phrase.group, phrase.denies), []).append(_source(phrase.written))
        return [_query(anchor, group, sources, denies=denies) for (group, denies), sources in gathered.items()]


@cache
def phrasebook(name: str) -> Phrasebook:
    """The phrases of a file beside this module, read once."""
    file = resources.files("intake.triage").joinpath(name)
    return Phrasebook(file.read_text(encoding="utf-8").splitlines())


def flat(low: str) -> str:
    """A text in lower case without accents and lines, letter by letter in its place."""
    return low.replace("\n", " ") if low.isascii() else low.translate(_folding())


@cache
def _folding() -> dict[int, str]:
    table = {0x0A: " ", 0x2019: "'", 0x2018: "'", 0x0111: "d", 0x00DF: "s", 0x0131: "i", 0x3000: " ", 0xA0: " "}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table.setdefault(code, base)
    return table


def _undenied(found: list[Place], denied: list[Place]) -> Place | None:
    left = (place for place in found if not any(no.start < place.end and place.start < no.end for no in denied))
    return min(left, default=None)


def _spots(plain: str, anchor: str) -> list[int]:
    """Where words begin that a phrase always holds."""
    spots: list[int] = []
    spaced = _is_spaced(anchor[0])
    at = plain.find(anchor)
    for _ in range(FINDS):
        if at < 0 or len(spots) == SPOTS:
            break
        if not (spaced and at and plain[at - 1].isalpha()):
            spots.append(at)
        at = plain.find(anchor, at + 1)
    return spots


def _matches(query: _Query, anchor: str, plain: str, spots: list[int]) -> Iterator[Place]:
    for spot in spots:
        end = spot + len(anchor)
        if query.whole and _alone(plain, spot, end):
            yield Place(spot, end)
            continue
        found = _compiled(query.from_here).match(plain, spot, end + REACH) if query.from_here else None
        if found is None and query.around:
            found = _compiled(query.around).search(plain, max(0, spot - REACH), end + REACH)
        if found:
            yield Place(*found.span())


def _alone(plain: str, start: int, end: int) -> bool:
    """Whether words are not a part of longer ones, where a script parts its words."""
    before = start and _is_spaced(plain[start]) and (plain[start - 1].isalnum() or plain[start - 1] == "_")
    return not before and not (
        end < len(plain) and _is_spaced(plain[end - 1]) and (plain[end].isalnum() or plain[end] == "_")
    )


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


def _read(lines: list[str]) -> Iterator[Phrase]:
    group = ""
    for line in lines:
        if line.startswith("["):
            group = line.strip("[] ")
        elif not line.startswith("//"):
            for written in filter(None, map(str.strip, line.split(";"))):
                for each in _choices(flat(written.removeprefix("!").strip().lower())):
                    yield _phrase(group, " ".join(each.split()), denies=written.startswith("!"))


def _choices(written: str) -> Iterator[str]:
    choice = _CHOICE.search(written)
    if choice is None:
        yield written
        return
    for one in choice[1].split("|"):
        yield from _choices(written[: choice.start()] + one + written[choice.end() :])


def _phrase(group: str, written: str, *, denies: bool) -> Phrase:
    anchor = max((piece.strip() for piece in _pieces(written)[::2]), key=len)
    return Phrase(group, anchor, written, denies)


def _query(anchor: str, group: str, sources: list[str], *, denies: bool) -> _Query:
    whole = _source(anchor)
    leading = whole.removesuffix(_END)
    rest = [source for source in sources if source != whole]
    return _Query(
        group,
        "|".join(source for source in rest if source.startswith(leading)),
        "|".join(source for source in rest if not source.startswith(leading)),
        len(rest) < len(sources),
        denies,
    )


def _source(written: str) -> str:
    """The expression that finds a phrase."""
    pieces = (_WILD.get(piece) or re.escape(piece).replace(r"\ ", " {1,2}") for piece in _pieces(written) if piece)
    return _bounded(written, "".join(pieces))


def _pieces(written: str) -> list[str]:
    """The words of a phrase and, between them, its wild cards."""
    return _PIECE.split(written.replace(".. ", ".."))


def _bounded(written: str, source: str) -> str:
    before = r"(?<!\w)" if _is_spaced(written[0]) else ""
    after = _END if _is_spaced(written[-1]) else ""
    return before + source + after


def _is_spaced(letter: str) -> bool:
    return letter.isalnum() and not _JOINED.match(letter)
