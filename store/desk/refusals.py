"""What the table's verdicts are called when they are told to a person."""

from __future__ import annotations

from store import errors
from store.errors import DeskError
from store.rules import verification
from store.rules.lifecycle import Move, Need, NotAllowed, Role, Status, Who
from store.rules.pack import Pack
from store.rules.terms import Clock
from store.values import CaseFile, RequestLine

DONE = {
    Move.OPEN: "opened",
    Move.ATTACH: "added to",
    Move.READ: "read",
    Move.CLAIM: "claimed",
    Move.RELEASE: "released",
    Move.ASSIGN: "assigned",
    Move.ASK: "sent a verification letter",
    Move.MATCH: "matched with a code",
    Move.VERIFY: "verified",
    Move.EXTEND: "extended",
    Move.REPLY: "replied to",
    Move.RESOLVE: "resolved",
    Move.RECLASSIFY: "reclassified",
    Move.LINK: "linked",
    Move.REOPEN: "reopened",
}


def refusal(  # noqa: C901, PLR0911 - one line a verdict
    verdict: NotAllowed | None, case: CaseFile, line: RequestLine, pack: Pack
) -> DeskError:
    """The refusal that tells a person why the table has no such move.

    Args:
        verdict: what the table said.
        case: the case as it stands.
        line: the request it was about.
        pack: the law in force, for the citations.
    """
    move, failed = (verdict.move, verdict.failed) if verdict else (Move.READ, None)
    match failed:
        case Need.UNOWNED:
            return errors.AlreadyClaimed(ref=case.ref, owner=case.owner, since=case.owned_since)
        case Need.OWNED:
            return errors.NotClaimed(ref=case.ref)
        case Need.ASKABLE:
            return _not_askable(case, line, pack)
        case Need.EXTENDABLE:
            return errors.NoExtension(ref=case.ref, kind=line.kind.plain)
        case Need.NOT_EXTENDED:
            citation = _citation(pack, line, Clock.EXTENDED)
            return errors.AlreadyExtended(ref=case.ref, kind=line.kind.plain, until=line.extended_to, citation=citation)
        case Need.IN_TIME:
            citation = _citation(pack, line, Clock.EXTENDED)
            return errors.TooLateToExtend(ref=case.ref, kind=line.kind.plain, due=line.respond_by, citation=citation)
        case Need.REQUEST_OPEN:
            return errors.AlreadySettled(ref=case.ref, outcome=line.outcome.plain if line.outcome else "settled")
        case Need.LEVEL_REACHED:
            return _not_verified(case, line)
        case Need.TWIN:
            return errors.NoTwin(ref=case.ref)
        case Who.OWNER if case.owner:
            return errors.NotYours(ref=case.ref, owner=case.owner)
        case Who():
            return errors.RoleMissing(role=Role.MANAGER if failed is Who.OWNER else Role.STAFF)
        case _:
            return _wrong_status(move, case)


def _not_askable(case: CaseFile, line: RequestLine, pack: Pack) -> DeskError:
    why = verification.refusal(pack, line.kind)
    return errors.VerificationForbidden(why=why) if why else errors.NothingToVerify(ref=case.ref)


def _not_verified(case: CaseFile, line: RequestLine) -> DeskError:
    wanted = line.verification
    if line.matched >= wanted.points_needed:
        return errors.DeclarationMissing(ref=case.ref, kind=line.kind.plain, citation=wanted.citation)
    return errors.NotVerifiedYet(ref=case.ref, kind=line.kind.plain, needed=wanted.points_needed, matched=line.matched)


def _wrong_status(move: Move, case: CaseFile) -> DeskError:
    if move is Move.CLAIM and case.owner:
        return errors.AlreadyClaimed(ref=case.ref, owner=case.owner, since=case.owned_since)
    if case.status is Status.NEW and move is not Move.REOPEN:
        return errors.NotClaimed(ref=case.ref)
    return errors.WrongStatus(ref=case.ref, status=case.status, done=DONE[move])


def _citation(pack: Pack, line: RequestLine, clock: Clock) -> str:
    rules = (rule for rule in pack.clocks if rule.clock is clock and line.kind in rule.kinds)
    return next((rule.citation for rule in rules), "the law in force")
