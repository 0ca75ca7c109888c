"""The letter that tells of an outcome, and what it has to say besides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from store.desk.appeals import DECIDED
from store.desk.past import answers_to_know
from store.desk.work import Work
from store.errors import DecisionFaulty, FewerAnswers, ReasonMissing
from store.letters import contexts
from store.letters.wording import spoken
from store.models import Case, Request
from store.rules import outcomes
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.outcomes import THIRD_KNOW, Knows, Outcome, OutcomeError
from store.rules.pack import Pack
from store.rules.requesters import Promise
from store.values import RequestLine

OFFER_OPT_OUT = "delete_offer_opt_out"
"""The duty of a law by which a refused deletion comes with the offer to opt out."""

SPANISH = "es"
Written = tuple[str, dict[str, Any]]
"""A letter's folder and its context."""


def answer(
    work: Work, case: Case, line: RequestLine, outcome: Outcome, bases: Sequence[str], note: str, first: Request | None
) -> Written:
    """The letter to write, where the outcome may be had at all.

    Args:
        work: the transaction.
        case: whose consumer.
        line: the request, as it was before.
        outcome: how it ends.
        bases: the grounds of a denial, by id.
        note: what a person adds.
        first: the request that a duplicate repeats.

    Raises:
        DecisionFaulty: a ground is missing, or is not one of this kind's.
        FewerAnswers: fewer requests to know were answered than a refusal for their number needs.
        ReasonMissing: an appeal is refused without a word of why.
    """
    pack = work.pack(case)
    try:
        outcomes.check(pack, line.kind, outcome, bases)
    except OutcomeError as error:
        raise DecisionFaulty(why=str(error)) from error
    counted = _counted(work, case) if THIRD_KNOW in bases else None
    authority = _authority(case, pack)
    if line.kind is Kind.APPEAL and outcome in DECIDED:
        return _of_an_appeal(outcome, note, authority)
    if first is not None:
        return "duplicate", _of_a_duplicate(work, case, first, note)
    context = contexts.answer(
        line,
        work.today,
        [basis for basis in pack.bases if basis.id in bases],
        note,
        appeal=pack.appeal is not None and pack.appeal.to_business,
        authority=authority,
        offers_opt_out=outcome is Outcome.DENIED and _may_offer_opt_out(work, case, line),
        knows=counted,
    )
    return contexts.answer_name(line.kind, outcome), context


def _authority(case: Case, pack: Pack) -> str:
    """To whom the consumer may turn after a refusal, in the language of the letter."""
    if pack.appeal is None:
        return ""
    return pack.appeal.authority_es if spoken(case.language) == SPANISH else pack.appeal.authority


def _counted(work: Work, case: Case) -> Knows | None:
    """A refusal for their number needs as many answers as the law says, within its window (CC 1798.130(b))."""
    counted = outcomes.knows(work.pack(case), answers_to_know(work, case), work.today)
    if counted is not None and counted.again_on is None:
        answered = len(counted.answered_on)
        raise FewerAnswers(ref=case.ref, citation=counted.citation, answered=answered, needed=counted.needed)
    return counted


def _of_an_appeal(outcome: Outcome, note: str, authority: str) -> Written:
    if outcome is not Outcome.COMPLIED_IN_FULL and not note:
        raise ReasonMissing
    stands = outcome is Outcome.DENIED
    return "appeal_decided", contexts.appeal_decided(upheld=stands, authority=authority, explanation=note)


def _of_a_duplicate(work: Work, case: Case, first: Request, note: str) -> dict[str, Any]:
    earlier = work.read(work.session.get_one(Case, first.case_id))
    goes_on = case.status != Status.CLOSED
    return contexts.linked(earlier.ref, [earlier.request(first.id or 0)], goes_on=goes_on, note=note)


def _may_offer_opt_out(work: Work, case: Case, line: RequestLine) -> bool:
    """Yes or no: the law wants the opt-out offered, and whoever opted out already is not asked (section 7022(g))."""
    wanted = any(duty.id == OFFER_OPT_OUT and line.kind in duty.kinds for duty in work.pack(case).duties)
    file = work.read(case)
    has_opted_out = any(owed.promise is Promise.NO_ASKING_AGAIN for owed in file.promises)
    is_at_it = any(each.kind is Kind.OPT_OUT for each in file.open_requests)
    return wanted and work.office.business.sells_data and not (has_opted_out or is_at_it)
