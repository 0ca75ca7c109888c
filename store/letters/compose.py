"""From a folder of letters and a context to what a consumer reads, as text and as simple HTML."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2 import select_autoescape as escaped_in

from store.letters.markup import markup
from store.letters.wording import ground, spoken, words, written_day
from store.values import Draft

FRAME = "frame"
PAGE = f"{FRAME}/page.html"


def compose(
    name: str, language: str, frame: dict[str, Any], context: dict[str, Any], folder: Path | None = None
) -> Draft:
    """Write a letter.

    Args:
        name: the letter's folder.
        language: what the consumer writes in; English when we have no letters in it.
        frame: what every letter shows: `ref`, `token`, `subject`, `business`.
        context: what this one needs, from its function in `store.letters.contexts`.
        folder: the business's own letters, which win over ours, file by file.

    Raises:
        jinja2.UndefinedError: the context lacks something that the letter names.
    """
    ours = spoken(language)
    pages = pages_in(ours, folder)
    letter = _tidy(pages.get_template(f"{name}/{ours}/body.txt").render({**frame, **context}))
    subject = _one_line(pages.get_template(f"{FRAME}/{ours}/subject.txt").render(frame))
    body = pages.get_template(f"{FRAME}/{ours}/body.txt").render({**frame, "letter": letter})
    text = _tidy(body) + "\n"
    html = pages.get_template(PAGE).render(language=ours, subject=subject, content=markup(text))
    return Draft(name=name, subject=subject, body=text, html=html)


@functools.cache
def pages_in(language: str, folder: Path | None = None) -> Environment:
    """The templates of a language: the business's own before ours.

    Args:
        language: one of `store.letters.wording.LANGUAGES`.
        folder: the business's own letters.
    """
    ours = PackageLoader("store", "letters")
    loader: BaseLoader = ChoiceLoader([FileSystemLoader(folder), ours]) if folder else ours
    pages = Environment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=escaped_in(("html",), default=False),  # noqa: S701 - everything but the page is plain text
        trim_blocks=True,
        auto_reload=False,
    )
    pages.globals["words"] = words(language, folder)
    pages.filters["day"] = lambda day: written_day(day, language)
    pages.filters["does"] = lambda kind: words(language, folder)[kind]["does"]
    pages.filters["ground"] = lambda basis: ground(basis, language, folder)
    return pages


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _one_line(text: str) -> str:
    subject = " ".join(text.split())
    while subject.lower().startswith("re: re:"):
        subject = subject[4:]
    return subject[:200]
