"""What people call a language, and whether the desk understands it."""

from __future__ import annotations

import pytest

from intake.triage.language import of
from store.rules import languages


@pytest.mark.parametrize(
    ("code", "told"),
    [("en", ""), ("es", "Spanish"), ("ja", "Japanese, needs a reader"), ("xx", "xx, needs a reader")],
)
def test_a_card_names_the_language_and_asks_for_a_reader_where_nothing_understands_it(code: str, told: str) -> None:
    assert languages.told(code) == told


def test_every_language_that_is_read_has_a_name() -> None:
    assert all(languages.name_of(code) != code for code in languages.READ)


@pytest.mark.parametrize("text", ["私のデータを削除してください", "Удалите мои данные", "मेरा डेटा हटा दें"])
def test_every_language_that_is_told_apart_has_a_name(text: str) -> None:
    assert languages.name_of(of(text)) != of(text)
