"""Whom an agent's letter names: people in numbered or bulleted lines, tables, records and plain addresses. Pure.

Each line is looked at once, and only so many lines, so that a letter made to be slow is no slower than another.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Final

from store.rules.requesters import MOST_PEOPLE

LONGEST: Final = 200_000
"""Letters of a text that are looked at."""
LINE: Final = 400
"""Letters of a line that are looked at."""
LINES: Final = 4_000
MOST: Final = MOST_PEOPLE + 1
"""So many people are told: one more than a letter may name, so that too long a list is known as such."""
FREE: Final = frozenset({
    "aol.com", "fastmail.com", "gmail.com", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com",
    "icloud.com", "live.com", "mail.com", "me.com", "msn.com", "outlook.com", "proton.me", "protonmail.com", "qq.com",
    "web.de", "yahoo.com", "ymail.com", "zoho.com",
})  # fmt: skip
"""Where anybody has their address: an agent's clients may share the agent's domain."""

_ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_ITEM: Final = re.compile(r"\s{0,20}(?:\(?\d{1,4}\s?[.):\]-]|#\s?\d{1,4}[.):]?|[-*•·‣–—o](?=\s))\s{0,20}")
_NUMBERED: Final = re.compile(r"\s{0,20}(?:\(?\d{1,4}\s?[.):\]]|#\s?\d{1,4}[.):]?)\s{0,20}(?=\S)")
_CELL: Final = re.compile(r"\t|\s?\|\s?|;|,| {3,}| [-–—] ")
_LABEL: Final = re.compile(r"\s{0,20}(?:[-*•]\s)?([A-Za-z' /-]{2,30}?)\s?[:=]\s{0,20}(.*)")
_NAME_LABELS: Final = frozenset({
    "name", "full name", "client", "client name", "consumer", "consumer name", "customer", "customer name", "person",
    "member", "member name", "user", "data subject", "nombre", "nombre completo", "cliente",
})  # fmt: skip
_FIRST_LABELS: Final = frozenset({"first name", "given name", "first"})
_LAST_LABELS: Final = frozenset({"last name", "surname", "family name", "last"})
_ADDRESS_LABELS: Final = frozenset({
    "email", "e-mail", "email address", "e-mail address", "mail", "account email", "correo", "correo electronico",
})  # fmt: skip
_HEADS: Final = _NAME_LABELS | _FIRST_LABELS | _LAST_LABELS | _ADDRESS_LABELS
_PART: Final = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_])){0,30}\.?"
_NAME: Final = re.compile(rf"{_PART}(?: {_PART}){{1,4}}")
_NO_NAMES: Final = frozenset({
    "access", "account", "act", "ccpa", "confirm", "confirmation", "consumer", "copy", "correct", "correction", "cpra",
    "data", "delete", "deletion", "disclose", "erase", "erasure", "information", "know", "limit", "opt", "out",
    "personal", "privacy", "request", "requests", "right", "rights", "sale", "sell", "sensitive", "share", "sharing",
    "stop", "use", "withdraw", "thank", "thanks", "you", "your", "please", "address", "phone", "number", "date",
    "we", "our",
})  # fmt: skip
"""Words of what is asked for, which agents number too."""
_PARTICLES: Final = frozenset({"al", "bin", "da", "de", "del", "der", "di", "dos", "du", "la", "le", "van", "von", "y"})
_WRAPPING: Final = " \t\"'“”<>()[]{}.:*_"

_SAME: Final = {
    "name": {"name", "first", "last"},
    "first": {"name", "first"},
    "last": {"name", "last"},
    "address": {"address"},
}
"""What a person has one of: the next one is the next person's."""

Named = tuple[str, str]


def people_listed(text: str, excluded: Collection[str] = frozenset()) -> tuple[Named, ...]:
    """The people whom a letter names, each once, in the letter's order. Never raises, and takes linear time.

    Args:
        text: what the agent wrote.
        excluded: addresses, or "@" and a domain, in lower case, that are nobody's whom the letter is about: the
            agent's own and ours.

    Returns:
        Name and address, of which one may be empty; at most `MOST`, which is one more than a letter may name.
    """
    lines = [line[:LINE] for line in islice(text[:LONGEST].splitlines(), LINES)]
    named = (*_in_records(lines), *_in_lines(lines))
    return _each_once((name, address) for name, address in named if not _is_excluded(address.lower(), excluded))


def exclusions(own: str, ours: Collection[str]) -> frozenset[str]:
    """What to leave out of a list: ours, and the agent's own address with its domain where not anybody may have one.

    Args:
        own: the agent's address.
        ours: our own addresses, in lower case.
    """
    domains = {address.rpartition("@")[2] for address in (own.lower(), *ours)} - FREE - {""}
    return frozenset({own.lower(), *ours, *(f"@{domain}" for domain in domains)})


def _is_excluded(address: str, excluded: Collection[str]) -> bool:
    return address in excluded or f"@{address.rpartition('@')[2]}" in excluded


def _each_once(named: Iterable[Named]) -> tuple[Named, ...]:
    """Each person once, by the address, or by the name where one of the two has no address."""
    people: list[Named] = []
    by_address: dict[str, int] = {}
    by_name: dict[str, int] = {}
    for name, address in named:
        same = by_name.get(name.casefold()) if name else None
        if same is not None and address and people[same][1]:
            same = None
        at = by_address.get(address.lower(), same) if address else same
        if at is None:
            at = len(people)
            people.append((name, address))
        people[at] = (people[at][0] or name, people[at][1] or address)
        by_address |= {address.lower(): at} if address else {}
        by_name |= {name.casefold(): at} if name else {}
        if len(people) >= MOST:
            break
    return tuple(people)


def _in_records(lines: list[str]) -> Iterator[Named]:
    """People in blocks of labelled lines: a name, then an address, in either order."""
    held: dict[str, str] = {}
    for line in lines:
        kind, value = _labelled(line)
        if not kind:
            continue
        if not _SAME[kind].isdisjoint(held):
            yield from _record(held)
            held = {}
        held[kind] = value
    yield from _record(held)


def _labelled(line: str) -> Named:
    found = _LABEL.match(line)
    label = found[1].strip().casefold() if found else ""
    value = found[2].strip(_WRAPPING) if found else ""
    for kind, labels in (
        ("name", _NAME_LABELS),
        ("first", _FIRST_LABELS),
        ("last", _LAST_LABELS),
        ("address", _ADDRESS_LABELS),
    ):
        if label in labels and value:
            return kind, value
    return "", ""


def _record(held: dict[str, str]) -> Iterator[Named]:
    address = _ADDRESS.search(held.get("address", ""))
    name = held.get("name") or " ".join(filter(None, (held.get("first"), held.get("last"))))
    if address or (name and _is_a_name(name)):
        yield _clean(_ADDRESS.sub("", name).partition("(")[0]), address[0] if address else ""


def _in_lines(lines: list[str]) -> Iterator[Named]:
    """People who have a line, a row or an item of a list each, and addresses in running text."""
    for line in lines:
        addresses = _ADDRESS.findall(line)
        if len(addresses) == 1:
            yield _name_beside(line, addresses[0]), addresses[0]
        elif addresses:
            yield from _several(line)
        elif name := _named_alone(line):
            yield name, ""


def _named_alone(line: str) -> str:
    """The name in an item of a list without an address; a bullet must be followed by nothing else."""
    item = _ITEM.sub("", line, count=1)
    if _NUMBERED.match(line):
        return _first_name(item)
    name = _clean(item)
    return name if _ITEM.match(line) and _is_a_name(name) else ""


def _several(line: str) -> Iterator[Named]:
    """A line with several addresses: what stands before each, since the one before it, may be its name."""
    at = 0
    for found in _ADDRESS.finditer(line):
        cells = [cell for cell in _CELL.split(line[at : found.start()]) if cell.strip(_WRAPPING)]
        yield _clean(cells[-1]) if cells and _is_a_name(_clean(cells[-1])) else "", found[0]
        at = found.end()


def _name_beside(line: str, address: str) -> str:
    """The name in a line with one address; nothing where the line is running text."""
    bare = _ITEM.sub("", line, count=1)
    before, _, after = bare.partition(address)
    label, value = _labelled(bare)
    if label:
        return ""
    return _first_name(value or before) or _first_name(after)


def _first_name(text: str) -> str:
    """The first cell that is a name; "Roe, Jane" and a first and a last name in cells of their own are one."""
    cells = [_clean(cell) for cell in _CELL.split(text)][:8]
    cells = [cell for cell in cells if cell]
    whole = next((cell for cell in cells if _is_a_name(cell)), "")
    if whole:
        return whole
    words = [cell for cell in cells[:3] if cell.isalpha() and cell[:1].isupper()]
    return " ".join(words[:2]) if len(words) >= 2 else ""  # noqa: PLR2004 - a first and a last name


def _clean(text: str) -> str:
    return " ".join(text.split()).strip(_WRAPPING + ",;|-–—")[:200]


def _is_a_name(text: str) -> bool:
    """Two to five words, each with a capital (or in a script without any), and no heading of a table."""
    if not _NAME.fullmatch(text) or text.casefold() in _HEADS:
        return False
    if not _NO_NAMES.isdisjoint(text.casefold().split()):
        return False
    return all(word[:1].isupper() or not word.isascii() or word in _PARTICLES for word in text.split())
