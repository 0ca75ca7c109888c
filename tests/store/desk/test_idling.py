"""An owner who has not moved for days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlmodel import col, select

from store import desk, queries
from store.ledger import Event
from store.models import Post
from store.office import Office
from store.rules.states import PostKind
from store.rules.team import Reminders
from store.team import Wishes
from tests.builders import STAFF1, STAFF2, StillClock, arrive, write_again

NINE = datetime(2027, 1, 12, 17, 0, tzinfo=UTC)
DAYS = 5


def look(office: Office, after: int, limit: int = 100) -> int:
    """Look at nine in the morning so many days after everything began."""
    clock: StillClock = office.clock  # type: ignore[assignment]
    slot = NINE + timedelta(days=after)
    clock.move_to(slot + timedelta(minutes=1))
    return desk.remind_idle(office, slot, DAYS, limit)


def told(office: Office) -> list[tuple[str | None, str]]:
    with office.database.reading() as session:
        rows = session.exec(select(Post).where(Post.kind == PostKind.DIRECT).order_by(col(Post.id))).all()
        return [(row.kind, row.subject.partition(" ")[0]) for row in rows]


def idle_lines(office: Office, ref: str) -> list[dict[str, object]]:
    return [line.facts for line in queries.history(office, ref) if line.event is Event.IDLE]


def test_an_owner_who_has_not_moved_is_told_once_in_so_many_days(any_office: Office) -> None:
    ref = arrive(any_office).ref
    arrive(any_office)
    desk.claim(any_office, ref, STAFF1)
    found = [look(any_office, day) for day in range(1, 13)]

    assert found == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]
    assert idle_lines(any_office, ref) == [{"to": STAFF1.id, "days": 5}] * 2


def test_a_day_is_looked_at_once_and_in_batches(any_office: Office) -> None:
    for _ in range(3):
        desk.claim(any_office, arrive(any_office).ref, STAFF1)
    found = [look(any_office, 7, limit=2) for _ in range(3)]
    earlier = desk.remind_idle(any_office, NINE + timedelta(days=6), DAYS)

    assert found == [2, 1, 0]
    assert earlier == 0


def test_whoever_moves_is_not_idle(any_office: Office) -> None:
    ref = arrive(any_office).ref
    desk.claim(any_office, ref, STAFF1)
    look(any_office, 3)
    desk.note(any_office, ref, "They called.", STAFF2)

    assert look(any_office, 6) == 0
    assert look(any_office, 9) == 1


def test_a_word_of_the_consumers_is_no_move_of_the_owners(any_office: Office) -> None:
    ref = arrive(any_office).ref
    desk.claim(any_office, ref, STAFF1)
    look(any_office, 5)
    write_again(any_office, ref, "Is anybody there?")

    assert look(any_office, 6) == 1


def test_what_sleeps_or_waits_for_its_consumer_is_not_idle(any_office: Office) -> None:
    asleep, asked, awake = (arrive(any_office).ref for _ in range(3))
    for ref in (asleep, asked, awake):
        desk.claim(any_office, ref, STAFF1)
    look(any_office, 1)
    desk.snooze(any_office, asleep, any_office.today() + timedelta(days=20), STAFF1)
    desk.ask_to_verify(any_office, asked, STAFF1)

    assert look(any_office, 8) == 1
    assert idle_lines(any_office, awake)


def test_whoever_covers_is_told_and_as_they_wish(any_office: Office) -> None:
    ref = arrive(any_office).ref
    desk.claim(any_office, ref, STAFF1)
    desk.choose(any_office, Wishes(Reminders.DIRECT), STAFF2)
    desk.choose(any_office, Wishes(away_until=any_office.today() + timedelta(days=30)), STAFF1, STAFF2)
    look(any_office, 7)

    assert idle_lines(any_office, ref) == [{"to": STAFF2.id, "days": 5}]
    assert told(any_office) == [("direct", "line")]
