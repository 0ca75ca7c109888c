"""The one-time code: sent to the address on file, matched when it comes back from there."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import timedelta

from sqlmodel import col, select

from store.desk.post import is_reachable, write
from store.desk.proofs import mark_code_mail
from store.desk.work import Work
from store.ledger import Event
from store.letters import contexts
from store.models import Case, Challenge, Letter, Mail, Point
from store.rules.lifecycle import Move, Status
from store.rules.verification import MAILBOX
from store.values import CONSUMER, THE_DESK, Actor, Arrival

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
HALF = 4
GOOD_FOR = timedelta(days=14)
REMINDED_BEFORE = timedelta(days=4)
MOST_ATTEMPTS = 5
CODE_EXPIRED = "code_expired"

_LETTERS = f"{ALPHABET}{ALPHABET.lower()}"  # what holds another letter is no code: "self-made" uses up no attempt
_CODE = re.compile(rf"(?<![A-Za-z0-9])[{_LETTERS}]{{{HALF}}}-[{_LETTERS}]{{{HALF}}}(?![A-Za-z0-9])")


def make_challenge(work: Work, case: Case) -> tuple[str, Challenge]:
    """A fresh code for a case; the ones before it are good no more.

    Returns:
        The code as the letter shows it, and its row, which keeps only a keyed hash of it.
    """
    for older in _open_challenges(work, case):
        older.expires_at, older.remind_at = work.now, None
        work.session.add(older)
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(HALF)) for _ in range(2))
    expires_at = work.now + GOOD_FOR
    challenge = Challenge(
        case_id=case.id or 0,
        code_hash=_hash(work, case, code),
        sent_at=work.now,
        expires_at=expires_at,
        remind_at=expires_at - REMINDED_BEFORE,
    )
    work.session.add(challenge)
    return code, challenge


def answer_challenge(work: Work, case: Case, mail: Mail, arrival: Arrival) -> None:
    """Look for the code in a mail from the address on file: it shows control of the mailbox, which is one point.

    Only what the consumer wrote anew counts: an answer that merely quotes our letter, such as "this was not me", shows
    nothing. The comparison takes constant time, and a code that is wrong uses up an attempt; the case's row is locked,
    so guesses that come at the same moment are counted one after the other. A wrong or late code is answered.
    """
    written = [code.upper() for code in _CODE.findall(arrival.reply)[:MOST_ATTEMPTS]]
    if not written or case.closed_at is not None:
        return
    challenge = next(iter(_open_challenges(work, case)), None)
    if challenge is None:
        _too_late(work, case, arrival)
        return
    right = [hmac.compare_digest(_hash(work, case, code), challenge.code_hash) for code in written]
    if any(right):
        _right(work, case, challenge)
        mark_code_mail(work, mail, arrival)
    else:
        _wrong(work, case, challenge, arrival)
    work.session.add(challenge)


def match_point(work: Work, case: Case, point: str, by: Actor, mail_id: int | None = None) -> None:
    """Record that a point matched, never its value (section 7060(d)); a second time changes nothing.

    Args:
        work: the transaction.
        case: whose.
        point: its id.
        by: who found it.
        mail_id: the mail that shows it and is kept with the record: the signed declaration's.
    """
    if work.session.get(Point, (case.id, point)) is None:
        row = Point(case_id=case.id or 0, point=point, matched_by=by.id, matched_at=work.now, mail_id=mail_id)
        work.session.add(row)
        work.record(case, Event.POINT_MATCHED, by, point=point)
        work.session.flush()


def _right(work: Work, case: Case, challenge: Challenge) -> None:
    challenge.answered_at, challenge.remind_at = work.now, None
    match_point(work, case, MAILBOX, CONSUMER)
    before = case.status
    work.step(case, Move.MATCH, THE_DESK)
    if case.status == Status.VERIFIED != before:
        work.record(case, Event.LEVEL_REACHED, THE_DESK)


def _wrong(work: Work, case: Case, challenge: Challenge, arrival: Arrival) -> None:
    """Five of them at most are answered, since a fifth ends the code."""
    challenge.attempts += 1
    left = MOST_ATTEMPTS - challenge.attempts
    work.record(case, Event.CODE_WRONG, CONSUMER, left=left)
    if arrival.answerable and is_reachable(work, case):
        write(work, case, "code_wrong", contexts.code_wrong(left))


def _too_late(work: Work, case: Case, arrival: Arrival) -> None:
    """A code came, and the last one that was sent is good no more: told once for each that was sent."""
    sent = select(Challenge).where(Challenge.case_id == case.id).order_by(col(Challenge.id).desc()).limit(1)
    last = work.session.exec(sent).one_or_none()
    if last is None or last.answered_at is not None:
        return
    work.record(case, Event.CODE_WRONG, CONSUMER, left=0, late=True)
    told = select(Letter.id).where(Letter.case_id == case.id, Letter.name == CODE_EXPIRED)
    is_told = work.session.exec(told.where(col(Letter.written_at) >= last.sent_at)).first() is not None
    if not is_told and arrival.answerable and is_reachable(work, case):
        write(work, case, CODE_EXPIRED, contexts.code_expired())


def _open_challenges(work: Work, case: Case) -> list[Challenge]:
    return list(
        work.session.exec(
            select(Challenge)
            .where(
                Challenge.case_id == case.id,
                col(Challenge.answered_at).is_(None),
                col(Challenge.expires_at) > work.now,
                col(Challenge.attempts) < MOST_ATTEMPTS,
            )
            .order_by(col(Challenge.id).desc())
        )
    )


def _hash(work: Work, case: Case, code: str) -> str:
    return work.office.vault.hash(f"code of {case.id}", code)
