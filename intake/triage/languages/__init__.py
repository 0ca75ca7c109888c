"""How people ask, language by language: English and Spanish in depth, the plainest ways in others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from intake.triage.languages import (
    asian,
    eastern,
    english_delete,
    english_know,
    english_opt_out,
    english_others,
    spanish,
    western,
)

if TYPE_CHECKING:
    from intake.triage.rules import Rule

RULES: Final[tuple[Rule, ...]] = (
    *english_delete.RULES,
    *english_know.RULES,
    *english_opt_out.RULES,
    *english_others.RULES,
    *spanish.RULES,
    *western.RULES,
    *eastern.RULES,
    *asian.RULES,
)
