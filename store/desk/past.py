"""What an address asked for before, for whoever reads its mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import col, func, or_, select

from store.casefile import COMPLYING, ref_of
from store.correspondence import EarlierCase, Past
from store.desk.cases import address_hash
from store.desk.mails import UNSETTLED, reading_of
from store.desk.work import Work
from store.models import Case, Mail, Request, Tie
from store.rules.deadlines import local_day, months_after
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.rules.pack import Pack
from store.rules.requesters import Bond, Requester
from store.rules.rows import Figure
from store.rules.terms import Measure

SHOWN = 10
NOT_COUNTED = (Outcome.DUPLICATE, Outcome.NOT_A_REQUEST)


def past_of_case(work: Work, case: Case) -> Past:
    """What its address asked for in the cases before this one; those of the same letter are no earlier ones."""
    if case.address_hash == address_hash(work, ""):
        return Past()
    theirs = (Case.address_hash == case.address_hash, ~_of_the_same_letter(case))
    before = (*theirs, col(Case.id) < case.id)
    until = (*theirs, col(Case.id) <= case.id)
    return _past(work, before, until, work.pack(case), 0, of_agent=case.requester == Requester.AGENT)


def past_of_mail(work: Work, mail: Mail) -> Past:
    """What the sender of a mail that waits for a person asked for before; the mail itself may be one more time."""
    if mail.state not in UNSETTLED or mail.reading is None:
        return Past()
    arrival = reading_of(work, mail)
    if not arrival.sender.strip():
        return Past()
    key = address_hash(work, arrival.sender)
    pack = work.office.pack(arrival.law or work.office.business.law)
    window = pack.figure(Measure.KNOW_WINDOW)
    asks = int(window is not None and any(wish.kind in window.kinds for wish in arrival.wishes))
    before = (Case.address_hash == key,)
    return _past(work, before, before, pack, asks, of_agent=arrival.requester is Requester.AGENT)


def answers_to_know(work: Work, case: Case) -> tuple[date, ...]:
    """The days on which its consumer had answers to requests to know in other cases, one a case.

    None are known of an agent's clients, nor of mails without an address.
    """
    window = work.pack(case).figure(Measure.KNOW_WINDOW)
    if window is None or case.requester == Requester.AGENT or case.address_hash == address_hash(work, ""):
        return ()
    answered = (
        select(col(Request.case_id), func.max(Request.settled_at))
        .join(Case, col(Case.id) == col(Request.case_id))
        .where(
            Case.address_hash == case.address_hash,
            Case.requester != Requester.AGENT,
            Case.id != case.id,
            col(Request.kind).in_(window.kinds),
            col(Request.outcome).in_(COMPLYING),
        )
        .group_by(col(Request.case_id))
    )
    return tuple(local_day(at, work.office.business.zone) for _, at in work.session.exec(answered).all() if at)


def _of_the_same_letter(case: Case) -> Any:
    """That a case was opened from the same letter for several people as this one, before it."""
    tied = (Tie.case_id == case.id, Tie.bond == Bond.LIST)
    letter, first = select(Tie.mail_id).where(*tied), select(Tie.other_id).where(*tied)
    others = select(Tie.case_id).where(col(Tie.mail_id).in_(letter), Tie.case_id != case.id)
    return or_(col(Case.id).in_(first), col(Case.id).in_(others))


def _past(work: Work, before: Sequence[Any], until: Sequence[Any], pack: Pack, asks: int, *, of_agent: bool) -> Past:
    count = work.session.exec(select(func.count()).select_from(Case).where(*before)).one()
    answered, window = pack.figure(Measure.KNOW_ANSWERED), pack.figure(Measure.KNOW_WINDOW)
    return Past(
        cases=_cases(work, before) if count else (),
        count=count,
        knows=_knows(work, until, window) + asks if window else 0,
        months=window.value if window else 0,
        refusable=answered.value + 1 if answered and not of_agent else None,
        citation=answered.citation if answered else "",
        of_agent=of_agent,
    )


def _cases(work: Work, before: Sequence[Any]) -> tuple[EarlierCase, ...]:
    """The newest first."""
    newest = select(Case.id, Case.received_at).where(*before).order_by(col(Case.id).desc()).limit(SHOWN)
    found = [(case_id or 0, at) for case_id, at in work.session.exec(newest).all()]
    asked = select(Request.case_id, Request.kind, Request.outcome).order_by(col(Request.id))
    requests = work.session.exec(asked.where(col(Request.case_id).in_([case_id for case_id, _ in found]))).all()
    return tuple(
        EarlierCase(
            ref=ref_of(case_id),
            received_on=local_day(at, work.office.business.zone),
            kinds=tuple(
                (Kind(kind), Outcome(outcome) if outcome else None)
                for owner, kind, outcome in requests
                if owner == case_id
            ),
        )
        for case_id, at in found
    )


def _knows(work: Work, until: Sequence[Any], window: Figure) -> int:
    """How often the address asked to know within the law's window; a mail that asks for two such things asks once.

    Later cases do not count: whoever writes in somebody's name cannot use up their requests.
    """
    times = (
        select(col(Request.case_id), col(Request.received_on))
        .distinct()
        .join(Case, col(Case.id) == col(Request.case_id))
        .where(
            *until,
            col(Request.kind).in_(window.kinds),
            Request.received_on > months_after(work.today, -window.value),
            or_(col(Request.outcome).is_(None), col(Request.outcome).not_in(NOT_COUNTED)),
        )
    )
    return work.session.exec(select(func.count()).select_from(times.subquery())).one()
