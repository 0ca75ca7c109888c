"""Two cases of the same person become one conversation: the later one goes on in the earlier, and no date is lost."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import col

from store.casefile import number_of
from store.desk.cases import add_request, recompute, requests_of, set_reminder
from store.desk.links import redraw_repeats
from store.desk.settling import close_when_done, settle_request
from store.desk.work import Verb, Work
from store.errors import AddressesDiffer, FirstClosed, LawsDiffer, MergeBackwards, MergeWithItself
from store.ledger import Event
from store.models import Case, Request, Tie
from store.rules.kinds import Kind
from store.rules.lifecycle import Move
from store.rules.outcomes import Outcome
from store.rules.requesters import Bond
from store.values import Actor, CaseFile, Wish

TICK = "confirm it"
"""How a person says that they are sure, where no door says it better."""


@Verb
def merge(work: Work, ref: str, into: str, by: Actor, *, sure: bool = False, how: str = TICK) -> CaseFile:
    """Close a case, whose consumer is the same as an earlier one's, and go on with all it asks for in that one.

    What both ask for goes on once, on the earlier day of receipt. What only the later one asks for is opened in the
    earlier one, on its own day of receipt and with its own extension. In the later one both end as duplicates of the
    first. Nothing that was verified in the later one counts in the first. Its mails, letters and notes are read there,
    and whatever the consumer writes to it goes there. The consumer is not written to by that.

    Args:
        work: the transaction.
        ref: the later case.
        into: the earlier one.
        by: who merges; whoever closes an unclaimed case by it has it.
        sure: that person says that two different addresses, or none, are the same consumer's.
        how: how they can say so, for the refusal.

    Raises:
        MergeWithItself: both are one.
        MergeBackwards: the later one is the earlier one.
        FirstClosed: nothing can go on in a closed case.
        LawsDiffer: the two stand under different laws.
        AddressesDiffer: their addresses are not the same, or there is none, and nobody said that they are sure.
        DeskError: somebody else has the later case, it is closed, or this is no staff.
    """
    later, earlier = number_of(ref), number_of(into)
    first = work.case_by_id(min(later, earlier))  # locked in the order of their ids
    case = work.case_by_id(max(later, earlier))
    work.step(case, Move.MERGE, by)
    if later == earlier:
        raise MergeWithItself(ref=case.ref)
    if later < earlier:
        raise MergeBackwards(later=case.ref, first=first.ref)
    _check(work, case, first, sure=sure, how=how)
    going_on = [request for request in requests_of(work, case) if request.outcome is None]
    for request in going_on:
        _go_on(work, case, first, request)
        settle_request(work, request, Outcome.DUPLICATE)
        request.first_case_id = first.id
    _tie(work, case, first, by)
    kinds = [request.kind for request in going_on]
    work.record(first, Event.MERGED, by, later=case.ref, kinds=kinds)
    work.record(case, Event.MERGED, by, first=first.ref, kinds=kinds)
    if case.owner is None:
        case.owner, case.owned_since = by.id, work.now
    close_when_done(work, case, by)
    redraw_repeats(work, first)
    return work.read(case)


def _check(work: Work, case: Case, first: Case, *, sure: bool, how: str) -> None:
    if first.closed_at is not None:
        raise FirstClosed(first=first.ref)
    if case.law != first.law:
        raise LawsDiffer(ref=case.ref, first=first.ref)
    nobody = work.office.vault.hash("address", "")
    same = case.address_hash == first.address_hash != nobody
    if not (same or sure):
        raise AddressesDiffer(ref=case.ref, first=first.ref, how=how)


def _go_on(work: Work, case: Case, first: Case, request: Request) -> None:
    """Have the first case ask for what a request of the later one asks for, by the earlier of their dates."""
    waiting = (each for each in requests_of(work, first) if each.outcome is None and each.kind == request.kind)
    same = next(waiting, None)
    if same is not None:
        if request.received_on < same.received_on:  # a call of last week, taken down after the mail of today
            same.received_on = request.received_on
            recompute(work, first, same)
        return
    opened = add_request(
        work, first, work.box(first.key_id), Wish(Kind(request.kind), score=request.score), case.received_at
    )
    opened.received_on, opened.sensitive = request.received_on, request.sensitive
    opened.disputed, opened.appeal_of = request.disputed, request.appeal_of
    opened.extended_to, opened.reevaluated_from = request.extended_to, request.reevaluated_from
    recompute(work, first, opened)
    set_reminder(work, opened)


def _tie(work: Work, case: Case, first: Case, by: Actor) -> None:
    """What had been merged into the later case goes on in the first one too."""
    followers = (col(Tie.other_id) == case.id, col(Tie.bond) == Bond.MERGED)
    work.session.execute(update(Tie).where(*followers).values(other_id=first.id))
    ids = {"case_id": case.id or 0, "other_id": first.id or 0}
    work.session.merge(Tie(**ids, bond=Bond.MERGED, tied_by=by.id, tied_at=work.now))
    first.last_word_at = max(first.last_word_at, case.last_word_at)
    work.session.add(first)
