"""A clue: a pattern tried only where one of its trigger words stands, since most texts hold none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Clue:
    """What a match means, and how it is found."""

    meaning: str
    triggers: tuple[str, ...]
    source: str

    def find(self, text: str, low: str) -> str:
        """The words that match, or "".

        Args:
            text: as written.
            low: the same in lower case.
        """
        if not any(trigger in low for trigger in self.triggers):
            return ""
        found = _compiled(self.source).search(text)
        return found[0] if found else ""


@cache
def _compiled(source: str) -> re.Pattern[str]:
    """Compiled at its first use: compiling all of them would make every start slow."""
    return re.compile(source, re.IGNORECASE)


def clue(meaning: str, triggers: str, pattern: str) -> Clue:
    """Make a clue.

    Args:
        meaning: what a match says.
        triggers: lower-case words or stems separated by "|", one of which every match contains.
        pattern: a regular expression, case ignored.
    """
    return Clue(meaning, tuple(triggers.split("|")), pattern)
