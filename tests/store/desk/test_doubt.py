"""Where a law lets a business ask who somebody is only on reasonable doubt (GDPR, Art. 12(6))."""

from __future__ import annotations

from store import desk, queries
from store.ledger import Event
from store.office import Office
from store.rules.kinds import Kind
from store.rules.lifecycle import Move, Status
from store.values import CaseFile
from tests.builders import STAFF1, arrive, code_in, letters, write_again


def claimed(office: Office) -> CaseFile:
    """A case from Europe that somebody has."""
    return desk.claim(office, arrive(office, (Kind.DELETE,), law="eu-gdpr").ref, STAFF1)


def test_12_6_nothing_needs_to_match_and_the_answer_may_go_at_once(any_office: Office) -> None:
    (line,) = claimed(any_office).requests

    assert (line.reached, line.may_be_asked) == (True, True)
    assert {Move.ASK, Move.VERIFY, Move.RESOLVE} <= set(line.offered)


def test_12_6_who_doubts_may_ask_and_the_code_settles_it(any_office: Office) -> None:
    case = claimed(any_office)
    asked = desk.ask_to_verify(any_office, case.ref, STAFF1)
    letter = letters(any_office, case.ref)[-1]
    after = write_again(any_office, case.ref, code_in(letter))

    assert (asked.status, after.status, after.points) == (Status.VERIFYING, Status.VERIFIED, ("mailbox",))
    assert "You asked us to delete your personal information." in letter.get_content()


def test_12_6_who_doubts_may_compare_a_point_instead(any_office: Office) -> None:
    case = claimed(any_office)
    after = desk.verify(any_office, case.ref, ["order_number"], STAFF1)

    assert (after.status, after.points) == (Status.VERIFIED, ("order_number",))
    assert Event.LEVEL_REACHED in {line.event for line in queries.history(any_office, case.ref)}


def test_a_settled_request_is_asked_no_more(office: Office) -> None:
    case = arrive(office, (Kind.DELETE, Kind.OPT_OUT))

    assert [line.may_be_asked for line in case.requests] == [True, False]
