"""The two words that a consumer can write to the desk at any time: how far is it, and stop."""

from __future__ import annotations

import re
from typing import Final

from store.rules.requesters import OwnWord

LONGEST: Final = 120
"""Letters of a mail that may be nothing but such a word, with its greeting and thanks."""

_MY_REQUEST: Final = r"(?:of )?(?:my|the|this) (?:privacy )?(?:requests?|case)"
_MI_SOLICITUD: Final = r"(?:de )?(?:mis?|la|esta) (?:solicitud(?:es)?|peticion(?:es)?|petición|caso)"
_ASKED: Final = {
    OwnWord.STATUS: (
        rf"(?:what(?:s| is) the )?status(?: {_MY_REQUEST})?",
        rf"(?:cu[aá]l es el )?estado(?: {_MI_SOLICITUD})?",
    ),
    OwnWord.CANCEL: (
        rf"(?:i (?:want|would like) to )?cancel(?: {_MY_REQUEST})?",
        rf"(?:quiero )?cancelar?(?: {_MI_SOLICITUD})?",
        rf"cancele {_MI_SOLICITUD}",
    ),
}
_BEFORE: Final = r"(?:(?:hello|hi|hola|buenos días|buenas tardes) )?(?:(?:please|por favor) )?"
_AFTER: Final = r"(?: (?:please|por favor))?(?: (?:thanks|thank you|many thanks|gracias|muchas gracias))?"
_WORDS: Final = {
    word: re.compile(rf"{_BEFORE}(?:{'|'.join(ways)}){_AFTER}", re.IGNORECASE) for word, ways in _ASKED.items()
}
_SIGNS: Final = re.compile(r"[^\w\s]+")


def own_word(subject: str, reply: str) -> OwnWord | None:
    """The word, where a mail is nothing else: "cancel my account" or "cancel, and delete it" are for a person to read.

    Args:
        subject: its title, which counts where nothing is written below it.
        reply: what the consumer wrote anew.
    """
    written = reply if reply.strip() else subject
    if len(written) > LONGEST:
        return None
    words = " ".join(_SIGNS.sub("", written.replace("-", " ")).split())
    return next((word for word, said in _WORDS.items() if said.fullmatch(words)), None)
