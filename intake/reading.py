"""A mail read whole: the one pure function from bytes to everything that staff, rules and the command line need."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from intake import body, mime, quotes, screen
from intake.forms import Form, form_of
from intake.screen import Disposition, Reason, robots
from intake.triage import Meaning, Triage, triage
from store.rules.requesters import Priority

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from intake.mime import Address, Mail
    from intake.quotes import Split
    from intake.screen import Bounce, Screening

LARGEST: Final = 100_000_000
"""Bytes of a file that `read_paths` reads."""

_FORWARD: Final = (
    "fw:",
    "fwd:",
    "wg:",
    "tr:",
    "rv:",
    "enc:",
    "i:",
    "vs:",
    "doorst:",
    "pd:",
    "转发:",
    "轉寄:",
    "転送:",
    "전달:",
    "пересл",
    "vb:",
    "vl:",
    "iletilen:",
)
_QUOTING: Final = frozenset({Reason.VACATION, Reason.READ_RECEIPT, Reason.FEEDBACK, Reason.DAEMON})
"""What programs write about a letter of ours, which they may carry: only their own words count."""
_OUR_SUBJECT: Final = "[PR-"
_NAMES: Final = {
    Disposition.BOUNCE: "bounce",
    Disposition.AUTOMATIC: "automatic",
    Disposition.SPAM: "spam",
    Disposition.EMPTY: "empty",
    Disposition.OTHER: "other",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that could be read of one mail."""

    mail: Mail
    text: str
    links: tuple[body.Link, ...]
    split: Split
    screening: Screening
    triage: Triage
    disposition: str
    reason: str
    forwarded: bool
    defects: tuple[str, ...]
    form: Form | None = None

    def as_json(self, file: str) -> dict[str, Any]:
        """The object that `rightsdesk read --jsonl` prints: a public contract.

        Args:
            file: the name under which the mail was found.
        """
        mail, found = self.mail, self.triage
        return {
            "file": file,
            "message_id": mail.message_id,
            "in_reply_to": mail.in_reply_to,
            "references": list(mail.references),
            "from": _person(mail.sender),
            "reply_to": _person(mail.reply_to[0]) if mail.reply_to else None,
            "to": [_person(each) for each in (*mail.to, *mail.cc)],
            "subject": mail.subject,
            "date": mail.date.isoformat() if mail.date else None,
            "text": self.text,
            "reply": self.split.reply,
            "signature": self.split.signature,
            "quoted": bool(self.split.quoted.strip()),
            "forwarded": self.forwarded,
            "language": found.language,
            "attachments": [
                {"name": each.name, "type": each.content_type, "size": each.size} for each in mail.attachments
            ],
            "disposition": self.disposition,
            "reason": self.reason,
            "bounce": _bounce(self.screening.bounce),
            "requests": [
                {"kind": each.kind, "score": each.score, "evidence": list(each.evidence)} for each in found.requests
            ],
            "role": found.role.value,
            "law": found.law,
            "priority": found.priority.value,
            "authentication": asdict(self.screening.authentication),
            "defects": list(self.defects),
            "error": None,
        }


def read(
    raw: bytes,
    *,
    trusted_hosts: Collection[str] = frozenset(),
    our_addresses: Collection[str] = frozenset(),
    form_senders: Collection[str] = frozenset(),
) -> Reading:
    """Read a mail. Pure, deterministic, offline; never raises, whatever the bytes.

    Args:
        raw: the mail as it arrived.
        trusted_hosts: servers whose Authentication-Results count, in lower case.
        our_addresses: the addresses we write from, in lower case.
        form_senders: who may send web forms that speak for others: addresses, or "@" and a domain, in lower case.
    """
    mail = mime.parse(raw)
    page = body.read(mail)
    forward = mail.subject.lower().startswith(_FORWARD)
    parts = quotes.split(page.text, quoted=page.quoted, maybe_quoted=page.maybe_quoted, forward=forward)
    subject = "" if _OUR_SUBJECT in mail.subject else mail.subject  # of our own letter: its words were dealt with
    understand = cache(lambda: triage(subject, parts.reply))
    screening = screen.screen(
        mail,
        page.text,
        trusted_hosts=trusted_hosts,
        our_addresses=our_addresses,
        asks=lambda: understand().by_text,
    )
    found = _understood(mail, parts, screening, understand)
    disposition, reason = _settle(mail, screening, found)
    forwarded = forward or parts.forwarded is not None or _carries_mail(mail, screening)
    form = None if forwarded else form_of(mail, page.text, screening, senders=form_senders, ours=our_addresses)
    return Reading(
        mail=mail,
        text=page.text,
        links=page.links,
        split=parts,
        screening=screening,
        triage=found,
        disposition=disposition,
        reason=reason,
        forwarded=forwarded,
        defects=(*mail.defects, *page.defects),
        form=form,
    )


def read_paths(
    paths: Iterable[str],
    *,
    trusted_hosts: Collection[str] = frozenset(),
) -> Iterator[dict[str, Any]]:
    """Read mails like `readings`, as the objects that `rightsdesk read --jsonl` prints.

    Args:
        paths: as given by the user; each is told again in the object's `file`, joined with what was found below.
        trusted_hosts: servers whose Authentication-Results count, in lower case.

    Yields:
        One object a mail; what cannot be read gives an object with `error`, and never stops the rest.
    """
    for name, reading in readings(paths, trusted_hosts=trusted_hosts):
        yield {"file": name, "error": reading} if isinstance(reading, str) else reading.as_json(name)


def readings(
    paths: Iterable[str],
    *,
    trusted_hosts: Collection[str] = frozenset(),
) -> Iterator[tuple[str, Reading | str]]:
    """Read mails from files, from folders (all files below, sorted), or from standard input ("-").

    Args:
        paths: as given by the user.
        trusted_hosts: servers whose Authentication-Results count, in lower case.

    Yields:
        Each file's name, and its mail or a sentence that says why it cannot be read; that never stops the rest.
    """
    for path in paths:
        for name in _below(path):
            try:
                yield name, read(_bytes(name), trusted_hosts=trusted_hosts)
            except OSError as problem:
                yield name, f"{name} cannot be read: {problem.strerror or 'unknown reason'}."


def _below(path: str) -> Iterator[str]:
    folder = Path(path)
    if path == "-" or not folder.is_dir():
        yield path
        return
    for each in sorted(folder.rglob("*")):
        if each.is_file():
            yield str(each)


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(LARGEST)
    with Path(name).open("rb") as file:
        return file.read(LARGEST)


def _person(address: Address | None) -> dict[str, str]:
    return {"name": address.name, "address": address.address} if address else {"name": "", "address": ""}


def _bounce(bounce: Bounce | None) -> dict[str, Any] | None:
    if bounce is None:
        return None
    return {
        "recipients": list(bounce.recipients),
        "status": bounce.status,
        "kind": bounce.kind.value,
        "original_message_id": bounce.original_message_id,
    }


def _asks(found: Triage) -> bool:
    return found.disposition is Meaning.REQUEST


def _understood(mail: Mail, parts: Split, screening: Screening, understand: Callable[[], Triage]) -> Triage:
    """What is asked for, in a forwarded mail too; bounces and reports quote our own letters, and ask nothing.

    Whatever else a program may have written is understood like a person's mail: agents and forms send by programs.
    """
    if screening.disposition is Disposition.BOUNCE or screening.reason is Reason.DELIVERED or robots.is_report(mail):
        return Triage(priority=Priority.LOW)
    if screening.reason in _QUOTING:
        answers = mail.in_reply_to or mail.references or _OUR_SUBJECT in mail.subject
        return triage("", parts.reply) if answers else understand()
    found = understand()
    if _asks(found) or parts.forwarded is None:
        return found
    return triage(mail.subject, parts.forwarded.text)


def _carries_mail(mail: Mail, screening: Screening) -> bool:
    """Whether a mail was attached by a person, to be forwarded; bounces carry the letter they speak of."""
    attached = any(each.content_type in {"message/rfc822", "message/global"} for each in mail.attachments)
    return attached and screening.disposition is not Disposition.BOUNCE


def _settle(mail: Mail, screening: Screening, found: Triage) -> tuple[str, str]:
    """One disposition of screening and triage together.

    A mailing list is overruled by a request: the privacy inbox may be a group, which marks every mail as its own.
    """
    match screening.disposition:
        case Disposition.LIST if not _asks(found):
            return "list", screening.reason.value
        case Disposition.CLEAR | Disposition.LIST:
            if _asks(found):
                return "request", found.reason
            if mail.in_reply_to or mail.references:
                return "reply", "it answers another mail"
            return "other", found.reason
        case robot:
            return _NAMES[robot], screening.reason.value
