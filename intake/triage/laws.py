"""Under which law a mail stands: where its writer lives, else which law it names."""

# ruff: noqa: RUF001 - letters and commas of other scripts are the very matter here

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from intake.triage.clues import clue, triggers_of
from intake.triage.phrasebook import flat
from intake.triage.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from intake.triage.clues import Said

SPOTS: Final = 5
"""Places in a text at which one name is weighed."""
SHORT: Final = 2
"""Letters of a place that is only its initials."""
BEFORE: Final = 48
AFTER: Final = 24
SURE: Final = 2
"""From this weight on a place is where the writer lives."""

_ACTS: Final = (
    clue(
        "uk-gdpr",
        "uk gdpr|uk-gdpr|act 2018|data protection act|data (use",
        r"\buk[- ]gdpr\b|\bdata protection act(?: 2018| 1998)?\b|\bdata \(use and access\) act\b",
    ),
    clue(
        "us-ca",
        "ccpa|cpra|california consumer|california privacy|california law|1798.1|shine the light|ley de california"
        "|loi californienne|california's|ccr|ley de privacidad|lei da calif|luật california"
        "|加州|カリフォルニア|캘리포니아"
        "|verifiable consumer|right to limit|my sensitive personal information",
        r"\b(?:ccpa|cpra)(?![a-z0-9])|\bcalifornia (?:consumer |)privacy\b|\bcalifornia(?:'s|) (?:privacy "
        r"|state |)laws?\b"
        r"|\b1798\.1\d\d\b|\bshine the light\b|\b11 ccr\b"
        r"|\bley (?:de privacidad )?(?:del consumidor )?de california\b"
        r"|\blei da calif[oó]rnia\b|\bloi californienne\b|luật california|加州~?.{0,6}法|캘리포니아.{0,12}법"
        r"|カリフォルニア.{0,10}法|\bverifiable consumer request\b|limit the use of my sensitive personal information",
    ),
    clue(
        "us-va",
        "vcdpa|virginia consumer|59.1-57|virginia's",
        r"\bvcdpa\b|\bvirginia consumer data\b|\b59\.1-5[78]\d\b|\bvirginia's (?:privacy )?law",
    ),
    clue(
        "us-co",
        "colorado privacy|colorado's|colorado law",
        r"\bcolorado privacy act\b|\bcolorado(?:'s|) (?:privacy )?law",
    ),
    clue(
        "us-ct",
        "ctdpa|connecticut data|connecticut act|connecticut's",
        r"\bctdpa\b|\bconnecticut data privacy\b|\bconnecticut act\b|\bconnecticut's",
    ),
    clue("us-ut", "ucpa|utah consumer", r"\bucpa\b|\butah consumer privacy\b"),
    clue(
        "us-tx",
        "tdpsa|texas data|texas attorney|texas law",
        r"\btdpsa\b|\btexas data privacy\b|\btexas attorney general\b|\btexas law\b",
    ),
    clue(
        "us-or",
        "ocpa|oregon consumer|oregon's",
        r"\bocpa\b|\boregon consumer privacy\b|\boregon's (?:\S{1,12} )?(?:law|statute|act)\b",
    ),
    clue("us-mn", "mcdpa|minnesota consumer", r"\bmcdpa\b|\bminnesota consumer data\b"),
    clue("us-mt", "montana consumer", r"\bmontana consumer data\b"),
    clue(
        "us-de",
        "delaware personal|delaware's",
        r"\bdelaware personal data\b|\bdelaware's (?:\S{1,12} )?(?:law|statute|act)\b",
    ),
    clue("us-nj", "new jersey data", r"\bnew jersey data privacy\b"),
    clue("us-nh", "new hampshire privacy", r"\bnew hampshire privacy\b"),
    clue("us-md", "maryland online", r"\bmaryland online data\b"),
    clue("us-tn", "tennessee information", r"\btennessee information protection\b"),
    clue("us-fl", "florida digital", r"\bflorida digital bill\b"),
    clue(
        "eu-gdpr",
        "gdpr|dsgvo|ds-gvo|rgpd|general data protection|2016/679|rodo|avg|reglamento general|regulamento geral"
        "|règlement général|reglamento europeo|regulamento europeu|datenschutz-grundverordnung"
        "|一般数据保护|通用数据保护"
        "|cnil|aepd|cnpd|baylda|autoriteit persoons|landesdatenschutz|lista robinson",
        r"\bgdpr\b|\bdsgvo\b|\bds-gvo\b|\brgpd\b|\bgeneral data protection regulation\b|\b2016/679\b|\brodo\b"
        r"|\bavg\b|\breglamento (?:general de protecci|europeo)|\bregulamento (?:geral sobre a prote|europeu)"
        r"|\brèglement général sur la protection|datenschutz-grundverordnung|[一通][般用]数据保护|\bcnil\b|\baepd\b"
        r"|\bcnpd\b|\bbaylda\b|\bautoriteit persoons|\blandesdatenschutz|\blista robinson\b",
    ),
    clue(
        "eu-gdpr",
        "art. 1|art 1|article 1|artikel 1|artículo 1|articulo 1|artigo 1|art. 2|art 2|article 2|artikel 2|artículo 2"
        "|articulo 2|artigo 2|articles 1",
        r"\b(?:art\.? ?|articles? |artikel |art[íi]culo |artigo )(?:1[5-8]|2[0-2])\b(?!\.?\d)(?!.{0,25}(?:lgpd"
        r"|lei ))",
    ),
    clue("uk-gdpr", "sar|ico", r"\b(?:formal |my |the |to )sar\b|\bsar (?:of|please|response)|\bthe ico\b"),
)
PHRASES: Final = triggers_of(_ACTS)
"""In lower case, the words that this module waits for."""

_LIVES: Final = re.compile(
    r"(?:\b(?:resid(?:e|es|ing|ents?|ente|o|ant|indo|es)|domicil\w{1,6}|li(?:ve|ves|ving)|citizens?|settled"
    r"|moved|writ(?:e|ing)|greetings"
    r"|i'm|i am|we're|i live|we live|here|from|bonjour|bonsoir|regards|vivo|vivimos|vive|resido|soy|somos"
    r"|escribo|ciudadan[oa]"
    r"|vecin[oa]|domicilio|wohn\w{1,6}|lebe|bin|komme|habit\w{1,4}|je vis|suis|moro|moramos|vivemos|sou|escrevo"
    r"|residindo"
    r"|ubicad[oa]|desde|aus|depuis|aqui|ici|hier|customer|taga|nakatira|naninirahan|dito|tumira|song|cu ngu"
    r"|cu dan|em o|toi o|nha toi"
    r"|calling|resident of|member in|expatrie|installe|living|born in and live|up here|outside|woonachtig|mieszkam)\b"
    r"|ساکن|Ապրում|住|居|搬|在|来自|來自|寫自)[^.!?;:\n。]{0,26}$"
)
_LIVED: Final = re.compile(
    r"\b(?:used to|lived|grew up|born|visit\w{0,3}|trip|vacation|ship\w{0,4}|store|company|office"
    r"|headquarter\w{0,3}|flew"
    r"|flight|travel\w{0,4}|you(?:'re| are)|your|left|never|was in|back in|bought in|made in|university of"
    r"|not in|bank of"
    r"|vivia|viaje|tienda|nunca|jamas|flug|reise|voyage|viagem|law of|laws of|under"
    r"|attorney general)\b[^.!?;:\n。]{0,24}$"
)
_THERE: Final = re.compile(
    r" ?(?:residents?|consumers?|citizens?|customer|einwohner|resident"
    r"|주민|거주|에 사|에서 .{0,6}살|사는|살아|에서 |시민|에 있"
    r"|居民|居住|在住|人$|人，|州居民|州的居民|州?.{0,4}(?:居民|住户|居住)|ում|市?來信)"
)
_PEOPLE: Final = re.compile(r" (?:resident|consumer|citizen)s?\b")
_NEAR: Final = re.compile(
    r"(?:\b(?:in|at|from|of|near|en|de|aus|a|em|sa|do|da|o|tai|im|taga-?|outside|aqui)\s|[,(|:\n]\s{0,2})$"
)
_TOWN: Final = re.compile(r"[^\W\d_]{3,30}, {0,2}$")
_CODE: Final = re.compile(r"[A-Za-z.], ?([A-Z]{2})\b(?! [A-Z])|\b([A-Z]{2}),? \d{5}\b|\bSTATE: ?([A-Z]{2})\b")
_BESIDE: Final = re.compile(r"[, ]{1,2}\(?([a-z]{2})\b")


class _Name(NamedTuple):
    """What a name of a place says."""

    law: str | None
    rank: str
    ambiguous: bool


def law_of(said: Said) -> tuple[str | None, str]:
    """The pack of the law that applies by a stated residence, else by a law that is named, and the words."""
    homes = sorted(_homes(said), key=lambda home: (-home[0], home[1], -home[2], home[3] or ""))
    if homes and homes[0][0] >= SURE:
        _, start, end, law = homes[0]
        return law, said.text[start:end] if law else ""
    for each in _ACTS:
        words = each.find(said)
        if words:
            return each.meaning, words
    if homes:
        _, start, end, law = homes[0]
        return law, said.text[start:end] if law else ""
    return None, ""


def _homes(said: Said) -> Iterator[tuple[int, int, int, str | None]]:
    """Places with what speaks for living there: 1 a little, 2 enough, 3 clearly."""
    names, vocabulary = _gazetteer()
    plain = flat(said.low)
    for name in vocabulary.found(plain):
        at = plain.find(name)
        for _ in range(SPOTS):
            if at < 0:
                break
            end = at + len(name)
            if _stands_alone(plain, at, end):
                weight = _weight(said.text, plain, at, end, names[name])
                if weight:
                    people = _PEOPLE.match(plain, end)
                    yield weight, at, people.end() if people else end, names[name].law
            at = plain.find(name, end)
    for code in islice(_CODE.finditer(said.text), SPOTS):
        found = _codes().get((code[1] or code[2] or code[3]).lower())
        if found is not None:
            group = code.lastindex or 1
            yield SURE if group == 1 else SURE + 1, code.start(group), code.end(group), found.law


def _weight(text: str, plain: str, start: int, end: int, name: _Name) -> int:
    """How much speaks for living at a place, 0 to 4."""
    before, after = plain[max(0, start - BEFORE) : start], plain[end : end + AFTER]
    initials = end - start <= SHORT and not text[start:end].isupper()
    if initials or _LIVED.search(before):
        return 0
    if name.rank == "people" or _state_beside(after) == name.law:
        return SURE + 1
    lives = _LIVES.search(before) is not None or _THERE.match(after) is not None
    capital = text[start].isupper() or not plain[start].isascii()
    if name.rank == "regions":
        town = capital and _TOWN.search(before) is not None
        return SURE * town + (SURE if town else SURE + 1) * lives or int(_NEAR.search(before) is not None)
    near = _NEAR.search(before) is not None
    if name.ambiguous:
        return SURE if lives and (capital or near) else 0
    return SURE + 1 if lives else SURE * (near and capital)


def _state_beside(after: str) -> str | None:
    code = _BESIDE.match(after)
    found = _codes().get(code[1]) if code else None
    return found.law if found else ""


def _stands_alone(plain: str, start: int, end: int) -> bool:
    if not plain[start].isascii():
        return True
    joined = end < len(plain) and plain[end].isascii() and plain[end].isalnum()
    return not joined and not (start and plain[start - 1].isascii() and plain[start - 1].isalnum())


@cache
def _gazetteer() -> tuple[dict[str, _Name], Vocabulary]:
    names: dict[str, _Name] = {}
    for rank, law, name in _rows():
        if rank != "codes":
            names.setdefault(flat(name.rstrip("?")), _Name(law, rank, name.endswith("?")))
    return names, Vocabulary(names)


@cache
def _codes() -> dict[str, _Name]:
    return {name: _Name(law, rank, ambiguous=False) for rank, law, name in _rows() if rank == "codes"}


def _rows() -> Iterator[tuple[str, str | None, str]]:
    rank = ""
    file = resources.files("intake.triage").joinpath("places.txt")
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            rank = line.strip("[] ")
        elif not line.startswith("//"):
            law, _, names = line.partition(":")
            for name in filter(None, map(str.strip, names.split(";"))):
                yield rank, None if law == "none" else law, name.lower()
