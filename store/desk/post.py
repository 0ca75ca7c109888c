"""Writing letters: composed, frozen, sealed and put into the outbox, in the verb's own transaction."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, or_, select

from store.desk.guarding import guarded
from store.desk.mails import mail_listing
from store.desk.work import Work
from store.errors import NoAnswerPossible
from store.ledger import Event
from store.letters import Envelope, compose, contexts, sealed_message
from store.models import WITHOUT_RAW, Case, Letter, Mail
from store.rules import guard, pacing
from store.rules.deadlines import local_day
from store.rules.requesters import Requester
from store.rules.states import LetterState, MailState
from store.values import THE_DESK, Arrival, Draft, RequestLine
from store.vault import Box

MOST_MESSAGE_ID = 500
MOST_SUBJECT = 1_000
ACKNOWLEDGEMENT = "acknowledgement"
AUTOMATIC = (ACKNOWLEDGEMENT, "status", "cancelled")
"""The letters that a mail alone can bring about, and that therefore are paced."""
PATIENCE = timedelta(days=10)
"""How long an acknowledgement may be put off where the law gives it no day."""

_TAG = re.compile(r"\s?\[PR-\d{4,12}\]")
_PLAIN_ADDRESS = re.compile(r"[^@\s,;:<>()\[\]]+@[^@\s,;:<>()\[\]]+")


def acknowledge(
    work: Work,
    case: Case,
    received_at: datetime,
    lines: Sequence[RequestLine],
    *,
    place: tuple[int, int] | None = None,
) -> None:
    """Tell the consumer that the requests are here, what happens next, and by when (section 7021(a)).

    Args:
        work: the transaction.
        case: whose consumer.
        received_at: when the mail that made them came, aware.
        lines: the requests it made; only these are told of.
        place: which person of how many it is about, in the order of an agent's letter. A person asked for these
            letters, so none of them waits for its turn.
    """
    received_on = local_day(received_at, work.office.business.zone)
    about = " ".join(sorted({line.kind for line in lines}))
    at = work.now if place else _when_to_answer(work, case, about)
    last_day = min((line.acknowledge_by for line in lines if line.acknowledge_by), default=work.today + PATIENCE)
    if at > work.now and local_day(at, work.office.business.zone) > last_day:
        work.record(case, Event.LETTER_WITHHELD, THE_DESK, letter=ACKNOWLEDGEMENT)
        return
    requester = Requester(case.requester)
    asked = requester is Requester.AGENT and any(_may_ask_an_agent(work, case, line) for line in lines)
    context = contexts.acknowledgement(lines, received_on, place, requester, permission=asked)
    write(work, case, ACKNOWLEDGEMENT, context, about=about, at=at)
    if at > work.now:
        work.record(case, Event.LETTER_PUT_OFF, THE_DESK, letter=ACKNOWLEDGEMENT, until=at.isoformat())


def answer_automatically(work: Work, case: Case, name: str, context: dict[str, Any], *, waits: bool) -> bool:
    """Answer what a consumer's own word asks, where there is an address to answer.

    Args:
        work: the transaction.
        case: whose consumer.
        name: the letter's folder, one of `AUTOMATIC`.
        context: what it needs.
        waits: where that address was told the same a while ago, the letter is sent later; without it, never.

    Returns:
        Yes or no: it is written.
    """
    if not is_reachable(work, case):
        return False
    at = _when_to_answer(work, case, name)
    if at > work.now and not waits:
        work.record(case, Event.LETTER_WITHHELD, THE_DESK, letter=name)
        return False
    write(work, case, name, context, about=name, at=at)
    if at > work.now:
        work.record(case, Event.LETTER_PUT_OFF, THE_DESK, letter=name, until=at.isoformat())
    return True


def withdraw_put_off(work: Work, case: Case) -> None:
    """Send no acknowledgement any more that waits for its turn while the case is closed already."""
    waiting = (Letter.case_id == case.id, Letter.state == LetterState.WAITING, Letter.name == ACKNOWLEDGEMENT)
    for letter in work.session.exec(select(Letter).where(*waiting, col(Letter.not_before) > work.now)):
        if not letter.attempts:
            letter.state = LetterState.WITHDRAWN
            work.session.add(letter)


def write(
    work: Work,
    case: Case,
    name: str,
    context: dict[str, Any],
    *,
    automatic: bool = True,
    about: str = "",
    at: datetime | None = None,
) -> Draft:
    """Write a letter to the consumer of a case.

    Args:
        work: the transaction.
        case: whose consumer.
        name: the letter's folder.
        context: what it needs.
        automatic: with False a person wrote it.
        about: the kinds of request it tells of, where that tells one letter of its name from another.
        at: when it may go, aware; without it, now.

    Raises:
        NoAnswerPossible: the case has no address, or one that no letter could reach.
        DisclosureRefused: a person's words in it hold what no letter may hold (section 7024(d)).
    """
    box = work.box(case.key_id)
    recipient = _open(box, case, "address", case.address)
    if not can_be_written_to(recipient):
        raise NoAnswerPossible(ref=case.ref)
    token = _open(box, case, "token", case.token)
    business = work.office.business
    frame = {
        "ref": case.ref,
        "token": token,
        "subject": _bare(guard.masked(_open(box, case, "subject", case.subject)[:MOST_SUBJECT])),
        "business": business,
    }
    draft = compose(name, case.language, frame, context, business.letters_folder)
    draft = guarded(work, case, draft, context, ours=(case.ref, token))
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
    _put(work, case, box, draft, envelope, about, at or work.now)
    return draft


def is_reachable(work: Work, case: Case) -> bool:
    """Yes or no: the case has an address that a letter could go to."""
    return can_be_written_to(_open(work.box(case.key_id), case, "address", case.address))


def can_be_written_to(address: str) -> bool:
    """This is one plain address (RFC 5321, 4.1.2), nothing that could add a line or a second recipient."""
    return _PLAIN_ADDRESS.fullmatch(address) is not None


def _may_ask_an_agent(work: Work, case: Case, line: RequestLine) -> bool:
    """Yes or no: the law lets us ask an agent for the consumer's signed permission (section 7063)."""
    return any(rule.signed_permission for rule in work.pack(case).agents if line.kind in rule.kinds)


def _when_to_answer(work: Work, case: Case, about: str) -> datetime:
    """Now, unless that address was told the same a while ago, or too often: no loop with another program."""
    business = work.office.business
    pause = timedelta(hours=business.answer_pause_hours)
    key = _recipient_hash(work, case)
    work.take_turns(key)
    recent = col(Letter.not_before) > work.now - max(pause, pacing.DAY)
    theirs = (Letter.recipient_hash == key, col(Letter.name).in_(AUTOMATIC), recent)
    letters = work.session.exec(
        select(Letter.not_before, Letter.about)
        .where(*theirs, Letter.state != LetterState.WITHDRAWN)
        .order_by(col(Letter.not_before))
    ).all()
    return pacing.earliest(
        work.now,
        max((at for at, told in letters if told == about), default=None),
        [at for at, _ in letters if at > work.now - pacing.DAY],
        pause=pause,
        per_day=business.answers_per_day,
    )


def _recipient_hash(work: Work, case: Case) -> str:
    address = _open(work.box(case.key_id), case, "address", case.address)
    return work.office.vault.hash(pacing.RECIPIENT, pacing.reached_at(address))


def _put(work: Work, case: Case, box: Box, draft: Draft, envelope: Envelope, about: str, at: datetime) -> None:
    letter = Letter(
        case_id=case.id or 0,
        name=draft.name,
        about=about,
        recipient_hash=_recipient_hash(work, case),
        message_id=envelope.message_id,
        recipient=box.seal(f"letter.recipient:{envelope.message_id}", envelope.recipient),
        content=box.seal(f"letter.content:{envelope.message_id}", sealed_message(draft, envelope)),
        state=LetterState.WAITING,
        written_at=work.now,
        not_before=at,
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
    theirs = or_(col(Mail.case_id) == case.id, mail_listing(case))
    written = (theirs, col(Mail.reading).is_not(None), Mail.state != MailState.FILED)
    mails = work.session.exec(select(Mail).where(*written).order_by(col(Mail.id)).options(WITHOUT_RAW)).all()
    named = [(mail.received_at, _message_id(work, mail)) for mail in mails]
    known = [(at, name) for at, name in named if name]
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
    text = _TAG.sub("", " ".join(subject.split()))
    while text.lower().startswith("re:"):
        text = text[3:].lstrip()
    return text[:150]
