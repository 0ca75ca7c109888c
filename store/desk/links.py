"""The same person again: a later case is linked to the first, which keeps its date and is never touched by it."""

from __future__ import annotations

from sqlmodel import col, select

from store import ties
from store.casefile import number_of
from store.desk.cases import address_hash
from store.desk.post import is_reachable, write
from store.desk.settling import close_when_done, settle_request
from store.desk.work import Verb, Work
from store.errors import TwinGone
from store.ledger import Event
from store.letters import contexts
from store.models import Case, Request, Tie
from store.rules.lifecycle import Move, Status
from store.rules.outcomes import Outcome
from store.rules.requesters import Bond
from store.rules.states import PostKind
from store.values import Actor, CaseFile

MOST_REDRAWN = 20
DUPLICATE = "duplicate"


@Verb
def link(work: Work, ref: str, by: Actor, first: str = "") -> CaseFile:
    """Link a case to the older open one of the same address: what both ask for ends here as a duplicate.

    What only the later one asks for stays open in it. In the first, nothing changes but its ledger: neither its
    dates, nor whose it is, nor how far it is verified, since the later mail may be anybody's. Reopening undoes it.

    Args:
        work: the transaction.
        ref: the later case.
        by: who links; whoever closes an unclaimed case by it has it.
        first: the older case, as this person saw it; without it, whichever it is.

    Raises:
        NoTwin: no older open case of that address asks for the same.
        TwinGone: it is another one than that person saw.
        DeskError: somebody else has the case, it is closed, or this is no staff.
    """
    number = number_of(ref)
    wanted = number_of(first) if first else _twin_of(work, number)
    earlier = work.case_by_id(wanted) if wanted and wanted < number else None  # locked in the order of their ids
    case = work.case_by_id(number)
    file = work.read(case)
    work.step(case, Move.LINK, by)
    if earlier is None or file.twin != earlier.ref:
        raise TwinGone(ref=case.ref)
    _tie(work, case, earlier, file, by)
    return work.read(case)


def redraw_repeats(work: Work, case: Case) -> None:
    """Have the cards drawn anew that may say that they repeat this case, or offer to be linked to it."""
    if case.address_hash == address_hash(work, ""):
        return
    later = (Case.address_hash == case.address_hash, col(Case.id) > case.id, col(Case.closed_at).is_(None))
    for case_id in work.session.exec(select(Case.id).where(*later).order_by(col(Case.id)).limit(MOST_REDRAWN)):
        work.mark(PostKind.CARD, str(case_id), case_id)


def _twin_of(work: Work, case_id: int) -> int | None:
    """The twin of a case, asked before anything is locked."""
    twin = ties.twins(work.session, [case_id], address_hash(work, "")).get(case_id)
    return twin.case_id if twin else None


def _tie(work: Work, case: Case, earlier: Case, file: CaseFile, by: Actor) -> None:
    shared = [line for line in file.open_requests if line.asked_before]
    kinds = [line.kind for line in shared]
    for line in shared:
        request = work.session.get_one(Request, line.id)
        settle_request(work, request, Outcome.DUPLICATE)
        request.first_case_id = earlier.id
    work.session.add(
        Tie(case_id=file.id, other_id=earlier.id or 0, bond=Bond.DUPLICATE, tied_by=by.id, tied_at=work.now)
    )
    work.record(earlier, Event.LINKED, by, later=case.ref, kinds=kinds)
    work.record(case, Event.LINKED, by, first=earlier.ref, kinds=kinds)
    if is_reachable(work, case):
        firsts = [line for line in work.read(earlier).open_requests if line.kind in kinds]
        write(work, case, DUPLICATE, contexts.linked(earlier.ref, firsts, goes_on=case.status != Status.CLOSED))
    if case.status == Status.CLOSED and case.owner is None:
        case.owner, case.owned_since = by.id, work.now
    close_when_done(work, case, by)
    redraw_repeats(work, case)
