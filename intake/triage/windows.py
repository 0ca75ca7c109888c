"""The stretches of a mail that are weighed: its title, each sentence, two in a row, and a short mail as a whole.

A mail asks for what its strongest stretch asks for, however long the story around it is.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple

from intake.triage import sentences

MOST: Final = 80
"""Sentences of a mail that are weighed."""
SHORT: Final = 400
"""Letters up to which a mail is also weighed as a whole."""


class Window(NamedTuple):
    """A stretch of the text, from its first letter to the one behind its last."""

    start: int
    end: int


def windows(text: str, title: int) -> list[Window]:
    """Where to look, at most some two hundred stretches, none longer than two sentences or a short mail.

    Args:
        text: the title, a line's end, and what was newly written.
        title: letters of the title.
    """
    said = [Window(*each) for each in sentences.spans(text, title + 1)][:MOST]
    found = [*said, *(Window(one.start, other.end) for one, other in pairwise(said))]
    if text[:title].strip():
        found.append(Window(0, title))
        if said:
            found.append(Window(0, said[0].end))
    if len(said) > 2 and len(text) <= SHORT:  # noqa: PLR2004 - one or two are there already
        found.append(Window(0, len(text)))
    return found
