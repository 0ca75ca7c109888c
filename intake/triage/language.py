"""The language of a text, by its script or its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

LETTERS: Final = 1_500
WORDS: Final = 200

VIETNAMESE: Final = 0.06
"""Share of letters with marks that only Vietnamese uses so often."""

_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
# All letters that tell a script, the Vietnamese ones among them: most of Europe and all punctuation stand elsewhere.
_FAR: Final = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u0370-\u1fff\u2e80-\uffff]")
_UKRAINIAN: Final = re.compile("[іїєґ]", re.IGNORECASE)
_VIETNAMESE: Final = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_PLAIN_WORD: Final = re.compile("[a-z]+")
_COMMON: Final = {
    "en": "the and you my to of is i for me have that your please with this are on in it not a be was data",
    "es": "el la de que y los mis en por favor con para una su no mi es datos se lo un las del usted me",
    "de": "und ich sie die der das meine ist nicht bitte zu mit für auf von den mir ein eine daten haben wir es",
    "fr": "le la les de et je vous des mes pour que est une pas dans sur vos mon du votre au qui données ne",
    "pt": "o a os de que e não meus para uma com por em do da dados você vocês minha meu é no na se favor",
    "it": "il di che e i miei per non una con la le sono del da mi un dei dati mio è si vi in gli",
    "nl": "de het een en van ik mijn u dat is niet voor op te met aan zijn gegevens heb om bij als geachte",
    "sv": "och att det jag är på för mina som inte med en av till er om mig den har alla ni",
    "da": "og at jeg er på for mine ikke med en af til jer om mig det har de som venlig",
    "no": "og å jeg er på for mine ikke med en av til dere om meg det har som vennlig",
    "fi": "ja on että minun tietoni ole en olen se tai kaikki teidän pyydän minua",
    "pl": "i w na że się nie do z moje jest moich danych proszę dla o od państwa oraz mnie",
    "cs": "a že se na v je mé údaje prosím o pro mi mých které s podle jsem vás",
    "hr": "i da je na u se moje podatke molim za o mi svih vas prema koji su",
    "ro": "și de la în că nu mele date cu pe să vă rog meu este din pentru",
    "hu": "a az és hogy nem kérem adataimat egy az is van meg az összes",
    "tr": "ve bir bu için benim verilerimi lütfen değil olarak kişisel tüm bana ile",
    "tl": "ang ng sa mga ko po na at ako ay inyong aking hindi niyo kayo para lang yung nyo",
    "id": "dan yang saya untuk dengan tidak data ini dari mohon anda di ke semua",
}
_BY_WORD: Final[dict[str, list[str]]] = {}
for _name, _words in _COMMON.items():
    for _word in _words.split():
        _BY_WORD.setdefault(_word, []).append(_name)


def of(text: str) -> str:
    """The ISO 639-1 code of a text's language, or "" when nothing tells.

    Args:
        text: as written; its first letters are looked at.
    """
    sample = text[:LETTERS]
    plain = sample.isascii()
    if not plain:
        found = _by_script(sample)
        if found:
            return found
    words = (_PLAIN_WORD if plain else _WORD).findall(sample.lower())
    hits: dict[str, int] = {}
    for word, times in Counter(filter(_BY_WORD.__contains__, words[:WORDS])).items():
        for name in _BY_WORD[word]:
            hits[name] = hits.get(name, 0) + times
    return max(hits, key=hits.__getitem__, default="")


def _by_script(sample: str) -> str:
    if _FAR.search(sample) is None:
        return ""
    letters = sum(map(str.isalpha, sample)) or 1
    for name, pattern in _SCRIPTS:
        count = len(pattern.findall(sample))
        dense = 0.05 if name in {"ja", "ko", "zh"} else 0.3
        if count / letters > dense:
            return "uk" if name == "ru" and _UKRAINIAN.search(sample) else name
    return "vi" if len(_VIETNAMESE.findall(sample)) / letters > VIETNAMESE else ""
