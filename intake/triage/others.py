"""Mails that sound like requests and are none: pitches, newsletters, order talk, disclaimers."""

from __future__ import annotations

import re
from typing import Final

from intake.triage.clues import clue

_PITCH: Final = (
    clue(
        "offers something",
        "our |we help|we offer|we provide|we speciali",
        r"\b(?:our (?:platform|solution|software|tool|service|product)s?|we (?:help|offer|provide|speciali[sz]e))\b",
    ),
    clue(
        "wants a call",
        "call|demo|meeting|chat|trial|consultation|assessment|minute",
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
        "journalist|reporter|writing|comment|press|on the record",
        r"\b(?:journalist|reporter|i(?:['’]m| am) writing (?:a story|an article)|request for comment"
        r"|press inquiry|on the record)\b",
    ),
    clue(
        "it looks like phishing",
        "verify|your account|your mailbox|click|wire|beneficiary|bitcoin",
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
    r"|newsletters?|cookies|artículo|pedido|carrito|contraseña|reserva|pago|entrega|envío)\b",
    re.IGNORECASE,
)
_PERSONAL: Final = re.compile(
    r"\b(?:personal|private|pii|all (?:of )?(?:my|the)|everything|database|accounts?|profile|datos|cuenta"
    r"|ccpa|gdpr|datab\w{1,4}|information you|data)\b",
    re.IGNORECASE,
)
_FOOTER: Final = re.compile(
    r"unsubscribe|privacy (?:policy|notice|choices)|terms of (?:use|service)|©|all rights reserved"
    r"|view (?:in|this email in) (?:your )?browser|manage (?:your )?preferences|\|",
    re.IGNORECASE,
)
_DISCLAIMER: Final = re.compile(
    r"\b(?:intended recipient|destinatario|beabsichtigte empfänger|destinataire prévu"
    r"|received (?:this|it)\b[^.;!?]{0,40}? in error|confidential|confidencial|vertraulich"
    r"|confidentiel)",
    re.IGNORECASE,
)
_SMALL_PRINT: Final = (
    "recipient",
    "destinat",
    "empfänger",
    "in error",
    "confiden",
    "vertraulich",
    "unsubscribe",
    "privacy",
    "©",
    "|",
    "rights reserved",
    "browser",
)
_OURSELVES: Final = re.compile(
    r"\b(?:we|our company|our partners)(?:\s{1,4}(?:will|would|also))?\s{0,4}$", re.IGNORECASE
)
_PROMISE: Final = re.compile(
    r"(?:do not|don['’]?t|never|not|no longer)\s{1,4}(?:\S{1,12}\s{1,4})?(?:sell|share|rent|disclose"
    r"|trade)\b",
    re.IGNORECASE,
)
_SEVERAL: Final = 2


def is_pitch(text: str, low: str) -> bool:
    """Whether somebody sells something: at least two signs of it."""
    return sum(bool(each.find(text, low)) for each in _PITCH) >= _SEVERAL


def topic_of(text: str, low: str) -> str:
    """What a mail without a request is about, in words."""
    return next(
        (each.meaning for each in _TOPICS if each.find(text, low)), "no privacy right is invoked in words we know"
    )


def is_order_talk(words: str, following: str) -> bool:
    """Whether "delete", "change" or "remove" speaks of an order, a card or a picture, not of personal data.

    Args:
        words: what a rule matched.
        following: the words right after it.
    """
    thing = _ORDER.search(words)
    after = re.match(
        r"\s{0,3}(?:from|of|in|on|for|de|del)\s(?:\S{1,12}\s){0,2}?(?:order|cart|basket|wish ?list|booking"
        r"|appointment|playlist|pedido|carrito)\b",
        following,
        re.IGNORECASE,
    )
    return (thing is not None or after is not None) and _PERSONAL.search(words) is None


def small_print(low: str) -> bool:
    """Whether a text can hold a disclaimer or a footer at all, so that its sentences must be looked at.

    Args:
        low: the text in lower case.
    """
    return any(word in low for word in _SMALL_PRINT)


def is_small_print(sentence: str) -> bool:
    """Whether a sentence is a disclaimer under a company's mail, or a newsletter's footer of links."""
    return _DISCLAIMER.search(sentence) is not None or len(_FOOTER.findall(sentence)) >= _SEVERAL


def is_promise(words: str, before: str) -> bool:
    """Whether a company speaks of itself: "we do not sell your data".

    Args:
        words: what a rule matched.
        before: the words right before it.
    """
    return _OURSELVES.search(before) is not None and _PROMISE.match(words) is not None
