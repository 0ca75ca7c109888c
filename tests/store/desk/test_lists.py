"""An agent's letter for several people: a linked case for each, when a person says so."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from store import desk, errors, queries
from store.ledger import Event
from store.office import Office
from store.rules.kinds import Kind
from store.rules.requesters import MOST_PEOPLE, Bond, Requester
from store.values import Link, Person, Wish
from tests.builders import MANAGER, OUTSIDER, STAFF1, STAFF2, arrival, everything, kept, letters

AGENT = "desk@agents.example"
JANE, JOHN, JIM = Person("Jane Roe", "jane@example.com"), Person("John Doe", ""), Person("", "jim@example.com")


def held_list(office: Office, people: tuple[Person, ...] = (JANE, JOHN, JIM), **said: Any) -> int:
    kinds = said.pop("kinds", (Kind.DELETE, Kind.OPT_OUT))
    arrived = arrival(kinds, AGENT, name="Agents", people=people, requester=Requester.AGENT, **said)
    mail_id = kept(office, arrived)
    desk.hold(office, mail_id, arrived, reason="An agent asks for 3 people.")
    return mail_id


def test_each_person_gets_a_case_tied_to_the_first(any_office: Office) -> None:
    cases = desk.open_each(any_office, held_list(any_office), STAFF1)
    first, second, third = cases

    assert [case.ref for case in cases] == ["PR-1001", "PR-1002", "PR-1003"]
    assert {case.requester for case in cases} == {Requester.AGENT}
    assert all([line.kind for line in case.requests] == [Kind.DELETE, Kind.OPT_OUT] for case in cases)
    assert first.links == (Link("PR-1002", Bond.LIST), Link("PR-1003", Bond.LIST))
    assert second.links == third.links == (Link("PR-1001", Bond.LIST),)


def test_each_case_is_acknowledged_to_the_agent_at_once_by_a_letter_of_its_own(any_office: Office) -> None:
    people = tuple(Person("", f"person{number}@example.com") for number in range(30))
    cases = desk.open_each(any_office, held_list(any_office, people, message_id="<list@agents.example>"), STAFF1)
    sent = [job for _ in range(5) for job in desk.lease_letters(any_office, "postman-1")]
    written = [letters(any_office, case.ref) for case in cases]

    assert len(sent) == 30 > any_office.business.answers_per_day
    assert {len(each) for each in written} == {1}
    assert {letter["To"] for (letter,) in written} == {AGENT}
    assert {letter["In-Reply-To"] for (letter,) in written} == {"<list@agents.example>"}
    assert len({letter["Reply-To"] or letter["Message-ID"] for (letter,) in written}) == 30
    text = written[2][0].get_content().replace("\r\n", " ")
    assert "You wrote to us for 30 people." in text
    assert "This is about number 3" in text
    assert "person2" not in text


def test_whom_a_case_is_about_is_read_with_the_letter_and_stands_nowhere_else(office: Office) -> None:
    _, second, third = desk.open_each(office, held_list(office), STAFF1)
    opened = desk.read(office, second.ref, STAFF1)

    assert opened.on_behalf_of == JOHN
    assert opened.mails[0].mail_id == 1
    assert desk.read(office, third.ref, STAFF1).on_behalf_of == JIM
    assert "Jane" not in str(everything(office))
    assert "jim@" not in str(everything(office))


def test_a_case_of_one_person_is_about_its_requester(office: Office) -> None:
    case = desk.place_as_new(office, held_list(office), [Kind.DELETE], STAFF1)

    assert desk.read(office, case.ref, STAFF1).on_behalf_of is None


def test_the_ledger_tells_who_opened_how_many(office: Office) -> None:
    first, second, _ = desk.open_each(office, held_list(office), STAFF1)
    told = [queries.history(office, case.ref)[1] for case in (first, second)]

    assert [(line.event, line.by) for line in told] == [(Event.LISTED, STAFF1.id)] * 2
    assert [line.facts for line in told] == [{"cases": 3}, {"cases": 3, "first": "PR-1001"}]


def test_the_card_of_the_mail_tells_what_came_of_it(office: Office) -> None:
    mail_id = held_list(office)
    before = queries.held_mail(office, mail_id)
    desk.open_each(office, mail_id, STAFF1)
    after = queries.held_mail(office, mail_id)

    assert (before.people, before.requester, before.linked) == (3, Requester.AGENT, 0)
    assert (after.state, after.linked, after.case, after.settled_by) == ("opened", 3, "PR-1001", STAFF1.id)


def test_six_people_press_at_once_and_five_are_told_who_was_faster(any_office: Office) -> None:
    mail_id = held_list(any_office)
    start, told = threading.Barrier(6), []

    def press() -> None:
        start.wait()
        try:
            told.append(str(len(desk.open_each(any_office, mail_id, STAFF2))))
        except errors.MailSettled as refused:
            told.append(str(refused))

    people = [threading.Thread(target=press) for _ in range(6)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert sorted(told) == ["3", *["U0STAFF2 has dealt with that mail already: opened."] * 5]
    assert len(queries.cases(any_office)) == 3


def test_rights_that_were_not_read_are_named_by_a_person(office: Office) -> None:
    mail_id = held_list(office, kinds=(), possible=(Wish(Kind.LIMIT, ("sensitive",), 0.4),))

    with pytest.raises(errors.DecisionFaulty, match="Say which right"):
        desk.open_each(office, mail_id, STAFF1)
    (case, *_) = desk.open_each(office, mail_id, STAFF1, [Kind.LIMIT])

    assert [(line.kind, line.score, line.doubtful) for line in case.requests] == [(Kind.LIMIT, None, False)]


def test_a_list_that_is_too_long_is_sent_back_in_words(office: Office) -> None:
    mail_id = held_list(office, (JANE,) * (MOST_PEOPLE + 1))

    with pytest.raises(errors.ListTooLong, match="letters of at most 100 people each"):
        desk.open_each(office, mail_id, STAFF1)
    assert queries.held_mail(office, mail_id).state == "held"


def test_a_letter_for_one_person_is_no_list(office: Office) -> None:
    with pytest.raises(errors.NoList, match="use New case"):
        desk.open_each(office, held_list(office, (JANE,)), STAFF1)


def test_who_is_no_staff_opens_nothing(office: Office) -> None:
    with pytest.raises(errors.RoleMissing):
        desk.open_each(office, held_list(office), OUTSIDER)


def test_an_agent_who_cannot_be_answered_has_cases_and_no_letters(office: Office) -> None:
    cases = desk.open_each(office, held_list(office, answerable=False), MANAGER)

    assert [letters(office, case.ref) for case in cases] == [[], [], []]


def test_an_answer_to_one_letter_finds_its_own_case(any_office: Office) -> None:
    cases = desk.open_each(any_office, held_list(any_office, message_id="<list@agents.example>"), STAFF1)
    (letter,) = letters(any_office, cases[1].ref)
    answered = ["<list@agents.example>", str(letter["Message-ID"])]

    assert queries.case_of_thread(any_office, [], answered, [], AGENT) == ("PR-1002", True)
