"""An agent's letter for several people: a case for each, linked, when a person says so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from store.desk.cases import chosen, meant, new_case
from store.desk.corrections import mail_judged
from store.desk.mails import reading_of, settle, waiting
from store.desk.post import acknowledge, is_reachable
from store.desk.work import Verb, Work
from store.errors import DecisionFaulty, ListTooLong, NoList
from store.ledger import Event
from store.models import Case, Tie
from store.rules.kinds import Kind
from store.rules.requesters import MOST_PEOPLE, SEVERAL, Bond, Requester
from store.rules.states import MailState, PostKind
from store.values import Actor, CaseFile, Person


@Verb
def open_each(work: Work, mail_id: int, by: Actor, kinds: Sequence[Kind] = ()) -> tuple[CaseFile, ...]:
    """Open a case for each person whom a held letter of an agent names, and acknowledge each to the agent.

    Args:
        work: the transaction.
        mail_id: the held mail.
        by: who says so.
        kinds: the rights it invokes, by that person's word; without any, those that were read in it.

    Returns:
        The cases, in the letter's order; all are tied to the first.

    Raises:
        MailSettled: somebody was faster.
        MailUnreadable: the mail could not be read.
        NoList: it names no two people.
        ListTooLong: it names more people than are opened at once.
        DecisionFaulty: no right is named.
        RoleMissing: that person is no staff.
    """
    mail = waiting(work, mail_id, by)
    arrival = meant(reading_of(work, mail))
    people, wishes = arrival.people, chosen(arrival, kinds) or arrival.wishes
    if len(people) < SEVERAL:
        raise NoList
    if len(people) > MOST_PEOPLE:
        raise ListTooLong(most=MOST_PEOPLE)
    if not wishes:
        raise DecisionFaulty(why="Say which right the mail invokes; a case needs at least one.")
    if kinds:
        mail_judged(work, arrival, kinds)
    cases = [new_case(work, arrival, mail.received_at, wishes) for _ in people]
    settle(work, mail, MailState.OPENED, mail.reason, arrival, cases[0], by)
    for case, person in zip(cases, people, strict=True):
        _put_down(work, case, person)
    _tie(work, cases, mail_id, by)
    for number, (case, opened) in enumerate(zip(cases, work.read_all(cases), strict=True), 1):
        if arrival.answerable and is_reachable(work, case):  # at once: a person asked for these letters
            acknowledge(work, case, mail.received_at, opened.open_requests, place=(number, len(cases)))
    work.mark(PostKind.HELD, str(mail_id))
    return work.read_all(cases)


def _put_down(work: Work, case: Case, person: Person) -> None:
    """Whom the case is about, sealed, and that an agent asks."""
    said = json.dumps(asdict(person), ensure_ascii=False)
    case.requester = Requester.AGENT
    case.on_behalf_of = work.box(case.key_id).seal(f"case.on_behalf_of:{case.key_id}", said)
    work.session.add(case)


def _tie(work: Work, cases: Sequence[Case], mail_id: int, by: Actor) -> None:
    first, *others = cases
    work.record(first, Event.LISTED, by, cases=len(cases))
    for case in others:
        ids = {"case_id": case.id or 0, "other_id": first.id or 0, "mail_id": mail_id}
        work.session.add(Tie(**ids, bond=Bond.LIST, tied_by=by.id, tied_at=work.now))
        work.record(case, Event.LISTED, by, told=False, cases=len(cases), first=first.ref)
    work.session.flush()
