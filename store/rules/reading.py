"""From the tables of a TOML file to frozen rows, with a sentence for everything that is wrong in them.

What a row needs is said once, by its fields: a key without a default must be there, an unknown key is refused, a value
must be of the annotated type. Two things stand in a field's metadata: `key`, where the file's word is not the field's,
and `least`, the smallest number allowed, where that is not 1.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")


class PackError(ValueError):
    """A pack cannot be used: the sentence names the file, the key, its value and how to mend it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file something stands.

    Attributes:
        source: the file's name.
        table: the table in it, as a person finds it: "[[clock]] number 3"; empty at the top.
    """

    source: str
    table: str = ""

    def error(self, problem: str) -> PackError:
        """The error to raise for a problem here."""
        return PackError(": ".join(part for part in (self.source, self.table, problem) if part))


def read(row: type[Row], table: Mapping[str, object], place: Place) -> Row:
    """Read one table as a row.

    Args:
        row: a dataclass whose fields say what the table must hold.
        table: the table, as tomllib gives it.
        place: where it stands, for the error's sentence.

    Returns:
        The row.

    Raises:
        PackError: a key is unknown or missing, or a value is not what it must be.
    """
    known = {field.metadata.get("key", field.name): field for field in fields(row)}
    _refuse_unknown_keys(table, known, place)
    hints = get_type_hints(row)
    values: dict[str, Any] = {}
    for key, field in known.items():
        least = field.metadata.get("least", 1)
        if key in table:
            values[field.name] = _convert(hints[field.name], table[key], _Slot(place, key, least))
        elif field.default is MISSING:
            raise place.error(f"the key {key} is missing. Add it, with {_wanted(hints[field.name], least)}.")
    return row(**values)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A key's place, and the least number it takes."""

    place: Place
    key: str
    least: int

    def error(self, value: object, hint: Any) -> PackError:
        return self.place.error(f"{self.key} is {_shown(value)}. Write {_wanted(hint, self.least)}.")


def _refuse_unknown_keys(table: Mapping[str, object], known: Collection[str], place: Place) -> None:
    for key, value in table.items():
        if key not in known:
            near = get_close_matches(key, known, n=1)
            mend = f"Did you mean {near[0]}?" if near else f"Leave it out, or use one of: {', '.join(known)}."
            raise place.error(f"{key} = {_shown(value)} is not known here. {mend}")


def _convert(hint: Any, value: object, slot: _Slot) -> object:
    if get_origin(hint) is UnionType:
        return _convert(get_args(hint)[0], value, slot)
    if get_origin(hint) is tuple:
        return _several(hint, value, slot)
    if is_dataclass(hint):
        return _table(hint, value, slot)
    if issubclass(hint, StrEnum):
        return _member(hint, value, slot)
    # A bool is an int and a datetime is a date to isinstance, but neither is meant by who wrote it.
    if type(value) is not hint or _too_little(value, slot.least):
        raise slot.error(value, hint)
    return value


def _table(hint: Any, value: object, slot: _Slot) -> object:
    if not isinstance(value, dict):
        raise slot.error(value, hint)
    return read(hint, value, Place(slot.place.source, f"[{slot.key}]"))


def _too_little(value: object, least: int) -> bool:
    match value:
        case str():
            return not value.strip()
        case int() if not isinstance(value, bool):
            return value < least
        case _:
            return False


def _several(hint: Any, value: object, slot: _Slot) -> tuple[object, ...]:
    inner = get_args(hint)[0]
    if not isinstance(value, list) or not value:
        raise slot.error(value, hint)
    if is_dataclass(inner):
        return tuple(_row(hint, each, number, slot) for number, each in enumerate(value, 1))
    found = tuple(_member(inner, each, slot) for each in value)
    for each in found:
        if found.count(each) > 1:
            raise slot.place.error(f"{slot.key} names {each} twice. Take one of them out.")
    return found


def _row(hint: Any, table: object, number: int, slot: _Slot) -> object:
    if not isinstance(table, dict):
        raise slot.error(table, hint)
    return read(get_args(hint)[0], table, Place(slot.place.source, f"[[{slot.key}]] number {number}"))


def _member(of: type[StrEnum], value: object, slot: _Slot) -> StrEnum:
    if not isinstance(value, str) or value not in list(of):
        raise slot.error(value, of)
    return of(value)


def _wanted(hint: Any, least: int) -> str:
    """What a key takes, for a person: "one of: days, business days, months"."""
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return "one or more tables in double brackets" if is_dataclass(inner) else f"a list of {_wanted(inner, least)}"
    if is_dataclass(hint):
        return "one table in single brackets"
    if issubclass(hint, StrEnum):
        return f"one of: {', '.join(hint)}"
    return {
        str: "a text in quotes that is not empty",
        int: f"a whole number, {least} or more",
        bool: "true or false",
        date: "a day like 2026-11-23, without quotes",
    }[hint]


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else repr(value)
