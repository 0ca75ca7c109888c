"""Writing letters: composed, frozen, sealed and put into the outbox, in the verb's own transaction."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from store.desk.work import Work
from store.errors import NoAnswerPossible
from store.ledger import Event
from store.letters import Envelope, compose, contexts, sealed_message
from store.models import Case, Letter, LetterState, Mail
from store.rules.deadlines import local_day
from store.values import THE_DESK, Arrival, Draft
from store.vault import Box

MOST_MESSAGE_ID = 500

_PLAIN_ADDRESS = re.compile(r"[^@\s,;:<>()\[\]]+@[^@\s,;:<>()\[\]]+")


def acknowledge(work: Work, case: Case, received_at: datetime, kinds: Collection[str]) -> None:
    """Tell the consumer that the requests are here, what happens next, and by when (section 7021(a)).

    Args:
        work: the transaction.
        case: whose consumer.
        received_at: when the mail that made them came, aware.
        kinds: the rights it invoked; only these are told of.
    """
    received_on = local_day(received_at, work.office.business.zone)
    lines = [line for line in work.read(case).open_requests if line.kind in kinds]
    write(work, case, "acknowledgement", contexts.acknowledgement(lines, received_on))


def write(work: Work, case: Case, name: str, context: dict[str, Any], *, automatic: bool = True) -> Draft:
    """Write a letter to the consumer of a case.

    Args:
        work: the transaction.
        case: whose consumer.
        name: the letter's folder.
        context: what it needs.
        automatic: with False a person wrote it.

    Raises:
        NoAnswerPossible: the case has no address, or one that no letter could reach.
    """
    box = work.box(case.key_id)
    recipient = _open(box, case, "address", case.address)
    if not _can_be_written_to(recipient):
        raise NoAnswerPossible(ref=case.ref)
    token = _open(box, case, "token", case.token)
    business = work.office.business
    frame = {
        "ref": case.ref,
        "token": token,
        "subject": _bare(_open(box, case, "subject", case.subject)),
        "business": business,
    }
    draft = compose(name, case.language, frame, context)
    envelope = Envelope(
        message_id=f"<{secrets.token_hex(16)}@{business.inbox.partition('@')[2]}>",
        sender_name=business.name,
        inbox=business.inbox,
        token=token,
        recipient=_with_ascii_domain(recipient),
        at=work.now,
        references=_thread(work, case),
        automatic=automatic,
    )
    _put(work, case, box, draft, envelope)
    return draft


def is_reachable(work: Work, case: Case) -> bool:
    """Yes or no: the case has an address that a letter could go to."""
    return _can_be_written_to(_open(work.box(case.key_id), case, "address", case.address))


def _can_be_written_to(address: str) -> bool:
    """This is one plain address (RFC 5321, 4.1.2), nothing that could add a line or a second recipient."""
    return _PLAIN_ADDRESS.fullmatch(address) is not None


def _put(work: Work, case: Case, box: Box, draft: Draft, envelope: Envelope) -> None:
    letter = Letter(
        case_id=case.id or 0,
        name=draft.name,
        message_id=envelope.message_id,
        recipient=box.seal(f"letter.recipient:{envelope.message_id}", envelope.recipient),
        content=box.seal(f"letter.content:{envelope.message_id}", sealed_message(draft, envelope)),
        state=LetterState.WAITING,
        written_at=work.now,
        not_before=work.now,
    )
    work.session.add(letter)
    work.session.flush()
    work.drafts.append(draft)
    work.record(case, Event.LETTER_WRITTEN, THE_DESK, told=False, letter=draft.name, id=letter.id)


def _thread(work: Work, case: Case) -> Sequence[str]:
    """The Message-IDs of the conversation, oldest first, the one that is answered last: the consumer's newest mail."""
    letters = work.session.exec(
        select(Letter.written_at, Letter.message_id).where(Letter.case_id == case.id).order_by(col(Letter.id))
    ).all()
    mails = work.session.exec(
        select(Mail).where(Mail.case_id == case.id, col(Mail.reading).is_not(None)).order_by(col(Mail.id))
    ).all()
    theirs = [(mail.received_at, _message_id(work, mail)) for mail in mails]
    known = [(at, name) for at, name in theirs if name]
    together = [name for _, name in sorted([*known[:-1], *letters], key=lambda written: written[0])]
    return [*together, *(name for _, name in known[-1:])]


def _message_id(work: Work, mail: Mail) -> str:
    sealed = work.box(mail.key_id).open(f"mail.reading:{mail.key_id}", mail.reading or b"")
    name = Arrival.from_json(sealed).message_id.strip().strip("<>")
    fits = name.isascii() and name.isprintable() and not set(name) & set("<> ") and 0 < len(name) <= MOST_MESSAGE_ID
    return f"<{name}>" if fits else ""


def _with_ascii_domain(address: str) -> str:
    """An internationalised domain in the form that every mail server knows (RFC 5891, 4.4)."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:  # no domain name at all: the mail server says so
        return address


def _open(box: Box, case: Case, column: str, sealed: bytes) -> str:
    return box.open(f"case.{column}:{case.key_id}", sealed).decode()


def _bare(subject: str) -> str:
    text = " ".join(subject.split())
    while text.lower().startswith("re:"):
        text = text[3:].lstrip()
    return text[:150]
