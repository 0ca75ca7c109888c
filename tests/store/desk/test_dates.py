"""Reminders once, digests once, whatever was missed and however many ask."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

from sqlmodel import col, select

from store import desk, queries
from store.ledger import Event
from store.models import Post, Reminder
from store.office import Office
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.rules.states import PostKind
from store.settings import Business
from tests.builders import MORNING, STAFF1, StillClock, arrive, everything, office_at

NINE = datetime(2027, 2, 12, 17, 0, tzinfo=UTC)
"""Nine in the morning, fourteen days before what came on 12 January is due."""


def reminders(office: Office) -> list[tuple[date, int, str | None]]:
    with office.database.reading() as session:
        rows = session.exec(select(Reminder.due, Reminder.rung, Reminder.owner).order_by(col(Reminder.id)))
        return [(due, rung, owner) for due, rung, owner in rows]


def posts(office: Office, kind: PostKind) -> int:
    with office.database.reading() as session:
        return len(session.exec(select(Post.id).where(Post.kind == kind)).all())


def days_passing(office: Office, clock: StillClock, days: int) -> None:
    """Look twice a day."""
    for _ in range(days * 2):
        clock.advance(timedelta(hours=12))
        desk.remind(office)


def test_the_owner_is_reminded_on_every_rung_and_after_the_date_every_day(office: Office, clock: StillClock) -> None:
    ref = arrive(office).ref
    desk.claim(office, ref, STAFF1)
    clock.move_to(NINE - timedelta(hours=12))
    days_passing(office, clock, 17)

    due = date(2027, 2, 26)
    assert reminders(office) == [(due, rung, STAFF1.id) for rung in (14, 7, 3, 1, 0, -1, -2)]
    assert posts(office, PostKind.REMINDER) == 7
    assert posts(office, PostKind.ESCALATION) == 2
    events = [line.event for line in queries.history(office, ref)]
    assert (events.count(Event.REMINDED), events.count(Event.ESCALATED)) == (5, 2)


def test_nobody_is_reminded_before_nine(any_office: Office) -> None:
    clock = any_office.clock
    assert isinstance(clock, StillClock)
    arrive(any_office)
    clock.move_to(NINE - timedelta(seconds=1))
    early = desk.remind(any_office)
    clock.move_to(NINE)

    assert (early, desk.remind(any_office), desk.remind(any_office)) == (0, 1, 0)
    assert reminders(any_office) == [(date(2027, 2, 26), 14, None)]


def test_what_was_missed_is_sent_once_as_the_latest_that_applies(any_office: Office) -> None:
    clock = any_office.clock
    assert isinstance(clock, StillClock)
    arrive(any_office)
    clock.move_to(datetime(2027, 2, 24, 20, 0, tzinfo=UTC))

    assert [desk.remind(any_office) for _ in range(3)] == [1, 0, 0]
    assert reminders(any_office) == [(date(2027, 2, 26), 3, None)]


def test_a_fortnight_down_past_the_date_is_one_escalation(office: Office, clock: StillClock) -> None:
    arrive(office)
    clock.move_to(datetime(2027, 3, 10, 20, 0, tzinfo=UTC))
    desk.remind(office)

    assert reminders(office) == [(date(2027, 2, 26), -12, None)]


def test_a_request_seen_before_its_first_rung_is_put_off_quietly(office: Office, clock: StillClock) -> None:
    case = arrive(office)
    desk.claim(office, case.ref, STAFF1)
    clock.move_to(NINE)
    desk.extend(office, case.ref, case.requests[0].id, "Old tapes.", STAFF1)

    assert desk.remind(office) == 0
    assert reminders(office) == []


def test_an_extended_request_is_never_nagged_about_its_old_date(office: Office, clock: StillClock) -> None:
    case = arrive(office)
    desk.claim(office, case.ref, STAFF1)
    desk.extend(office, case.ref, case.requests[0].id, "Old tapes.", STAFF1)
    clock.move_to(NINE - timedelta(hours=12))
    days_passing(office, clock, 46)

    assert reminders(office) == [(date(2027, 4, 12), 14, STAFF1.id)]


def test_a_closed_case_is_never_nagged_about(office: Office, clock: StillClock) -> None:
    case = arrive(office, [Kind.OPT_OUT])
    desk.claim(office, case.ref, STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)
    clock.advance(timedelta(days=100))

    assert desk.remind(office) == 0
    assert reminders(office) == []


def test_a_reopened_case_past_its_date_escalates_the_next_morning(office: Office, clock: StillClock) -> None:
    case = arrive(office, [Kind.OPT_OUT])
    desk.claim(office, case.ref, STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)
    clock.advance(timedelta(days=30))
    desk.reopen(office, case.ref, case.requests[0].id, "It was not done.", STAFF1)
    days_passing(office, clock, 1)

    assert [rung for _, rung, _ in reminders(office)] == [-9]


def test_a_day_that_was_reminded_of_is_not_told_again_when_the_date_moves_there_and_back(
    office: Office, clock: StillClock
) -> None:
    case = arrive(office)
    desk.claim(office, case.ref, STAFF1)
    clock.move_to(NINE)
    desk.remind(office)
    for kind in (Kind.OPT_OUT, Kind.DELETE):
        desk.reclassify(office, case.ref, case.requests[0].id, kind, STAFF1)
    with office.database.writing() as session:
        from store.models import Request

        request = session.get_one(Request, case.requests[0].id)
        request.next_reminder_at = NINE
        session.add(request)

    assert desk.remind(office) == 1
    assert len(reminders(office)) == 1


def test_a_reminder_is_drawn_as_things_are_now(any_office: Office) -> None:
    clock = any_office.clock
    assert isinstance(clock, StillClock)
    case = arrive(any_office)
    clock.move_to(NINE)
    desk.remind(any_office)
    before = queries.reminder(any_office, 1)
    desk.claim(any_office, case.ref, STAFF1)
    claimed = queries.reminder(any_office, 1)
    desk.extend(any_office, case.ref, case.requests[0].id, "Old tapes.", STAFF1)
    extended = queries.reminder(any_office, 1)

    assert (before.ref, before.kind, before.due, before.days_left) == (case.ref, Kind.DELETE, date(2027, 2, 26), 14)
    assert (before.owner, claimed.owner) == (None, STAFF1.id)
    assert (before.settled, claimed.settled, extended.settled) == (False, False, True)


def test_many_due_requests_are_taken_in_batches(any_office: Office) -> None:
    clock = any_office.clock
    assert isinstance(clock, StillClock)
    for number in range(5):
        arrive(any_office, [Kind.DELETE, Kind.CORRECT], f"consumer{number}@example.net")
    clock.move_to(NINE)

    assert [desk.remind(any_office, 4) for _ in range(4)] == [4, 4, 2, 0]
    assert len(reminders(any_office)) == 10


def test_two_processes_that_look_at_once_remind_once(any_url: str, clock: StillClock, business: Business) -> None:
    offices = [office_at(any_url, clock, business) for _ in range(2)]
    for number in range(10):
        arrive(offices[0], sender=f"consumer{number}@example.net")
    clock.move_to(NINE)
    start = threading.Barrier(2)

    def look(office: Office) -> None:
        start.wait()
        while desk.remind(office, 3):
            pass

    looking = [threading.Thread(target=look, args=(office,)) for office in offices]
    for each in looking:
        each.start()
    for each in looking:
        each.join()
    desk.remind(offices[0])

    assert len(reminders(offices[0])) == 10
    assert posts(offices[0], PostKind.REMINDER) == 10
    assert queries.audit(offices[0]) == ()
    for office in offices:
        office.close()


def test_who_is_at_work_on_a_case_and_who_reminds_of_it_never_block_each_other(postgres_office: Office) -> None:
    clock = postgres_office.clock
    assert isinstance(clock, StillClock)
    case = arrive(postgres_office)
    desk.claim(postgres_office, case.ref, STAFF1)
    clock.move_to(NINE)
    from store.desk.work import Work

    with Work.begin(postgres_office) as work:
        work.case(case.ref)
        looked_at = desk.remind(postgres_office)

    assert looked_at == 0
    assert desk.remind(postgres_office) == 1


class TestDigest:
    def test_a_slot_has_one_digest_whoever_asks(self, any_office: Office) -> None:
        slot = MORNING + timedelta(days=1)
        made = [desk.make_digest(any_office, slot) for _ in range(3)]

        assert made == [True, False, False]
        assert posts(any_office, PostKind.DIGEST) == 1

    def test_a_slot_before_the_last_one_made_is_over(self, office: Office) -> None:
        assert desk.make_digest(office, MORNING + timedelta(days=2))
        assert not desk.make_digest(office, MORNING + timedelta(days=1))
        assert desk.make_digest(office, MORNING + timedelta(days=3))

    def test_a_desk_installed_at_ten_has_no_digest_of_nine(self, any_office: Office) -> None:
        before = everything(any_office)

        assert not desk.make_digest(any_office, MORNING - timedelta(hours=1))
        assert not desk.make_digest(any_office, MORNING)
        assert everything(any_office) == before

    def test_six_processes_make_one_digest(self, any_office: Office) -> None:
        start, made = threading.Barrier(6), []

        def ask() -> None:
            start.wait()
            made.append(desk.make_digest(any_office, MORNING + timedelta(days=1)))

        asking = [threading.Thread(target=ask) for _ in range(6)]
        for each in asking:
            each.start()
        for each in asking:
            each.join()

        assert sorted(made) == [False] * 5 + [True]
        assert queries.audit(any_office) == ()


def test_a_look_that_finds_nothing_changes_nothing(any_office: Office) -> None:
    before = everything(any_office)

    assert desk.remind(any_office) == 0
    assert everything(any_office) == before
