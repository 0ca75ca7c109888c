"""What an address asked for before, for whoever reads its newest mail."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

import pytest

from store import desk
from store.correspondence import EarlierCase, Past
from store.office import Office
from store.packs import law
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.rules.pack import Pack
from store.rules.requesters import Requester
from store.values import CaseFile, Person
from tests.builders import STAFF1, StillClock, arrival, arrive, kept


@dataclass(frozen=True)
class Elsewhere(Office):
    """An office under a law that has no figures."""

    def pack(self, name: str) -> Pack:
        return replace(law(name), figures=())


def wait(office: Office, days: int) -> None:
    assert isinstance(office.clock, StillClock)
    office.clock.advance(timedelta(days=days))


def past(office: Office, case: CaseFile) -> Past:
    """What somebody who opens the case is told."""
    return desk.read(office, case.ref, STAFF1).past


def settled(office: Office, case: CaseFile, outcome: Outcome) -> None:
    desk.claim(office, case.ref, STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, outcome, STAFF1)


def held(office: Office, *kinds: Kind, **said: object) -> int:
    arrived = arrival(kinds, **said)  # type: ignore[arg-type] # one field of an arrival
    mail_id = kept(office, arrived)
    desk.hold(office, mail_id, arrived, reason="It only names a case.")
    return mail_id


def test_earlier_requests_stand_with_their_endings_the_newest_first(any_office: Office) -> None:
    settled(any_office, arrive(any_office, [Kind.OPT_OUT]), Outcome.COMPLIED_IN_FULL)
    wait(any_office, 3)
    arrive(any_office, [Kind.DELETE, Kind.LIMIT])
    arrive(any_office, sender="omar@example.org")
    now = past(any_office, arrive(any_office, [Kind.CORRECT]))

    assert now.count == 2
    assert now.cases == (
        EarlierCase("PR-1002", date(2027, 1, 15), ((Kind.DELETE, None), (Kind.LIMIT, None))),
        EarlierCase("PR-1001", date(2027, 1, 12), ((Kind.OPT_OUT, Outcome.COMPLIED_IN_FULL),)),
    )


def test_at_most_ten_are_shown_and_all_are_counted(office: Office) -> None:
    for _ in range(12):
        arrive(office)
    now = past(office, arrive(office))

    assert (len(now.cases), now.cases[0].ref, now.count) == (10, "PR-1012", 12)


def test_a_first_request_has_no_past(office: Office) -> None:
    assert past(office, arrive(office)) == Past((), 0, 0, 12, 3, "Cal. Civ. Code § 1798.130(b)")


def test_an_address_that_is_not_known_has_no_past(office: Office) -> None:
    arrive(office, sender="")

    assert past(office, arrive(office, sender="")) == Past()
    assert desk.read_mail(office, held(office, sender=""), STAFF1).past == Past()


def test_requests_to_know_are_counted_over_twelve_months_once_a_mail(any_office: Office) -> None:
    arrive(any_office, [Kind.KNOW_SPECIFIC])
    wait(any_office, 10)
    arrive(any_office, [Kind.KNOW_SPECIFIC, Kind.KNOW_CATEGORIES])
    arrive(any_office, [Kind.DELETE])
    wait(any_office, 354)
    third = arrive(any_office, [Kind.KNOW_CATEGORIES])
    before_the_day = past(any_office, third)
    wait(any_office, 1)
    on_the_day = past(any_office, third)

    assert (before_the_day.knows, before_the_day.refusable, before_the_day.months) == (3, 3, 12)
    assert on_the_day.knows == 2


@pytest.mark.parametrize("outcome", [Outcome.DUPLICATE, Outcome.NOT_A_REQUEST])
def test_what_was_no_request_of_its_own_is_not_counted(office: Office, outcome: Outcome) -> None:
    arrive(office, [Kind.KNOW_SPECIFIC])
    settled(office, arrive(office, [Kind.KNOW_SPECIFIC]), outcome)

    assert past(office, arrive(office, [Kind.KNOW_SPECIFIC])).knows == 2


def test_an_agents_cases_are_the_agents_and_no_request_of_theirs_is_refused_for_its_number(office: Office) -> None:
    for _ in range(3):
        case = arrive(office, [Kind.KNOW_SPECIFIC], requester=Requester.AGENT)
    now = past(office, case)

    assert (now.of_agent, now.count, now.refusable) == (True, 2, None)


def test_the_others_of_the_same_letter_are_no_earlier_requests(any_office: Office) -> None:
    before = arrive(any_office, [Kind.DELETE], requester=Requester.AGENT)
    people = (Person("Jane Roe", ""), Person("John Doe", ""), Person("Jim Poe", ""))
    letter = held(any_office, Kind.DELETE, people=people, requester=Requester.AGENT)
    cases = desk.open_each(any_office, letter, STAFF1)

    assert [[each.ref for each in past(any_office, case).cases] for case in cases] == [[before.ref]] * 3
    assert [past(any_office, case).count for case in cases] == [1, 1, 1]


def test_a_law_without_such_a_rule_warns_of_nothing(office: Office) -> None:
    elsewhere = Elsewhere(**{field.name: getattr(office, field.name) for field in fields(Office)})
    arrive(elsewhere, [Kind.KNOW_SPECIFIC])

    assert past(elsewhere, arrive(elsewhere, [Kind.KNOW_SPECIFIC])).refusable is None
    assert desk.read_mail(elsewhere, held(elsewhere, Kind.KNOW_SPECIFIC), STAFF1).past.knows == 0


def test_a_held_mails_sender_has_a_past_too_and_the_mail_may_be_one_more(any_office: Office) -> None:
    arrive(any_office, [Kind.KNOW_SPECIFIC])
    asks, other = held(any_office, Kind.KNOW_CATEGORIES), held(any_office, Kind.DELETE, requester=Requester.AGENT)
    now, agents = (desk.read_mail(any_office, mail, STAFF1).past for mail in (asks, other))

    assert ([case.ref for case in now.cases], now.knows, now.of_agent) == (["PR-1001"], 2, False)
    assert (agents.knows, agents.of_agent) == (1, True)


def test_a_mail_that_was_placed_is_in_its_case_and_counts_no_second_time(office: Office) -> None:
    mail_id = held(office, Kind.KNOW_SPECIFIC)
    desk.place_as_new(office, mail_id, [Kind.KNOW_SPECIFIC], STAFF1)

    assert desk.read_mail(office, mail_id, STAFF1).past == Past()
