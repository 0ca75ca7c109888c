"""What the table's verdicts are called when they are told to a person."""

from __future__ import annotations

from store import errors
from store.errors import DeskError
from store.rules import verification
from store.rules.lifecycle import Move, Need, NotAllowed, Role, Status, Who
from store.rules.pack import Pack
from store.rules.terms import Clock, Measure
from store.rules.verification import Lack
from store.values import CaseFile, RequestLine

DONE = {
    Move.OPEN: "opened",
    Move.ATTACH: "added to",
    Move.READ: "read",
    Move.CLAIM: "claimed",
    Move.RELEASE: "released",
    Move.ASSIGN: "assigned",
    Move.GIVE: "given out",
    Move.ASK: "sent a verification letter",
    Move.MATCH: "matched with a code",
    Move.VERIFY: "verified",
    Move.EXTEND: "extended",
    Move.REPLY: "replied to",
    Move.RESOLVE: "resolved",
    Move.RECLASSIFY: "reclassified",
    Move.CHANGE_LAW: "put under another law",
    Move.REEVALUATE: "evaluated as another request",
    Move.LINK: "linked",
    Move.REOPEN: "reopened",
    Move.CANCEL: "cancelled",
    Move.HOLD: "held",
    Move.LIFT: "let go",
    Move.NOTE: "noted on",
    Move.SNOOZE: "snoozed",
    Move.WAKE: "woken",
    Move.MERGE: "merged",
}


def refusal(  # noqa: C901, PLR0911, PLR0912 - one line a verdict
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
            return _not_verified(case, line, pack)
        case Need.REEVALUABLE:
            return errors.NotReevaluable(ref=case.ref, kind=line.kind.plain)
        case Need.TWIN:
            return errors.NoTwin(ref=case.ref)
        case Need.NOT_HELD:
            return errors.AlreadyHeld(ref=case.ref, owner=case.held_by, since=case.held_since)
        case Need.HELD:
            return errors.NotHeld(ref=case.ref)
        case Need.SNOOZED:
            return errors.NotSnoozed(ref=case.ref)
        case Who.OWNER if case.owner:
            return errors.NotYours(ref=case.ref, owner=case.owner)
        case Who():
            return errors.RoleMissing(role=Role.STAFF if failed is Who.STAFF else Role.MANAGER)
        case _:
            return _wrong_status(move, case)


def _not_askable(case: CaseFile, line: RequestLine, pack: Pack) -> DeskError:
    why = verification.refusal(pack, line.kind)
    return errors.VerificationForbidden(why=why) if why else errors.NothingToVerify(ref=case.ref)


def _not_verified(case: CaseFile, line: RequestLine, pack: Pack) -> DeskError:
    wanted, what = line.verification, {"ref": case.ref, "kind": line.kind.plain}
    match line.lacks[0]:
        case Lack.PERMISSION:
            rule = verification.agent_rule(pack, line.kind)
            return errors.PermissionMissing(**what, citation=rule.citation if rule else "the law in force")
        case Lack.GUARDIAN:
            minors = pack.figure(Measure.MINOR_UNDER)
            return errors.GuardianMissing(**what, citation=minors.citation if minors else "the law in force")
        case Lack.LOGIN:
            duty = pack.duty(verification.ACCOUNT_HOLDER)
            return errors.LoginMissing(**what, citation=duty.citation if duty else "the law in force")
        case Lack.POINTS:
            return errors.NotVerifiedYet(**what, needed=wanted.points_needed, matched=line.matched)
        case _:
            return errors.DeclarationMissing(**what, citation=wanted.citation)


def _wrong_status(move: Move, case: CaseFile) -> DeskError:
    if move is Move.CLAIM and case.owner:
        return errors.AlreadyClaimed(ref=case.ref, owner=case.owner, since=case.owned_since)
    if case.status is Status.NEW and move is not Move.REOPEN:
        return errors.NotClaimed(ref=case.ref)
    return errors.WrongStatus(ref=case.ref, status=case.status, done=DONE[move])


def _citation(pack: Pack, line: RequestLine, clock: Clock) -> str:
    rules = (rule for rule in pack.clocks if rule.clock is clock and line.kind in rule.kinds)
    return next((rule.citation for rule in rules), "the law in force")
