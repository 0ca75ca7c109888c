"""Mails are kept together, each once, and refused ones are told to the managers, but not for ever."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select, text

from store import desk, queries
from store.desk.keeping import MOST_REFUSALS_TOLD, RawMail
from store.ledger import Event, line_of
from store.models import DataKey, Entry, Mail
from store.office import Office
from store.rules.states import MailState
from store.values import Kept
from tests.builders import MORNING, StillClock


def raw_mail(text: str, *, road: str = "smtp", content_hash: str = "") -> RawMail:
    return RawMail(text.encode(), content_hash or f"hash of {text}", road, '{"sender": ""}', MORNING)


def keys(office: Office) -> set[str]:
    with office.database.reading() as session:
        return set(session.exec(select(DataKey.id)))


def refusals(office: Office) -> list[dict[str, int | None]]:
    with office.database.reading() as session:
        entries = session.exec(select(Entry).where(Entry.event == Event.MAIL_REFUSED).order_by(col(Entry.number)))
        return [line_of(entry).facts for entry in entries]


def test_mails_that_are_kept_together_come_back_as_they_were_and_in_their_order(any_office: Office) -> None:
    rung: list[bool] = []
    any_office.bell.subscribe(lambda: rung.append(True))
    kept = desk.keep_all(any_office, [raw_mail("one"), raw_mail("two"), raw_mail("three")])

    assert [each.known for each in kept] == [False] * 3
    assert queries.unread_mails(any_office) == tuple(each.mail_id for each in kept)
    assert [queries.raw_mail(any_office, each.mail_id)[0] for each in kept] == [b"one", b"two", b"three"]
    assert rung == [True]


def test_the_same_mail_twice_at_one_moment_is_one_by_the_first_road(any_office: Office) -> None:
    first, second, other = desk.keep_all(
        any_office, [raw_mail("one"), raw_mail("one", road="box"), raw_mail("two", road="box")]
    )

    assert (first.known, second.known, other.known) == (False, True, False)
    assert first.mail_id == second.mail_id != other.mail_id
    with any_office.database.reading() as session:
        assert session.exec(select(Mail.road).order_by(col(Mail.id))).all() == ["smtp", "box"]


def test_a_mail_that_was_here_before_leaves_no_key_and_wakes_nobody(any_office: Office) -> None:
    (before,) = desk.keep_all(any_office, [raw_mail("one")])
    had, rung = keys(any_office), []
    any_office.bell.subscribe(lambda: rung.append(True))
    (again,) = desk.keep_all(any_office, [raw_mail("one")])

    assert again.known
    assert again.mail_id == before.mail_id
    assert keys(any_office) == had
    assert rung == []


def test_one_alone_is_known_by_those_kept_together_and_they_by_it(any_office: Office) -> None:
    said = {"road": "box", "envelope": "{}", "received_at": MORNING}
    alone = desk.keep(any_office, b"one", "hash of one", **said)
    (again,) = desk.keep_all(any_office, [raw_mail("one")])

    assert (alone.known, again.known) == (False, True)
    assert desk.keep(any_office, b"one", "hash of one", **said) == again


def test_nothing_is_kept_of_nothing(any_office: Office) -> None:
    assert desk.keep_all(any_office, []) == ()


def test_one_mail_that_cannot_be_stored_keeps_all_of_them_out(office: Office) -> None:
    with office.database.writing() as session:
        session.connection().execute(
            text("CREATE TRIGGER no BEFORE INSERT ON mail WHEN NEW.size = 3 BEGIN SELECT RAISE(ABORT, 'no'); END")
        )
    with pytest.raises(IntegrityError):
        desk.keep_all(office, [raw_mail("fine"), raw_mail("bad")])

    assert queries.unread_mails(office) == ()
    assert keys(office) == set()


def test_two_processes_that_keep_the_same_mails_at_one_moment_keep_each_once(postgres_office: Office) -> None:
    office = postgres_office
    kept: list[object] = []
    other = threading.Thread(
        target=lambda: kept.extend(desk.keep_all(office, [raw_mail("theirs"), raw_mail("ours alone")]))
    )
    with office.database.writing() as session:
        session.add(DataKey(id="other"))
        session.flush()
        values = {"content_hash": "hash of theirs", "state": MailState.KEPT, "received_at": MORNING, "size": 1}
        session.add(Mail(key_id="other", road="box", raw=b"", envelope=b"", **values))
        session.flush()
        other.start()
        _until_somebody_waits_for_a_lock(office)
    other.join(10)

    assert [each.known for each in kept] == [True, False]  # type: ignore[attr-defined] # they are Kept
    assert len(keys(office)) == 2
    with office.database.reading() as session:
        assert sorted(session.exec(select(Mail.road)).all()) == ["box", "smtp"]


def test_two_processes_that_keep_the_same_mails_in_another_order_do_not_wait_for_each_other(
    postgres_office: Office,
) -> None:
    together = threading.Barrier(2)

    def keep(number: int, step: int) -> tuple[Kept, ...]:
        mails = [raw_mail(f"{number} {each}") for each in range(50)][::step]
        together.wait(20)
        return desk.keep_all(postgres_office, mails)[::step]

    for number in range(8):
        with ThreadPoolExecutor(2) as pool:
            one, other = [each.result() for each in [pool.submit(keep, number, step) for step in (1, -1)]]

        assert [each.mail_id for each in one] == [each.mail_id for each in other]
        assert sum(each.known for each in one + other) == 50


class TestRefused:
    def test_a_refused_mail_is_a_line_with_its_size_and_nothing_else(self, any_office: Office) -> None:
        desk.mail_refused(any_office, 30_000_000)
        desk.mail_refused(any_office, None)

        assert refusals(any_office) == [{"size": 30_000_000, "untold": 0}, {"size": None, "untold": 0}]
        assert queries.audit(any_office) == ()

    def test_a_flood_of_them_is_counted_and_told_in_one_line_when_the_hour_is_over(
        self, office: Office, clock: StillClock
    ) -> None:
        for _ in range(MOST_REFUSALS_TOLD + 7):
            desk.mail_refused(office, 1)

        assert len(refusals(office)) == MOST_REFUSALS_TOLD

        clock.advance(timedelta(hours=1))
        desk.mail_refused(office, 2)
        desk.mail_refused(office, 3)

        assert refusals(office)[MOST_REFUSALS_TOLD:] == [{"size": 2, "untold": 7}, {"size": 3, "untold": 0}]


def _until_somebody_waits_for_a_lock(office: Office) -> None:
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    with office.database.engine.connect() as watcher:
        for _ in range(500):
            if watcher.execute(waiting).scalar_one():
                return
            watcher.rollback()
            threading.Event().wait(0.01)
    raise AssertionError("nobody came")
