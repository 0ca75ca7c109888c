from __future__ import annotations

import pytest

from store.rules.kinds import Kind


def test_a_card_names_each_kind_in_plain_words() -> None:
    assert [kind.plain for kind in Kind] == [
        "copy of the data",
        "kinds of data held",
        "delete",
        "correct",
        "opt-out of sale",
        "limit sensitive data",
        "how a decision was made",
        "no automated decision",
        "appeal",
    ]


def test_a_sentence_can_be_built_of_each_kind() -> None:
    assert [kind.request for kind in Kind] == [
        "a request for a copy of the data",
        "a request for the kinds of data held",
        "a request to delete",
        "a request to correct",
        "an opt-out",
        "a request to limit the use of sensitive data",
        "a request to explain an automated decision",
        "an opt-out of automated decisions",
        "an appeal",
    ]


@pytest.mark.parametrize("kind", Kind)
def test_the_word_in_the_database_is_the_word_in_the_contract(kind: Kind) -> None:
    assert kind.value == kind.name.lower()
    assert Kind(kind.value) is kind


def test_who_mistypes_a_kind_is_told_the_ones_there_are() -> None:
    with pytest.raises(ValueError, match="no kind of request called") as refused:
        Kind("erase")

    assert str(refused.value) == (
        "There is no kind of request called 'erase'. Write one of: know_specific, know_categories, delete, correct, "
        "opt_out, limit, admt_access, admt_opt_out, appeal."
    )
