"""Requests that came by phone, post, form, in person or in Slack."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from store import desk, queries
from store.bundle import facts
from store.errors import (
    AddressFaulty,
    DecisionFaulty,
    LongAgo,
    NotYetReceived,
    RoleMissing,
    TakenDownAlready,
)
from store.ledger import Event
from store.office import Office
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.outcomes import Outcome
from store.rules.requesters import Requester
from store.rules.team import Manner
from store.told import Told
from tests.builders import MORNING, OUTSIDER, READER, ROSA, STAFF1, arrive, everything, letters

WORDS = "She said: delete the account of Rosa Alvarez."
CALL = Told((Kind.DELETE,), Manner.PHONE, MORNING - timedelta(days=3), WORDS, "Rosa  Alvarez", f" {ROSA} ")


def test_a_call_is_a_case_whose_clock_runs_from_the_call(any_office: Office) -> None:
    case = desk.open_by_hand(any_office, CALL, STAFF1)
    mailed = arrive(any_office, at=CALL.received_at, sender="somebody@example.org")
    (opened, *_rest) = queries.history(any_office, case.ref)

    assert (case.status, case.manner, case.has_address, case.owner) == (Status.NEW, Manner.PHONE, True, None)
    assert case.requests[0].received_on == date(2027, 1, 9)
    assert case.due == mailed.due
    assert case.requests[0].acknowledge_by == mailed.requests[0].acknowledge_by
    assert (opened.event, opened.by) == (Event.OPENED, STAFF1.id)
    assert opened.facts["manner"] == "phone"
    assert len(letters(any_office, case.ref)) == 1
    assert letters(any_office, case.ref)[0]["To"] == ROSA


def test_its_words_are_read_like_a_mails_and_stand_nowhere_else(office: Office) -> None:
    case = desk.open_by_hand(office, CALL, STAFF1)
    read = desk.read(office, case.ref, STAFF1)

    assert (read.name, read.address) == ("Rosa Alvarez", ROSA)
    assert read.mails[0].text == WORDS
    assert b"it came by phone" in queries.raw_mail(office, read.mails[0].mail_id or 0)[0]
    assert WORDS not in str(everything(office))
    assert "Alvarez" not in str(everything(office))


def test_without_an_address_nothing_is_written_and_the_case_can_be_worked(office: Office) -> None:
    case = desk.open_by_hand(office, replace(CALL, address="", manner=Manner.POST), STAFF1)
    desk.claim(office, case.ref, STAFF1)
    closed = desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)

    assert case.has_address is False
    assert closed.status is Status.CLOSED
    assert letters(office, case.ref) == []


def test_what_was_said_decides_about_law_and_requester(office: Office) -> None:
    case = desk.open_by_hand(office, replace(CALL, law="us-va", requester=Requester.PARENT), STAFF1)

    assert (case.law, case.requester) == ("us-va", Requester.PARENT)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"kinds": ()}, DecisionFaulty),
        ({"law": "us-atlantis"}, DecisionFaulty),
        ({"address": "rosa at example"}, AddressFaulty),
        ({"received_at": MORNING + timedelta(minutes=1)}, NotYetReceived),
        ({"received_at": MORNING - timedelta(days=90, minutes=1)}, LongAgo),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    office: Office, wrong: dict[str, Any], refusal: type[Exception]
) -> None:
    before = everything(office)

    with pytest.raises(refusal):
        desk.open_by_hand(office, replace(CALL, **wrong), STAFF1)
    assert everything(office) == before


def test_one_of_long_ago_is_opened_by_who_is_sure(office: Office) -> None:
    told = replace(CALL, received_at=MORNING - timedelta(days=100))
    with pytest.raises(LongAgo, match="100 days ago, more than 90"):
        desk.open_by_hand(office, told, STAFF1)
    case = desk.open_by_hand(office, told, STAFF1, sure=True)

    assert case.due is not None
    assert case.due < office.today()


def test_exactly_ninety_days_ago_needs_no_word(office: Office) -> None:
    assert desk.open_by_hand(office, replace(CALL, received_at=MORNING - timedelta(days=90)), STAFF1).ref


def test_the_second_press_opens_no_second_case(any_office: Office) -> None:
    ref = desk.open_by_hand(any_office, CALL, STAFF1).ref

    with pytest.raises(TakenDownAlready, match=ref):
        desk.open_by_hand(any_office, CALL, STAFF1)
    assert len(queries.cases(any_office)) == 1


@pytest.mark.parametrize("by", [OUTSIDER, READER])
def test_only_staff_take_requests_down(office: Office, by: Any) -> None:
    with pytest.raises(RoleMissing):
        desk.open_by_hand(office, CALL, by)


def test_metrics_and_the_bundle_tell_how_it_came(office: Office) -> None:
    ref = desk.open_by_hand(office, CALL, STAFF1).ref
    arrive(office, sender="one@example.org")
    arrive(office, sender="two@example.org")
    dossier = desk.export_case(office, ref)

    assert queries.metrics(office, 2027).manners == ((Manner.EMAIL, 2), (Manner.PHONE, 1))
    assert facts.facts_of(office, dossier)["manner"] == "phone"
    assert json.dumps(facts.facts_of(office, dossier))


def test_a_name_with_line_ends_makes_no_header(office: Office) -> None:
    told = replace(CALL, name="Rosa\r\nBcc: all@example.org", received_at=datetime.fromisoformat("2027-01-10T08:00Z"))

    assert desk.open_by_hand(office, told, STAFF1).ref
