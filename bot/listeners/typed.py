"""What commands share: the reference that they begin with, or the one case that can be meant without it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from bot.visit import Visit
from bot.words import escape, fit, listed
from store import queries
from store.errors import DeskError
from store.queries import Which

NAMED = 5
"""So many candidates are named."""
WRITTEN = 40
_REFERENCE = re.compile(r"(?:PR)?[-# ]*\d{4,9}", re.ASCII | re.IGNORECASE)


class WhichCase(DeskError):
    """Which case? {said}. Write its number behind the command: `/privacy {command} PR-1001`."""


def divided(words: list[str]) -> tuple[str, str]:
    """The reference, which may be written as two words, and the rest."""
    length = 2 if words[:1] and words[0].lower() == "pr" else 1
    return " ".join(words[:length]), " ".join(words[length:])


def is_reference(word: str) -> bool:
    """Yes or no: it looks like PR-1001, pr 1001, #1001 or 1001."""
    return bool(_REFERENCE.fullmatch(word))


async def meant(
    visit: Visit, words: list[str], *, which: Which = Which.MINE, has_text: bool = False
) -> tuple[str, str]:
    """The reference that a command begins with, and the rest; without one, the only case that it can be about.

    Args:
        visit: the command.
        words: behind its name.
        which: the list that the only case is looked for in.
        has_text: words may follow, so that the first one need be no reference.

    Raises:
        WhichCase: there are several, or none.
    """
    ref, rest = divided(words)
    if is_reference(ref) or (ref and not has_text):
        return ref, rest
    found = await visit.desk(queries.cases, which, owner=visit.actor.id, limit=NAMED + 1)
    if len(found) == 1:
        return found[0].ref, " ".join(words)
    names = [case.ref for case in found[:NAMED]] + (["others"] if len(found) > NAMED else [])
    if which is Which.MINE:
        said = f"You have {listed(names) or 'no open case'}"
    else:
        said = f"{listed(names)} are unclaimed" if names else "None is unclaimed"
    raise WhichCase(said=said, command=command_of(visit))


def command_of(visit: Visit) -> str:
    """The name of the command that was typed."""
    return fit(next(iter(visit.text.lower().split()), ""), WRITTEN)


def near(written: str, known: Iterable[str]) -> str:
    """Which of the known words may have been meant, as a question; empty where none is near."""
    found = difflib.get_close_matches(written.lower()[:WRITTEN], list(known), n=1)
    return f" Did you mean “{found[0]}”?" if found else ""


def quoted(word: str) -> str:
    """A word that somebody typed, harmless."""
    return escape(fit(word, WRITTEN))
