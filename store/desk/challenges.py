"""The one-time code: sent to the address on file, matched when it comes back from there."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import timedelta

from sqlmodel import col, select

from store.desk.work import Work
from store.ledger import Event
from store.models import Case, Challenge, Point
from store.rules.lifecycle import Move, Status
from store.values import CONSUMER, THE_DESK, Actor, Arrival

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
HALF = 4
GOOD_FOR = timedelta(days=14)
MOST_ATTEMPTS = 5
MAILBOX = "mailbox"

_LETTERS = f"{ALPHABET}{ALPHABET.lower()}"  # what holds another letter is no code: "self-made" uses up no attempt
_CODE = re.compile(rf"(?<![A-Za-z0-9])[{_LETTERS}]{{{HALF}}}-[{_LETTERS}]{{{HALF}}}(?![A-Za-z0-9])")


def make_challenge(work: Work, case: Case) -> tuple[str, Challenge]:
    """A fresh code for a case; the ones before it are good no more.

    Returns:
        The code as the letter shows it, and its row, which keeps only a keyed hash of it.
    """
    for older in _open_challenges(work, case):
        older.expires_at = min(older.expires_at, work.now)
        work.session.add(older)
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(HALF)) for _ in range(2))
    challenge = Challenge(
        case_id=case.id or 0, code_hash=_hash(work, case, code), sent_at=work.now, expires_at=work.now + GOOD_FOR
    )
    work.session.add(challenge)
    return code, challenge


def answer_challenge(work: Work, case: Case, arrival: Arrival) -> None:
    """Look for the code in a mail from the address on file: it shows control of the mailbox, which is one point.

    Only what the consumer wrote anew counts: an answer that merely quotes our letter, such as "this was not me", shows
    nothing. The comparison takes constant time, and a code that is wrong uses up an attempt.
    """
    challenge = next(iter(_open_challenges(work, case)), None)
    if challenge is None or case.closed_at is not None:
        return
    written = [code.upper() for code in _CODE.findall(arrival.reply)[:MOST_ATTEMPTS]]
    right = [hmac.compare_digest(_hash(work, case, code), challenge.code_hash) for code in written]
    if any(right):
        challenge.answered_at = work.now
        match_point(work, case, MAILBOX, CONSUMER)
        before = case.status
        work.step(case, Move.MATCH, THE_DESK)
        if case.status == Status.VERIFIED != before:
            work.record(case, Event.LEVEL_REACHED, THE_DESK)
    elif written:
        challenge.attempts += 1
        work.record(case, Event.CODE_WRONG, CONSUMER, left=MOST_ATTEMPTS - challenge.attempts)
    work.session.add(challenge)


def match_point(work: Work, case: Case, point: str, by: Actor) -> None:
    """Record that a point matched, never its value (section 7060(d)); a second time changes nothing."""
    if work.session.get(Point, (case.id, point)) is None:
        work.session.add(Point(case_id=case.id or 0, point=point, matched_by=by.id, matched_at=work.now))
        work.record(case, Event.POINT_MATCHED, by, point=point)
        work.session.flush()


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
