"""What the fields of web forms are called, in English and Spanish."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum, auto
from typing import Final

LONGEST: Final = 80
"""Letters of a label; what is longer is prose."""


class Field(Enum):
    """What a field of a form says. `OTHER` is a field that ends the one before it, and says nothing to us."""

    NAME = auto()
    FIRST_NAME = auto()
    LAST_NAME = auto()
    EMAIL = auto()
    FROM = auto()
    REQUEST = auto()
    STATE = auto()
    COUNTRY = auto()
    SUBJECT = auto()
    MESSAGE = auto()
    OTHER = auto()


_WORDS: Final = {
    Field.NAME: "name|full name|first and last name|name of consumer|name surname|nombre completo|nombre y apellido"
    "|nombre y apellidos|nombre apellidos|legal name|full legal name|contact name|requestor|requester|consumer",
    Field.FIRST_NAME: "first name|given name|firstname|fname|first|nombre|nombre de pila|primer nombre",
    Field.LAST_NAME: "last name|family name|surname|lastname|lname|last|apellido|apellidos",
    Field.EMAIL: "email|e mail|email address|e mail address|mail|mail address|contact email|customer email"
    "|confirm email|confirm email address|email confirmation|email id|correo|correo electronico"
    "|direccion de correo|direccion de correo electronico|direccion de email|reply to|correo e",
    Field.FROM: "from|de|submitted by|enviado por",
    Field.REQUEST: "request type|type of request|request|requests|type|right|rights|privacy right|privacy rights"
    "|right to exercise|rights to exercise|which right|which right do you want to exercise|privacy request type"
    "|which right would you like to exercise|i want to|i would like to|i am requesting|action|requested action"
    "|action requested|request category|kind of request|nature of request|nature of your request|dsr type|dsar type"
    "|what would you like to do|how can we help|reason|reason for contact|privacy request|request details type"
    "|what type of request are you making|what would you like us to do|tipo de solicitud|tipo|solicitud|derecho"
    "|derechos|derecho que desea ejercer|derecho a ejercer|deseo|quiero|motivo|accion|tipo de peticion|peticion",
    Field.STATE: "state|state of residence|residency|residence|state of residency|state province|province|region"
    "|us state|home state|resident of|i am a resident of|i live in|where do you live|location|jurisdiction"
    "|state region|estado|estado de residencia|residencia|provincia|ubicacion|which state do you live in"
    "|in which state do you live|state or country|state country",
    Field.COUNTRY: "country|country of residence|country region|pais|pais de residencia",
    Field.SUBJECT: "subject|topic|title|asunto|tema",
    Field.MESSAGE: "message|comments|comment|details|description|additional details|additional information|note"
    "|notes|request details|details of request|details of your request|request description|message body|body"
    "|additional comments|anything else|your request|explanation|inquiry|question|text|more information"
    "|please describe your request|describe your request|tell us more|mensaje|comentario|comentarios|detalles"
    "|descripcion|detalle|informacion adicional|notas|cuerpo del mensaje|consulta|detalles de la solicitud"
    "|explanation of request",
    Field.OTHER: "phone|phone number|telephone|mobile|cell|fax|address|street|street address|city|zip|zip code|postcode"
    "|postal code|company|order|order number|account|account number|customer number|date|time|submitted|submitted on"
    "|submitted at|submission date|submission id|date submitted|ip|ip address|remote ip|user agent|browser|page url"
    "|page|url|website|site|referrer|referer|form|form name|form id|entry id|id|status|language|newsletter"
    "|consent|i agree|signature|date of birth|birthday|attachment|attachments|file|to|cc|sent|username|user name|user"
    "|telefono|telefono movil|direccion|ciudad|codigo postal|empresa|numero de pedido|fecha|hora|enviado|idioma"
    "|firma|archivo|para|relationship|relationship to us|relacion|are you an agent|agent name|authorized agent",
}
_FIELDS: Final = {label: each for each, labels in _WORDS.items() for label in labels.split("|")}
_FRAMING: Final = frozenset({
    "your", "tu", "su", "sus", "tus", "the", "what", "is", "whats", "s", "please", "enter", "select", "choose",
    "provide", "el", "la", "cual", "es", "ingrese", "escriba", "seleccione", "field", "input", "consumers",
    "requesters", "requestors", "customers",
})  # fmt: skip
_REMARKS: Final = frozenset({"required", "optional", "obligatorio", "requerido", "opcional"})
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_WORD: Final = re.compile(r"[\W_]+")


def field_of(label: str) -> Field | None:
    """The field that a label names: however it is written, framed ("What is your …?") or marked as required."""
    if len(label) > LONGEST:
        return None
    words = [word for word in _plain(label).split() if word not in _REMARKS]
    for start in range(len(words)):
        found = _FIELDS.get(" ".join(words[start:]))
        if found is not None:
            return found
        if words[start] not in _FRAMING:
            return None
    return None


def leading(line: str) -> tuple[Field, str] | None:
    """The label that a line begins with, where only a blank parts it from its value, and the value."""
    words = line.split(None, 6)
    for count in range(min(len(words), 5), 0, -1):
        found = field_of(" ".join(words[:count]))
        if found is not None:
            return found, " ".join(words[count:])
    return None


def humps(name: str) -> str:
    """The words of a name as programs write it: "requestType" or "request_type"."""
    return _HUMP.sub(" ", name[: LONGEST * 2])


def _plain(label: str) -> str:
    """Letters and digits in lower case, without accents, one blank between words."""
    bare = "".join(_without_accents(label.lower()))
    return _NO_WORD.sub(" ", bare)


def _without_accents(text: str) -> Iterator[str]:
    for letter in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(letter):
            yield letter
