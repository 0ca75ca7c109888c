"""The third request to know within twelve months (CC 1798.130(b)): counted, never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from store.packs import law
from store.rules.deadlines import months_after
from store.rules.outcomes import knows
from store.rules.terms import Measure

CALIFORNIA = law("us-ca")
TODAY = date(2027, 1, 12)


@pytest.mark.parametrize(
    ("answered", "again"),
    [
        ((), None),
        ((date(2026, 12, 1),), None),
        ((date(2026, 3, 1), date(2026, 12, 1)), date(2027, 3, 1)),
        ((date(2026, 12, 1), date(2026, 3, 1)), date(2027, 3, 1)),
        ((date(2026, 2, 1), date(2026, 3, 1), date(2026, 12, 1)), date(2027, 3, 1)),
        ((date(2026, 1, 12), date(2026, 12, 1)), None),
        ((date(2026, 1, 13), date(2026, 12, 1)), date(2027, 1, 13)),
    ],
)
def test_1798_130_b_two_answers_within_twelve_months_let_a_third_be_refused(
    answered: tuple[date, ...], again: date | None
) -> None:
    counted = knows(CALIFORNIA, answered, TODAY)

    assert counted is not None
    assert (counted.needed, counted.again_on) == (2, again)
    assert counted.answered_on == tuple(day for day in sorted(answered) if day > months_after(TODAY, -12))
    assert counted.citation == "Cal. Civ. Code § 1798.130(b)"


@pytest.mark.parametrize("measure", [Measure.KNOW_ANSWERED, Measure.KNOW_WINDOW])
def test_a_law_without_such_a_rule_counts_nothing(measure: Measure) -> None:
    other = replace(CALIFORNIA, figures=tuple(each for each in CALIFORNIA.figures if each.measure is not measure))

    assert knows(other, (TODAY, TODAY), TODAY) is None
