"""A mail that was read, as the desk keeps it: who asks for what, and whether anybody may be answered."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from intake.commands import own_word
from intake.forms import Form
from intake.mime import Mail
from intake.reading import Reading
from intake.screen import bounces, is_nobody
from intake.triage import Triage
from intake.triage.listing import exclusions, people_listed
from store import packs
from store.rules.kinds import Kind
from store.rules.requesters import SEVERAL, Requester
from store.values import Arrival, Person, Wish

KINDS = frozenset(Kind)


def arrival(
    reading: Reading,
    sender: str | None,
    ours: Collection[str] = frozenset(),
    laws: Collection[str] | None = None,
) -> Arrival:
    """The mail as the desk keeps it.

    Args:
        reading: the mail, read.
        sender: the envelope's sender, for a mail that names none; empty for the null sender, which is
            never answered (RFC 5321, 4.5.5); None where no envelope is known.
        ours: our own addresses, in lower case: what one of us resent or forwarded is somebody else's request.
        laws: the short names of the laws that the desk has rules of; those that come with it, without them.
    """
    known = packs.laws() if laws is None else laws
    if reading.form is not None:
        return _of_a_form(reading, reading.form, known)
    mail = reading.mail
    name, address = _requester(reading, sender or "", ours)
    word = own_word(mail.subject, reading.split.reply)
    return Arrival(
        sender=address,
        name=name,
        subject=mail.subject,
        message_id=mail.message_id,
        text=reading.text,
        reply=reading.split.reply,
        language=reading.triage.language or "en",
        law=reading.triage.law if reading.triage.law in known else None,
        wishes=() if word else wishes_of(reading),
        possible=() if word else possible_of(reading),
        own_word=word,
        people=people_of(reading, ours),
        answerable=not (_came_from_nobody(mail, sender) or bounces.daemon(mail) or _is_a_list(mail)),
        attachments=_attachments(mail),
        **_told(reading.triage, reading.triage.law, known),
    )


def wishes_of(reading: Reading) -> tuple[Wish, ...]:
    """The rights that a mail invokes, as the desk knows them."""
    requests = reading.form.requests if reading.form is not None else reading.triage.requests
    found = (each for each in requests if each.kind in KINDS)
    return tuple(Wish(Kind(each.kind), each.evidence, each.score) for each in found)


def possible_of(reading: Reading) -> tuple[Wish, ...]:
    """The rights that a mail may invoke, too unsurely to open a case."""
    found = (each for each in reading.triage.possible if each.kind in KINDS)
    return tuple(Wish(Kind(each.kind), each.evidence, each.score) for each in found)


def people_of(reading: Reading, ours: Collection[str]) -> tuple[Person, ...]:
    """Whom an agent's letter names, when it names several.

    Args:
        reading: the mail, read.
        ours: our own addresses, in lower case.
    """
    if reading.triage.role is not Requester.AGENT or reading.mail.sender is None:
        return ()
    found = people_listed(reading.split.reply, exclusions(reading.mail.sender.address, ours))
    return tuple(Person(*each) for each in found) if len(found) >= SEVERAL else ()


def _requester(reading: Reading, sender: str, ours: Collection[str]) -> tuple[str, str]:
    """Whose request it is, name and address: of what our own people forward, whoever wrote it first, or nobody."""
    author = reading.mail.sender
    if author is None:
        return "", sender
    here = {address.rpartition("@")[2] for address in ours}
    domain = author.address.lower().rpartition("@")[2]
    if author.address.lower() not in ours and not (reading.forwarded and domain in here):
        return author.name, author.address
    first = reading.split.forwarded.address if reading.split.forwarded else ""
    return ("", first) if first.lower().rpartition("@")[2] not in here else ("", "")


def _of_a_form(reading: Reading, form: Form, laws: Collection[str]) -> Arrival:
    """A form speaks for the consumer whom it names: that is who asks, and who is answered."""
    law = form.law or reading.triage.law
    return Arrival(
        sender=form.address,
        name=form.name,
        subject=reading.mail.subject,
        message_id=reading.mail.message_id,
        text=reading.text,
        reply=form.message or reading.text,
        language=form.language or reading.triage.language or "en",
        law=law if law in laws else None,
        wishes=wishes_of(reading),
        attachments=_attachments(reading.mail),
        **_told(form.meant, law, laws),
    )


def _told(found: Triage, law: str | None, laws: Collection[str]) -> dict[str, Any]:
    """Who asks, how soon to look and which law the mail points to, with the words that say so."""
    return {
        "requester": found.role,
        "requester_words": found.role_words,
        "law_words": found.law_words if found.law == law else "",
        "law_named": law if law and law not in laws else "",
        "priority": found.priority,
        "priority_reason": found.priority_reason,
        "priority_words": found.priority_words,
    }


def _attachments(mail: Mail) -> tuple[str, ...]:
    return tuple(f"{each.name or 'without a name'} ({each.size:,} bytes)" for each in mail.attachments)


def _came_from_nobody(mail: Mail, sender: str | None) -> bool:
    """A null sender, by the envelope or, where none is known, by what a mail server wrote down of it."""
    null = sender == "" or (sender is None and mail.headers.ascii("return-path") == "<>")
    return null or (mail.sender is not None and is_nobody(mail.sender.address))


def _is_a_list(mail: Mail) -> bool:
    """The list itself stands as the author: an answer would go to all of its readers (RFC 2369, 3.4)."""
    posts = mail.headers.ascii("list-post").lower()
    return mail.sender is not None and f"mailto:{mail.sender.address.lower()}" in posts
