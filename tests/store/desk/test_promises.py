"""What an answer promises: no invitation back for a year, and a correction that stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from store import desk, errors, queries
from store.office import Office
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.rules.requesters import Owed, Promise, Requester
from store.settings import Business, load
from store.values import CaseFile, Person
from tests.builders import STAFF1, StillClock, arrival, arrive, kept, letters

POINTS = ("order_number", "phone", "birth_year")
UNASKED = Owed(Promise.NO_ASKING_AGAIN, "PR-1001", date(2028, 1, 12))
CORRECTED = Owed(Promise.STAYS_CORRECTED, "PR-1001", None)


def wait(office: Office, days: int) -> None:
    assert isinstance(office.clock, StillClock)
    office.clock.advance(timedelta(days=days))


def answered(office: Office, case: CaseFile, outcome: Outcome = Outcome.COMPLIED_IN_FULL, *bases: str) -> CaseFile:
    """The one request of a case is verified as far as it takes, and settled."""
    claimed = desk.claim(office, case.ref, STAFF1)
    (line,) = claimed.requests
    if line.verification.level.asks and outcome is not Outcome.DENIED:
        desk.ask_to_verify(office, case.ref, STAFF1)
        desk.verify(office, case.ref, POINTS, STAFF1, declared=True)
    return desk.resolve(office, case.ref, line.id, outcome, STAFF1, bases=bases)


def newest(office: Office, case: CaseFile) -> str:
    body = letters(office, case.ref)[-1].get_body(("plain",))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")


@pytest.mark.parametrize("kind", [Kind.OPT_OUT, Kind.LIMIT])
def test_1798_135_c_4_who_opted_out_is_not_asked_back_for_twelve_months(any_office: Office, kind: Kind) -> None:
    answered(any_office, arrive(any_office, [kind]))
    later = arrive(any_office, [Kind.DELETE])
    wait(any_office, 364)
    on_the_last_day = queries.case(any_office, later.ref).promises
    wait(any_office, 1)

    assert later.promises == on_the_last_day == (UNASKED,)
    assert queries.case(any_office, later.ref).promises == ()


def test_7023_a_correction_stays_for_every_later_case_of_the_address(any_office: Office) -> None:
    answered(any_office, arrive(any_office, [Kind.CORRECT]))
    wait(any_office, 2_000)

    assert arrive(any_office, [Kind.KNOW_SPECIFIC]).promises == (CORRECTED,)
    assert arrive(any_office, sender="omar@example.org").promises == ()


def test_the_newest_of_several_promises_counts(office: Office) -> None:
    answered(office, arrive(office, [Kind.OPT_OUT]))
    wait(office, 100)
    answered(office, arrive(office, [Kind.OPT_OUT]))

    assert arrive(office).promises == (Owed(Promise.NO_ASKING_AGAIN, "PR-1002", date(2028, 4, 22)),)


def test_a_refusal_and_another_right_promise_nothing(office: Office) -> None:
    answered(office, arrive(office, [Kind.OPT_OUT]), Outcome.DENIED, "documented_fraud")
    answered(office, arrive(office, [Kind.DELETE]))

    assert arrive(office).promises == ()


def test_what_is_looked_at_again_promises_nothing_until_it_is_answered_again(any_office: Office) -> None:
    case = answered(any_office, arrive(any_office, [Kind.OPT_OUT]))
    reopened = desk.reopen(any_office, case.ref, case.requests[0].id, "Not done yet.", STAFF1)
    again = desk.resolve(any_office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)

    assert (case.promises, reopened.promises, again.promises) == ((UNASKED,), (), (UNASKED,))


def test_what_an_agent_was_answered_is_owed_to_the_client(office: Office) -> None:
    people = (Person("Jane Roe", "jane@example.com"), Person("John Doe", ""))
    letter = arrival([Kind.OPT_OUT], people=people, requester=Requester.AGENT, sender="agent@agency.example")
    mail_id = kept(office, letter)
    desk.hold(office, mail_id, letter, reason="An agent asks for 2 people: each needs a case of their own.")
    for case in desk.open_each(office, mail_id, STAFF1):
        answered(office, case)
    agents_next = arrive(office, requester=Requester.AGENT, sender="agent@agency.example")

    assert arrive(office, sender="Jane@example.com").promises == (UNASKED,)
    assert arrive(office, sender="").promises == ()
    assert agents_next.promises == ()
    assert queries.case(office, "PR-1002").promises == (replace(UNASKED, ref="PR-1002"),)


def test_what_an_agent_was_answered_who_names_no_client_is_shown_in_that_case_alone(office: Office) -> None:
    said = {"requester": Requester.AGENT, "sender": "agent@agency.example"}
    answered(office, arrive(office, [Kind.OPT_OUT], **said))  # type: ignore[arg-type] # fields of an arrival

    assert queries.case(office, "PR-1001").promises == (UNASKED,)
    assert arrive(office, **said).promises == ()  # type: ignore[arg-type] # fields of an arrival


class TestTheOfferToOptOut:
    OFFER = "Do not sell my information"

    def test_7022_g_a_refused_deletion_comes_with_the_offer(self, office: Office) -> None:
        case = answered(office, arrive(office), Outcome.DENIED, "no_data")

        assert self.OFFER in newest(office, case)

    def test_who_opted_out_already_is_not_asked(self, office: Office) -> None:
        answered(office, arrive(office, [Kind.OPT_OUT]))
        case = answered(office, arrive(office), Outcome.DENIED, "no_data")

        assert self.OFFER not in newest(office, case)

    def test_who_is_opting_out_is_not_asked(self, office: Office) -> None:
        case = desk.claim(office, arrive(office, [Kind.DELETE, Kind.OPT_OUT]).ref, STAFF1)
        desk.resolve(office, case.ref, case.requests[0].id, Outcome.DENIED, STAFF1, bases=["no_data"])

        assert self.OFFER not in newest(office, case)

    def test_who_sells_nothing_offers_nothing(self, office: Office) -> None:
        honest = replace(office, business=load(Business, {"business": {"sells_data": False}}))
        case = answered(honest, arrive(honest), Outcome.DENIED, "no_data")

        assert self.OFFER not in newest(honest, case)

    def test_another_right_that_is_refused_comes_without_it(self, office: Office) -> None:
        case = answered(office, arrive(office, [Kind.CORRECT]), Outcome.DENIED, "accurate")

        assert self.OFFER not in newest(office, case)


class TestTheThirdRequestToKnow:
    def test_1798_130_b_it_is_refused_after_two_answers_and_the_letter_says_from_when_on_it_is_not(
        self, any_office: Office
    ) -> None:
        answered(any_office, arrive(any_office, [Kind.KNOW_SPECIFIC]))
        wait(any_office, 30)
        answered(any_office, arrive(any_office, [Kind.KNOW_CATEGORIES]))
        case = answered(any_office, arrive(any_office, [Kind.KNOW_SPECIFIC]), Outcome.DENIED, "third_know_request")

        assert "We answered you on January 12, 2027 and on February 11, 2027." in newest(any_office, case)
        assert "You can ask again from January 12, 2028." in newest(any_office, case)

    def test_it_is_not_refused_where_fewer_were_answered(self, any_office: Office) -> None:
        answered(any_office, arrive(any_office, [Kind.KNOW_SPECIFIC]))
        answered(any_office, arrive(any_office, [Kind.KNOW_SPECIFIC]), Outcome.DENIED, "not_verified")
        arrive(any_office, [Kind.KNOW_SPECIFIC])
        case = arrive(any_office, [Kind.KNOW_SPECIFIC])

        with pytest.raises(errors.FewerAnswers, match=r"PR-1004: by .*1798\.130\(b\), 1 of the 2 answers"):
            answered(any_office, case, Outcome.DENIED, "third_know_request")

    @pytest.mark.parametrize("said", [{"requester": Requester.AGENT}, {"sender": ""}])
    def test_an_agents_clients_and_who_is_unknown_cannot_be_counted(
        self, office: Office, said: dict[str, object]
    ) -> None:
        for _ in range(2):
            case = desk.claim(office, arrive(office, [Kind.KNOW_CATEGORIES], **said).ref, STAFF1)  # type: ignore[arg-type] # one field of an arrival
            desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)
        case = arrive(office, [Kind.KNOW_SPECIFIC], **said)  # type: ignore[arg-type] # one field of an arrival

        with pytest.raises(errors.FewerAnswers):
            answered(office, case, Outcome.DENIED, "third_know_request")
