"""Being sure of who asks, for the rights where the law allows to ask at all."""

from __future__ import annotations

from collections.abc import Collection

from store.casefile import DECLARATION
from store.desk.challenges import MAILBOX, make_challenge, match_point
from store.desk.post import write
from store.desk.work import Verb, Work
from store.errors import NothingToVerify, UnknownPoint
from store.ledger import Event
from store.letters import contexts
from store.rules.deadlines import local_day
from store.rules.lifecycle import Move, Status
from store.values import Actor, CaseFile


@Verb
def ask_to_verify(work: Work, ref: str, by: Actor, request_id: int | None = None) -> CaseFile:
    """Send the letter with the one-time code.

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
    code, challenge = make_challenge(work, case)
    expires_on = local_day(challenge.expires_at, work.office.business.zone)
    work.record(case, Event.VERIFICATION_ASKED, by, kind=line.kind, until=expires_on.isoformat())
    write(work, case, "verification", contexts.verification(work.read(case), code, expires_on))
    return work.read(case)


@Verb
def verify(work: Work, ref: str, points: Collection[str], by: Actor, *, declared: bool = False) -> CaseFile:
    """Record which data points a person has matched; their values go nowhere.

    Args:
        work: the transaction.
        ref: the case.
        points: the ids of the pack's points that matched. Control of the mailbox is not among them: only the reply to
            the code shows it.
        by: who compared them.
        declared: the signed declaration under penalty of perjury is there (section 7062(c)).

    Raises:
        NothingToVerify: every request has its level, or needs none.
        UnknownPoint: not one of the pack's points.
        DeskError: it is not this person's case, or not its turn.
    """
    case = work.case(ref)
    waiting = [line for line in work.read(case).open_requests if line.verification.level.asks and not line.reached]
    known = {point.id for point in work.pack(case).points} - {MAILBOX}
    for point in points:
        if point not in known:
            raise UnknownPoint(point=point)
    for point in (*points, *([DECLARATION] if declared else [])):
        match_point(work, case, point, by)
    work.step(case, Move.VERIFY, by)
    if not waiting:
        raise NothingToVerify(ref=case.ref)
    if case.status == Status.VERIFIED:
        work.record(case, Event.LEVEL_REACHED, by)
    return work.read(case)
