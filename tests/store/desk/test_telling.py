"""How owners are reminded: where they wish, not in their quiet hours, by way of their cover, and never too late."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlmodel import col, select

from store import desk, queries
from store.errors import NotYours
from store.models import Post
from store.office import Office
from store.rules.quiet import end_of_quiet
from store.rules.states import PostKind
from store.rules.team import Reminders
from store.team import Wishes
from tests.builders import MANAGER, STAFF1, STAFF2, StillClock, arrive

NINE = datetime(2027, 2, 12, 17, 0, tzinfo=UTC)
"""Nine in the morning in Los Angeles, fourteen days before what came on 12 January is due."""
LAST_DAY = NINE + timedelta(days=14)
TOLD = (PostKind.REMINDER, PostKind.DIRECT, PostKind.ESCALATION)


def reminded_at(office: Office, moment: datetime, wishes: Wishes, **said: object) -> list[tuple[str, datetime]]:
    """What is marked for a case of STAFF1's, reminded at that moment: the kind and the moment of each."""
    clock: StillClock = office.clock  # type: ignore[assignment]
    case = arrive(office)
    desk.claim(office, case.ref, STAFF1)
    desk.choose(office, wishes, STAFF1, **said)  # type: ignore[arg-type]
    clock.move_to(moment)
    desk.remind(office)
    return marked(office)


def marked(office: Office) -> list[tuple[str, datetime]]:
    with office.database.reading() as session:
        rows = session.exec(select(Post).where(col(Post.kind).in_(TOLD)).order_by(col(Post.id)))
        return [(row.kind, row.not_before) for row in rows]


@pytest.mark.parametrize(
    ("where", "kinds"),
    [
        (Reminders.THREAD, [PostKind.REMINDER]),
        (Reminders.DIRECT, [PostKind.DIRECT]),
        (Reminders.BOTH, [PostKind.REMINDER, PostKind.DIRECT]),
    ],
)
def test_an_owner_is_reminded_where_they_wish(any_office: Office, where: Reminders, kinds: list[str]) -> None:
    told = reminded_at(any_office, NINE, Wishes(where))

    assert [kind for kind, _ in told] == kinds
    assert all(at == NINE for _, at in told)


@pytest.mark.parametrize("where", Reminders)
def test_quiet_hours_put_a_reminder_off(any_office: Office, where: Reminders) -> None:
    told = reminded_at(any_office, NINE, Wishes(where, time(20), time(11)))

    assert told
    assert all(at == NINE + timedelta(hours=2) for _, at in told)


def test_on_the_last_day_quiet_hours_put_nothing_off(any_office: Office) -> None:
    told = reminded_at(any_office, LAST_DAY, Wishes(Reminders.DIRECT, time(20), time(11)))

    assert told == [(PostKind.REMINDER, LAST_DAY)]


def test_quiet_hours_that_would_go_past_the_last_day_put_nothing_off(any_office: Office) -> None:
    evening = LAST_DAY - timedelta(hours=12)
    told = reminded_at(any_office, evening, Wishes(Reminders.DIRECT, time(20), time(19, 59)))

    assert [kind for kind, _ in told] == [PostKind.DIRECT]
    assert told[0][1] == LAST_DAY + timedelta(hours=10, minutes=59)


def test_a_missed_date_is_told_in_the_thread_and_to_the_managers_whatever_is_wished(any_office: Office) -> None:
    told = reminded_at(any_office, LAST_DAY + timedelta(days=1), Wishes(Reminders.DIRECT, time(20), time(19)))

    assert told == [(kind, LAST_DAY + timedelta(days=1)) for kind in (PostKind.REMINDER, PostKind.ESCALATION)]


def test_whoever_covers_is_reminded_as_they_wish_themselves(any_office: Office) -> None:
    desk.choose(any_office, Wishes(Reminders.BOTH), STAFF2)
    away = Wishes(Reminders.DIRECT, away_until=NINE.date())
    told = reminded_at(any_office, NINE, away, cover=STAFF2)
    note = queries.reminder(any_office, 1)

    assert [kind for kind, _ in told] == [PostKind.REMINDER, PostKind.DIRECT]
    assert (note.owner, note.cover, note.told) == (STAFF1.id, STAFF2.id, STAFF2.id)
    assert queries.told_directly(any_office, "reminder 1") == STAFF2.id
    assert queries.told_of(any_office, "reminder 1") == "PR-1001"


def test_who_is_away_with_nobody_to_cover_is_told_where_everybody_sees_it(any_office: Office) -> None:
    told = reminded_at(any_office, NINE, Wishes(Reminders.DIRECT, time(1), time(23), away_until=NINE.date()))
    note = queries.reminder(any_office, 1)

    assert told == [(PostKind.REMINDER, NINE)]
    assert (note.owner, note.alone, note.told) == (STAFF1.id, True, None)


def test_a_cover_who_is_away_too_covers_nobody(any_office: Office) -> None:
    desk.choose(any_office, Wishes(away_until=NINE.date()), STAFF2)
    reminded_at(any_office, NINE, Wishes(away_until=NINE.date()), cover=STAFF2)

    assert queries.reminder(any_office, 1).cover == ""


def test_a_case_that_was_given_back_is_nobodys_to_be_told_directly(any_office: Office) -> None:
    reminded_at(any_office, NINE, Wishes(Reminders.DIRECT))
    desk.release(any_office, "PR-1001", STAFF1)

    assert queries.told_directly(any_office, "reminder 1") == ""
    assert queries.told_of(any_office, "reminder 1") == ""


def test_whoever_covers_may_do_what_the_owner_may_and_only_meanwhile(any_office: Office) -> None:
    clock: StillClock = any_office.clock  # type: ignore[assignment]
    case = arrive(any_office)
    desk.claim(any_office, case.ref, STAFF1)
    with pytest.raises(NotYours):
        desk.reply(any_office, case.ref, "We are at it.", STAFF2)
    desk.choose(any_office, Wishes(away_until=any_office.today()), STAFF1, STAFF2)
    desk.reply(any_office, case.ref, "We are at it.", STAFF2)
    desk.reply(any_office, case.ref, "Still.", MANAGER)
    clock.advance(timedelta(days=1))

    assert queries.case(any_office, case.ref).owner == STAFF1.id
    with pytest.raises(NotYours):
        desk.reply(any_office, case.ref, "And again.", STAFF2)


@pytest.mark.parametrize(
    ("hour", "begins", "ends", "over"),
    [
        (7, time(20), time(8), 8),
        (21, time(20), time(8), 32),
        (8, time(20), time(8), None),
        (12, time(20), time(8), None),
        (12, time(9), time(17), 17),
        (8, time(9), time(17), None),
        (17, time(9), time(17), None),
    ],
)
def test_quiet_hours_may_go_past_midnight(hour: int, begins: time, ends: time, over: int | None) -> None:
    midnight = datetime(2027, 1, 12, tzinfo=UTC)
    until = None if over is None else midnight + timedelta(hours=over)

    assert end_of_quiet(midnight + timedelta(hours=hour), begins, ends, UTC) == until  # type: ignore[arg-type]
