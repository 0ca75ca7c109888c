"""Which cases wait for whom."""

from __future__ import annotations

from typing import Any

from sqlmodel import col, exists

from store.models import Case, Letter
from store.rules.states import LetterState

ASKING = ("verification", "reply", "reevaluated")
"""The letters after which the next word is the consumer's."""


def waits_for_the_consumer() -> Any:
    """That a case's next word is the consumer's: we asked or replied, and have not heard of them since."""
    return exists().where(
        col(Letter.case_id) == col(Case.id),
        col(Letter.name).in_(ASKING),
        col(Letter.written_at) > col(Case.last_word_at),
        col(Letter.state) != LetterState.WITHDRAWN,
    )
