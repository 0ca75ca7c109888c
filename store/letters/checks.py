"""Whether every letter can be written: tried at start, so that no mistake waits for the day it is needed."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from jinja2 import BaseLoader, Environment, meta

from store.errors import ConfigurationError
from store.letters.compose import FRAME, PAGE, compose, pages_in
from store.letters.samples import frame, samples
from store.letters.wording import BASES, LANGUAGES, WORDS, shipped
from store.settings import Business

KEY = "business.letters_folder"
MOST_BYTES = 64 * 1024
PARTS = ("feedback.txt", "record.txt", "second_look.txt")
NEEDED: Mapping[str, frozenset[str]] = {
    "frame": frozenset({"letter", "ref", "token", "business"}),
    "acknowledgement": frozenset({"received_on", "lines"}),
    "verification": frozenset({"code", "expires_on"}),
    "code_reminder": frozenset({"expires_on"}),
    "extension": frozenset({"until", "reason"}),
    "reply": frozenset({"text"}),
    "reopened": frozenset({"reason", "due"}),
    "complied_in_full": frozenset({"settled_on", "note"}),
    "complied_in_part": frozenset({"bases", "note"}),
    "denied": frozenset({"bases", "note"}),
    "opt_out_processed": frozenset({"settled_on", "note"}),
    "status": frozenset({"requests"}),
    "appeal_decided": frozenset({"upheld", "explanation"}),
}
"""What a letter of the business's own may not leave out: without it, it would say less than the law asks for."""


def check_letters(business: Business) -> None:
    """Try every letter in every language, with the business's own letters and words where it has any.

    Args:
        business: whose letters.

    Raises:
        ConfigurationError: a letter names what it is never given, leaves out what it must say, cannot be read, or
            would never be used. It tells the file and the mend.
    """
    folder = business.letters_folder
    if folder is not None:
        _check_folder(folder)
    _try_all(folder, business.name, business.address, business.privacy_policy)


def _check_folder(folder: Path) -> None:
    """Only files that would be used, each of a reasonable size."""
    if not folder.is_dir():
        raise ConfigurationError(key=KEY, value=folder, mend="there is no such folder; give one, or leave it out")
    templates = {file for language in LANGUAGES for file in _files(language)}
    tables = {f"{name}.{language}.toml": (name, language) for name in (WORDS, BASES) for language in LANGUAGES}
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")):
        file = path.relative_to(folder).as_posix()
        if file not in templates and file not in tables:
            raise _fault(folder, file, "no letter is made of it; name it as ours are, such as denied/en/body.txt")
        if path.stat().st_size > MOST_BYTES:
            raise _fault(folder, file, f"it is larger than {MOST_BYTES // 1024} KB; make it shorter")
        if file in tables:
            _check_table(folder, file, *tables[file])


def _check_table(folder: Path, file: str, name: str, language: str) -> None:
    try:
        said = tomllib.loads((folder / file).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _fault(folder, file, f"this is no TOML: {error}") from error
    tables = {"": said} if name == BASES else said
    ours = shipped(name, language)
    for table, row in tables.items():
        known = None if name == BASES else ours.get(table)  # a pack of the business's own has bases of its own
        if not isinstance(row, dict) or (name == WORDS and known is None):
            raise _fault(folder, file, f"there is no table {table!r}; write one of {', '.join(ours)}")
        for key, words in row.items():
            if known is not None and key not in known:
                raise _fault(folder, file, f"[{table}] has no key {key!r}; write one of {', '.join(known)}")
            if not isinstance(words, str) or not words.strip():
                raise _fault(folder, file, f"{key!r} holds no words; write a sentence in quotes")


@functools.cache
def _try_all(folder: Path | None, name: str, address: str, privacy_policy: str) -> None:
    business = Business(name=name, address=address, privacy_policy=privacy_policy, letters_folder=folder)
    always = frame(business)
    for language in LANGUAGES:
        pages = pages_in(language, folder)
        for file, known in _files(language).items():
            if folder is None or (folder / file).exists():  # ours are no others for standing beside theirs
                with _telling(folder, file):
                    _check_names(pages, file, known)
        for letter, contexts in samples().items():
            file = f"{letter}/{language}/body.txt"
            for context in contexts:
                with _telling(folder, file):
                    pages.get_template(file).render({**always, **context})
        with _telling(folder, f"{FRAME}/{language}/body.txt"):
            compose("reply", language, always, dict(samples()["reply"][0]), folder)


def _check_names(pages: Environment, file: str, known: Collection[str]) -> None:
    """A letter names nothing that it is never given, not even where it seldom says it, and all that it must say."""
    source, _, _ = cast("BaseLoader", pages.loader).get_source(pages, file)
    named = meta.find_undeclared_variables(pages.parse(source)) - set(pages.globals)
    for name in sorted(named - set(known)):
        raise ValueError(f"there is no {name!r}; it may name {', '.join(sorted(known))}")
    letter = file.partition("/")[0]
    needed = NEEDED.get(letter, frozenset()) if file.endswith("/body.txt") else frozenset()
    for name in sorted(needed - named):
        raise ValueError(f"it never names {name!r}, which the consumer has to be told; add it")


@contextmanager
def _telling(folder: Path | None, file: str) -> Iterator[None]:
    """Whatever goes wrong with a template names its file."""
    try:
        yield
    except Exception as error:
        raise _fault(folder, file, f"{error}; mend the letter") from error


def _fault(folder: Path | None, file: str, mend: str) -> ConfigurationError:
    own = folder / file if folder else None
    return ConfigurationError(key=KEY, value=own if own and own.exists() else f"store/letters/{file}", mend=mend)


def _files(language: str) -> dict[str, set[str]]:
    """Every template of a language, and what it may name."""
    given = {name: {key for context in contexts for key in context} for name, contexts in samples().items()}
    always = set(frame(Business()))
    return {
        **{f"{name}/{language}/body.txt": always | keys for name, keys in given.items()},
        **{f"{FRAME}/{language}/{part}": always | given["denied"] for part in PARTS},
        f"{FRAME}/{language}/subject.txt": always,
        f"{FRAME}/{language}/body.txt": always | {"letter"},
        PAGE: {"language", "subject", "content"},
    }
