"""Mails that sound like requests and are none: pitches, newsletters, order talk, disclaimers."""

from __future__ import annotations

import re
from typing import Final

from intake.triage.clues import Said, clue, triggers_of

_PITCH: Final = (
    clue(
        "offers something",
        "our platform|our solution|our software|our tool|our service|our product|we help|we offer|we provide"
        "|we speciali",
        r"\b(?:our (?:platform|solution|software|tool|service|product)s?|we (?:help|offer|provide|speciali[sz]e))\b",
    ),
    clue(
        "wants a call",
        " call| demo| meeting| chat| trial|consultation|assessment|15 minute|20 minute|30 minute|15-minute|20-minute"
        "|30-minute",
        r"\b(?:schedule|book|set up|hop on|jump on) (?:a |an )?(?:\S{1,10} )?(?:call|demo|meeting|chat)\b"
        r"|\bfree (?:trial|demo|consultation|assessment)\b|\b(?:15|20|30)[- ]minutes?\b",
    ),
    clue(
        "speaks of compliance as a product",
        "complian|automate|webinar|paper|roi|like yours",
        r"\b(?:compliance (?:platform|software|solution|team|needs|journey|burden)|(?:stay|become) compliant"
        r"|automate (?:your )?(?:dsar|privacy|data subject)|webinar|white ?paper|roi|(?:companies"
        r"|businesses) like yours)\b",
    ),
)
_TOPICS: Final = (
    clue(
        "a subpoena or a request of an authority",
        "subpoena|warrant|court|enforcement|jury|preservation",
        r"\b(?:subpoena|search warrant|court order|law enforcement request|grand jury|preservation request)\b",
    ),
    clue(
        "a question of the press",
        "journalist|reporter|am writing a|m writing a|for comment|press inquiry|on the record",
        r"\b(?:journalist|reporter|i(?:['’]m| am) writing (?:a story|an article)|request for comment"
        r"|press inquiry|on the record)\b",
    ),
    clue(
        "it looks like phishing",
        "verify your|your account|your mailbox|click |wire transfer|beneficiary|bitcoin",
        r"\b(?:verify your (?:account|identity|mailbox)|your (?:account|mailbox) (?:has been|will be) "
        r"(?:suspended|deactivated|closed|deleted)|click (?:here|the link) (?:below )?to (?:verify|restore"
        r"|avoid|confirm)"
        r"|wire transfer|beneficiary|bitcoin)\b",
    ),
    clue(
        "only about newsletters",
        "unsubscribe| list|newsletter|mails|spam|suscrip|boletín|boletin",
        r"\bunsubscribe\b|\b(?:mailing|e-?mail|marketing) list\b|\b(?:newsletters?|(?:marketing"
        r"|promotional) e-?mails?|spam)\b"
        r"|\b(?:cancelar|darme de baja de) (?:la )?suscripci[oó]n\b|\bbolet[ií]n\b",
    ),
    clue(
        "about an order",
        "order|package|delivery|shipment|refund|invoice|cart|basket|pedido|reembolso|bestellung",
        r"\b(?:my|the|this|an) (?:\S{1,12} )?(?:order|package|delivery|shipment|refund|invoice|cart|basket)\b"
        r"|\border (?:number|no\.?|#)|\bmi pedido\b|\breembolso\b|\bmeine bestellung\b",
    ),
    clue(
        "a job application",
        "resume|résumé|cv|apply|job|cover letter|position",
        r"\b(?:my (?:resume|résumé|cv)|apply(?:ing)? for the|job (?:opening|posting)|cover letter|position of)\b",
    ),
)
_ORDER: Final = re.compile(
    r"\b(?:items?|lines?|products?|sizes?|colou?rs?|quantity|coupons?|gift|cards?|passwords?|photos?"
    r"|posts?|comments?|reviews?|e-?mails?|messages?|attachments?|appointments?|bookings?|reservations?"
    r"|carts?|baskets?|orders?|wish ?lists?|shipping|delivery|payment|shipments?|subscriptions?|flights?"
    r"|newsletters?|cookies|artículo|pedido|carrito|contraseña|reserva|pago|entrega|envío)\b"
)
_OF_ORDER: Final = re.compile(
    r"\s{0,3}(?:from|of|in|on|for|de|del)\s(?:\S{1,12}\s){0,2}?(?:order|cart|basket|wish ?list|booking"
    r"|appointment|playlist|pedido|carrito)\b"
)
_PERSONAL: Final = re.compile(
    r"\b(?:personal|private|pii|all (?:of )?(?:my|the)|everything|database|accounts?|profile|datos|cuenta"
    r"|ccpa|gdpr|datab\w{1,4}|information you|data)\b"
)
_FOOTER: Final = re.compile(
    r"unsubscribe|privacy (?:policy|notice|choices)|terms of (?:use|service)|©|all rights reserved"
    r"|view (?:in|this email in) (?:your )?browser|manage (?:your )?preferences|\|"
)
_DISCLAIMER: Final = re.compile(
    r"\b(?:intended recipient|destinatario|beabsichtigte empfänger|destinataire prévu"
    r"|received (?:this|it)\b[^.;!?]{0,40}? in error|confidential|confidencial|vertraulich"
    r"|confidentiel)"
)
_SMALL_PRINT: Final = frozenset({
    "recipient", "destinat", "empfänger", "in error", "confiden", "vertraulich", "unsubscribe", "privacy",
    "rights reserved", "browser",
})  # fmt: skip
_MARKS: Final = ("|", "©", *sorted(_SMALL_PRINT), "terms of", "preferences")
_OURSELVES: Final = re.compile(r"\b(?:we|our company|our partners)(?:\s{1,4}(?:will|would|also))?\s{0,4}$")
_PROMISE: Final = re.compile(
    r"(?:do not|don['’]?t|never|not|no longer)\s{1,4}(?:\S{1,12}\s{1,4})?(?:sell|share|rent|disclose"
    r"|trade)\b"
)
_SEVERAL: Final = 2

PHRASES: Final = triggers_of(_PITCH, _TOPICS) | _SMALL_PRINT
"""In lower case, what this module asks about."""


def is_pitch(said: Said) -> bool:
    """Whether somebody sells something: at least two signs of it."""
    return sum(bool(each.find(said)) for each in _PITCH) >= _SEVERAL


def topic(said: Said) -> str:
    """What a mail is about that may be no request, in words; "" where nothing tells."""
    return next((each.meaning for each in _TOPICS if each.find(said)), "")


def is_order_talk(words: str, following: str) -> bool:
    """Whether "delete", "change" or "remove" speaks of an order, a card or a picture, not of personal data.

    Args:
        words: what a rule matched, in lower case.
        following: the words right after it.
    """
    thing = _ORDER.search(words)
    return (thing is not None or _OF_ORDER.match(following) is not None) and _PERSONAL.search(words) is None


def small_print(said: Said) -> bool:
    """Whether a text can hold a disclaimer or a footer at all, so that its sentences must be looked at."""
    return not _SMALL_PRINT.isdisjoint(said.phrases) or "|" in said.low or "©" in said.low


def is_small_print(sentence: str) -> bool:
    """Whether a sentence is a disclaimer under a company's mail, or a newsletter's footer of links.

    Args:
        sentence: in lower case.
    """
    if not any(map(sentence.__contains__, _MARKS)):
        return False
    return _DISCLAIMER.search(sentence) is not None or len(_FOOTER.findall(sentence)) >= _SEVERAL


def is_promise(words: str, before: str) -> bool:
    """Whether a company speaks of itself: "we do not sell your data".

    Args:
        words: what a rule matched, in lower case.
        before: the words right before it.
    """
    return _OURSELVES.search(before) is not None and _PROMISE.match(words) is not None
