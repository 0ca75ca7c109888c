"""Who asks, in the words of a card, and how soon to look."""

from __future__ import annotations

import pytest

from store.rules.requesters import Priority, Requester


@pytest.mark.parametrize("requester", Requester)
def test_whoever_asks_has_words_for_a_card(requester: Requester) -> None:
    assert requester.plain


def test_the_higher_of_two_priorities_counts() -> None:
    assert Priority.LOW.at_least(Priority.MEDIUM) is Priority.MEDIUM
    assert Priority.HIGH.at_least(Priority.MEDIUM) is Priority.HIGH
