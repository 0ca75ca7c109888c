"""The laws that come with rightsdesk, and a business's own: one file each, read once, checked as a whole."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from store.calendars import CalendarError, holidays_of
from store.errors import ConfigurationError
from store.rules.pack import Pack, PackError, parse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from importlib.abc import Traversable

    from store.settings import Business

__all__ = ["Laws", "Pack", "PackError", "law", "laws", "open_laws"]

_SUFFIX = ".toml"
_LARGEST = 1_000_000
"""No law takes so many bytes: California's takes 22,000."""


class Laws:
    """The laws a business works under: those that come with rightsdesk, and those of its own folder.

    A file of the folder that is named after a law that comes with rightsdesk takes its place; any other adds a law.

    Args:
        folder: the business's own packs; None where it has none.

    Raises:
        PackError: the folder cannot be read, or a file in it is wrong; the sentence names file, key, value and mend.
    """

    def __init__(self, folder: Path | None = None) -> None:
        own = _own(folder) if folder else {}
        shipped = {name: law(name) for name in laws() if name not in own}
        self._packs = MappingProxyType(dict(sorted((shipped | own).items())))
        self.own = frozenset(own)

    @property
    def names(self) -> tuple[str, ...]:
        """The short names of all laws, in alphabetical order."""
        return tuple(self._packs)

    def pack(self, name: str) -> Pack:
        """The pack of a law, the same object at every call.

        Raises:
            PackError: there is no such law here.
        """
        if name not in self._packs:
            raise _unknown(name, self._packs)
        return self._packs[name]

    def stale(self, today: date) -> tuple[Pack, ...]:
        """The laws whose last review is as old as a review may get, on this day of the business."""
        return tuple(pack for pack in self._packs.values() if pack.stale(today))

    def __contains__(self, name: object) -> bool:
        """Whether there is such a law here."""
        return name in self._packs


def open_laws(business: Business) -> Laws:
    """Every law that a business works under, all of them checked.

    Raises:
        ConfigurationError: a pack of its folder is wrong, or the law in force is none of them.
    """
    try:
        laws = Laws(business.packs_folder)
    except PackError as error:
        raise ConfigurationError(key="business.packs_folder", value=business.packs_folder, mend=str(error)) from error
    try:
        laws.pack(business.law)
    except PackError as error:
        raise ConfigurationError(key="business.law", value=business.law, mend=str(error)) from error
    return laws


@cache
def law(name: str) -> Pack:
    """The pack of a law that comes with rightsdesk.

    Args:
        name: its short name, such as "us-ca".

    Returns:
        The pack, the same object at every call.

    Raises:
        PackError: there is no such law here, or its file is wrong.
    """
    if name not in laws():
        raise _unknown(name, laws())
    return _read(_folder().joinpath(name + _SUFFIX))


@cache
def laws() -> tuple[str, ...]:
    """The short names of the laws that come with rightsdesk, in alphabetical order."""
    files = (file.name for file in _folder().iterdir())
    return tuple(sorted(file.removesuffix(_SUFFIX) for file in files if file.endswith(_SUFFIX)))


def _own(folder: Path) -> dict[str, Pack]:
    if not folder.is_dir():
        raise PackError(f"{folder} is no folder. Make it, or take the setting out.")
    packs = [_read(file) for file in sorted(folder.iterdir()) if file.name.endswith(_SUFFIX)]
    for pack in packs:
        _check_calendar(pack)
    return {pack.law: pack for pack in packs}


def _read(file: Traversable) -> Pack:
    try:
        with file.open("rb") as opened:
            content = opened.read(_LARGEST + 1)
        text = content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{file.name}: it cannot be read ({error}). Write it as plain text in UTF-8.") from error
    if len(content) > _LARGEST:
        raise PackError(f"{file.name}: it has more than {_LARGEST:,} bytes. That is no pack; take it out.")
    pack = parse(text, file.name)
    if pack.law + _SUFFIX != file.name:
        raise PackError(f"{file.name}: law is {pack.law!r}. Call the file {pack.law}{_SUFFIX}, or mend its law.")
    return pack


def _check_calendar(pack: Pack) -> None:
    try:
        holidays_of(pack.holiday_calendar, pack.reviewed_on.year, pack.reviewed_on.year)
    except CalendarError as error:
        raise PackError(f"{pack.law}{_SUFFIX}: holiday_calendar: {error}") from error


def _unknown(name: str, known: Iterable[str]) -> PackError:
    return PackError(f"There is no law called {name!r} here. Known laws: {', '.join(known)}.")


def _folder() -> Traversable:
    return resources.files("store.rules").joinpath("packs")
