from __future__ import annotations

import pytest

from store.packs import PackError, law, laws


def test_california_is_among_the_laws() -> None:
    assert "us-ca" in laws()
    assert list(laws()) == sorted(laws())


@pytest.mark.parametrize("name", laws())
def test_each_file_can_be_read_and_is_named_after_its_law(name: str) -> None:
    assert law(name).law == name


def test_a_law_is_read_once() -> None:
    assert law("us-ca") is law("us-ca")


@pytest.mark.parametrize("name", ["us-xx", "", "../packs/us-ca", "us-ca.toml"])
def test_who_asks_for_another_law_is_told_the_ones_there_are(name: str) -> None:
    with pytest.raises(PackError) as refused:
        law(name)

    assert str(refused.value) == f"There is no law called {name!r} here. Known laws: {', '.join(laws())}."
