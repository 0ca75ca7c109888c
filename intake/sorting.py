"""What becomes of a mail that was read: a plain decision, made from values, carried out by a verb of the desk."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from intake.mime import Mail
from intake.reading import Reading
from intake.screen import Disposition, Reason
from store.packs import laws
from store.rules.kinds import Kind
from store.values import Arrival, Wish

KINDS = frozenset(Kind)
ROBOTS = frozenset({Disposition.AUTOMATIC, Disposition.SPAM, Disposition.OTHER, Disposition.LIST, Disposition.BOUNCE})

NOBODY = ("noreply", "donotreply")


class Fate(StrEnum):
    """Where a mail goes."""

    OPEN = "open"
    ATTACH = "attach"
    HOLD = "hold"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Destination:
    """A fate, its reason in words that staff may see, and the case it is about."""

    fate: Fate
    reason: str = ""
    case: str | None = None


def destination(
    reading: Reading,
    case: str | None,
    *,
    theirs: bool,
    named: str | None,
    whole: bool = True,
    answerable: bool = True,
    ours: bool = False,
    domains: Collection[str] = frozenset(),
) -> Destination:
    """Where a mail goes.

    Args:
        reading: the mail, read.
        case: the case its token or the letters it answers belong to.
        theirs: its sender is that case's consumer.
        named: a case that its words merely name.
        whole: with False only its header was kept.
        answerable: with False its envelope has no sender.
        ours: its Message-ID is one of our letters'.
        domains: the domains of our own addresses, in lower case.
    """
    if not whole:
        return Destination(Fate.HOLD, "It is too large: only its header is here, the rest is in the mailbox.", case)
    if reading.screening.reason is Reason.OURS:
        return _from_our_inbox(reading, case, ours=ours)
    fate = _unless_a_person_wrote(reading, case) or _of_a_person(reading, case, theirs=theirs, named=named)
    if fate.fate is not Fate.OPEN:
        return fate
    if _is_for_somebody_else(reading.mail, domains):
        return Destination(Fate.HOLD, "It was sent by a program for somebody else: see its Reply-To.")
    if not answerable:
        return Destination(Fate.HOLD, "Its envelope has no sender, so it may be automatic.")
    return fate


def wishes_of(reading: Reading) -> tuple[Wish, ...]:
    """The rights that a mail invokes, as the desk knows them."""
    found = (each for each in reading.triage.requests if each.kind in KINDS)
    return tuple(Wish(Kind(each.kind), each.evidence) for each in found)


def arrival(reading: Reading, sender: str | None) -> Arrival:
    """The mail as the desk keeps it.

    Args:
        reading: the mail, read.
        sender: the envelope's sender, for a mail that names none; empty for the null sender, which is
            never answered (RFC 5321, 4.5.5); None where no envelope is known.
    """
    mail = reading.mail
    author = mail.sender
    return Arrival(
        sender=author.address if author else sender or "",
        name=author.name if author else "",
        subject=mail.subject,
        message_id=mail.message_id,
        text=reading.text,
        reply=reading.split.reply,
        language=reading.triage.language or "en",
        law=reading.triage.law if reading.triage.law in laws() else None,
        wishes=wishes_of(reading),
        answerable=sender != "" and not (sender is None and mail.headers.ascii("return-path") == "<>"),
        attachments=tuple(f"{each.name or 'without a name'} ({each.size:,} bytes)" for each in mail.attachments),
    )


def _unless_a_person_wrote(reading: Reading, case: str | None) -> Destination | None:
    """Programs are never answered; what may be a request all the same is shown to a person."""
    screening, wishes = reading.screening, wishes_of(reading)
    match screening.disposition:
        case Disposition.BOUNCE if case:
            return Destination(Fate.HOLD, "A letter of ours came back: the consumer was not reached.", case)
        case Disposition.AUTOMATIC if wishes and screening.reason is Reason.AUTO_SUBMITTED:
            return Destination(Fate.HOLD, "A program wrote it, yet it reads like a request: a web form, say.", case)
        case Disposition.SPAM if wishes:
            doubt = "It reads like a request, but the mail server before us marked it as spam."
            return Destination(Fate.HOLD, doubt, case)
        case Disposition.LIST if wishes:
            return None
        case robot if robot in ROBOTS and wishes:
            doubt = f"It reads like a request, but was taken for something else: {screening.reason.value}."
            return Destination(Fate.HOLD, doubt, case)
        case robot if robot in ROBOTS:
            return Destination(Fate.FILE, reading.reason, case)
    return None


def _from_our_inbox(reading: Reading, case: str | None, *, ours: bool) -> Destination:
    if ours:
        return Destination(Fate.FILE, reading.reason, case)
    return Destination(Fate.HOLD, "It comes from our own inbox: somebody here may have resent it.", case)


def _of_a_person(reading: Reading, case: str | None, *, theirs: bool, named: str | None) -> Destination:
    if case and theirs:
        return Destination(Fate.ATTACH, case=case)
    if case or named:
        return Destination(Fate.HOLD, _doubt(case), case or named)
    if reading.mail.sender is None or "@" not in reading.mail.sender.address:
        return Destination(Fate.HOLD, "It names no sender whom we could answer.")
    if reading.forwarded:
        return Destination(Fate.HOLD, "It was forwarded: somebody else may be the requester.")
    if wishes_of(reading):
        return Destination(Fate.OPEN)
    return Destination(Fate.HOLD, "No right was recognised in it.")


def _is_for_somebody_else(mail: Mail, domains: Collection[str]) -> bool:
    """A web form writes as the shop or as nobody, and names the person it speaks for as the one to answer."""
    if mail.sender is None or not mail.reply_to:
        return False
    sender = mail.sender.address.lower()
    if sender in {each.address.lower() for each in mail.reply_to}:
        return False
    local, _, domain = sender.rpartition("@")
    return domain in domains or local.replace("-", "").replace("_", "").replace(".", "").startswith(NOBODY)


def _doubt(case: str | None) -> str:
    if case:
        return "It carries a case's token or answers our letter, but comes from another address."
    return "It names a case, but carries nothing that shows it belongs there."
