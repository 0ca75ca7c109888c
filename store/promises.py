"""What the business owes a consumer after an answer, found by the address for every later case of theirs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlmodel import Session, and_, col, func, or_, select

from store.models import FIRST_REFERENCE, Case, Standing
from store.rules.requesters import Owed, Promise, Requester


def promises(session: Session, cases: Collection[int], nobody: str, today: date) -> Mapping[int, tuple[Owed, ...]]:
    """What is owed to the consumers of cases: of each promise the newest, and until when it holds.

    An agent's address is not the consumer's, so an agent's cases show what was promised in themselves only.

    Args:
        session: a transaction.
        cases: the ids of the cases.
        nobody: the hash of the empty address.
        today: the day in the business's zone; what was promised until then is over.
    """
    theirs = and_(
        col(Case.address_hash) == Standing.address_hash,
        col(Case.address_hash) != nobody,
        col(Case.requester) != Requester.AGENT,
    )
    rows = session.exec(
        select(Case.id, Standing.promise, func.max(Standing.case_id), func.max(Standing.until))
        .join(Standing, or_(col(Standing.case_id) == Case.id, theirs))
        .where(col(Case.id).in_(cases), or_(col(Standing.until).is_(None), col(Standing.until) > today))
        .group_by(col(Case.id), col(Standing.promise))
        .order_by(col(Case.id), col(Standing.promise))
    ).all()
    return {
        case: tuple(Owed(Promise(promise), _ref(made), until) for owner, promise, made, until in rows if owner == case)
        for case in cases
    }


def _ref(case_id: int | None) -> str:
    return f"PR-{FIRST_REFERENCE - 1 + case_id}" if case_id else ""
