"""What becomes of a mail that was read: a plain decision, made from values, carried out by a verb of the desk."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from intake.arrival import people_of, possible_of, wishes_of
from intake.forms import Form
from intake.mime import Mail
from intake.reading import Reading
from intake.screen import Disposition, Reason, is_nobody, robots
from store.rules.languages import name_of, needs_a_reader
from store.rules.requesters import MOST_PEOPLE, Requester

ROBOTS = frozenset({Disposition.AUTOMATIC, Disposition.SPAM, Disposition.OTHER, Disposition.LIST, Disposition.BOUNCE})


class Fate(StrEnum):
    """Where a mail goes."""

    OPEN = "open"
    ATTACH = "attach"
    HOLD = "hold"
    FILE = "file"
    BOUNCE = "bounce"


@dataclass(frozen=True, slots=True)
class Destination:
    """A fate, its reason in words that staff may see, and the case it is about."""

    fate: Fate
    reason: str = ""
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a mail besides its own words.

    Attributes:
        case: the case its token or the letters it answers belong to.
        theirs: its sender is that case's consumer.
        named: a case that its words merely name.
        known: the one open case of its sender, where DMARC confirms that the sender is who it says.
        lacking: why it is not here whole; empty when it is.
        answerable: with False nobody may be answered: its envelope has no sender, or a program's.
        forged: a trusted server says that its sender is not who it says (DMARC).
        ours: its Message-ID is one of our letters'.
        addresses: our own addresses, in lower case.
    """

    case: str | None = None
    theirs: bool = False
    named: str | None = None
    known: str | None = None
    lacking: str = ""
    answerable: bool = True
    forged: bool = False
    ours: bool = False
    addresses: Collection[str] = frozenset()

    @property
    def domains(self) -> frozenset[str]:
        """The domains of our own addresses."""
        return frozenset(address.rpartition("@")[2] for address in self.addresses)


def destination(reading: Reading, clues: Clues) -> Destination:
    """Where a mail goes.

    Args:
        reading: the mail, read.
        clues: what is known of it besides.
    """
    if clues.lacking:
        return Destination(Fate.HOLD, clues.lacking, clues.case)
    if reading.form is not None and not clues.ours:
        return _of_a_form(reading, reading.form, clues)
    if reading.screening.reason is Reason.OURS:
        return _from_our_inbox(reading, clues)
    fate = _unless_a_person_wrote(reading, clues) or _of_a_person(reading, clues)
    if fate.fate is not Fate.OPEN:
        return fate
    if _is_for_somebody_else(reading.mail, clues.domains):
        return Destination(Fate.HOLD, "It was sent by a program for somebody else: see its Reply-To.")
    if not clues.answerable:
        return Destination(Fate.HOLD, "Its envelope has no sender, or a program's, so it may be automatic.")
    return fate


def _unless_a_person_wrote(reading: Reading, clues: Clues) -> Destination | None:
    """Programs are never answered; what may be a person's all the same is shown to one.

    Of notes and reports only plain words count: they are too unlike the mails that doubt was learned from.
    """
    screening, plain, case = reading.screening, reading.triage.plainly, clues.case
    likely, possible = bool(wishes_of(reading)), bool(possible_of(reading))
    if screening.reason is Reason.ENCRYPTED:
        return Destination(Fate.HOLD, "It is encrypted, and the desk has no key.", case)
    if case and clues.theirs and (doubt := _doubt_of_theirs(reading)) is not None:
        return Destination(Fate.HOLD, doubt, case) if doubt else None
    match screening.disposition:
        case Disposition.LIST if plain or _is_our_list(reading.mail, clues.addresses):
            return None
        case Disposition.BOUNCE if case:
            return Destination(Fate.BOUNCE, case=case)
        case Disposition.AUTOMATIC if likely and screening.reason is Reason.AUTO_SUBMITTED:
            return Destination(Fate.HOLD, "A program wrote it, yet it reads like a request: a web form, say.", case)
        case Disposition.SPAM if likely or possible or case:
            doubt = "The mail server before us marked it as spam, yet it reads like a request or answers a letter."
            return Destination(Fate.HOLD, doubt, case)
        case robot if robot in ROBOTS and (plain or (likely and robot is Disposition.LIST)):
            doubt = f"It reads like a request, but was taken for something else: {screening.reason.value}."
            return Destination(Fate.HOLD, doubt, case)
        case robot if robot in ROBOTS:
            return Destination(Fate.FILE, reading.reason, case)
    return None


def _doubt_of_theirs(reading: Reading) -> str | None:
    """Whether the consumer's own answer in their case looks like a program's; empty where that does not matter."""
    match reading.screening.disposition:
        case Disposition.LIST | Disposition.SPAM:
            return ""
        case Disposition.BOUNCE:
            return "It reads like a mail system's word, but comes from the consumer."
        case Disposition.AUTOMATIC if robots.find(reading.mail) is None:
            return "Its subject is like an automatic answer's, and nothing else is."
        case _:
            return None


def _of_a_form(reading: Reading, form: Form, clues: Clues) -> Destination:
    if reading.screening.disposition is Disposition.SPAM:
        return Destination(Fate.HOLD, "It is a web form, but the mail server before us marked it as spam.", clues.case)
    if clues.case or clues.named:
        doubt = "It is a web form that names a case, and cannot show that it belongs there."
        return Destination(Fate.HOLD, doubt, clues.case or clues.named)
    if not form.address:
        return Destination(Fate.HOLD, "It is a web form in which no e-mail address is given beyond doubt.")
    if not wishes_of(reading):
        return Destination(Fate.HOLD, "It is a web form in which no right was recognised.")
    return Destination(Fate.OPEN)


def _from_our_inbox(reading: Reading, clues: Clues) -> Destination:
    if clues.ours:
        return Destination(Fate.FILE, reading.reason, clues.case)
    return Destination(Fate.HOLD, "It comes from our own inbox: somebody here may have resent it.", clues.case)


def _of_a_person(reading: Reading, clues: Clues) -> Destination:
    if clues.case and clues.theirs and not clues.forged:
        return Destination(Fate.ATTACH, case=clues.case)
    if clues.case and clues.theirs:
        return Destination(Fate.HOLD, "Its sender is not who it says, by a mail server's word (DMARC).", clues.case)
    if clues.case or clues.named:
        return Destination(Fate.HOLD, _doubt(clues.case), clues.case or clues.named)
    if reading.mail.sender is None or "@" not in reading.mail.sender.address:
        return Destination(Fate.HOLD, "It names no sender whom we could answer.")
    if reading.forwarded:
        return Destination(Fate.HOLD, "It was forwarded: somebody else may be the requester.", clues.known)
    if clues.known and reading.triage.role is not Requester.AGENT:  # whose next client is somebody else
        return Destination(Fate.ATTACH, case=clues.known)
    if people := people_of(reading, clues.addresses):
        return Destination(Fate.HOLD, _is_a_list(len(people)))
    if wishes_of(reading):
        return Destination(Fate.OPEN)
    return Destination(Fate.HOLD, _why_not_opened(reading))


def _why_not_opened(reading: Reading) -> str:
    if possible_of(reading):
        return "It may be a request, but its words are not sure enough to open a case."
    language = reading.triage.language
    if language and needs_a_reader(language):
        return f"It is in {name_of(language)}: somebody must read it, it may be a request."
    return "No right was recognised in it."


def _is_our_list(mail: Mail, addresses: Collection[str]) -> bool:
    """One of our inboxes is a group, which marks every mail as its own (RFC 2919, 2)."""
    listed = f"{mail.headers.ascii('list-id')} {mail.headers.ascii('list-post')}".lower()
    return any(address in listed or f"<{address.replace('@', '.')}>" in listed for address in addresses)


def _is_a_list(people: int) -> str:
    count = f"{people}" if people <= MOST_PEOPLE else f"more than {MOST_PEOPLE}"
    return f"An agent asks for {count} people: each needs a case of their own."


def _is_for_somebody_else(mail: Mail, domains: Collection[str]) -> bool:
    """A web form writes as the shop or as nobody, and names the person it speaks for as the one to answer."""
    if mail.sender is None or not mail.reply_to:
        return False
    sender = mail.sender.address.lower()
    if sender in {each.address.lower() for each in mail.reply_to}:
        return False
    return sender.rpartition("@")[2] in domains or is_nobody(sender)


def _doubt(case: str | None) -> str:
    if case:
        return "It carries a case's token or answers our letter, but comes from another address."
    return "It names a case, but carries nothing that shows it belongs there."
