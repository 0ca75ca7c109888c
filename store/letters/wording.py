"""The words of a language that letters are made of: rights, outcomes, grounds of a refusal, days."""

from __future__ import annotations

import functools
import tomllib
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from store.rules.languages import WRITTEN
from store.rules.outcomes import Basis

LANGUAGES = WRITTEN
"""Those we have letters in; whoever writes in another one is answered in the first."""

NOWHERE = "none"
"""How the citation of what no law says begins."""
WORDS = "words"
BASES = "bases"
_MONTHS = {
    "en": "January, February, March, April, May, June, July, August, September, October, November, December",
    "es": "enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre",
}


def spoken(language: str) -> str:
    """The language of the letters to somebody who writes in this one."""
    return language if language in LANGUAGES else LANGUAGES[0]


def written_day(day: date, language: str) -> str:
    """A day as a letter has it: January 7, 2027; 7 de enero de 2027."""
    month = _MONTHS[language].split(", ")[day.month - 1]
    if language == "es":
        return f"{day.day} de {month} de {day.year}"
    return f"{month} {day.day}, {day.year}"


@functools.cache
def words(language: str, folder: Path | None = None) -> dict[str, dict[str, str]]:
    """What rights and outcomes are called, by their ids.

    Args:
        language: one of `LANGUAGES`.
        folder: the business's own letters, whose words win.
    """
    tables: dict[str, dict[str, str]] = {name: dict(said) for name, said in shipped(WORDS, language).items()}
    for name, said in own(WORDS, language, folder).items():
        tables.setdefault(name, {}).update(said)
    return tables


def ground(basis: Basis, language: str, folder: Path | None = None) -> str:
    """A ground of a refusal with its citation; in the words of its pack where no letter has words for it."""
    said = _bases(language, folder).get(basis.id) or f"{basis.title[:1].upper()}{basis.title[1:]}."
    return said if basis.citation.startswith(NOWHERE) else f"{said} ({basis.citation})"


def shipped(name: str, language: str) -> dict[str, Any]:
    """The words that come with rightsdesk."""
    text = resources.files("store.letters").joinpath(f"{name}.{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def own(name: str, language: str, folder: Path | None) -> dict[str, Any]:
    """The business's own words, where it has any.

    Raises:
        tomllib.TOMLDecodeError: the file is no TOML.
    """
    file = folder / f"{name}.{language}.toml" if folder else None
    return tomllib.loads(file.read_text(encoding="utf-8")) if file and file.exists() else {}


@functools.cache
def _bases(language: str, folder: Path | None) -> dict[str, str]:
    return {**shipped(BASES, language), **own(BASES, language, folder)}
