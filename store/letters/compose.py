"""From a folder of `store/letters` and its context to the text a consumer reads."""

from __future__ import annotations

import functools
import re
import tomllib
from datetime import date
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from store.rules.kinds import Kind
from store.values import Draft

LANGUAGES = ("en",)


def compose(name: str, language: str, frame: dict[str, Any], context: dict[str, Any]) -> Draft:
    """Write a letter.

    Args:
        name: the letter's folder.
        language: what the consumer writes in; English when we have no letters in it.
        frame: what every letter shows: `ref`, `token`, `subject`, `business`.
        context: what this one needs, from its function in `store.letters.contexts`.

    Raises:
        jinja2.UndefinedError: the context lacks something that the letter names.
    """
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    pages = _pages(spoken)
    everything = {**frame, **context, "words": _words(spoken)}
    letter = _tidy(pages.get_template(f"{name}/{spoken}/body.txt").render(everything))
    subject = pages.get_template(f"frame/{spoken}/subject.txt").render(frame)
    body = pages.get_template(f"frame/{spoken}/body.txt").render({**frame, "letter": letter})
    return Draft(name=name, subject=_one_line(subject), body=body.strip() + "\n")


def written_day(day: date) -> str:
    """A day as an English letter has it: January 7, 2027."""
    return f"{day:%B} {day.day}, {day.year}"


@functools.cache
def _pages(language: str) -> Environment:
    pages = Environment(
        loader=PackageLoader("store", "letters"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text, no markup
        trim_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
    )
    pages.filters["day"] = written_day
    pages.filters["does"] = lambda kind: _words(language)[kind]["does"]
    return pages


@functools.cache
def _words(language: str) -> dict[Kind, dict[str, str]]:
    text = resources.files("store.letters").joinpath(f"words.{language}.toml").read_text(encoding="utf-8")
    return {Kind(kind): words for kind, words in tomllib.loads(text).items()}


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _one_line(text: str) -> str:
    subject = " ".join(text.split())
    while subject.lower().startswith("re: re:"):
        subject = subject[4:]
    return subject[:200]
