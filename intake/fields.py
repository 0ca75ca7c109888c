"""The fields of a web form, taken out of labelled lines, of a table's text, or of JSON. Pure.

All of it was typed by strangers, so every size is bounded, and nothing here decides what a value is worth.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from intake.labels import LONGEST, Field, field_of, humps, leading
from intake.mime import charsets

TEXT: Final = 50_000
"""Letters of a form that are read."""
LINES: Final = 2_000
VALUE: Final = 2_000
"""Letters of a short value: a name, an address, a choice."""
RECORDS: Final = 3
"""Pieces of JSON that are read."""
LEAVES: Final = 500
DEPTH: Final = 8
CHOICES: Final = 12
"""Choices of one field, and of the whole form."""
MAILBOXES: Final = (Field.EMAIL, Field.FROM)
"""Fields that name whom the form is from."""

_WIDE: Final = 40
"""A line as long as this may have been wrapped."""

_LABELLED: Final = re.compile(
    r"[\s*•·|_-]{0,20}([^\s:=\t|*•·][^:=\t|]{0,100}?)[\s*_]{0,5}(?::|=|\t|\|)[\s*_|]{0,20}(.*)"
)
_DASHED: Final = re.compile(r"[\s*•·]{0,20}(\w[\w ]{0,60}?) [-–—] (.*)")
_FOOTER: Final = re.compile(
    r"[-_=*]{2,}$|(?:this (?:e-?mail|message|is a notification)|sent (?:from|via|by|on)|submitted (?:from|via|by)"
    r"|powered by|este (?:correo|mensaje)|enviado (?:desde|por))\b",
    re.IGNORECASE,
)
_NOT_ABOUT_A_PERSON: Final = frozenset({"form", "page", "site", "website", "shop", "store", "company"})
"""Objects whose "name" is their own."""
_MEMBER: Final = re.compile(r"[\[{\s]*\"")
"""How a line of JSON begins that names something."""
_OBJECT: Final = re.compile(r"^[ \t]{0,20}(?=[{\[])", re.MULTILINE)
_MAILBOX: Final = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}")

Values = dict[Field, list[str]]
"""What each field says, in the form's order."""


def values_of(text: str, records: Iterable[str] = ()) -> Values:
    """The values of a form's fields: of JSON where there is any, else of its lines.

    Where the lines name a mailbox they come first, since JSON may be typed into a message. All mailboxes that are named
    anywhere are told, so that a form that contradicts itself can be seen.

    Args:
        text: the mail's readable text.
        records: JSON that came with it.
    """
    text = text[:TEXT]
    lines, told = _of_lines(text), _of_json([*records, *_json_in(text)])
    named = any("@" in each for field in MAILBOXES for each in lines.get(field, ()))
    values = told | lines if named else told or lines
    whom = {field: [*lines.get(field, ()), *told.get(field, ())] for field in MAILBOXES}
    return values | {field: said for field, said in whom.items() if said}


def _json_in(text: str) -> Iterator[str]:
    """From where a line begins with a brace: JSON may stand between other words."""
    for found in islice(_OBJECT.finditer(text), RECORDS):
        yield text[found.end() :]


def _of_json(records: Iterable[str]) -> Values:
    values: Values = {}
    for record in records:
        try:
            found, _ = json.JSONDecoder().raw_decode(record.strip())
        except (ValueError, RecursionError):
            continue
        for label, value in _leaves(found):
            field = field_of(humps(label))
            if field is not None and value.strip():
                _put(values, field, value)
    return values


def _leaves(record: Any) -> Iterator[tuple[str, str]]:
    """Every label of a JSON value with its text, in order, without recursion."""
    waiting: list[tuple[str, Any, int]] = [("", record, 0)]
    for _ in range(LEAVES):
        if not waiting:
            return
        label, value, depth = waiting.pop()
        if depth > DEPTH:
            continue
        match value:
            case dict() if label.lower() in _NOT_ABOUT_A_PERSON:
                continue
            case dict():
                told = _answer(value)
                inside = [told] if told else [(str(name), each) for name, each in list(value.items())[:LEAVES]]
                waiting.extend((name, each, depth + 1) for name, each in reversed(inside))
            case list() if value and all(isinstance(each, str) for each in value):
                yield label, "\n".join(value[:CHOICES])
            case list():
                waiting.extend((label, each, depth + 1) for each in reversed(value[:LEAVES]))
            case str():
                yield label, value


def _answer(record: dict[str, Any]) -> tuple[str, Any] | None:
    """An object that is a field itself: {"label": "State", "value": "CA"}."""
    names = ("label", "question", "title", "field", "name", "key")
    label = next((record[name] for name in names if isinstance(record.get(name), str)), None)
    answers = (record[name] for name in ("value", "answer", "text", "values", "email") if name in record)
    answer = next(answers, None)
    return (label, answer) if label is not None and answer is not None else None


def _of_lines(text: str) -> Values:
    """Labelled lines; a value may stand below its label, and go on over the lines after it."""
    lines = text.split("\n")[:LINES]
    spaced = any(_is_spaced(line) for line in lines)
    values: Values = {}
    field: Field | None = None
    said: list[str] = []
    for line in lines:
        found = _labelled(line.strip(), spaced=spaced)
        if found is not None and (field, found[0]) != (Field.MESSAGE, Field.OTHER):
            _close(values, field, said)
            field, said = found[0], [found[1]] if found[1] else []
        elif field is not None and _goes_on(field, said, line):
            said.extend([line.strip()] if said or line.strip() else [])
        else:
            _close(values, field, said)
            field, said = None, []
    _close(values, field, said)
    return values


def _is_spaced(line: str) -> bool:
    """A row of a table whose columns only a blank parts, seen by an address behind its label."""
    found = leading(line) if "@" in line and len(line) < LONGEST * 4 else None
    return found is not None and found[0] is Field.EMAIL and _MAILBOX.fullmatch(found[1]) is not None


def _labelled(line: str, *, spaced: bool) -> tuple[Field, str] | None:
    """The field that a line begins, and what of its value stands there."""
    if not line or line.startswith(">") or _MEMBER.match(line):
        return None
    head = line[: LONGEST * 2]
    for shape in (_LABELLED, _DASHED):
        found = shape.match(head)
        field = field_of(found[1]) if found else None
        if found and field is not None:
            return field, line[found.start(2) :].strip()
    whole = field_of(line)
    if whole is not None:
        return whole, ""
    return leading(line) if spaced else None


def _goes_on(field: Field, said: list[str], line: str) -> bool:
    """Whether a line without a label belongs to the value before it."""
    shown = line.strip()
    if _FOOTER.match(shown):
        return False
    match field:
        case Field.MESSAGE:
            return True
        case Field.OTHER | Field.FROM:
            return False
        case _ if not shown:
            return not said
        case _ if not said:
            return True
        case Field.EMAIL:
            return False
        case Field.REQUEST:
            return len(said) < CHOICES and not _is_question(shown)
        case _:
            wrapped = line[:1] in {" ", "\t"} or len(said[-1]) >= _WIDE
            return wrapped and not _is_question(shown)


def _is_question(line: str) -> bool:
    """A label that we do not know."""
    return line.endswith(("?", ":")) or _LABELLED.match(line[: LONGEST * 2]) is not None


def _close(values: Values, field: Field | None, said: list[str]) -> None:
    if field is not None and said:
        _put(values, field, "\n".join(said))


def _put(values: Values, field: Field, value: str) -> None:
    most = TEXT if field is Field.MESSAGE else VALUE
    values.setdefault(field, []).append(charsets.clean(value[:most]).strip())
