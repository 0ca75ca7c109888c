"""The business's own reply templates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from store import queries
from store.errors import ConfigurationError
from store.office import Office
from store.settings import Business, load


def written(folder: Path, **texts: str) -> Business:
    for name, text in texts.items():
        (folder / f"{name.replace('__', '.')}.txt").write_text(text, encoding="utf-8")
    return load(Business, {"business": {"replies_folder": str(folder)}})


def test_a_template_speaks_the_consumers_language_or_english(office: Office, tmp_path: Path) -> None:
    business = written(tmp_path, more_time__es="Necesitamos tiempo.", more_time__en="More time.\n", sorry__es="Perdón.")
    more, sorry = queries.templates(replace(office, business=business))

    assert (more.title, more.text("es"), more.text("de"), more.text("en")) == (
        *("more time", "Necesitamos tiempo.", "More time.", "More time."),
    )
    assert sorry.text("en") == "Perdón."
    assert queries.templates(office) == ()


@pytest.mark.parametrize(
    ("name", "content", "mend"),
    [
        ("more time.en.txt", b"Hello", "like more_time.en.txt"),
        ("more_time.xx.txt", b"Hello", "en, es"),
        ("more_time.en.txt", b"", "characters"),
        ("more_time.en.txt", b"x" * 2_501, "2500 characters"),
        ("more_time.en.txt", b"\xff\xfe\xff", "UTF-8"),
    ],
)
def test_a_faulty_template_is_told_at_the_start(tmp_path: Path, name: str, content: bytes, mend: str) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(ConfigurationError, match=mend):
        load(Business, {"business": {"replies_folder": str(tmp_path)}})


def test_a_folder_that_is_not_there_and_too_many_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no folder"):
        load(Business, {"business": {"replies_folder": str(tmp_path / "none")}})
    for number in range(51):
        (tmp_path / f"a{number}.en.txt").write_text("Hello", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="more than 50"):
        load(Business, {"business": {"replies_folder": str(tmp_path)}})
