"""An appeal is tied to the refusal that it contests; when it is right, the refusal is undone."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest

from store import desk, errors, queries
from store.ledger import Event
from store.office import Office
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.outcomes import Outcome
from store.rules.requesters import Requester
from store.values import CaseFile
from tests.builders import STAFF1, StillClock, arrive, letters, write_again

STANDS = ("refusal_stands",)


def refused(office: Office, *kinds: Kind, outcome: Outcome = Outcome.DENIED, **said: object) -> CaseFile:
    """A claimed case whose first request was refused."""
    case = desk.claim(office, arrive(office, kinds or (Kind.DELETE,), **said).ref, STAFF1)  # type: ignore[arg-type] # one field of an arrival
    return desk.resolve(office, case.ref, case.requests[0].id, outcome, STAFF1, bases=["no_data"])


def appeal(office: Office, case: CaseFile) -> CaseFile:
    """Rosa answers the refusal."""
    return write_again(office, case.ref, "I appeal.", kinds=(Kind.APPEAL,))


def decide(office: Office, case: CaseFile, outcome: Outcome, *bases: str, note: str = "We looked again.") -> CaseFile:
    if case.owner is None:
        desk.claim(office, case.ref, STAFF1)
    (line,) = [line for line in case.open_requests if line.kind is Kind.APPEAL]
    return desk.resolve(office, case.ref, line.id, outcome, STAFF1, bases=bases, note=note)


def newest(office: Office, case: CaseFile) -> str:
    body = letters(office, case.ref)[-1].get_body(("plain",))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")


def news(office: Office, case: CaseFile) -> list[Event]:
    return [line.event for line in queries.history(office, case.ref)]


def test_an_answer_to_a_refusal_is_a_case_of_its_own_tied_to_it_with_a_date_of_its_own(any_office: Office) -> None:
    case = refused(any_office)
    assert isinstance(any_office.clock, StillClock)
    any_office.clock.advance(timedelta(days=10))
    later = appeal(any_office, case)
    (line,) = later.requests

    assert (later.ref, line.contests) == ("PR-1002", ("PR-1001", Kind.DELETE))
    assert (line.received_on, line.due) == (date(2027, 1, 22), date(2027, 3, 8))
    assert [Event.APPEALED in news(any_office, each) for each in (case, later)] == [True, True]


def test_an_appeal_in_an_open_case_is_a_request_of_it(office: Office) -> None:
    case = refused(office, Kind.DELETE, Kind.OPT_OUT)
    after = appeal(office, case)

    assert after.ref == case.ref
    assert [line.contests for line in after.requests] == [None, None, ("PR-1001", Kind.DELETE)]
    assert news(office, case).count(Event.APPEALED) == 1


def test_a_mail_out_of_the_blue_contests_the_newest_refusal_of_its_address(any_office: Office) -> None:
    refused(any_office, Kind.DELETE)
    assert isinstance(any_office.clock, StillClock)
    any_office.clock.advance(timedelta(days=1))
    refused(any_office, Kind.CORRECT)
    refused(any_office, Kind.OPT_OUT, sender="omar@example.org")
    later = arrive(any_office, [Kind.APPEAL])

    assert later.requests[0].contests == ("PR-1002", Kind.CORRECT)


def test_an_appeal_against_nothing_is_answered_all_the_same(office: Office) -> None:
    later = arrive(office, [Kind.APPEAL])
    after = decide(office, later, Outcome.COMPLIED_IN_FULL)

    assert (later.requests[0].contests, after.status) == (None, Status.CLOSED)


@pytest.mark.parametrize("said", [{"requester": Requester.AGENT}, {"sender": ""}])
def test_an_agents_and_a_nameless_mail_contest_nothing_of_an_address(office: Office, said: dict[str, object]) -> None:
    refused(office, **said)

    assert arrive(office, [Kind.APPEAL], **said).requests[0].contests is None  # type: ignore[arg-type] # one field of an arrival


def test_an_agents_answer_to_a_refusal_contests_that_one(office: Office) -> None:
    case = refused(office, requester=Requester.AGENT)

    assert appeal(office, case).requests[0].contests == (case.ref, Kind.DELETE)


def test_a_refusal_that_stands_is_told_with_its_reasons(any_office: Office) -> None:
    case = refused(any_office)
    after = decide(any_office, appeal(any_office, case), Outcome.DENIED, *STANDS)

    assert (after.status, queries.case(any_office, case.ref).status) == (Status.CLOSED, Status.CLOSED)
    assert "Our answer stays as it was.\n\nWe looked again." in newest(any_office, after)


@pytest.mark.parametrize(("outcome", "bases"), [(Outcome.DENIED, STANDS), (Outcome.COMPLIED_IN_PART, STANDS)])
def test_a_refusal_that_stands_needs_reasons_in_writing(
    office: Office, outcome: Outcome, bases: tuple[str, ...]
) -> None:
    later = appeal(office, refused(office))

    with pytest.raises(errors.ReasonMissing):
        decide(office, later, outcome, *bases, note=" ")


def test_where_the_law_names_an_authority_the_consumer_is_told_whom_to_turn_to(office: Office) -> None:
    case = refused(office, law="us-va")
    later = write_again(office, case.ref, "I appeal.", kinds=(Kind.APPEAL,), law="us-va")
    decide(office, later, Outcome.DENIED, *STANDS)
    spanish = refused(office, law="us-va", language="es")

    assert "You can complain to the Attorney General of Virginia" in newest(office, later).replace("you can", "You can")
    assert "Fiscalía General de Virginia" in newest(office, spanish)


def test_when_the_appeal_is_right_the_refusal_is_undone_on_its_first_date(any_office: Office) -> None:
    case = refused(any_office)
    later = appeal(any_office, case)
    decide(any_office, later, Outcome.COMPLIED_IN_FULL)
    again = queries.case(any_office, case.ref)

    assert (again.status, again.owner, again.requests[0].outcome) == (Status.CLAIMED, STAFF1.id, None)
    assert again.due == date(2027, 2, 26)
    assert "we have changed our answer" in newest(any_office, later)
    assert news(any_office, case)[-1] is Event.REOPENED


def test_an_appeal_that_closes_its_own_case_opens_it_again_when_it_is_right(office: Office) -> None:
    case = refused(office, Kind.DELETE, Kind.OPT_OUT)
    after = appeal(office, case)
    desk.resolve(office, case.ref, after.requests[1].id, Outcome.WITHDRAWN, STAFF1)
    after = decide(office, queries.case(office, case.ref), Outcome.COMPLIED_IN_FULL)

    assert (after.status, [line.kind for line in after.open_requests]) == (Status.CLAIMED, [Kind.DELETE])


def test_in_a_case_that_is_open_still_the_refused_request_is_open_again(office: Office) -> None:
    case = refused(office, Kind.DELETE, Kind.OPT_OUT)
    after = decide(office, appeal(office, case), Outcome.COMPLIED_IN_PART, *STANDS)

    assert (after.status, {line.kind for line in after.open_requests}) == (
        Status.CLAIMED,
        {Kind.DELETE, Kind.OPT_OUT},
    )


def test_of_two_appeals_that_are_right_at_once_one_undoes_the_refusal(postgres_office: Office) -> None:
    case = refused(postgres_office)
    later = [appeal(postgres_office, case) for _ in range(2)]
    for each in later:
        desk.claim(postgres_office, each.ref, STAFF1)
    start, failures = threading.Barrier(2), list[Exception]()

    def do(ref: str) -> None:
        start.wait()
        try:
            decide(postgres_office, queries.case(postgres_office, ref), Outcome.COMPLIED_IN_FULL)
        except Exception as error:  # noqa: BLE001 - shown below, by the thread that asserts
            failures.append(error)

    deciding = [threading.Thread(target=do, args=(each.ref,)) for each in later]
    for thread in deciding:
        thread.start()
    for thread in deciding:
        thread.join()

    assert failures == []
    assert news(postgres_office, case).count(Event.REOPENED) == 1
    assert {queries.case(postgres_office, each.ref).status for each in later} == {Status.CLOSED}


def test_what_was_reopened_meanwhile_is_left_as_it_is(office: Office) -> None:
    case = refused(office)
    later = appeal(office, case)
    desk.reopen(office, case.ref, case.requests[0].id, "Our mistake.", STAFF1)
    decide(office, later, Outcome.COMPLIED_IN_FULL)

    assert news(office, case).count(Event.REOPENED) == 1


def test_what_a_person_reads_as_an_appeal_is_tied_and_untied_when_it_is_none(office: Office) -> None:
    refused(office)
    later = desk.claim(office, arrive(office, [Kind.CORRECT]).ref, STAFF1)
    (tied,) = desk.reclassify(office, later.ref, later.requests[0].id, Kind.APPEAL, STAFF1).requests
    (untied,) = desk.reclassify(office, later.ref, later.requests[0].id, Kind.CORRECT, STAFF1).requests

    assert (tied.contests, untied.contests) == (("PR-1001", Kind.DELETE), None)
