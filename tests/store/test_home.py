"""What a person's Home shows, and how it is known that it must be drawn anew."""

from __future__ import annotations

from datetime import date, timedelta

from store import desk, queries
from store.office import Office
from store.rules.kinds import Kind
from store.team import Wishes
from tests.builders import MANAGER, STAFF1, STAFF2, StillClock, arrival, arrive, code_in, kept, letters, write_again


def test_my_cases_come_by_their_next_date_and_the_rest_is_counted(any_office: Office) -> None:
    slow, quick, free = (arrive(any_office, [kind]) for kind in (Kind.DELETE, Kind.OPT_OUT, Kind.CORRECT))
    for case in (slow, quick):
        desk.claim(any_office, case.ref, STAFF1)
    mine = queries.home(any_office, STAFF1.id)
    other = queries.home(any_office, STAFF2.id)

    assert [case.ref for case in mine.mine] == [quick.ref, slow.ref]
    assert [case.ref for case in mine.unclaimed] == [free.ref]
    assert (mine.mine_count, mine.unclaimed_count, other.mine_count) == (2, 1, 0)
    assert mine.team is None


def test_a_case_waits_for_its_consumer_from_our_word_to_theirs(any_office: Office) -> None:
    case = arrive(any_office)
    desk.claim(any_office, case.ref, STAFF1)
    before = queries.home(any_office, STAFF1.id)
    any_office.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]
    desk.ask_to_verify(any_office, case.ref, STAFF1)
    asked = queries.home(any_office, STAFF1.id)
    code = code_in(letters(any_office, case.ref)[-1])
    any_office.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]
    write_again(any_office, case.ref, f"Here it is: {code}")
    answered = queries.home(any_office, STAFF1.id)

    assert (before.waiting_count, asked.waiting_count, answered.waiting_count) == (0, 1, 0)
    assert [file.ref for file in asked.waiting] == [case.ref]


def test_held_and_unreadable_mails_wait_in_the_pen(any_office: Office) -> None:
    held, broken = arrival(), arrival()
    first = kept(any_office, held)
    desk.hold(any_office, first, held, reason="its words are not sure enough")
    desk.quarantine(any_office, kept(any_office, broken), reason="nested too deep")
    facts = queries.home(any_office, STAFF1.id)

    assert (facts.held_count, facts.unreadable_count) == (2, 1)
    assert [(line.mail_id, line.unreadable) for line in facts.held] == [(first, False), (first + 1, True)]


def test_managers_see_who_has_how_much_and_how_the_mail_goes(any_office: Office) -> None:
    late = arrive(any_office, [Kind.OPT_OUT])
    for case in (late, arrive(any_office), arrive(any_office)):
        desk.claim(any_office, case.ref, STAFF1)
    desk.claim(any_office, arrive(any_office).ref, STAFF2)
    desk.choose(any_office, Wishes(away_until=any_office.today() + timedelta(days=30)), STAFF2, STAFF1)
    desk.mailbox_read(any_office, "imap privacy")
    kept(any_office, arrival())
    any_office.clock.advance(timedelta(days=24))  # type: ignore[attr-defined]
    team = queries.home(any_office, MANAGER.id, manager=True).team

    assert team is not None
    assert [(load.user, load.open_cases, load.overdue) for load in team.loads] == [(STAFF1.id, 3, 1), (STAFF2.id, 1, 0)]
    assert (team.loads[0].away_until, team.loads[1].cover) == (None, STAFF1.id)
    assert team.people == 2
    assert [mailbox.name for mailbox in team.mailboxes] == ["imap privacy"]
    assert team.unread_mails == 1
    assert (team.waiting_letters, team.parked_letters, team.returned_letters) == (4, 0, 0)


def test_a_home_is_new_on_the_day_it_is_first_opened(any_office: Office) -> None:
    clock: StillClock = any_office.clock  # type: ignore[assignment]
    never = queries.home(any_office, STAFF1.id)
    first, again = desk.open_home(any_office, STAFF1), desk.open_home(any_office, STAFF1)
    today = queries.home(any_office, STAFF1.id)
    clock.advance(timedelta(days=1))
    tomorrow = queries.home(any_office, STAFF1.id)

    assert (first, again) == (True, False)
    assert (never.is_new, today.is_new, tomorrow.is_new) == (True, True, False)
    assert queries.home_openers(any_office) == (STAFF1.id,)


def test_whatever_happens_is_a_change_and_so_is_a_new_day(any_office: Office) -> None:
    clock: StillClock = any_office.clock  # type: ignore[assignment]
    start = queries.last_change(any_office)
    still = queries.last_change(any_office)
    arrive(any_office)
    arrived = queries.last_change(any_office)
    clock.advance(timedelta(days=1))
    next_day = queries.last_change(any_office)

    assert start == still
    assert len({start, arrived, next_day}) == 3
    assert next_day[1] == date(2027, 1, 13)
