"""The business's own reply templates: a folder of texts, `NAME.LANGUAGE.txt`, such as `more_time.es.txt`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from store.rules.languages import WRITTEN

MOST_TEMPLATES, MOST_CHARACTERS = 50, 2_500
_FILE = re.compile(r"([a-z0-9_-]{1,40})\.([a-z]{2})\.txt")


@dataclass(frozen=True, slots=True)
class Template:
    """A reply that is written often, in one language or several.

    Attributes:
        name: the file's.
        texts: by language (ISO 639-1); there is one in English, or else in another.
    """

    name: str
    texts: Mapping[str, str]

    @property
    def title(self) -> str:
        """As a person reads it: "more time"."""
        return self.name.replace("_", " ").replace("-", " ")

    def text(self, language: str) -> str:
        """The text for whoever writes in that language: in theirs, else in the first that there is."""
        return self.texts.get(language) or next(iter(self.texts.values()))


def read_templates(folder: Path) -> tuple[Template, ...]:
    """The templates of a folder, by name, each with its texts, English first.

    Raises:
        ValueError: a file is named, written or as long as no template may be, or there is no such folder.
    """
    if not folder.is_dir():
        raise ValueError(f"there is no folder {folder}")
    found: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("*.txt")):
        named = _FILE.fullmatch(path.name)
        if named is None or named[2] not in WRITTEN:
            raise ValueError(f"name {path.name} like more_time.en.txt; the letters are written in {', '.join(WRITTEN)}")
        found.setdefault(named[1], {})[named[2]] = _text(path)
    if len(found) > MOST_TEMPLATES:
        raise ValueError(f"there are more than {MOST_TEMPLATES} templates")
    return tuple(Template(name, texts) for name, texts in found.items())


def _text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError as error:
        raise ValueError(f"save {path.name} as UTF-8") from error
    if not 0 < len(text) <= MOST_CHARACTERS:
        raise ValueError(f"let {path.name} have 1 to {MOST_CHARACTERS} characters")
    return text
