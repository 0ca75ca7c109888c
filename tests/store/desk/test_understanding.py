"""What was read in a mail goes into its case: who asks, how sure, how urgent, and later mails may tell more."""

from __future__ import annotations

import pytest

from store import desk, queries
from store.office import Office
from store.rules.kinds import Kind
from store.rules.requesters import Priority, Requester
from store.values import SURE, Arrival, Wish
from tests.builders import STAFF1, arrival, arrive, kept, write_again

HIGH = {"priority": Priority.HIGH, "priority_reason": "a lawyer is named"}


def test_a_case_keeps_who_asks_how_urgent_it_is_and_how_sure_each_right_is(any_office: Office) -> None:
    wishes = (Wish(Kind.DELETE, ("erase",), 0.97), Wish(Kind.LIMIT, ("sensitive",), SURE - 0.01), Wish(Kind.CORRECT))
    case = arrive(any_office, wishes=wishes, requester=Requester.PARENT, **HIGH)

    assert (case.requester, case.priority, case.priority_reason) == (
        Requester.PARENT,
        Priority.HIGH,
        "a lawyer is named",
    )
    assert [line.score for line in case.requests] == [0.97, SURE - 0.01, None]
    assert [line.doubtful for line in case.requests] == [False, True, False]


def test_a_later_mail_makes_a_case_more_urgent_and_never_less(office: Office) -> None:
    ref = arrive(office).ref
    raised = write_again(office, ref, "My lawyer will write.", **HIGH)
    after = write_again(office, ref, "Thanks.", priority=Priority.LOW)

    assert (raised.priority, raised.priority_reason) == (Priority.HIGH, "a lawyer is named")
    assert (after.priority, after.priority_reason) == (Priority.HIGH, "a lawyer is named")


@pytest.mark.parametrize(
    ("before", "after"), [(Requester.UNCLEAR, Requester.PARENT), (Requester.CONSUMER, Requester.CONSUMER)]
)
def test_a_later_mail_tells_who_asks_only_where_that_was_unclear(
    office: Office, before: Requester, after: Requester
) -> None:
    ref = arrive(office, requester=before).ref

    assert write_again(office, ref, "It is for my son.", requester=Requester.PARENT).requester is after


def test_what_a_person_says_is_sure_and_is_never_looked_at_last(office: Office) -> None:
    arrived = arrival(possible=(Wish(Kind.DELETE, ("get rid of it",), 0.4),), priority=Priority.LOW)
    mail_id = kept(office, arrived)
    desk.hold(office, mail_id, arrived, reason="It may be a request.")
    held = queries.held_mail(office, mail_id)
    case = desk.place_as_new(office, mail_id, [Kind.DELETE], STAFF1)

    assert (held.wishes, held.possible, held.language) == ((), (Kind.DELETE,), "en")
    assert (case.requests[0].score, case.priority) == (None, Priority.MEDIUM)


def test_a_right_that_a_person_corrects_is_sure(office: Office) -> None:
    case = arrive(office, wishes=(Wish(Kind.DELETE, ("remove",), 0.6),))
    desk.claim(office, case.ref, STAFF1)
    after = desk.reclassify(office, case.ref, case.requests[0].id, Kind.CORRECT, STAFF1)

    assert (case.requests[0].doubtful, after.requests[0].doubtful) == (True, False)


def test_whoever_reads_sees_what_was_read_and_the_words_that_say_so(office: Office) -> None:
    said = {"requester_words": "my son", "law_words": "I live in California", "law": "us-ca"}
    case = arrive(office, possible=(Wish(Kind.LIMIT, ("sensitive",), 0.4),), requester=Requester.PARENT, **said)
    mail, letter = desk.read(office, case.ref, STAFF1).mails

    assert mail.evidence == ("words for delete", "sensitive", "my son", "I live in California")
    assert mail.understood is not None
    assert (mail.understood.requester, mail.understood.law) == (Requester.PARENT, "us-ca")
    assert letter.understood is None


def test_everything_that_was_read_survives_its_sealing() -> None:
    arrived = arrival((Kind.DELETE,), possible=(Wish(Kind.LIMIT, (), 0.4),), requester=Requester.AGENT, **HIGH)

    assert Arrival.from_json(arrived.to_json()) == arrived


def test_a_case_under_the_default_law_tells_which_law_its_mail_points_to(any_office: Office) -> None:
    known, unknown = (arrive(any_office, law=law, law_named="eu-gdpr") for law in ("us-ca", None))

    assert (known.law, known.law_named) == ("us-ca", "")
    assert (unknown.law, unknown.law_named) == ("us-ca", "eu-gdpr")
