"""Secrets that are plain words: passwords and the answers to security questions, known by how a sentence tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator

LEAST = 4
MARKS = "\"'`\u201c\u201d\u2018\u2019«»()[]{}<>.,;:!?*"
OPENING = "\"'`\u201c\u2018«"
SAYS_NOTHING = frozenset(
    """
    a an also at deleted encrypted for hashed held here hidden in is it kept known masked missing n/a never new no
    none not nothing of old on one only or personal protected redacted removed required reset safe secret set
    still stored strong that the this to unknown was we weak what with withheld yes you your
    cifrada de eliminada en es esta está guardada ninguna nunca oculta protegida se segura sí su una
    """.split()  # noqa: SIM905 - words are easier to read than a list of them
)
"""What may stand behind "your password is" and tells none."""

_NAMED = r"[^\S\n]*[\"”’)]?[^\S\n]*"
_PASSWORD = r"(?<!\w)(?:pass[ -]?(?:word|code|phrase)s?|passwd|pwd|contrase[ñn]as?|clave de acceso)(?!\w)"  # noqa: S105 - a word
_ANSWER = (
    r"(?<!\w)(?:(?:security|secret|recovery)[ -](?:question(?:'s|’s)? )?answer"
    r"|answer to (?:your|the|her|his|their|a) (?:security|secret|recovery) question"
    r"|respuesta (?:secreta|de seguridad|a (?:la|su) pregunta (?:secreta|de seguridad)))(?!\w)"
)
_WRITTEN = r"(?:(?:is|was|es|era)?\s*[:=]\s*|(?P<said>is|was|es|era)\s+)(?P<value>\S+)(?=(?P<rest>[^\n]*))"
_PASSWORD_TOLD = re.compile(_PASSWORD + _NAMED + _WRITTEN, re.IGNORECASE)
_ANSWER_TOLD = re.compile(_ANSWER + _NAMED + _WRITTEN, re.IGNORECASE)
_ODD = re.compile(r"\d|[^\w\-'’]|_|[a-z][A-Z]")


def passwords(text: str) -> Iterator[tuple[int, int]]:
    """Where passwords stand: behind the word, and looking like one, or alone on their line."""
    for match in _PASSWORD_TOLD.finditer(text):
        value = match["value"].strip(MARKS)
        alone = not match["said"] and not match["rest"].strip(MARKS + " ")
        quoted = match["value"][0] in OPENING
        if _tells(value) and len(value) >= LEAST and (alone or quoted or _ODD.search(value)):
            yield match.span("value")


def answers(text: str) -> Iterator[tuple[int, int]]:
    """Where answers to security questions stand: behind the words that say so."""
    for match in _ANSWER_TOLD.finditer(text):
        if _tells(match["value"].strip(MARKS)):
            yield match.span("value")


def _tells(value: str) -> bool:
    """Yes or no: a word that is a secret and not a part of a sentence about it."""
    return value.lower() not in SAYS_NOTHING and any(map(str.isalnum, value)) and "://" not in value
