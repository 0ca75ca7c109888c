"""The same person again: the later case is linked to the first, and the first is never touched by it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from store import desk, errors, queries
from store.ledger import Event
from store.office import Office
from store.queries import Which
from store.rules.kinds import Kind
from store.rules.lifecycle import Move, Status
from store.rules.outcomes import Outcome
from store.rules.requesters import Bond, Requester
from store.settings import Business, load
from store.values import Actor, CaseFile, Link
from tests.builders import (
    MANAGER,
    OUTSIDER,
    STAFF1,
    STAFF2,
    StillClock,
    arrival,
    arrive,
    kept,
    letters,
    write_again,
)

ROUNDS = 15


def wait(office: Office, days: int = 1) -> None:
    assert isinstance(office.clock, StillClock)
    office.clock.advance(timedelta(days=days))


def two(office: Office, *kinds: Kind) -> tuple[CaseFile, CaseFile]:
    """Rosa asks to be deleted, and four days later she asks again (for that, or for what is said)."""
    first = arrive(office)
    wait(office, 4)
    return first, queries.case(office, arrive(office, kinds or (Kind.DELETE,)).ref)


def untouched(office: Office, before: CaseFile) -> bool:
    """The case is as it was, but for what it is linked to."""
    return replace(queries.case(office, before.ref), links=before.links, waiting_letters=0) == replace(
        before, waiting_letters=0
    )


def test_the_second_case_says_which_one_it_repeats(any_office: Office) -> None:
    first, second = two(any_office, Kind.DELETE, Kind.OPT_OUT)

    assert (second.twin, [line.kind for line in second.requests if line.asked_before]) == (first.ref, [Kind.DELETE])
    assert Move.LINK in second.offered
    assert queries.case(any_office, first.ref).twin is None
    assert [case.twin for case in queries.cases(any_office, Which.ALL)] == [first.ref, None]


def test_the_oldest_open_one_is_the_first(office: Office) -> None:
    first, second = two(office)
    third = arrive(office)
    desk.link(office, second.ref, STAFF1)

    assert queries.case(office, third.ref).twin == first.ref


@pytest.mark.parametrize(
    "other",
    [
        {"sender": "omar@example.org"},
        {"kinds": (Kind.OPT_OUT,)},
        {"requester": Requester.AGENT},
    ],
    ids=["another address", "another right", "an agent's next client"],
)
def test_what_is_not_the_same_is_no_duplicate(office: Office, other: dict[str, object]) -> None:
    arrive(office)
    case = arrive(office, **other)  # type: ignore[arg-type] # one field of an arrival

    assert queries.case(office, case.ref).twin is None
    with pytest.raises(errors.NoTwin, match="PR-1002 asks for nothing that an older open case"):
        desk.link(office, case.ref, STAFF1)


def test_an_agents_own_case_is_nobodys_first(office: Office) -> None:
    arrive(office, requester=Requester.AGENT)

    assert queries.case(office, arrive(office).ref).twin is None


def test_two_mails_without_an_address_are_two_people(office: Office) -> None:
    arrive(office, sender="")

    assert queries.case(office, arrive(office, sender="").ref).twin is None


def test_settling_a_case_without_an_address_concerns_no_other(office: Office) -> None:
    case, other = arrive(office, [Kind.OPT_OUT], sender=""), arrive(office, [Kind.OPT_OUT], sender="")
    desk.claim(office, case.ref, STAFF1)
    before = wanted(office, other)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)

    assert wanted(office, other) == before


def test_what_is_settled_in_the_first_is_asked_for_anew(office: Office) -> None:
    first, second = two(office)
    desk.claim(office, first.ref, STAFF1)
    desk.resolve(office, first.ref, first.requests[0].id, Outcome.WITHDRAWN, STAFF1)

    assert queries.case(office, second.ref).twin is None


def test_linking_closes_the_second_and_leaves_the_first_as_it_was(any_office: Office) -> None:
    first, second = two(any_office)
    first = desk.claim(any_office, first.ref, STAFF2)
    wait(any_office)
    linked = desk.link(any_office, second.ref, STAFF1, first.ref)
    again = queries.case(any_office, first.ref)

    assert (linked.status, linked.requests[0].outcome) == (Status.CLOSED, Outcome.DUPLICATE)
    assert (linked.owner, linked.links, linked.twin) == (STAFF1.id, (Link(first.ref, Bond.DUPLICATE),), None)
    assert untouched(any_office, first)
    assert again.links == (Link(second.ref, Bond.DUPLICATE),)
    assert queries.audit(any_office) == ()


def test_both_ledgers_tell_of_it_with_nothing_personal(office: Office) -> None:
    first, second = two(office)
    desk.link(office, second.ref, STAFF1)
    (there,) = [line for line in queries.history(office, first.ref) if line.event is Event.LINKED]
    here = queries.history(office, second.ref)

    assert (there.by, there.facts) == (STAFF1.id, {"later": second.ref, "kinds": ["delete"]})
    assert [line.facts for line in here if line.event is Event.LINKED] == [{"first": first.ref, "kinds": ["delete"]}]
    assert here[-1].event is Event.CLOSED


def test_the_letter_names_the_first_case_and_its_date(office: Office) -> None:
    first, second = two(office)
    desk.link(office, second.ref, STAFF1)
    letter = letters(office, second.ref)[-1]

    assert f"[{second.ref}]" in letter["Subject"]
    assert (
        "Your first request has the reference PR-1001, and it keeps its date:\r\n"
        "- Delete your personal information: we received it on January 12, 2027, and you will have our answer by "
        "February 26, 2027."
    ) in letter.get_content()
    assert "closed this second one.\r\n" in letter.get_content()
    assert [each["Subject"] for each in letters(office, first.ref)] == ["Re: My personal data [PR-1001]"]


def test_what_only_the_second_asks_for_stays_open_in_it(any_office: Office) -> None:
    _first, second = two(any_office, Kind.DELETE, Kind.OPT_OUT)
    linked = desk.link(any_office, second.ref, STAFF1)

    assert (linked.status, linked.owner) == (Status.NEW, None)
    assert [line.kind for line in linked.open_requests] == [Kind.OPT_OUT]
    told = letters(any_office, second.ref)[-1].get_content()
    assert "So we answer this there, and go on here with the rest of what you asked for." in told.replace("\r\n", " ")
    assert "closed" not in told
    assert Move.LINK not in linked.offered
    with pytest.raises(errors.NoTwin):
        desk.link(any_office, second.ref, STAFF2)


def test_a_claimed_case_is_linked_by_its_owner_or_a_manager(office: Office) -> None:
    first, second = two(office)
    desk.claim(office, second.ref, STAFF1)

    with pytest.raises(errors.NotYours):
        desk.link(office, second.ref, STAFF2)
    with pytest.raises(errors.RoleMissing):
        desk.link(office, second.ref, OUTSIDER)
    assert desk.link(office, second.ref, MANAGER).owner == STAFF1.id
    assert queries.case(office, first.ref).owner is None


@pytest.mark.parametrize("seen", ["PR-1001", "PR-1003"])
def test_an_old_button_links_to_no_case_that_its_presser_did_not_see(office: Office, seen: str) -> None:
    first, second = two(office)
    arrive(office)
    desk.claim(office, first.ref, STAFF1)
    later = desk.link(office, "PR-1003", STAFF1) if seen == "PR-1003" else first
    if seen == "PR-1001":
        desk.resolve(office, first.ref, first.requests[0].id, Outcome.WITHDRAWN, STAFF1)
        second = queries.case(office, "PR-1003")
        assert second.twin == "PR-1002"

    with pytest.raises(errors.TwinGone, match=f"The older case that {second.ref} repeats is another one by now"):
        desk.link(office, second.ref, STAFF2, later.ref)
    assert queries.case(office, second.ref).status is Status.NEW


def test_an_unreachable_address_gets_no_letter(office: Office) -> None:
    arrive(office, sender="someone at nowhere")
    second = arrive(office, sender="someone at nowhere")

    assert desk.link(office, second.ref, STAFF1).status is Status.CLOSED
    assert letters(office, second.ref) == []


def test_nothing_that_becomes_of_the_second_counts_in_the_first(any_office: Office) -> None:
    first, second = two(any_office, Kind.DELETE, Kind.KNOW_CATEGORIES)
    desk.claim(any_office, second.ref, STAFF1)
    desk.ask_to_verify(any_office, second.ref, STAFF1)
    desk.verify(any_office, second.ref, ["order_number", "phone"], STAFF1)
    first = queries.case(any_office, first.ref)
    linked = desk.link(any_office, second.ref, STAFF1)
    write_again(any_office, second.ref, "Forget it, I take it all back.")
    desk.resolve(any_office, second.ref, linked.open_requests[0].id, Outcome.WITHDRAWN, STAFF1)

    assert queries.case(any_office, second.ref).status is Status.CLOSED
    assert untouched(any_office, first)
    assert queries.case(any_office, first.ref).points == ()


def test_a_wrong_link_is_undone_by_reopening(any_office: Office) -> None:
    desk_case = arrive(any_office, [Kind.DELETE, Kind.CORRECT])
    wait(any_office, 4)
    second = arrive(any_office, [Kind.DELETE, Kind.CORRECT])
    dates = [(line.received_on, line.due) for line in second.requests]
    desk.link(any_office, second.ref, STAFF1)
    wait(any_office)
    reopened = desk.reopen(any_office, second.ref, second.requests[0].id, "It was somebody else.", STAFF2)

    assert (reopened.status, reopened.owner, reopened.links) == (Status.CLAIMED, STAFF2.id, ())
    assert [(line.received_on, line.due) for line in reopened.open_requests] == dates
    assert queries.case(any_office, desk_case.ref).links == ()
    assert reopened.twin == desk_case.ref
    assert (
        "opened your request again (Delete your personal information; Correct your personal information)"
        in letters(any_office, second.ref)[-1].get_content()
    )
    assert desk.link(any_office, second.ref, STAFF2).status is Status.CLOSED


def test_reopening_what_the_link_did_not_settle_keeps_the_link(office: Office) -> None:
    first, second = two(office, Kind.DELETE, Kind.OPT_OUT)
    linked = desk.link(office, second.ref, STAFF1)
    wait(office)
    desk.claim(office, second.ref, STAFF1)
    left = linked.open_requests[0].id
    desk.resolve(office, second.ref, left, Outcome.COMPLIED_IN_FULL, STAFF1)
    reopened = desk.reopen(office, second.ref, left, "A second look.", STAFF1)

    assert reopened.links == (Link(first.ref, Bond.DUPLICATE),)
    assert [line.id for line in reopened.open_requests] == [left]


def test_a_reply_that_reopens_undoes_the_link_too(office: Office) -> None:
    lenient = replace(office, business=load(Business, {"business": {"reply_to_closed": "reopen"}}))
    first, second = two(lenient)
    first = queries.case(lenient, first.ref)
    desk.link(lenient, second.ref, STAFF1)
    returned = write_again(lenient, second.ref, "That was not me!")

    assert (returned.status, returned.owner, returned.links) == (Status.CLAIMED, STAFF1.id, ())
    assert untouched(lenient, first)


def test_a_rehearsal_shows_the_letter_and_links_nothing(office: Office) -> None:
    _first, second = two(office)
    (draft,) = desk.link.rehearse(office, second.ref, STAFF1)

    assert draft.name == "duplicate"
    assert queries.case(office, second.ref).status is Status.NEW


def test_the_later_cards_are_drawn_anew_when_the_first_is_settled(office: Office) -> None:
    first, second = two(office)
    desk.claim(office, first.ref, STAFF1)
    before = wanted(office, second)
    desk.resolve(office, first.ref, first.requests[0].id, Outcome.WITHDRAWN, STAFF1)

    assert wanted(office, second) == before + 1


def wanted(office: Office, case: CaseFile) -> int:
    """Which drawing of a case's card is wanted."""
    jobs = desk.lease_posts(office, by="a test", limit=100)
    version = next(job.version for job in jobs if (job.kind, job.subject) == ("card", str(case.id)))
    desk.free_leases(office)
    return version


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Everybody presses at the same moment; what each gets, a refusal among it."""
    start, got = threading.Barrier(len(calls)), []

    def press(call: Callable[[], object]) -> None:
        start.wait()
        try:
            got.append(call())
        except errors.DeskError as refused:
            got.append(refused)

    people = [threading.Thread(target=press, args=(call,)) for call in calls]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return got


def linking(office: Office, ref: str, by: Actor) -> Callable[[], object]:
    return lambda: desk.link(office, ref, by)


def resolving(office: Office, case: CaseFile) -> Callable[[], object]:
    return lambda: desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)


def reopening(office: Office, case: CaseFile) -> Callable[[], object]:
    return lambda: desk.reopen(office, case.ref, case.requests[0].id, "A second look.", STAFF1)


def test_of_two_people_who_link_at_once_one_does(any_office: Office) -> None:
    for number in range(ROUNDS):
        sender = f"rosa{number}@example.net"
        first, second = arrive(any_office, sender=sender), arrive(any_office, sender=sender)
        got = at_once(linking(any_office, second.ref, STAFF1), linking(any_office, second.ref, STAFF2))
        refused = [each for each in got if isinstance(each, errors.WrongStatus)]

        assert (len(got), [str(each) for each in refused]) == (
            2,
            [f"{second.ref} is closed, so it cannot be linked now."],
        )
        linked = [line for line in queries.history(any_office, first.ref) if line.event is Event.LINKED]
        assert len(linked) == 1
    assert queries.audit(any_office) == ()


def test_nobody_is_linked_to_a_case_that_is_being_closed(any_office: Office) -> None:
    for number in range(ROUNDS):
        sender = f"rosa{number}@example.net"
        first, second = arrive(any_office, sender=sender), arrive(any_office, sender=sender)
        desk.claim(any_office, first.ref, STAFF1)
        at_once(resolving(any_office, first), linking(any_office, second.ref, STAFF2))
        later = queries.case(any_office, second.ref)
        told = [line.event for line in queries.history(any_office, first.ref)]

        assert queries.case(any_office, first.ref).status is Status.CLOSED
        if later.links:
            assert told.index(Event.LINKED) < told.index(Event.RESOLVED)
        else:
            assert (later.status, Event.LINKED in told) == (Status.NEW, False)
    assert queries.audit(any_office) == ()


def test_a_reopening_and_a_link_at_once_never_wait_for_each_other(any_office: Office) -> None:
    for number in range(ROUNDS):
        sender = f"rosa{number}@example.net"
        arrive(any_office, sender=sender)
        second, third = arrive(any_office, sender=sender), arrive(any_office, sender=sender)
        desk.link(any_office, second.ref, STAFF1)
        got = at_once(
            reopening(any_office, second),
            linking(any_office, third.ref, STAFF2),
        )

        assert all(isinstance(each, CaseFile) for each in got), got
    assert queries.audit(any_office) == ()


def test_a_held_mail_of_a_known_address_opens_a_case_that_is_shown_as_a_duplicate(office: Office) -> None:
    arrive(office)
    arrived = arrival([Kind.DELETE])
    mail_id = kept(office, arrived)
    desk.hold(office, mail_id, arrived, reason="It only names a case.")

    assert desk.place_as_new(office, mail_id, [Kind.DELETE], STAFF1).twin == "PR-1001"
