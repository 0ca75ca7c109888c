"""The laws that come with rightsdesk: one file each, read once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from store.rules.pack import Pack, PackError, parse

if TYPE_CHECKING:
    from importlib.abc import Traversable

__all__ = ["Pack", "PackError", "law", "laws"]

_SUFFIX = ".toml"


@cache
def law(name: str) -> Pack:
    """The pack of a law.

    Args:
        name: its short name, such as "us-ca".

    Returns:
        The pack, the same object at every call.

    Raises:
        PackError: there is no such law here, or its file is wrong.
    """
    if name not in laws():
        raise PackError(f"There is no law called {name!r} here. Known laws: {', '.join(laws())}.")
    source = name + _SUFFIX
    return parse(_folder().joinpath(source).read_text(encoding="utf-8"), source)


@cache
def laws() -> tuple[str, ...]:
    """The short names of all laws, in alphabetical order."""
    files = (file.name for file in _folder().iterdir())
    return tuple(sorted(file.removesuffix(_SUFFIX) for file in files if file.endswith(_SUFFIX)))


def _folder() -> Traversable:
    return resources.files("store.rules").joinpath("packs")
