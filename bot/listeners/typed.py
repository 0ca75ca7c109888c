"""What commands share: the reference that they begin with, and the rest."""

from __future__ import annotations


def divided(words: list[str]) -> tuple[str, str]:
    """The reference, which may be written as two words, and the rest."""
    length = 2 if words[:1] and words[0].lower() == "pr" else 1
    return " ".join(words[:length]), " ".join(words[length:])
