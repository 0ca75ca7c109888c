"""The disclosure guard: numbers and secrets that no letter may hold (section 7024(d)), known by their form.

A finding tells what was found and in which line, never the value. Where the form alone says little (a driver's licence
may be any eight digits) the words beside it decide: "a driver's licence number" may be told, the number may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from store.rules import checksums, passwords
from store.rules.plainly import Plain, read_plainly

MASK = "•••"


class Secret(StrEnum):
    """What no letter may hold."""

    SOCIAL_SECURITY = "social_security"
    CARD = "card"
    BANK_ACCOUNT = "bank_account"
    DRIVERS_LICENCE = "drivers_licence"
    PASSPORT = "passport"
    HEALTH_ID = "health_id"
    PASSWORD = "password"  # noqa: S105 - the name of a kind
    SECURITY_ANSWER = "security_answer"
    PRIVATE_KEY = "private_key"

    @property
    def plain(self) -> str:
        """As a person reads it, such as "a social-security number"."""
        return _WORDS[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """That something stands in a text: what, and in which of its lines, the first of which is 1."""

    what: Secret
    line: int


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a value stands."""

    what: Secret
    start: int
    end: int


def findings(text: str, *, ours: Sequence[str] = ()) -> tuple[Finding, ...]:
    """What a text holds that no letter may hold, line by line.

    Args:
        text: a letter.
        ours: what we wrote into it ourselves and is no secret of the consumer's, such as the case's token.
    """
    for word in ours:
        text = text.replace(word, " " * len(word))
    found = {Finding(span.what, text.count("\n", 0, span.start) + 1) for span in _spans(text)}
    return tuple(sorted(found, key=lambda finding: (finding.line, finding.what)))


def masked(text: str) -> str:
    """A text with every such value replaced by dots."""
    for span in reversed(_spans(text)):
        text = text[: span.start] + MASK + text[span.end :]
    return text


def told(found: Sequence[Finding]) -> str:
    """Findings in a sentence's words: "a password (line 3) and a card number (line 4)"."""
    words = [f"{each.what.plain} (line {each.line})" for each in found]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _spans(text: str) -> list[_Span]:
    """Where the values stand in the text, in their order; of two that overlap the first, and of these the longer."""
    plain = read_plainly(text)
    kept: list[_Span] = []
    for span in sorted(_found(plain), key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return [_Span(span.what, *plain.place(span.start, span.end)) for span in kept]


def _found(plain: Plain) -> Iterator[_Span]:
    text = plain.text
    return chain(
        _by_form(text),
        _labelled(text),
        _accounts_beside_a_routing_number(text),
        (_Span(Secret.PASSWORD, *place) for place in passwords.passwords(text)),
        (_Span(Secret.SECURITY_ANSWER, *place) for place in passwords.answers(text)),
    )


def _by_form(text: str) -> Iterator[_Span]:
    """What is known without a word beside it."""
    for match in _SOCIAL_SECURITY.finditer(text):
        number = "".join(match.group("area", "group", "serial"))
        after_digits = match["mark"] == " " and _DIGITS_BEFORE.search(text, max(0, match.start() - 3), match.start())
        if checksums.is_social_security(number) and not after_digits:
            yield _Span(Secret.SOCIAL_SECURITY, *match.span())
    for place in checksums.cards(text):
        yield _Span(Secret.CARD, *place)
    for place in checksums.ibans(text):
        yield _Span(Secret.BANK_ACCOUNT, *place)
    for match in _MEDICARE.finditer(text):
        yield _Span(Secret.HEALTH_ID, *match.span())
    for match in _PRIVATE_KEY.finditer(text):
        yield _Span(Secret.PRIVATE_KEY, *match.span())


def _labelled(text: str) -> Iterator[_Span]:
    """What a word beside it makes what it is."""
    for what, label in _LABELS.items():
        for place in _values_beside(text, label):
            if _plausible(what, text[slice(*place)]):
                yield _Span(what, *place)


def _accounts_beside_a_routing_number(text: str) -> Iterator[_Span]:
    """A plain account number may be a shop's; beside a bank's routing number it is a bank account's."""
    routing = [match.span() for match in _NINE_DIGITS.finditer(text) if checksums.is_routing_number(match[0])]
    for start, end in _values_beside(text, _ACCOUNT) if routing else ():
        near = any(start - NEAR < at < end + NEAR and (at, to) != (start, end) for at, to in routing)
        if near and _plausible(Secret.BANK_ACCOUNT, text[start:end]):
            yield _Span(Secret.BANK_ACCOUNT, start, end)


def _values_beside(text: str, label: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The numbers that a label may be about: those behind it in its sentence, under it, or right before it."""
    for match in label.finditer(text):
        before = _VALUE_BEFORE.search(text, max(0, match.start() - NEAR), match.start())
        if before and not _is_harmless(text, before.start("value"), before["value"]):
            yield before.span("value")
        end = _end_of_saying(text, match.end())
        for value in _VALUE.finditer(text, match.end(), end):
            if _OTHER_MATTER.search(text, match.end(), value.start()):
                break
            if not _is_harmless(text, value.start(), value["value"]):
                yield value.span("value")


def _end_of_saying(text: str, start: int) -> int:
    """Where what a label is about ends: with its sentence or line, or, where nothing more stands there, the next."""
    full_stop = _FULL_STOP.search(text, start, start + REACH)
    end = full_stop.start() if full_stop else min(len(text), start + REACH)
    below = _BELOW.match(text, start)
    return min(len(text), below.end() + REACH) if below and below.end() > end - REACH and _opens(text, below) else end


def _opens(text: str, below: re.Match[str]) -> bool:
    """Yes or no: the line under a label begins with a number."""
    return _VALUE.match(text, below.end()) is not None


def _is_harmless(text: str, start: int, value: str) -> bool:
    """Yes or no: it is a telephone number, a date or a reference of ours."""
    return text[max(0, start - 1) : start] == "+" or _HARMLESS.fullmatch(value.rstrip(" .-")) is not None


def _plausible(what: Secret, value: str) -> bool:
    """Yes or no: such a number can look like this."""
    written = re.sub(r"[ .\-]", "", value)
    digits = sum(sign.isdigit() for sign in written)
    match what:
        case Secret.SOCIAL_SECURITY:
            return checksums.is_social_security(written)
        case Secret.BANK_ACCOUNT:
            return written.isdigit() and 6 <= digits <= 17  # noqa: PLR2004 - how long they are
        case _:
            enough = digits >= 5 or (digits >= 3 and len(written) >= 8)  # noqa: PLR2004 - how long they are
            return enough and 6 - (digits == 5) <= len(written) <= 20  # noqa: PLR2004 - the same


_WORDS = {
    Secret.SOCIAL_SECURITY: "a social-security number",
    Secret.CARD: "a card number",
    Secret.BANK_ACCOUNT: "a bank account number",
    Secret.DRIVERS_LICENCE: "a driver's licence or identity-card number",
    Secret.PASSPORT: "a passport number",
    Secret.HEALTH_ID: "a health-insurance or medical number",
    Secret.PASSWORD: "a password",
    Secret.SECURITY_ANSWER: "the answer to a security question",
    Secret.PRIVATE_KEY: "a private key",
}

NEAR = 200
REACH = 80
"""So many characters from its label a number may stand."""

_SOCIAL_SECURITY = re.compile(
    r"(?<![\w+.\-])(?P<area>\d{3})(?P<mark> ?- ?|[ .])(?P<group>\d{2})(?P=mark)(?P<serial>\d{4})(?![\w]|[-.]\d)"
)
_DIGITS_BEFORE = re.compile(r"[\d)] $")
_MEDICARE = re.compile(  # a Medicare number: which letters may stand where is the agency's own rule
    r"(?<![\w-])[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?"
    r"[AC-HJKMNP-RT-Y]{2}\d{2}(?![\w-])"
)
_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[^-]{0,20000}(?:-----END [A-Z0-9 ]{0,60}-----)?)?"
    r"|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1[A-Z0-9]{10,}"
)
_NINE_DIGITS = re.compile(r"(?<![\w.+\-])\d{9}(?![\w]|[.\-]\d)")
_NUMBER = r"(?P<value>[A-Z]{0,7}-?\d[A-Z0-9]*(?:[ .\-]{1,3}[A-Z]?\d[A-Z0-9]*)*)"
_VALUE = re.compile(rf"(?<![\w@/]){_NUMBER}", re.IGNORECASE)
_VALUE_BEFORE = re.compile(
    rf"(?<![\w@/.\-]){_NUMBER}[\s,(\[\"':–\-]{{0,4}}"
    r"(?:(?:is|was|es|era|as) (?:(?:your|the|her|his|their|a|su|el) )?)?\Z",
    re.IGNORECASE,
)
_FULL_STOP = re.compile(r"(?<!\bno)(?<!\bnr)(?<!\bnum)(?<!\bnúm)[.!?;](?=\s|\Z)|\n", re.IGNORECASE)
_BELOW = re.compile(r"[^\d\n.!?;]{0,60}\n[ \t*|>]{0,8}")
_OTHER_MATTER = re.compile(
    r"\b(?:orders?|invoices?|receipts?|reference|case|tickets?|customer|member(?:ship)?|(?:tele)?phone|call|fax"
    r"|amount|since|zip|pedido|factura|referencia|caso|cliente|tel[eé]fono|llame)\b",
    re.IGNORECASE,
)
_HARMLESS = re.compile(
    r"(?:1[ .\-])?\d{3}[ .\-]\d{3}[ .\-]\d{4}|\d{4}[.\-]\d{1,2}[.\-]\d{1,2}|\d{1,2}[.\-]\d{1,2}[.\-]\d{4}|PR-\d{4,12}",
    re.IGNORECASE,
)


def _label(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


_ACCOUNT = _label(r"accounts?|acct|a/c|cuenta")
_LABELS = {
    Secret.SOCIAL_SECURITY: _label(r"ssns?|social[ -]security|itin|taxpayer[ -]id(?:entification)?|seguro social"),
    Secret.BANK_ACCOUNT: _label(
        r"(?:bank|checking|savings|deposit|brokerage|financial)[ -](?:account|acct)|routing|aba|sort[ -]code"
        r"|cuenta (?:bancaria|corriente|de ahorros?)|n[uú]mero de ruta"
    ),
    Secret.DRIVERS_LICENCE: _label(
        r"driv(?:er|ing)(?:'s|’s|s|s'|s’)?[ -](?:licen[cs]e|lic|permit)|licen[cs]e number|dl ?(?:#|no|number)|state id"
        r"|(?:identity|id|identification)[ -]card|licencia (?:de (?:conducir|manejo|manejar))"
        r"|(?:c[eé]dula|tarjeta|documento|carn[eé]) de identi(?:dad|ficaci[oó]n)"
    ),
    Secret.PASSPORT: _label(r"passports?|pasaporte"),
    Secret.HEALTH_ID: _label(
        r"health[ -](?:insurance|plan|coverage|care id)|medical[ -](?:id|record|insurance|identification)"
        r"|medicare|medicaid|medi-cal|mbi|nhs|insurance (?:member|subscriber|policy)"
        r"|seguro (?:m[eé]dico|de salud)|historia cl[ií]nica"
    ),
}
