"""Being sure of who asks, for the rights where the law allows to ask at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlmodel import select

from store.casefile import DECLARATION
from store.desk.cases import change_kind
from store.desk.challenges import make_challenge, match_point
from store.desk.findings import take_findings
from store.desk.post import write
from store.desk.proofs import keep_declaration
from store.desk.work import Verb, Work
from store.errors import DecisionFaulty, DeskError, NothingToVerify, UnknownPoint, VerificationForbidden
from store.findings import Findings
from store.ledger import Event
from store.letters import contexts
from store.models import Case, Letter
from store.rules import verification
from store.rules.deadlines import local_day
from store.rules.lifecycle import Move, Status
from store.rules.verification import MAILBOX, Lack, agent_rule
from store.values import Actor, CaseFile, RequestLine

AGENT_AUTHORITY = "agent_authority"


@Verb
def ask_to_verify(work: Work, ref: str, by: Actor, request_id: int | None = None) -> CaseFile:
    """Send the letter with the one-time code; an agent who has shown no permission is asked for that first.

    Args:
        work: the transaction.
        ref: the case.
        by: who asks.
        request_id: the request it is asked for; without one, whichever waits for it.

    Raises:
        VerificationForbidden: the law forbids to verify this right (section 7060(b)).
        DeskError: nothing waits for it, or it is not this person's case.
    """
    case = work.case(ref)
    line = work.step(case, Move.ASK, by, request_id)
    if Lack.PERMISSION in line.lacks:
        _ask_agent(work, case, line, by)
    else:
        _send_code(work, case, line, by)
    return work.read(case)


@Verb
def verify(
    work: Work,
    ref: str,
    points: Collection[str],
    by: Actor,
    *,
    declared: bool = False,
    findings: Findings | None = None,
) -> CaseFile:
    """Record which data points a person has matched; their values go nowhere.

    Args:
        work: the transaction.
        ref: the case.
        points: the ids of the pack's points that matched. Control of the mailbox is not among them: only the reply to
            the code shows it.
        by: who compared them.
        declared: the signed declaration under penalty of perjury is there (section 7062(c)).
        findings: what else was found out about who asks.

    Raises:
        VerificationForbidden: everything open here is a right that the law forbids to verify (section 7060(b)).
        NothingToVerify: every request has its level, or needs none.
        UnknownPoint: not one of the pack's points.
        DeskError: it is not this person's case, or not its turn; or a finding does not fit the case.
    """
    case = work.case(ref)
    found = findings or Findings()
    waited = _waiting(work.read(case))
    known = {point.id for point in work.pack(case).points} - {MAILBOX}
    for point in points:
        if point not in known:
            raise UnknownPoint(point=point)
    take_findings(work, case, found, by)
    for point in points:
        match_point(work, case, point, by)
    if found.declared_in is not None:
        match_point(work, case, DECLARATION, by, keep_declaration(work, case, found.declared_in))
    elif declared:
        match_point(work, case, DECLARATION, by)
    work.step(case, Move.VERIFY, by)
    after = work.read(case)
    if not waited and not _waiting(after):
        raise _nothing_to_verify(work, case, after)
    if case.status == Status.VERIFIED:
        work.record(case, Event.LEVEL_REACHED, by)
    return work.read(case)


@Verb
def reevaluate(work: Work, ref: str, by: Actor, request_id: int | None = None) -> CaseFile:
    """Evaluate an unverified request as the one that the law puts in its place, and tell the consumer (7024(a)).

    A copy that nobody could be sure to give to the right person becomes a request for the categories; it keeps its
    day of receipt.

    Args:
        work: the transaction.
        ref: the case.
        by: who decides.
        request_id: the request; without one, whichever the law has another right for.

    Raises:
        NotReevaluable: it is verified, or the law has nothing in its place.
        DecisionFaulty: the case asks for that already.
        DeskError: it is not this person's case, or not its turn.
    """
    case = work.case(ref)
    line = work.step(case, Move.REEVALUATE, by, request_id)
    kind = next(rule.becomes for rule in work.pack(case).fallbacks if rule.kind is line.kind)
    if any(other.kind is kind for other in work.read(case).open_requests):
        why = f"{case.ref} asks for that already: {kind.plain}. Deny {line.kind.plain} as not verified."
        raise DecisionFaulty(why=why)
    request = work.request(line)
    request.reevaluated_from = line.kind
    change_kind(work, case, request, kind)
    work.record(case, Event.REEVALUATED, by, kind=line.kind, to=kind)
    write(work, case, "reevaluated", contexts.reevaluated())
    return work.read(case)


def _send_code(work: Work, case: Case, line: RequestLine, by: Actor) -> None:
    code, challenge = make_challenge(work, case)
    expires_on = local_day(challenge.expires_at, work.office.business.zone)
    work.record(case, Event.VERIFICATION_ASKED, by, kind=line.kind, until=expires_on.isoformat())
    write(work, case, "verification", contexts.verification(work.read(case), code, expires_on))


def _ask_agent(work: Work, case: Case, line: RequestLine, by: Actor) -> None:
    """That the consumer may be asked directly, where the law allows it, is announced once (section 7063)."""
    asked = select(Letter.id).where(Letter.case_id == case.id, Letter.name == AGENT_AUTHORITY)
    is_first = work.session.exec(asked).first() is None
    lines = [each for each in _waiting(work.read(case)) if Lack.PERMISSION in each.lacks]
    rules = [agent_rule(work.pack(case), each.kind) for each in lines]
    direct = is_first and any(rule.direct_check for rule in rules if rule)
    work.record(case, Event.VERIFICATION_ASKED, by, kind=line.kind, permission=True)
    write(work, case, AGENT_AUTHORITY, contexts.agent_authority(lines, direct=direct))


def _waiting(case: CaseFile) -> Sequence[RequestLine]:
    return [line for line in case.open_requests if line.may_be_asked]


def _nothing_to_verify(work: Work, case: Case, after: CaseFile) -> DeskError:
    """Where all that is open is never verified, the section says why."""
    refused = [verification.refusal(work.pack(case), line.kind) for line in after.open_requests]
    forbidden = [why for why in refused if why]
    if forbidden and len(forbidden) == len(refused):
        return VerificationForbidden(why=forbidden[0])
    return NothingToVerify(ref=case.ref)
