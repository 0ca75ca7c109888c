from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from store.errors import ConfigurationError
from store.packs import Laws, PackError, law, laws, open_laws
from store.settings import Business, load

if TYPE_CHECKING:
    from collections.abc import Callable

VIRGINIA = resources.files("store.rules").joinpath("packs/us-va.toml").read_text(encoding="utf-8")


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


def folder_with(folder: Path, **files: str) -> Path:
    """A business's own folder of laws: the files by their law, an underscore for its hyphen."""
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_folder_the_laws_are_those_that_come_with_rightsdesk() -> None:
    known = Laws()

    assert known.names == laws()
    assert known.pack("us-ca") is law("us-ca")
    assert ("us-va" in known, "us-xx" in known, known.own) == (True, False, frozenset())


def test_a_law_of_the_businesss_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    folder_with(tmp_path, us_va=VIRGINIA.replace("Virginia (VCDPA)", "Virginia, as our counsel reads it"))
    known = Laws(tmp_path)

    assert known.pack("us-va").name == "Virginia, as our counsel reads it"
    assert (known.names, set(known.own)) == (laws(), {"us-va"})


def test_a_law_of_the_businesss_own_is_one_more(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a law")
    folder_with(tmp_path, us_zz=VIRGINIA.replace('law = "us-va"', 'law = "us-zz"'))
    known = Laws(tmp_path)

    assert known.names == (*laws(), "us-zz")
    assert known.pack("us-zz").law == "us-zz"


def test_who_asks_for_a_law_that_the_business_has_not_is_told_its_own_too(tmp_path: Path) -> None:
    folder_with(tmp_path, us_zz=VIRGINIA.replace('law = "us-va"', 'law = "us-zz"'))

    with pytest.raises(PackError, match=r"no law called 'us-xx' here\. Known laws: .*us-va, us-zz\.$"):
        Laws(tmp_path).pack("us-xx")


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda text: text.replace("count = 45", "count = 0", 1), "us-va.toml: [[clock]] number 1: count is 0."),
        (
            lambda text: text.replace('law = "us-va"', 'law = "us-vb"'),
            "us-va.toml: law is 'us-vb'. Call the file us-vb",
        ),
        (
            lambda text: text.replace("US-VA", "US-ZZ"),
            "us-va.toml: holiday_calendar: There is no holiday calendar 'US-ZZ'",
        ),
        (lambda text: text.replace("= 90", "="), "us-va.toml: this is no TOML"),
        (lambda text: text + "#" * 1_000_000, "us-va.toml: it has more than 1,000,000 bytes."),
    ],
)
def test_a_slip_in_a_law_of_the_business_is_told_at_the_start(
    tmp_path: Path, harm: Callable[[str], str], sentence: str
) -> None:
    business = load(Business, {"business": {"packs_folder": folder_with(tmp_path, us_va=harm(VIRGINIA))}})

    with pytest.raises(ConfigurationError) as refused:
        open_laws(business)

    assert str(refused.value).startswith(f"business.packs_folder = {tmp_path}: {sentence}")


def test_a_law_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "us-va.toml").write_bytes(b"\xff\xfe")

    with pytest.raises(PackError, match=r"^us-va\.toml: it cannot be read"):
        Laws(tmp_path)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"is no folder\. Make it, or take the setting out"):
        Laws(tmp_path / "laws")


def test_the_business_may_work_under_a_law_of_its_own(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, us_zz=VIRGINIA.replace('law = "us-va"', 'law = "us-zz"'))

    assert "us-zz" in open_laws(load(Business, {"business": {"law": "us-zz", "packs_folder": folder}}))
    with pytest.raises(ConfigurationError, match=r"business\.law = us-zz: There is no law called"):
        open_laws(load(Business, {"business": {"law": "us-zz"}}))


def test_laws_are_due_for_a_review_after_90_days() -> None:
    assert Laws().stale(date(2026, 11, 24)) == ()
    assert tuple(pack.law for pack in Laws().stale(date(2027, 2, 21))) == laws()
