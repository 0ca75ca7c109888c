"""Mails, and the cases they lead to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, func, select

from store.errors import NoSuchMail
from store.models import WITHOUT_RAW, Case, DataKey, Letter, Mail, Tie
from store.office import Office
from store.rules.pacing import RECIPIENT, reached_at
from store.rules.requesters import Requester
from store.rules.states import MailState
from store.values import (
    Arrival,
    HeldMail,
)
from store.vault import Box

BATCH = 20
MOST_CANDIDATES = 50


def held_mail(office: Office, mail_id: int) -> HeldMail:
    """A mail that waits, or waited, for a person.

    Raises:
        NoSuchMail: there is none.
    """
    with office.database.reading() as session:
        mail = session.get(Mail, mail_id, options=[WITHOUT_RAW])
        if mail is None:
            raise NoSuchMail
        guess = session.get(Case, mail.guess_case_id) if mail.guess_case_id else None
        found = session.get(Case, mail.case_id) if mail.case_id else None
        reading = _arrival(office, session, mail)
        return HeldMail(
            mail_id=mail_id,
            state=mail.state,
            reason=mail.reason,
            masked_sender=mail.masked_sender,
            received_at=mail.received_at,
            size=mail.size,
            guess=guess.ref if guess else None,
            wishes=tuple(wish.kind for wish in reading.wishes) if reading else (),
            settled_by=mail.settled_by,
            case=found.ref if found else None,
            linked=_linked(session, mail_id),
            **(_told(reading) if reading else {}),
        )


def unread_mails(office: Office, limit: int = BATCH) -> tuple[int, ...]:
    """The ids of the mails that are kept and not read yet, the oldest first."""
    with office.database.reading() as session:
        waiting = select(Mail.id).where(Mail.state == MailState.KEPT).order_by(col(Mail.id)).limit(limit)
        return tuple(mail_id for mail_id in session.exec(waiting) if mail_id is not None)


def raw_mail(office: Office, mail_id: int) -> tuple[bytes, dict[str, Any]]:
    """A mail's bytes as they came, and its envelope.

    Raises:
        NoSuchMail: there is none.
        ContentDestroyed: its time was up.
    """
    with office.database.reading() as session:
        kept = select(Mail.key_id, Mail.raw, Mail.envelope, DataKey.wrapped).join(DataKey)
        found = session.exec(kept.where(Mail.id == mail_id)).one_or_none()
        if found is None:
            raise NoSuchMail
        key_id, raw, envelope, wrapped = found
        box = office.vault.open_box(key_id, wrapped)
        return box.open(f"mail.raw:{key_id}", raw), json.loads(box.open(f"mail.envelope:{key_id}", envelope))


def case_of_thread(
    office: Office, tokens: Sequence[str], message_ids: Sequence[str], written: Sequence[str], sender: str
) -> tuple[str | None, bool]:
    """The case that a mail's tokens or the Message-IDs it answers belong to; a surer sign goes before the others.

    A case whose content was destroyed is none any more: nobody could read there what came.

    Args:
        office: database and vault.
        tokens: what looks like a case's token in its plus-addresses, the surest first.
        message_ids: what it answers or refers to, with angle brackets, the nearest last.
        written: what looks like a case's token in its text.
        sender: its address.

    Returns:
        The case's reference, or None; and whether the sender's address is the case's.
    """
    if not (tokens or message_ids or written):
        return None, False
    known = office.vault.hash("address", sender.strip().lower())
    with office.database.reading() as session:
        found = [
            *_by_token(office, session, tokens),
            *_by_letter(session, list(message_ids)[:-MOST_CANDIDATES:-1]),
            *_by_token(office, session, written),
        ]
        best = next((row for row in found if row.address_hash == known), next(iter(found), None))
        return (best.ref, best.address_hash == known) if best else (None, False)


def case_of_recipient(office: Office, recipients: Sequence[str]) -> str | None:
    """The case of the letter that went last to one of these addresses, for a bounce that names no letter."""
    hashes = [office.vault.hash(RECIPIENT, reached_at(address)) for address in recipients][:MOST_CANDIDATES]
    with office.database.reading() as session:
        sent = select(Case).join(Letter).where(col(Letter.recipient_hash).in_(hashes), col(Letter.sent_at).is_not(None))
        latest = session.exec(sent.order_by(col(Letter.id).desc()).limit(1)).one_or_none()
        return latest.ref if latest else None


def _by_token(office: Office, session: Session, tokens: Sequence[str]) -> list[Case]:
    """The cases of tokens, in the tokens' order."""
    hashes = [office.vault.hash("case token", token) for token in tokens][:MOST_CANDIDATES]
    there = select(Case).where(col(Case.token_hash).in_(hashes), col(Case.content_destroyed_at).is_(None))
    rows = session.exec(there).all() if hashes else []
    return sorted(rows, key=lambda row: hashes.index(row.token_hash))


def _by_letter(session: Session, message_ids: Sequence[str]) -> list[Case]:
    """The cases of letters, in the Message-IDs' order."""
    if not message_ids:
        return []
    of_letters = select(Letter.message_id, Case).join(Case).where(col(Letter.message_id).in_(message_ids))
    there = of_letters.where(col(Case.content_destroyed_at).is_(None))
    rows = sorted(session.exec(there).all(), key=lambda row: message_ids.index(row[0]))
    return [case for _, case in rows]


def open_case_of(office: Office, sender: str) -> str | None:
    """The reference of the one open case of that address; None when it has none, or several, or is an agent's.

    An agent's next mail may be about another client.
    """
    known = office.vault.hash("address", sender.strip().lower())
    with office.database.reading() as session:
        theirs = select(Case).where(Case.address_hash == known, col(Case.closed_at).is_(None)).limit(2)
        found = session.exec(theirs).all()
        return found[0].ref if len(found) == 1 and found[0].requester != Requester.AGENT else None


def is_ours(office: Office, message_id: str) -> bool:
    """Yes or no: a letter of ours has this Message-ID (with angle brackets)."""
    with office.database.reading() as session:
        return session.exec(select(Letter.id).where(Letter.message_id == message_id)).first() is not None


def _told(reading: Arrival) -> dict[str, Any]:
    """What a card may say of a mail that was read."""
    return {
        "possible": tuple(wish.kind for wish in reading.possible),
        "requester": reading.requester,
        "priority": reading.priority,
        "priority_reason": reading.priority_reason,
        "language": reading.language,
        "people": len(reading.people),
    }


def _linked(session: Session, mail_id: int) -> int:
    """How many cases were opened for the people whom a mail names; 0 where it names none."""
    others = session.exec(select(func.count()).select_from(Tie).where(Tie.mail_id == mail_id)).one()
    return others + 1 if others else 0


def _arrival(office: Office, session: Session, mail: Mail) -> Arrival | None:
    if mail.reading is None:
        return None
    return Arrival.from_json(_box(office, session, mail.key_id).open(f"mail.reading:{mail.key_id}", mail.reading))


def _box(office: Office, session: Session, key_id: str) -> Box:
    key = session.get(DataKey, key_id)
    return office.vault.open_box(key_id, key.wrapped if key else None)
