"""Answering: more time, a word, an outcome, a second look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from store.desk.cases import resume, set_clocks, set_reminder
from store.desk.corrections import request_misread
from store.desk.links import redraw_repeats
from store.desk.post import is_reachable, write
from store.desk.settling import close_when_done, settle_request
from store.desk.work import Verb, Work
from store.errors import DecisionFaulty, ReasonMissing
from store.ledger import Event
from store.letters import contexts
from store.models import Case, Request
from store.rules import outcomes
from store.rules.deadlines import Clock, clocks
from store.rules.kinds import Kind
from store.rules.lifecycle import Move
from store.rules.outcomes import Outcome, OutcomeError
from store.values import Actor, CaseFile


@Verb
def extend(work: Work, ref: str, request_id: int, reason: str, by: Actor) -> CaseFile:
    """Take the one extension that the law allows, and tell the consumer why (section 7021(b)).

    Args:
        work: the transaction.
        ref: the case.
        request_id: which of its requests.
        reason: for the consumer to read.
        by: who extends.

    Raises:
        ReasonMissing: the reason is empty.
        AlreadyExtended, NoExtension, TooLateToExtend: what the law says.
        DeskError: it is not this person's case.
    """
    case = work.case(ref)
    line = work.step(case, Move.EXTEND, by, request_id)
    if not reason.strip():
        raise ReasonMissing
    request = work.request(line)
    until = _dates(work, case, request)[Clock.EXTENDED]
    request.extended_to = until
    set_reminder(work, request)
    work.record(case, Event.EXTENDED, by, kind=line.kind, until=until.isoformat())
    write(work, case, "extension", contexts.extension(line, until, reason.strip()))
    return work.read(case)


@Verb
def reply(work: Work, ref: str, text: str, by: Actor) -> CaseFile:
    """Write to the consumer in one's own words.

    Raises:
        ReasonMissing: the text is empty.
        DeskError: it is not this person's case, or it is closed.
    """
    case = work.case(ref)
    work.step(case, Move.REPLY, by)
    if not text.strip():
        raise ReasonMissing
    work.record(case, Event.REPLIED, by)
    write(work, case, "reply", contexts.reply(text.strip()), automatic=False)
    return work.read(case)


@Verb
def resolve(
    work: Work, ref: str, request_id: int, outcome: Outcome, by: Actor, *, bases: Sequence[str] = (), note: str = ""
) -> CaseFile:
    """Settle a request and tell the consumer, where there is an address to tell; the last one closes the case.

    Args:
        work: the transaction.
        ref: the case.
        request_id: which of its requests.
        outcome: how it ends.
        by: who decides.
        bases: the grounds of a denial, by id.
        note: what else the letter says.

    Raises:
        NotVerifiedYet: the outcome gives something away and the request has not reached its level.
        DecisionFaulty: a denial without grounds, or with grounds of another kind of request.
        DeskError: it is settled already, or it is not this person's case.
    """
    case = work.case(ref)
    line = work.step(case, Move.RESOLVE, by, request_id, outcome)
    pack = work.pack(case)
    try:
        outcomes.check(pack, line.kind, outcome, bases)
    except OutcomeError as error:
        raise DecisionFaulty(why=str(error)) from error
    request = work.request(line)
    settle_request(work, request, outcome, bases)
    if outcome is Outcome.NOT_A_REQUEST:
        request_misread(work, case, request)
    work.record(case, Event.RESOLVED, by, kind=line.kind, outcome=outcome, bases=list(bases))
    grounds = [basis for basis in pack.bases if basis.id in bases]
    name = contexts.answer_name(line.kind, outcome)
    if is_reachable(work, case):
        write(work, case, name, contexts.answer(line, work.today, grounds, note.strip()))
    close_when_done(work, case, by)
    redraw_repeats(work, case)
    return work.read(case)


@Verb
def reclassify(work: Work, ref: str, request_id: int, kind: Kind, by: Actor) -> CaseFile:
    """Say that a request invokes another right than was read: its clocks are computed anew from receipt.

    Raises:
        DecisionFaulty: the case has an open request of that kind already.
        DeskError: it is settled, or it is not this person's case.
    """
    case = work.case(ref)
    line = work.step(case, Move.RECLASSIFY, by, request_id)
    if any(other.kind is kind for other in work.read(case).open_requests):
        raise DecisionFaulty(why=f"{case.ref} has an open request of that kind already: {kind.plain}.")
    request = work.request(line)
    box = work.box(case.key_id)
    evidence = box.open(f"request.evidence:{case.key_id}:{line.kind}", request.evidence)
    request.evidence = box.seal(f"request.evidence:{case.key_id}:{kind}", evidence)
    request_misread(work, case, request, kind)
    request.kind, request.score = kind, None
    set_clocks(work, case, request)
    _keep_extension(work, case, request)
    work.record(case, Event.RECLASSIFIED, by, kind=line.kind, to=kind)
    redraw_repeats(work, case)
    return work.read(case)


@Verb
def reopen(work: Work, ref: str, request_id: int, reason: str, by: Actor) -> CaseFile:
    """Look again at a request of a closed case, on its first dates; whoever reopens it has it.

    Where it was settled by a link to an older case, the link is undone, with all that it settled.

    Args:
        work: the transaction.
        ref: the case.
        request_id: which of its requests.
        reason: for the consumer to read.
        by: who reopens it.

    Raises:
        ReasonMissing: the reason is empty.
        DeskError: the case is not closed, or this is no staff.
    """
    case = work.case(ref)
    line = work.step(case, Move.REOPEN, by, request_id)
    if not reason.strip():
        raise ReasonMissing
    again = {request.id for request in resume(work, case, work.request(line))}
    case.owner, case.owned_since = by.id, work.now
    lines = [each for each in work.read(case).open_requests if each.id in again]
    for each in lines:
        work.record(case, Event.REOPENED, by, kind=each.kind)
    write(work, case, "reopened", contexts.reopened(lines, reason.strip()))
    redraw_repeats(work, case)
    return work.read(case)


def _keep_extension(work: Work, case: Case, request: Request) -> None:
    """An extension was announced once and counts for whatever the request is; none is left where the law has none."""
    if request.extended_to is not None:
        request.extended_to = _dates(work, case, request).get(Clock.EXTENDED)
        set_reminder(work, request)


def _dates(work: Work, case: Case, request: Request) -> dict[Clock, date]:
    pack = work.pack(case)
    holidays = work.office.holidays(pack, request.received_on)
    return {due.clock: due.due for due in clocks(pack, Kind(request.kind), request.received_on, holidays)}
