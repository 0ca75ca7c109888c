"""Answering: more time, a word, an outcome, a second look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from store.casefile import COMPLYING, number_of, ref_of
from store.desk.answers import answer
from store.desk.appeals import contest, give_way, lock_refused
from store.desk.cases import change_kind, resume, set_reminder
from store.desk.corrections import request_misread
from store.desk.firsts import first_of
from store.desk.links import redraw_repeats
from store.desk.post import is_reachable, write
from store.desk.promises import promise
from store.desk.settling import close_when_done, settle_request
from store.desk.twofold import needs_second, needs_second_for_managers
from store.desk.work import Verb, Work
from store.errors import DecisionFaulty, ReasonMissing
from store.ledger import Event
from store.letters import contexts
from store.models import Case, Request
from store.rules.deadlines import Clock, clocks
from store.rules.kinds import Kind
from store.rules.lifecycle import Move
from store.rules.outcomes import Outcome
from store.rules.team import Twofold
from store.values import Actor, CaseFile, RequestLine


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
    needs_second_for_managers(work, case, by)
    request = work.request(line)
    until = _dates(work, case, request)[Clock.EXTENDED]
    request.extended_to, request.denial_proposed_at = until, None
    set_reminder(work, request)
    work.record(case, Event.EXTENDED, by, kind=line.kind, until=until.isoformat())
    write(work, case, "extension", contexts.extension(line, until, reason.strip()))
    return work.read(case)


@Verb
def reply(work: Work, ref: str, text: str, by: Actor) -> CaseFile:
    """Write to the consumer in one's own words; without any, tell what can be asked for, and how (section 7020(e)).

    Raises:
        SecondPersonNeeded: the business wants a second person for it.
        DeskError: it is not this person's case, or it is closed.
    """
    case = work.case(ref)
    work.step(case, Move.REPLY, by)
    needs_second_for_managers(work, case, by)
    work.record(case, Event.REPLIED, by)
    if text.strip():
        write(work, case, "reply", contexts.reply(text.strip()), automatic=False)
    else:
        write(work, case, "how_to_submit", contexts.how_to_submit(), automatic=False)
    return work.read(case)


@Verb
def resolve(
    work: Work,
    ref: str,
    request_id: int,
    outcome: Outcome,
    by: Actor,
    *,
    bases: Sequence[str] = (),
    note: str = "",
    first: str = "",
) -> CaseFile:
    """Settle a request and tell the consumer, where there is an address to tell; the last one closes the case.

    Args:
        work: the transaction.
        ref: the case.
        request_id: which of its requests.
        outcome: how it ends.
        by: who decides.
        bases: the grounds of a denial, by id.
        note: what else the letter says; for an appeal, why.
        first: the case that a duplicate repeats; without it, the oldest that fits.

    Raises:
        NoFirst: there is no earlier request that this one repeats.
        FewerAnswers: fewer requests to know were answered than a refusal for their number needs.
        ReasonMissing: an appeal is decided without a word of why.
        NotVerifiedYet: the outcome gives something away and the request has not reached its level.
        DecisionFaulty: a denial without grounds, or with grounds of another kind of request.
        SecondPersonNeeded: the business wants a second person for it.
        DeskError: it is settled already, or it is not this person's case.
    """
    lock_refused(work, request_id, number_of(ref))
    case = work.case(ref)
    line = work.step(case, Move.RESOLVE, by, request_id, outcome)
    repeated = first_of(work, case, line, first) if outcome is Outcome.DUPLICATE else None
    name, context = answer(work, case, line, outcome, bases, note.strip(), repeated)
    request = work.request(line)
    settle_request(work, request, outcome, bases)
    request.first_case_id = repeated.case_id if repeated else None
    promise(work, case, request)
    if outcome is Outcome.NOT_A_REQUEST:
        request_misread(work, case, request)
    facts: dict[str, Any] = {"first": ref_of(repeated.case_id)} if repeated else {}
    _check_second(work, case, line, outcome, by)
    work.record(case, Event.RESOLVED, by, kind=line.kind, outcome=outcome, bases=list(bases), **facts)
    if is_reachable(work, case):
        write(work, case, name, context)
    close_when_done(work, case, by)
    if line.kind is Kind.APPEAL and outcome in COMPLYING:
        give_way(work, case, request)
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
    request_misread(work, case, request, kind)
    request.score = None
    request.appeal_of = None
    change_kind(work, case, request, kind)
    work.record(case, Event.RECLASSIFIED, by, kind=line.kind, to=kind)
    contest(work, case)
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
    needs_second_for_managers(work, case, by)
    again = {request.id for request in resume(work, case, work.request(line))}
    case.owner, case.owned_since = by.id, work.now
    lines = [each for each in work.read(case).open_requests if each.id in again]
    for each in lines:
        work.record(case, Event.REOPENED, by, kind=each.kind)
    write(work, case, "reopened", contexts.reopened(lines, reason.strip()))
    redraw_repeats(work, case)
    return work.read(case)


def _check_second(work: Work, case: Case, line: RequestLine, outcome: Outcome, by: Actor) -> None:
    if line.kind is Kind.DELETE and outcome is Outcome.DENIED:
        needs_second(work, case, Twofold.DENIED_DELETION)
    needs_second_for_managers(work, case, by)


def _dates(work: Work, case: Case, request: Request) -> dict[Clock, date]:
    pack = work.pack(case)
    holidays = work.office.holidays(pack, request.received_on)
    return {due.clock: due.due for due in clocks(pack, Kind(request.kind), request.received_on, holidays)}
