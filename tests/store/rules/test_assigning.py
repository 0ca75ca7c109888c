"""Whose the next case is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.assigning import Assigning, Rule, Team, chosen, suited
from store.rules.kinds import Kind

ANN, BEN, CAY, DAN = "UANN", "UBEN", "UCAY", "UDAN"
ALL = (ANN, BEN, CAY)


@pytest.mark.parametrize(
    ("assigning", "team", "language", "pool"),
    [
        (Assigning(), Team(ALL), "en", ALL),
        (Assigning(), Team(()), "en", ()),
        (Assigning(), Team(ALL, readers={"es": [BEN]}), "es", (BEN,)),
        (Assigning(languages={"es": [CAY]}), Team(ALL, readers={"es": [BEN]}), "es", (CAY,)),
        (Assigning(languages={"es": [DAN]}), Team(ALL), "es", ALL),
        (Assigning(kinds={Kind.DELETE: [ANN, BEN]}), Team(ALL), "en", (ANN, BEN)),
        (Assigning(kinds={Kind.CORRECT: [ANN]}), Team(ALL), "en", ALL),
        (Assigning(kinds={Kind.DELETE: [ANN, BEN]}, languages={"es": [BEN, CAY]}), Team(ALL), "es", (BEN,)),
        (Assigning(kinds={Kind.DELETE: [ANN]}, languages={"es": [BEN]}), Team(ALL), "es", (BEN,)),
        (Assigning(), Team(ALL, covers={ANN: ""}), "en", (BEN, CAY)),
        (Assigning(kinds={Kind.DELETE: [ANN]}), Team(ALL, covers={ANN: CAY}), "en", (CAY,)),
        (Assigning(kinds={Kind.DELETE: [ANN]}), Team(ALL, covers={ANN: ""}), "en", (BEN, CAY)),
        (Assigning(), Team(ALL, covers=dict.fromkeys(ALL, "")), "en", ()),
    ],
)
def test_language_goes_before_kind_and_nobody_is_left_to_nobody(
    assigning: Assigning, team: Team, language: str, pool: tuple[str, ...]
) -> None:
    assert suited(assigning, team, [Kind.DELETE], language) == pool


def test_in_turn_everybody_has_one_before_anybody_has_two() -> None:
    given_to, last = [], ""
    for _ in range(6):
        last = chosen(Rule.ROUND_ROBIN, ALL, {}, last)
        given_to.append(last)

    assert given_to == [ANN, BEN, CAY, ANN, BEN, CAY]


@given(st.dictionaries(st.sampled_from(ALL), st.integers(0, 9)), st.sampled_from((*ALL, "", "UZZZ")))
def test_nobody_has_fewer_than_who_is_least_loaded(loads: dict[str, int], last: str) -> None:
    to = chosen(Rule.LEAST_LOADED, ALL, loads, last)

    assert all(loads.get(to, 0) <= loads.get(user, 0) for user in ALL)


def test_of_equals_it_is_the_next_in_turn() -> None:
    assert chosen(Rule.LEAST_LOADED, ALL, {ANN: 3, BEN: 1, CAY: 1}, BEN) == CAY
