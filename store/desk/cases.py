"""Making cases and requests: used by every verb that begins one."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import col, select

from store.casefile import aim_of, extension, masked
from store.desk.promises import take_back
from store.desk.work import Work
from store.ledger import Event
from store.models import Case, Request, Tie
from store.picking import domain_hash
from store.rules import deadlines
from store.rules.deadlines import Clock
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.outcomes import Outcome
from store.rules.reminders import HOUR, next_moment
from store.rules.requesters import Bond, Priority, Requester
from store.rules.states import PostKind
from store.rules.team import Manner
from store.values import CONSUMER, Actor, Arrival, Wish
from store.vault import Box

TOKEN_BYTES = 10  # 80 bits: nobody guesses one, and it still fits a plus-address
COURTESY = timedelta(days=45)  # for requests to which the law gives no date, such as an appeal in California


def new_case(
    work: Work,
    arrival: Arrival,
    received_at: datetime,
    wishes: Sequence[Wish],
    *,
    manner: Manner = Manner.EMAIL,
    by: Actor = CONSUMER,
) -> Case:
    """Open a case for what a mail asks, or what a person took down.

    Args:
        work: the transaction.
        arrival: the mail, read.
        received_at: when it reached the inbox, aware: the clocks start on that day.
        wishes: the rights it invokes, at least one.
        manner: how it reached the business (section 7101(b)).
        by: who took it down, where it was no mail.
    """
    key_id, box = work.new_box()
    token = secrets.token_hex(TOKEN_BYTES)
    case = Case(
        status=Status.NEW,
        law=arrival.law or work.office.business.law,
        language=arrival.language,
        requester=arrival.requester,
        priority=arrival.priority,
        priority_reason=arrival.priority_reason,
        law_named=arrival.law_named if arrival.law is None else "",
        manner=manner,
        key_id=key_id,
        token_hash=work.office.vault.hash("case token", token),
        token=box.seal(f"case.token:{key_id}", token),
        address_hash=address_hash(work, arrival.sender),
        domain_hash=domain_hash(work.office.vault, arrival.sender) if "@" in arrival.sender else None,
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
    came: dict[str, Any] = {} if manner is Manner.EMAIL else {"manner": manner, "received": received_at.isoformat()}
    work.record(case, Event.OPENED, by, kinds=[wish.kind for wish in wishes], law=case.law, **came)
    for wish in wishes:
        add_request(work, case, box, wish, received_at)
    return case


def meant(arrival: Arrival) -> Arrival:
    """A mail of which a person says that it is a request: it is not looked at last."""
    return replace(arrival, priority=arrival.priority.at_least(Priority.MEDIUM))


def chosen(arrival: Arrival, kinds: Sequence[Kind]) -> tuple[Wish, ...]:
    """The rights that a person says a mail invokes, with the mail's own words where it has any."""
    words = {wish.kind: wish.evidence for wish in (*arrival.possible, *arrival.wishes)}
    return tuple(Wish(kind, words.get(kind, ())) for kind in dict.fromkeys(kinds))


def learn(work: Work, case: Case, arrival: Arrival) -> None:
    """A further mail may make a case more urgent, never less, and tell who asks where that was unclear."""
    if Priority(case.priority) is not arrival.priority.at_least(Priority(case.priority)):
        case.priority, case.priority_reason = arrival.priority, arrival.priority_reason
    if case.requester == Requester.UNCLEAR:
        case.requester = arrival.requester
    work.session.add(case)


def add_request(work: Work, case: Case, box: Box, wish: Wish, received_at: datetime) -> Request:
    """Add one right to a case and start its clocks on the day of receipt."""
    received_on = deadlines.local_day(received_at, work.office.business.zone)
    request = Request(
        case_id=case.id or 0,
        kind=wish.kind,
        received_on=received_on,
        respond_by=received_on,
        evidence=box.seal(f"request.evidence:{case.key_id}:{wish.kind}", json.dumps(wish.evidence)),
        score=wish.score,
    )
    set_clocks(work, case, request)
    work.session.add(request)
    work.session.flush()
    return request


def set_clocks(work: Work, case: Case, request: Request) -> None:
    """Compute a request's dates from its kind, its day of receipt and the law of its case."""
    pack, kind, received_on = work.pack(case), Kind(request.kind), request.received_on
    dues = deadlines.clocks(pack, kind, received_on, work.office.holidays(pack, received_on))
    answer = deadlines.answer_clock(dues)
    request.acknowledge_by = next((due.due for due in dues if due.clock is Clock.ACKNOWLEDGE), None)
    request.respond_by = answer.due if answer else received_on + COURTESY
    request.denial_proposed_at = None
    set_reminder(work, request)


def recompute(work: Work, case: Case, request: Request) -> None:
    """Compute an open request's dates anew from receipt, after its kind or the law of its case has changed.

    An extension was announced once and counts whatever the request is now; none is left where the law has none.
    """
    pack, received_on = work.pack(case), request.received_on
    if request.extended_to is not None:
        longer = extension(pack, Kind(request.kind), received_on, work.office.holidays(pack, received_on))
        request.extended_to = longer.due if longer else None
    set_clocks(work, case, request)


def change_kind(work: Work, case: Case, request: Request, kind: Kind) -> None:
    """Make a request one for another right: its clocks are computed anew from receipt."""
    box = work.box(case.key_id)
    evidence = box.open(f"request.evidence:{case.key_id}:{request.kind}", request.evidence)
    request.evidence = box.seal(f"request.evidence:{case.key_id}:{kind}", evidence)
    request.kind = kind
    recompute(work, case, request)


def set_reminder(work: Work, request: Request) -> None:
    """Put the next reminder where the request's date says."""
    case = work.session.get_one(Case, request.case_id)
    aim = aim_of(work.office, case.law, request)
    request.next_reminder_at = next_moment(aim, work.now, work.office.business.zone)
    if case.snoozed_until and work.today < case.snoozed_until:  # what was not told meanwhile is told then
        waking = datetime.combine(case.snoozed_until, HOUR, work.office.business.zone).astimezone(UTC)
        request.next_reminder_at = min(request.next_reminder_at, waking)
    work.session.add(request)


def resume(work: Work, case: Case, request: Request) -> Sequence[Request]:
    """Open a settled request of a closed case again, on the dates it has.

    A link to an older case that settled it is undone: whatever else the link settled runs again too.

    Returns:
        All requests that run again.
    """
    again = [request, *_unlinked(work, case, request)]
    for each in again:
        each.outcome, each.settled_at, each.bases, each.first_case_id = None, None, "[]", None
        set_reminder(work, each)
    take_back(work, again)
    case.closed_at = None
    work.session.add(case)
    return again


def _unlinked(work: Work, case: Case, request: Request) -> Sequence[Request]:
    """Untie a case from the older one if that settled this request, and give the others that it settled."""
    bonds = col(Tie.bond).in_((Bond.DUPLICATE, Bond.MERGED))
    made = (Tie.case_id == case.id, bonds, Tie.tied_at == request.settled_at)
    tie = work.session.exec(select(Tie).where(*made)).one_or_none()
    if tie is None or request.outcome != Outcome.DUPLICATE:
        return ()
    work.session.delete(tie)
    work.mark(PostKind.CARD, str(tie.other_id), tie.other_id)
    return [each for each in requests_of(work, case) if each.settled_at == tie.tied_at and each.id != request.id]


def requests_of(work: Work, case: Case) -> Sequence[Request]:
    """The rows of a case's requests."""
    return work.session.exec(select(Request).where(Request.case_id == case.id).order_by(Request.id)).all()  # type: ignore[arg-type] # a column


def address_hash(work: Work, address: str) -> str:
    """The keyed hash that an address is looked up by, whatever its case."""
    return work.office.vault.hash("address", address.strip().lower())
