"""The consumer's own verbs: "status" is answered and "cancel" is done, without anybody having to read them."""

from __future__ import annotations

from sqlmodel import col, select

from store.desk.cases import address_hash
from store.desk.links import redraw_repeats
from store.desk.post import answer_automatically
from store.desk.settling import close_when_done, settle_request
from store.desk.work import Work
from store.ledger import Event
from store.letters import contexts
from store.models import Case, Challenge
from store.rules.lifecycle import Move
from store.rules.outcomes import Outcome
from store.rules.requesters import OwnWord
from store.values import CONSUMER, THE_DESK, Arrival

STATUS, CANCELLED = "status", "cancelled"


def obey(work: Work, case: Case, arrival: Arrival) -> bool:
    """Do what the consumer's own word says, when it comes from the address of the case.

    Who sent it was looked at before: a mail that DMARC refutes is held, and joins a case by a person's word only.

    Returns:
        Yes or no: there was such a word, and nothing else is to be done about the mail.
    """
    if arrival.own_word is None or address_hash(work, arrival.sender) != case.address_hash:
        return False
    if arrival.own_word is OwnWord.CANCEL and case.closed_at is None:
        _cancel(work, case, arrival)
    else:
        _tell(work, case, arrival)
    return True


def _cancel(work: Work, case: Case, arrival: Arrival) -> None:
    """Withdraw all that is open, which closes the case."""
    lines = work.read(case).open_requests
    work.step(case, Move.CANCEL, THE_DESK)
    for line in lines:
        settle_request(work, work.request(line), Outcome.WITHDRAWN)
    work.record(case, Event.CANCELLED, CONSUMER, kinds=[line.kind for line in lines])
    if arrival.answerable:
        answer_automatically(work, case, CANCELLED, contexts.cancelled(lines), waits=True)
    close_when_done(work, case, CONSUMER)
    redraw_repeats(work, case)


def _tell(work: Work, case: Case, arrival: Arrival) -> None:
    """How far each request is; the newest word only, so what could not go now is not sent later."""
    asked = _waits_for_code(work, case)
    standings = [
        contexts.Standing(
            kind=line.kind,
            received_on=line.received_on,
            due=line.due,
            outcome=line.outcome,
            waits_for_code=asked and line.open and line.verification.level.asks and not line.reached,
        )
        for line in work.read(case).requests
    ]
    if arrival.answerable and answer_automatically(work, case, STATUS, contexts.status(standings), waits=False):
        work.record(case, Event.STATUS_TOLD, CONSUMER)


def _waits_for_code(work: Work, case: Case) -> bool:
    sent = (Challenge.case_id == case.id, col(Challenge.answered_at).is_(None), col(Challenge.expires_at) > work.now)
    return work.session.exec(select(Challenge.id).where(*sent)).first() is not None
