"""Two cases of one person become one conversation, and no date is lost."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from store import desk, queries, retention
from store.errors import (
    AddressesDiffer,
    DeskError,
    FirstClosed,
    LawsDiffer,
    MergeBackwards,
    MergeWithItself,
    NoSuchCase,
    NotYours,
    WrongStatus,
)
from store.ledger import Event
from store.models import Case
from store.office import Office
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.outcomes import Outcome
from store.rules.requesters import Bond
from store.rules.team import Manner
from store.settings import Retention
from store.told import Told
from store.values import CaseFile, Link
from tests.builders import (
    MANAGER,
    MORNING,
    ROSA,
    STAFF1,
    STAFF2,
    StillClock,
    arrival,
    arrive,
    everything,
    kept,
    write_again,
)

OTHER = "rosa.a@work.example"
KEPT = Retention(raw_days=30, content_days=100, record_months=24)


def send_all(office: Office) -> None:
    while jobs := desk.lease_letters(office, "postman"):
        for job in jobs:
            desk.letter_sent(office, job.id, "postman")


def close(office: Office, case: CaseFile) -> None:
    desk.claim(office, case.ref, STAFF1)
    for line in queries.case(office, case.ref).open_requests:
        desk.resolve(office, case.ref, line.id, Outcome.WITHDRAWN, STAFF1)
    send_all(office)


def test_what_both_ask_for_goes_on_once_and_the_rest_on_its_own_day(any_office: Office) -> None:
    clock = any_office.clock
    assert isinstance(clock, StillClock)
    first = arrive(any_office, (Kind.DELETE,))
    clock.advance(timedelta(days=5))
    later = arrive(any_office, (Kind.DELETE, Kind.OPT_OUT))
    clock.advance(timedelta(days=1))
    closed = desk.merge(any_office, later.ref, first.ref, STAFF1)
    now = queries.case(any_office, first.ref)

    assert (closed.status, closed.owner) == (Status.CLOSED, STAFF1.id)
    assert [(line.outcome, line.first) for line in closed.requests] == [(Outcome.DUPLICATE, first.ref)] * 2
    assert [(line.kind, line.received_on) for line in now.requests] == [
        (Kind.DELETE, date(2027, 1, 12)),
        (Kind.OPT_OUT, date(2027, 1, 17)),
    ]
    assert [line.due for line in now.requests] == [first.requests[0].due, later.requests[1].due]
    assert now.status is Status.NEW
    assert closed.links == (Link(first.ref, Bond.MERGED),)
    told = {"kinds": ["delete", "opt_out"]}
    assert queries.history(any_office, first.ref)[-1].facts == {**told, "later": later.ref}
    assert [line.facts for line in queries.history(any_office, later.ref) if line.event is Event.MERGED] == [
        {**told, "first": first.ref}
    ]
    assert queries.audit(any_office) == ()


def test_a_call_of_last_week_keeps_its_day_though_it_was_taken_down_later(office: Office) -> None:
    first = arrive(office, (Kind.DELETE,))
    call = Told((Kind.DELETE,), Manner.PHONE, MORNING - timedelta(days=7), address=ROSA)
    later = desk.open_by_hand(office, call, STAFF1)
    desk.merge(office, later.ref, first.ref, STAFF1)

    (line,) = queries.case(office, first.ref).requests
    assert (line.received_on, line.due) == (later.requests[0].received_on, later.requests[0].due)


def test_an_extension_goes_on_with_what_was_extended(office: Office) -> None:
    first = arrive(office, (Kind.OPT_OUT,))
    later = arrive(office, (Kind.DELETE,))
    desk.claim(office, later.ref, STAFF1)
    extended = desk.extend(office, later.ref, later.requests[0].id, "The archive is slow.", STAFF1)
    desk.merge(office, later.ref, first.ref, STAFF1)

    line = queries.case(office, first.ref).requests[1]
    assert line.extended_to == extended.requests[0].extended_to


def test_what_was_settled_stays_settled_where_it_was(office: Office) -> None:
    first = arrive(office, (Kind.DELETE,))
    later = arrive(office, (Kind.DELETE, Kind.OPT_OUT))
    desk.claim(office, first.ref, STAFF2)
    settled = queries.case(office, first.ref).requests[0].id
    desk.claim(office, later.ref, STAFF1)
    desk.resolve(office, later.ref, later.requests[1].id, Outcome.COMPLIED_IN_FULL, STAFF1)
    write_again(office, first.ref, "And a copy.", kinds=(Kind.KNOW_SPECIFIC,))
    desk.resolve(office, first.ref, settled, Outcome.WITHDRAWN, STAFF2)
    closed = desk.merge(office, later.ref, first.ref, STAFF1)
    now = queries.case(office, first.ref)

    assert [line.outcome for line in closed.requests] == [Outcome.DUPLICATE, Outcome.COMPLIED_IN_FULL]
    assert [(line.kind, line.open) for line in now.requests] == [
        (Kind.DELETE, False),
        (Kind.KNOW_SPECIFIC, True),
        (Kind.DELETE, True),
    ]
    assert now.owner == STAFF2.id


def test_its_mails_letters_and_notes_are_read_in_the_first(office: Office) -> None:
    first = arrive(office, (Kind.DELETE,), text="The first one.")
    later = arrive(office, (Kind.OPT_OUT,), text="The later one.")
    desk.note(office, later.ref, "A note on the later one.", STAFF1)
    desk.merge(office, later.ref, first.ref, STAFF1)
    read = desk.read(office, first.ref, STAFF2)
    texts = [mail.text for mail in read.mails if mail.mail_id is not None]

    assert texts == ["The first one.", "The later one."]
    assert len([mail for mail in read.mails if mail.mail_id is None]) == 2
    assert [note.text for note in read.notes] == ["A note on the later one."]


def test_a_reply_to_the_later_one_goes_into_the_first(any_office: Office) -> None:
    first, later = arrive(any_office, (Kind.DELETE,)), arrive(any_office, (Kind.OPT_OUT,))
    desk.merge(any_office, later.ref, first.ref, STAFF1)
    answered = write_again(any_office, later.ref, "And a copy.", kinds=(Kind.KNOW_SPECIFIC,))

    assert answered.ref == first.ref
    assert [line.kind for line in answered.requests] == [Kind.DELETE, Kind.OPT_OUT, Kind.KNOW_SPECIFIC]
    assert len(queries.cases(any_office, queries.Which.ALL)) == 2


def test_a_held_mail_that_a_person_places_there_goes_on_too(office: Office) -> None:
    first, later = arrive(office, (Kind.DELETE,)), arrive(office, (Kind.OPT_OUT,))
    desk.merge(office, later.ref, first.ref, STAFF1)
    arrived = arrival(sender="stranger@example.org")
    mail = kept(office, arrived)
    desk.hold(office, mail, arrived, reason="a stranger", guess=later.ref)

    assert desk.place_in(office, mail, later.ref, STAFF1).ref == first.ref


def test_what_was_merged_into_the_later_one_goes_on_as_well(office: Office) -> None:
    one, two, three = (arrive(office, (kind,)) for kind in (Kind.DELETE, Kind.OPT_OUT, Kind.CORRECT))
    desk.merge(office, three.ref, two.ref, STAFF1)
    desk.merge(office, two.ref, one.ref, STAFF1)

    assert write_again(office, three.ref, "One word more.").ref == one.ref
    assert {link.ref for link in queries.case(office, one.ref).links} == {two.ref, three.ref}
    assert len([mail for mail in desk.read(office, one.ref, STAFF1).mails if mail.mail_id]) == 4


def test_two_addresses_need_somebody_who_is_sure(office: Office) -> None:
    first, later = arrive(office), arrive(office, sender=OTHER)
    before = everything(office)
    with pytest.raises(AddressesDiffer, match="tick it here"):
        desk.merge(office, later.ref, first.ref, STAFF1, how="tick it here")
    unchanged = everything(office) == before

    assert unchanged
    assert desk.merge(office, later.ref, first.ref, STAFF1, sure=True).status is Status.CLOSED


def test_no_address_is_nobodys_in_common(office: Office) -> None:
    told = Told((Kind.DELETE,), Manner.PHONE, MORNING - timedelta(hours=1))
    first = desk.open_by_hand(office, told, STAFF1)
    later = desk.open_by_hand(office, Told((Kind.OPT_OUT,), Manner.POST, MORNING), STAFF1)

    with pytest.raises(AddressesDiffer):
        desk.merge(office, later.ref, first.ref, STAFF1)


def test_what_cannot_be_merged_is_said(office: Office) -> None:
    first, later = arrive(office), arrive(office)
    elsewhere = arrive(office, law="us-va")
    desk.claim(office, later.ref, STAFF1)
    ended = arrive(office)
    over = arrive(office)
    close(office, ended)

    with pytest.raises(MergeWithItself):
        desk.merge(office, first.ref, first.ref, STAFF1)
    with pytest.raises(MergeBackwards, match=f"merge {later.ref} into {first.ref}"):
        desk.merge(office, first.ref, later.ref, STAFF1)
    with pytest.raises(NotYours):
        desk.merge(office, later.ref, first.ref, STAFF2)
    with pytest.raises(LawsDiffer):
        desk.merge(office, elsewhere.ref, first.ref, STAFF1)
    with pytest.raises(FirstClosed):
        desk.merge(office, over.ref, ended.ref, STAFF1)
    with pytest.raises(WrongStatus):
        desk.merge(office, ended.ref, first.ref, MANAGER)
    with pytest.raises(NoSuchCase):
        desk.merge(office, later.ref, "PR-9999", STAFF1)


def test_reopening_the_later_one_undoes_the_tie_and_leaves_what_was_opened(office: Office) -> None:
    first, later = arrive(office, (Kind.DELETE,)), arrive(office, (Kind.DELETE, Kind.OPT_OUT))
    merged = desk.merge(office, later.ref, first.ref, STAFF1)
    again = desk.reopen(office, later.ref, merged.requests[0].id, "It was somebody else.", STAFF1)

    assert [line.open for line in again.requests] == [True, True]
    assert [line.due for line in again.requests] == [line.due for line in later.requests]
    assert again.links == ()
    assert len(queries.case(office, first.ref).open_requests) == 2
    assert write_again(office, later.ref, "One word more.").ref == later.ref


def test_the_laters_content_stays_as_long_as_the_firsts(any_office: Office) -> None:
    clock = any_office.clock
    assert isinstance(clock, StillClock)
    first, later = arrive(any_office, (Kind.DELETE,)), arrive(any_office, (Kind.OPT_OUT,), text="The later one.")
    desk.merge(any_office, later.ref, first.ref, STAFF1)
    send_all(any_office)
    clock.advance(timedelta(days=200))
    idle = desk.sweep(any_office, KEPT)
    read = [mail.text for mail in desk.read(any_office, first.ref, STAFF1).mails]
    close(any_office, first)
    desk.hold_case(any_office, first.ref, "A lawsuit.", MANAGER)
    clock.advance(timedelta(days=101))
    held = desk.sweep(any_office, KEPT)
    desk.lift_hold(any_office, first.ref, MANAGER)
    due = retention.due(any_office, KEPT)
    swept = desk.sweep(any_office, KEPT)
    clock.advance(timedelta(days=732))
    gone = desk.sweep(any_office, KEPT)

    assert not idle.anything
    assert "The later one." in read
    assert not held.anything
    assert due.cases == 1
    assert swept.cases == 2
    assert gone.records == 2
    assert queries.audit(any_office) == ()


def test_of_two_who_merge_at_once_one_wins(any_office: Office) -> None:
    first, later = arrive(any_office, (Kind.DELETE,)), arrive(any_office, (Kind.OPT_OUT,))
    refused: list[DeskError] = []

    def press() -> None:
        try:
            desk.merge(any_office, later.ref, first.ref, STAFF1)
        except DeskError as error:
            refused.append(error)

    pressing = [threading.Thread(target=press) for _ in range(4)]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()

    assert [type(error) for error in refused] == [WrongStatus] * 3
    assert [line.kind for line in queries.case(any_office, first.ref).requests] == [Kind.DELETE, Kind.OPT_OUT]
    with any_office.database.reading() as session:
        assert len(session.exec(select(Case.id).where(col(Case.closed_at).is_not(None))).all()) == 1
