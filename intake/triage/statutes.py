"""Rights invoked by their paragraph, in whatever language the rest is written."""

# ruff: noqa: RUF001 - letters, dashes and colons of other scripts are the very matter here

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from intake.triage.clues import Said

WEIGHT: Final = 0.8
LATER: Final = 0.55
"""A second article is often only mentioned: it counts for less than the first."""

REACH: Final = 20
"""Letters before a number in which the word for "article" is looked for."""

# Cal. Civ. Code 1798.1xx
_CALIFORNIA: Final = re.compile(r"\b1798\.(1[0-9]{2})\b(?:\s{0,2}\([a-z]\)){0,2}")
_SECTIONS: Final = {
    "100": "know_specific",
    "105": "delete",
    "106": "correct",
    "110": "know_specific",
    "115": "know_categories",
    "120": "opt_out",
    "121": "limit",
    "125": "",
}
# Articles 15 to 22 of the GDPR, as every language of the Union writes them.
_NUMBER: Final = re.compile(r"[12](?<![\w.].)(?:(?<=1)[5-8]|(?<=2)[0-2])\b(?!\s?/)")
_BEFORE: Final = re.compile(
    r"(?:\barts?\.?|\barticles?|\bartikeln?s?|\bart[íi]culos?|\bartigos?|\barticol\w{1,3}|\bčlán\w{1,4}|\bčlan\w{1,3}"
    r"|\bčl\.|\bartyku\w{1,4}|\bάρθρ\w{1,3}|\bстат\w{1,4}|第)\s{0,3}$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(r"\.?\s{1,3}(?:člán|článk|člank|cikk|artikl)", re.IGNORECASE)
_ARTICLES: Final = {
    "15": "know_specific",
    "16": "correct",
    "17": "delete",
    "18": "limit",
    "20": "know_specific",
    "21": "opt_out",
    "22": "admt_opt_out",
}
PHRASES: Final = frozenset({
    "gdpr", "dsgvo", "ds-gvo", "rgpd", " avg", "rodo", "2016/679", "гдпр", "data protection",
    "grundverordnung", "datenschutz", "dataskydd", "databeskytt", "personvern", "tietosuoja",
    "gegevensbescherming", "protección de datos", "proteccion de datos", "proteção de dados",
    "protection des données", "protezione dei dati", "ochraně osobních", "ochronie danych", "ochrane osobných",
    "zaštiti podataka", "protecția datelor", "adatvédel", "προστασία", "защите", "защита", "захист",
})  # fmt: skip
"""By these words an article is one of the Regulation, in the languages of the Union and nearby."""


class Cited(NamedTuple):
    """A paragraph found: the right it gives, how much it says, and where it stands."""

    kind: str
    weight: float
    start: int
    end: int


def cited(said: Said) -> list[Cited]:
    """The rights whose paragraphs a text cites.

    Sources: Cal. Civ. Code 1798.100 to 1798.121; Regulation (EU) 2016/679, Articles 15 to 22.
    """
    found: list[Cited] = []
    text = said.text
    if "1798." in text:
        for each in _CALIFORNIA.finditer(text):
            kind = _SECTIONS.get(each[1], "")
            if kind:
                found.append(Cited(kind, WEIGHT, each.start(), each.end()))
    if not PHRASES.isdisjoint(said.phrases):
        found.extend(_articles(text))
    return found


def _articles(text: str) -> list[Cited]:
    found: list[Cited] = []
    for each in _NUMBER.finditer(text):
        before = text[max(0, each.start() - REACH) : each.start()]
        word = _BEFORE.search(before)
        if word is None and _AFTER.match(text, each.end()) is None:
            continue
        number = each[0]
        kind = _ARTICLES[number]
        if number == "22" and found:
            continue  # what an access letter asks to be told about automated decisions
        if any(one.kind == kind for one in found):
            continue
        found.append(Cited(kind, LATER if found else WEIGHT, each.start() - len(word[0] if word else ""), each.end()))
        if len(found) >= len(_ARTICLES):
            break
    return found
