"""A text as a machine must read it to see what a person sees: one kind of digit, dash and space, nothing invisible."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plain:
    """A text made plain, and where each of its characters stood before."""

    text: str
    places: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the plain text stands in the one that it was made of; the piece is not empty."""
        return self.places[start], self.places[end - 1] + 1


def read_plainly(text: str) -> Plain:
    """Make digits, dashes, spaces and wide letters the usual ones, and leave out what has no width."""
    if text.isascii():
        return Plain(text, range(len(text)))
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for usual in _usual(sign):
            signs.append(usual)
            places.append(place)
    return Plain("".join(signs), places)


def _usual(sign: str) -> str:
    if sign.isascii():
        return sign
    decimal = unicodedata.decimal(sign, None)
    if decimal is not None:
        return str(decimal)
    match unicodedata.category(sign):
        case "Cf":
            return ""
        case "Pd":
            return "-"
        case "Zs":
            return " "
        case _:
            return unicodedata.normalize("NFKC", sign)
