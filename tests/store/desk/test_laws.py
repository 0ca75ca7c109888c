"""Another law for a case: every open clock is computed anew, what is settled stays, and all of it is recorded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from store import desk, queries
from store.errors import DecisionFaulty, NotClaimed, NotYours, WrongStatus
from store.ledger import Event
from store.office import Office
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from tests.builders import STAFF1, STAFF2, StillClock, arrive


def claimed(office: Office, *kinds: Kind) -> str:
    ref = arrive(office, kinds or (Kind.DELETE,)).ref
    desk.claim(office, ref, STAFF1)
    return ref


def test_the_open_clocks_are_computed_anew_from_receipt_section_5(any_office: Office) -> None:
    ref = claimed(any_office, Kind.OPT_OUT, Kind.DELETE)
    before = queries.case(any_office, ref)
    case = desk.change_law(any_office, ref, "us-va", STAFF1)

    assert [line.respond_by for line in before.requests] == [date(2027, 2, 3), date(2027, 2, 26)]
    assert case.law == "us-va"
    assert [line.respond_by for line in case.requests] == [date(2027, 2, 26), date(2027, 2, 26)]
    assert [line.acknowledge_by for line in case.requests] == [None, None]


def test_the_change_is_recorded_with_both_laws_and_the_dates(any_office: Office) -> None:
    ref = claimed(any_office, Kind.OPT_OUT)
    desk.change_law(any_office, ref, "eu-gdpr", STAFF1)
    last = queries.history(any_office, ref)[-1]

    assert (last.event, last.by) == (Event.LAW_CHANGED, STAFF1.id)
    assert last.facts["was"] == "us-ca"
    assert last.facts["law"] == "eu-gdpr"
    (moved,) = last.facts["dates"]
    assert (moved["kind"], moved["was"], moved["due"]) == ("opt_out", "2027-02-03", "2027-02-12")


def test_what_is_settled_keeps_its_dates(office: Office) -> None:
    ref = claimed(office, Kind.OPT_OUT, Kind.DELETE)
    first = queries.case(office, ref).requests[0]
    desk.resolve(office, ref, first.id, Outcome.COMPLIED_IN_FULL, STAFF1)
    case = desk.change_law(office, ref, "us-ia", STAFF1)

    assert [line.respond_by for line in case.requests] == [date(2027, 2, 3), date(2027, 4, 12)]


def test_an_extension_that_was_announced_counts_under_the_new_law(office: Office) -> None:
    ref = claimed(office)
    desk.extend(office, ref, queries.case(office, ref).requests[0].id, "Old tapes.", STAFF1)
    case = desk.change_law(office, ref, "us-fl", STAFF1)

    assert case.requests[0].extended_to == date(2027, 1, 12) + timedelta(days=60)


def test_the_doubt_about_the_law_is_over_once_a_person_has_said_it(office: Office) -> None:
    ref = arrive(office, law_named="us-xx").ref
    desk.claim(office, ref, STAFF1)

    assert desk.change_law(office, ref, "us-va", STAFF1).law_named == ""


def test_a_law_that_is_not_here_is_refused_in_words(office: Office) -> None:
    ref = claimed(office)
    with pytest.raises(DecisionFaulty, match="There is no law called 'us-xx' here"):
        desk.change_law(office, ref, "us-xx", STAFF1)
    with pytest.raises(DecisionFaulty, match="PR-1001 stands under us-ca already"):
        desk.change_law(office, ref, "us-ca", STAFF1)


def test_only_whose_case_it_is_changes_its_law(office: Office) -> None:
    ref = arrive(office).ref
    with pytest.raises(NotClaimed):
        desk.change_law(office, ref, "us-va", STAFF1)
    desk.claim(office, ref, STAFF1)
    with pytest.raises(NotYours):
        desk.change_law(office, ref, "us-va", STAFF2)


def test_a_closed_case_stays_under_its_law(office: Office) -> None:
    ref = claimed(office, Kind.OPT_OUT)
    desk.resolve(office, ref, queries.case(office, ref).requests[0].id, Outcome.WITHDRAWN, STAFF1)

    with pytest.raises(WrongStatus):
        desk.change_law(office, ref, "us-va", STAFF1)


def test_an_appeal_has_the_clock_of_its_law(any_office: Office, clock: StillClock) -> None:
    ours = arrive(any_office, [Kind.APPEAL], "ann@example.org")
    virginia = arrive(any_office, [Kind.APPEAL], "vera@example.org", law="us-va")
    today = clock().date()

    assert ours.requests[0].respond_by == today + timedelta(days=45)  # California gives none: our own courtesy
    assert virginia.requests[0].respond_by == today + timedelta(days=60)
