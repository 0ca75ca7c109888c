"""Web forms that arrive as mail: who asks for what, read from labelled lines, a table's text, or JSON. Pure.

A form speaks for somebody else, so only listed senders may send one; nothing in it is proven, and all of it was typed
by strangers: two addresses in one form, or anything but one plain mailbox, make the address unusable.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Final

from intake.fields import CHOICES, RECORDS, TEXT, VALUE, Values, values_of
from intake.labels import Field
from intake.mime import Mail, charsets
from intake.screen import Disposition, Reason, Screening, is_daemon, is_nobody, is_ours
from intake.triage import Found, Triage, triage
from store.rules.requesters import Priority, Requester

NAME: Final = 200
CERTAIN: Final = 1.0
"""The score of what was chosen in a form."""

_LOCAL: Final = 64  # octets (RFC 5321, 4.5.3.1.1)
_WHOLE: Final = 254  # octets (RFC 5321, 4.5.3.1.3, less the angle brackets)

_NO_FORM: Final = frozenset({
    Reason.VACATION, Reason.READ_RECEIPT, Reason.FEEDBACK, Reason.DELIVERED, Reason.DAEMON, Reason.CALENDAR,
})  # fmt: skip
_MAILBOX: Final = re.compile(r"[^\s@<>()\[\],;:\"\\|`]+@[^\s@<>()\[\],;:\"\\|'`]+")
_LOCAL_PART: Final = re.compile(r"(?!')[\w!#$%&'*+/=?^{}~-]+(?:\.[\w!#$%&'*+/=?^{}~-]+)*")
_DOMAIN: Final = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,20}[^\W_](?:[\w-]{0,61}[^\W_])")
_AROUND: Final = re.compile(r"[\s<>()\[\]|]*")
_LINK: Final = re.compile("mailto:", re.IGNORECASE)
_AUTHOR: Final = re.compile(r"([^<>@]{0,200})<([^<>]{3,254})>")
_CHOICE: Final = re.compile(r"[,;|/\n•·]| and | & | y ")
_PLACE: Final = re.compile(r"(?!(?:non|not|no|outside|other|none|fuera|otro)\b)[^\W\d_][\w .'-]{1,40}", re.IGNORECASE)
_CODES: Final = {
    "ca": "California", "va": "Virginia", "co": "Colorado", "ct": "Connecticut", "ut": "Utah", "tx": "Texas",
    "or": "Oregon", "mt": "Montana", "fl": "Florida", "de": "Delaware", "ia": "Iowa", "ne": "Nebraska",
    "nh": "New Hampshire", "nj": "New Jersey", "tn": "Tennessee", "mn": "Minnesota", "md": "Maryland",
    "in": "Indiana", "ky": "Kentucky", "ri": "Rhode Island",
}  # fmt: skip
_FRAMES: Final = (
    "{}",
    "{} my personal data",
    "I request {} of my personal data",
    "I want to {} my personal data",
    "I exercise my right to {}",
    "Solicito {} de mis datos personales",
    "Quiero ejercer mi derecho de {}",
)
"""Sentences that a choice such as "Deletion" is put into, for triage to understand."""
_ANYTHING: Final = "something"


@dataclass(frozen=True, slots=True)
class Form:
    """What a form says.

    Attributes:
        name: the consumer's; may be empty.
        address: the consumer's, one plain mailbox; empty when the form gives none, or none that is beyond doubt.
        requests: the rights asked for, with the form's own words.
        message: what the consumer wrote freely.
        law: the law of the state they live in, where triage knows it.
        language: of the message, or "".
        meant: what the message says besides: who asks, how urgent it is.
    """

    name: str
    address: str
    requests: tuple[Found, ...]
    message: str
    law: str | None
    language: str
    meant: Triage


def form_of(
    mail: Mail,
    text: str,
    screening: Screening,
    *,
    senders: Collection[str],
    ours: Collection[str] = frozenset(),
) -> Form | None:
    """The form that a mail is, or None when it is none.

    Args:
        mail: the parsed mail.
        text: its readable text.
        screening: what screening said of it.
        senders: who may send forms: addresses, or "@" and a domain, in lower case.
        ours: the addresses we write from, in lower case; no consumer has one of these, nor a form's sender's.
    """
    sender = mail.sender.address.lower() if mail.sender else ""
    if not _may_speak_for_others(mail, sender, screening, senders):
        return None
    form = read(mail.subject, text, _records(mail))
    return form if _is_a_consumers(form.address, {*ours, *senders, sender}) else replace(form, name="", address="")


def read(subject: str, text: str, records: Iterable[str] = ()) -> Form:
    """Read a form. Never raises, whatever the text.

    Args:
        subject: the mail's subject; it says what is asked for when nothing else does.
        text: its readable text.
        records: JSON that came with it.
    """
    values = values_of(text, records)
    message = "\n\n".join(dict.fromkeys(values.get(Field.MESSAGE, [])))
    title = " ".join(values.get(Field.SUBJECT, []))[:VALUE]
    understood = triage(title, message)
    chosen = tuple(_chosen(values.get(Field.REQUEST, [])))
    written = [each for each in understood.requests if not chosen or each.kind in understood.plainly]
    requests = _added([*chosen, *written])
    return Form(
        name=_name(values),
        address=_address(values),
        requests=requests or triage(subject, "").requests,
        message=message,
        law=_law(values) or understood.law,
        language=understood.language if message else "",
        meant=_of_somebody(understood),
    )


def _of_somebody(understood: Triage) -> Triage:
    """A form always asks for something, and whoever says nothing else asks for themselves."""
    role = Requester.CONSUMER if understood.role is Requester.UNCLEAR else understood.role
    return replace(understood, role=role, priority=understood.priority.at_least(Priority.MEDIUM))


def _may_speak_for_others(mail: Mail, sender: str, screening: Screening, senders: Collection[str]) -> bool:
    if len(mail.headers.every("from")) != 1 or mail.in_reply_to or mail.references:
        return False
    if screening.authentication.dmarc == "fail":
        return False
    if screening.disposition is Disposition.BOUNCE or screening.reason in _NO_FORM:
        return False
    return sender in senders or f"@{sender.rpartition('@')[2]}" in senders


def _is_a_consumers(address: str, others: Collection[str]) -> bool:
    """Whether an address may be a consumer's: neither ours nor the form's, nor one that no person reads."""
    return not (is_ours(address, others) or is_daemon(address) or is_nobody(address))


def _records(mail: Mail) -> list[str]:
    parts = (part for part in mail.root.walk() if not part.children)
    written = [part for part in parts if part.content_type in {"application/json", "text/json"}]
    return [charsets.to_text(part.content[:TEXT], part.charset)[0] for part in written[:RECORDS]]


def _name(values: Values) -> str:
    authors = (found[1] for each in values.get(Field.FROM, []) if (found := _AUTHOR.fullmatch(each)))
    whole = next(iter(values.get(Field.NAME, [])), "")
    parts = [values[each][0] for each in (Field.FIRST_NAME, Field.LAST_NAME) if each in values]
    name = " ".join((whole or " ".join(parts) or next(authors, "")).split())
    return "".join(letter for letter in name if letter.isprintable()).strip("\"' ")[:NAME]


def _address(values: Values) -> str:
    """The one mailbox that all fields for it name, and the author if one is told."""
    authors = (found[2] if (found := _AUTHOR.fullmatch(each)) else each for each in values.get(Field.FROM, []))
    given = [each for each in (*values.get(Field.EMAIL, []), *authors) if "@" in each]
    mailboxes = {each.lower(): each for each in map(_mailbox, given)}
    return mailboxes.popitem()[1] if len(mailboxes) == 1 else ""


def _mailbox(value: str) -> str:
    """A value that is one plain mailbox (RFC 5321, 4.1.2), alone or as a link to it; else nothing."""
    shown = _LINK.sub(" ", value)
    found = {each.lower(): each for each in _MAILBOX.findall(shown)}
    if len(found) != 1 or not _AROUND.fullmatch(_MAILBOX.sub("", shown)):
        return ""
    address = found.popitem()[1]
    local, _, domain = address.rpartition("@")
    if len(local.encode()) > _LOCAL or len(address.encode()) > _WHOLE or not address.isprintable():
        return ""
    return address if _LOCAL_PART.fullmatch(local) and _DOMAIN.fullmatch(domain) else ""


def _law(values: Values) -> str | None:
    for field in (Field.STATE, Field.COUNTRY):
        for value in values.get(field, []):
            place = " ".join(value.split()).rstrip(".")
            if field is Field.STATE:
                place = _CODES.get(place.lower().removeprefix("us-"), place)
            law = triage("", f"I live in {place}.").law if _PLACE.fullmatch(place) else None
            if law:
                return law
    return None


def _chosen(values: Iterable[str]) -> Iterator[Found]:
    """The rights that the form's choices name, each with the choice as its evidence."""
    for choice in islice(dict.fromkeys([*map(_shown, values), *_pieces(values)]), CHOICES):
        for found in _understood(choice):
            yield Found(found.kind, CERTAIN, (choice,))


def _pieces(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        shown = (_shown(piece).strip("[]\"'*-. ") for piece in _CHOICE.split(value))
        yield from filter(None, shown)


def _shown(value: str) -> str:
    return " ".join(value.replace("_", " ").split())


def _understood(choice: str) -> tuple[Found, ...]:
    """What triage plainly finds in the first sentence that makes sense of a choice, and would not find without it."""
    for frame in _FRAMES:
        said = choice if frame == "{}" else choice[:1].lower() + choice[1:]
        understood = triage("", frame.format(said))
        plainly = understood.plainly - _anyway(frame)
        found = tuple(each for each in understood.requests if each.kind in plainly)
        if found:
            return found
    return ()


@cache
def _anyway(frame: str) -> frozenset[str]:
    """What triage plainly finds in a sentence whatever is chosen."""
    return triage("", frame.format(_ANYTHING)).plainly


def _added(found: Iterable[Found]) -> tuple[Found, ...]:
    """Each kind once, as sure as it was found at its surest, with all the words."""
    kinds: dict[str, Found] = {}
    for each in found:
        known = kinds.get(each.kind, each)
        words = tuple(dict.fromkeys((*known.evidence, *each.evidence)))
        kinds[each.kind] = Found(each.kind, max(known.score, each.score), words)
    return tuple(kinds.values())
