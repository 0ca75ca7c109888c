"""Making cases and requests: used by every verb that begins one."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import select

from store.casefile import masked
from store.desk.work import Work
from store.ledger import Event
from store.models import Case, Request
from store.rules import deadlines
from store.rules.deadlines import Clock
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.reminders import next_moment
from store.values import CONSUMER, Arrival, Wish
from store.vault import Box

TOKEN_BYTES = 10  # 80 bits: nobody guesses one, and it still fits a plus-address
COURTESY = timedelta(days=45)  # for requests to which the law gives no date, such as an appeal in California


def new_case(work: Work, arrival: Arrival, received_at: datetime, wishes: Sequence[Wish]) -> Case:
    """Open a case for what a mail asks.

    Args:
        work: the transaction.
        arrival: the mail, read.
        received_at: when it reached the inbox, aware: the clocks start on that day.
        wishes: the rights it invokes, at least one.
    """
    key_id, box = work.new_box()
    token = secrets.token_hex(TOKEN_BYTES)
    case = Case(
        status=Status.NEW,
        law=arrival.law or work.office.business.law,
        language=arrival.language,
        key_id=key_id,
        token_hash=work.office.vault.hash("case token", token),
        token=box.seal(f"case.token:{key_id}", token),
        address_hash=address_hash(work, arrival.sender),
        address=box.seal(f"case.address:{key_id}", arrival.sender),
        name=box.seal(f"case.name:{key_id}", arrival.name),
        subject=box.seal(f"case.subject:{key_id}", arrival.subject),
        masked_address=masked(arrival.sender),
        received_at=received_at,
        opened_at=work.now,
        last_word_at=received_at,
    )
    work.session.add(case)
    work.session.flush()
    work.record(case, Event.OPENED, CONSUMER, kinds=[wish.kind for wish in wishes], law=case.law)
    for wish in wishes:
        add_request(work, case, box, wish, received_at)
    return case


def add_request(work: Work, case: Case, box: Box, wish: Wish, received_at: datetime) -> Request:
    """Add one right to a case and start its clocks on the day of receipt."""
    received_on = deadlines.local_day(received_at, work.office.business.zone)
    request = Request(
        case_id=case.id or 0,
        kind=wish.kind,
        received_on=received_on,
        respond_by=received_on,
        evidence=box.seal(f"request.evidence:{case.key_id}:{wish.kind}", json.dumps(wish.evidence)),
    )
    set_clocks(work, case, request)
    work.session.add(request)
    work.session.flush()
    return request


def set_clocks(work: Work, case: Case, request: Request) -> None:
    """Compute a request's dates from its kind, its day of receipt and the law of its case."""
    pack, kind, received_on = work.pack(case), Kind(request.kind), request.received_on
    dates: dict[Clock, date] = {
        due.clock: due.due for due in deadlines.clocks(pack, kind, received_on, work.office.holidays(pack, received_on))
    }
    request.acknowledge_by = dates.get(Clock.ACKNOWLEDGE)
    request.respond_by = dates.get(Clock.RESPOND, received_on + COURTESY)
    set_reminder(work, request)


def set_reminder(work: Work, request: Request) -> None:
    """Put the next reminder where the request's date says."""
    request.next_reminder_at = next_moment(request.due, work.now, work.office.business.zone)
    work.session.add(request)


def resume(work: Work, case: Case, request: Request) -> None:
    """Open a settled request of a closed case again, on the dates it has."""
    request.outcome, request.settled_at, request.bases = None, None, "[]"
    set_reminder(work, request)
    case.closed_at = None
    work.session.add(case)


def requests_of(work: Work, case: Case) -> Sequence[Request]:
    """The rows of a case's requests."""
    return work.session.exec(select(Request).where(Request.case_id == case.id).order_by(Request.id)).all()  # type: ignore[arg-type] # a column


def address_hash(work: Work, address: str) -> str:
    """The keyed hash that an address is looked up by, whatever its case."""
    return work.office.vault.hash("address", address.strip().lower())
