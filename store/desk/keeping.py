"""What becomes of a mail first: its bytes are kept, encrypted and committed, or it is refused for its size."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, delete, select

from store.desk.work import Verb, Work
from store.ledger import Event
from store.models import Bookmark, DataKey, Mail
from store.rules.states import MailState
from store.values import THE_DESK, Kept
from store.vault import Vault

MOST_REFUSALS_TOLD = 20
REFUSALS_WITHIN = timedelta(hours=1)
REFUSALS = "refused mails"
STANDING = select(Mail.content_hash, Mail.id, Mail.key_id).where(
    col(Mail.content_hash).in_(bindparam("hashes", expanding=True))
)
IN_TURN = b"mails being kept".hex()
"""Under which all that keep mails take turns (PostgreSQL): two that keep the same ones in another order would wait for
each other, and sorted they cannot be, since mails are read in the order of their ids."""


@dataclass(frozen=True, slots=True)
class RawMail:
    """A mail as it came, before anybody looked into it.

    Attributes:
        raw: its bytes.
        content_hash: what it is known by, whatever road it takes (hex).
        road: how it came: "smtp", or the mailbox's name.
        envelope: the envelope's addresses, as JSON.
        received_at: when it first reached one of our inboxes, aware.
    """

    raw: bytes
    content_hash: str
    road: str
    envelope: str
    received_at: datetime


@Verb
def keep(work: Work, raw: bytes, content_hash: str, *, road: str, envelope: str, received_at: datetime) -> Kept:
    """Store a mail's bytes, encrypted, before anybody is told that it was accepted.

    Returns:
        Where it is kept; `known` when the same mail was here before, by whatever road.
    """
    (kept,) = keep_together(work, [RawMail(raw, content_hash, road, envelope, received_at)])
    return kept


@Verb
def keep_all(work: Work, mails: Sequence[RawMail]) -> tuple[Kept, ...]:
    """Store several mails at the cost of one commit: all of them or, when it raises, none.

    Returns:
        Where each is kept, in the order given; the same mail twice is one, and `known` the second time.
    """
    return keep_together(work, mails)


@Verb
def mail_refused(work: Work, size: int | None) -> None:
    """Write down that a mail was refused since it is too large: the consumer was told, and the managers must know.

    Whoever sends such mails by the thousand fills no ledger with them: past twenty lines an hour they are counted, and
    the next line tells how many (`untold`).

    Args:
        work: the transaction.
        size: the mail's bytes, as declared or counted; None when nobody counted them to their end.
    """
    work.insert_missing(Bookmark, [{"name": REFUSALS, "value": json.dumps({"told": [], "untold": 0})}])
    row = work.session.get_one(Bookmark, REFUSALS, with_for_update=True)
    kept = json.loads(row.value)
    told = [at for at in kept["told"] if datetime.fromisoformat(at) > work.now - REFUSALS_WITHIN]
    untold = kept["untold"] + 1
    if len(told) < MOST_REFUSALS_TOLD:
        work.record_for_the_desk(Event.MAIL_REFUSED, THE_DESK, size=size, untold=kept["untold"])
        told, untold = [*told, work.now.isoformat()], 0
    row.value = json.dumps({"told": told, "untold": untold})
    work.session.add(row)


def keep_together(work: Work, mails: Sequence[RawMail]) -> tuple[Kept, ...]:
    """Store the mails that are not known; the rows that stand there afterwards tell which of them are ours."""
    by_hash = {mail.content_hash: mail for mail in reversed(mails)}
    there = _standing(work, by_hash)
    ours = {secrets.token_hex(16): mail for mail in mails if by_hash[mail.content_hash] is mail}
    ours = {key_id: mail for key_id, mail in ours.items() if mail.content_hash not in there}
    if ours:
        there |= _store(work, ours)
    work.leaves_work = any(key_id in ours for _, key_id in there.values())
    return tuple(
        Kept(mail_id, known=ours.get(key_id) is not mail)
        for mail in mails
        for mail_id, key_id in (there[mail.content_hash],)
    )


def _store(work: Work, ours: dict[str, RawMail]) -> dict[str, tuple[int, str]]:
    """Insert mails by their new keys' ids, but those that another process was faster with by a moment (PostgreSQL)."""
    sealed = [_sealed(work.office.vault, key_id, mail, work.master) for key_id, mail in ours.items()]
    work.take_turns(IN_TURN)
    work.insert_missing(DataKey, [key for key, _ in sealed])
    work.insert_missing(Mail, [row for _, row in sealed])
    there = _standing(work, [mail.content_hash for mail in ours.values()])
    if unneeded := ours.keys() - {key_id for _, key_id in there.values()}:
        work.session.connection().execute(delete(DataKey).where(col(DataKey.id).in_(unneeded)))
    return there


def _standing(work: Work, hashes: Collection[str]) -> dict[str, tuple[int, str]]:
    """The id and the key's id of each mail that is there, by its content's hash."""
    found = work.session.connection().execute(STANDING, {"hashes": list(hashes)})
    return {content_hash: (mail_id, key_id) for content_hash, mail_id, key_id in found}


def _sealed(vault: Vault, key_id: str, mail: RawMail, master: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows of a mail: its data key, and itself."""
    box, wrapped = vault.new_box(key_id, master)
    return {"id": key_id, "wrapped": wrapped, "master": master}, {
        "key_id": key_id,
        "content_hash": mail.content_hash,
        "road": mail.road,
        "state": MailState.KEPT,
        "reason": "",
        "received_at": mail.received_at,
        "size": len(mail.raw),
        "masked_sender": "",
        "raw": box.seal(f"mail.raw:{key_id}", mail.raw),
        "envelope": box.seal(f"mail.envelope:{key_id}", mail.envelope),
    }
