"""The language of a text, by its script or its commonest words."""

# ruff: noqa: RUF001 - letters of other scripts are the very matter here

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
_PERSIAN: Final = re.compile("[پچژگکی\u200c]")
_UKRAINIAN: Final = re.compile("[іїєґ]|щиро|дякую|гарного|ваш запит", re.IGNORECASE)
_VIETNAMESE: Final = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_ADDRESS: Final = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}")
"""No words: their "com" is Portuguese, their "de" half of Europe's."""
_PLAIN_WORD: Final = re.compile("[a-z]+")
_COMMON: Final = {
    "en": "the and you my to of is i for me have that your please with this are on in it not a be was data "
    "delete account pls what who how why from by an or all any out at if but so get got did do does "
    "can can't don't didn't just only now then stop name number email list lists phone mail close "
    "copy thanks thank regards hello hi dear records request test reply off up more been has had "
    "were will would which there their they them he she his her one two about over after before us "
    "our here again still right looks see documents document user proof survey code customer since "
    "years sell mine info no access appeal delivered nothing's type subject agent third parties "
    "under anyone",
    "es": "el la de que y los mis en por favor con para una su no mi es datos se lo un las del usted me "
    "borrar todo hola mío tienen quién quien quiénes mandar pueden ya fa porfa quiero kiero eliminar "
    "elimínen cuenta información correo gracias buenas buenos días soy están han les nos esto esta "
    "ese eso aquí ahí muy más todos nada sin qué cómo cuándo dónde saludos señores ustedes uds "
    "nuestro nuestra tengo tiene hay fue ser está como pero porque cuando ni dato bórrenme quítenme "
    "prueba stop quedó perfecto responda sí negocio hagan conmigo prohibido pasarle otras empresas "
    "desagan sus bancos score boletín vendieron dado dieron puntaje evite gratis semana esta dirigir "
    "domicilio",
    "de": "und ich sie die der das meine ist nicht bitte zu mit für auf von den mir ein eine daten haben "
    "wir es kein keine keinen über bei nur noch sind kann können wird wurde habe ihr ihre ihren "
    "ihrem ihnen euch eure sehr geehrte damen herren hallo danke gruß grüße löschen konto als wie "
    "was wenn dass auch dem des im zum zur aus nach oder um einen einem einer erlaubt erlauben "
    "meinerseits unser unsere bestätigungscode auskunft widerspruch mehr schon mal bin seit diese "
    "dieser dieses werden keine",
    "fr": "le la les de et je vous des mes pour que est une pas dans sur vos mon du votre au qui données "
    "ne tout tous effacer svp merci bonjour bonsoir madame monsieur ce cette ces avec par plus suis "
    "être avez nous il elle ma sa ses leur aux en y ci joint carte comme demandé né née corriger "
    "pièce jointe voyez congé cas d'urgence jusqu essai quelqu'un stage particuliers fichier compte "
    "supprimer veuillez ai a été c'est j'ai n'ai qu'un quelqu ici répondre rempli signé scanné dites "
    "passe mal justificatif observation allô où sont",
    "pt": "o a os de que e não meus para uma com por em do da dados você vocês minha meu é no na se favor "
    "quero vcs voces apaguem apagar excluir tudo têm tem mandem minhas isso aí pra obrigado obrigada "
    "olá boa bom dia tarde noite sem nada mais muito já até também foi são está estou ainda alguma "
    "novidade falta beleza pressa bem avisar seu sua seus suas ao à pelo pela nos nas dos das quando "
    "depois porque mim eu anúncio personalizado primeiro confirmar recebi aguardo podem outra "
    "aplicação artigo recusaram negaram documento sendo mandei vezes cadastro conta telemóvel ficha "
    "vossa vosso vos",
    "it": "il di che e i miei per non una con la le sono del da mi un dei dati mio è si vi in gli vostro "
    "vostra tutti tutte questo questa come ho hai avete cancellare grazie buongiorno salve al alla "
    "dalla nel vorrei",
    "nl": "de het een en van ik mijn u dat is niet voor op te met aan zijn gegevens heb om bij als geachte "
    "geen graag verwijderen account alle uw jullie wordt worden kan wil deze dit die nog maar ook",
    "sv": "och att det jag är på för mina som inte med en av till er om mig den har alla ni",
    "da": "og at jeg er på for mine ikke med en af til jer om mig det har de som venlig",
    "no": "og å jeg er på for mine ikke med en av til dere om meg det har som vennlig",
    "fi": "ja on että minun tietoni ole en olen se tai kaikki teidän pyydän minua",
    "pl": "i w na że się nie do z moje jest moich danych proszę dla o od państwa oraz mnie",
    "cs": "a že se na v je mé údaje prosím o pro mi mých které s podle jsem vás",
    "hr": "i da je na u se moje podatke molim za o mi svih vas prema koji su",
    "ro": "și de la în că nu mele date cu pe să vă rog meu este din pentru va fi fost sunt dumneavoastră "
    "datele contul astăzi aici șters evita introduceți",
    "hu": "a az és hogy nem kérem adataimat egy az is van meg az összes",
    "tr": "ve bir bu için benim verilerimi lütfen değil olarak kişisel tüm bana ile bulamadım tekrar "
    "misiniz mısınız fatura hesabımı silin verilerim gönderebilir",
    "tl": "ang ng sa mga ko po na at ako ay inyong aking hindi niyo kayo para lang yung nyo burado lahat "
    "burahin ninyo namin natin kami tayo siya ito yan iyan dito wala walang pa rin din naman daw yun "
    "pls mag pag kung dahil salamat magandang araw pakiusap huwag wag gusto kong ibang pinagbentahan "
    "datos impormasyon",
    "vi": "toi hom qua nhau xin roi viet bay dung dong tai khoan cua anh chi em minh khong duoc cho quy vi cong "
    "ty thong tin du lieu xoa "
    "gui nhieu muon nguoi nay ban nha voi lai moi ngay dien thoai khuyen mai huy dang ky vui long cam on giup "
    "tui biet nhung",
    "hi": "mujhe aapke paas mere bare mein kya hai uski kar dijiye mera meri karo nahi hain aap bataiye mat karna",
    "id": "dan yang saya untuk dengan tidak data ini dari mohon anda di ke semua",
}
_MARKS: Final = {
    "es": re.compile("[ñ¿¡Ñ]"),
    "pt": re.compile("[ãõÃÕ]|ção"),
    "fr": re.compile("[êèœùÊÈŒ]|[lLdDjJqQnNcC]['’][éêh]"),
    "de": re.compile("[äßÄ]"),
    "sv": re.compile("[åÅ]"),
    "tr": re.compile("[ışğİŞĞ]"),
    "pl": re.compile("[łżśźęŁŻŚŹĘ]"),
    "ro": re.compile("[țșȚȘ]"),
}
"""Letters that a language writes and few others do."""
MARKED: Final = 2
"""Words that such a letter counts for."""
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
    if "@" in sample:
        sample = _ADDRESS.sub(" ", sample)
    plain = sample.isascii()
    if not plain:
        found = _by_script(sample)
        if found:
            return found
    words = (_PLAIN_WORD if plain else _WORD).findall(sample.lower())
    hits = {name: MARKED for name, letters in _MARKS.items() if not plain and letters.search(sample)}
    for word, times in Counter(filter(_BY_WORD.__contains__, words[:WORDS])).items():
        for name in _BY_WORD[word]:
            hits[name] = hits.get(name, 0) + times
    return max(hits, key=hits.__getitem__, default="en" if plain and sample.strip() else "")


def _by_script(sample: str) -> str:
    if _FAR.search(sample) is None:
        return ""
    letters = sum(map(str.isalpha, sample)) or 1
    for name, pattern in _SCRIPTS:
        count = len(pattern.findall(sample))
        dense = 0.05 if name in {"ja", "ko", "zh"} else 0.3
        if count / letters > dense:
            return _sister(name, sample)
    return "vi" if len(_VIETNAMESE.findall(sample)) / letters > VIETNAMESE else ""


def _sister(name: str, sample: str) -> str:
    """Of two languages in one script, the one whose own letters are there."""
    if name == "ru" and _UKRAINIAN.search(sample):
        return "uk"
    return "fa" if name == "ar" and _PERSIAN.search(sample) else name
