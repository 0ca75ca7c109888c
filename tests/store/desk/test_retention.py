"""What goes when its time is up, what stays, and what is left to show for it (section 7101)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, col, select

from store import desk, queries, retention
from store.errors import ConfigurationError, ContentDestroyed, NoSuchCase, NoSuchMail
from store.ledger import DESK_CHAIN, Event, Fault
from store.models import Case, DataKey, Entry, Letter, Mail, Point, Post, Purge, Request, Standing
from store.office import Office
from store.retention import Sweep
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.settings import Business, Retention, load
from store.values import Person
from tests.builders import (
    MANAGER,
    ROSA,
    STAFF1,
    StillClock,
    arrival,
    arrive,
    everything,
    kept,
    letters,
    office_at,
    write_again,
)

KEPT = Retention(raw_days=30, content_days=100, record_months=24)
RAW, CONTENT, RECORD = timedelta(days=31), timedelta(days=101), timedelta(days=732)


def send_all(office: Office) -> None:
    while jobs := desk.lease_letters(office, "postman"):
        for job in jobs:
            desk.letter_sent(office, job.id, "postman")


def closed(office: Office, kinds: Sequence[Kind] = (Kind.OPT_OUT,), sender: str = ROSA) -> str:
    """A case that was answered, its letters sent."""
    case = arrive(office, kinds, sender)
    desk.claim(office, case.ref, STAFF1)
    for line in case.requests:
        desk.resolve(office, case.ref, line.id, Outcome.COMPLIED_IN_FULL, STAFF1)
    send_all(office)
    return case.ref


Row = TypeVar("Row", bound=SQLModel)


def rows(office: Office, table: type[Row]) -> list[Row]:
    """All rows of a table, in the order they were made."""
    with office.database.reading() as session:
        found = list(session.exec(select(table).order_by(table.id)))  # type: ignore[attr-defined] # each has one
        session.expunge_all()
    return found


def told(office: Office, event: Event) -> list[str]:
    with office.database.reading() as session:
        found = select(Entry.facts).where(Entry.event == event).order_by(col(Entry.id))
        return list(session.exec(found))


def test_a_closed_cases_mails_lose_their_bytes_first_and_stay_readable(any_office: Office, clock: StillClock) -> None:
    ref = closed(any_office)
    clock.advance(RAW)
    swept = desk.sweep(any_office, KEPT)
    opened = desk.read(any_office, ref, STAFF1)
    with pytest.raises(ContentDestroyed):
        queries.raw_mail(any_office, 1)
    (mail,), keys = rows(any_office, Mail), rows(any_office, DataKey)

    assert swept == Sweep(raw=1)
    assert "please see to my request" in opened.mails[0].text
    assert (mail.raw, mail.envelope) == (b"", b"")
    assert len(keys) == 2
    assert told(any_office, Event.CONTENT_DESTROYED) == ['{"mails": [1], "what": "mails as they came"}']


def test_then_all_that_is_personal_goes_and_the_record_stays(any_office: Office, clock: StillClock) -> None:
    """Section 7101(b): date, nature, and how it was answered."""
    ref = closed(any_office)
    before = queries.case(any_office, ref)
    clock.advance(CONTENT)
    swept = desk.sweep(any_office, KEPT)
    after = queries.case(any_office, ref)
    (case,), letter = rows(any_office, Case), rows(any_office, Letter)[0]
    evidence = {request.evidence for request in rows(any_office, Request)}
    keys = {key.wrapped for key in rows(any_office, DataKey)}

    assert (swept.cases, swept.mails, swept.records) == (1, 0, 0)
    assert (case.name, case.address, case.subject, case.token, case.on_behalf_of) == (b"", b"", b"", b"", None)
    assert (letter.content, letter.recipient, letter.name) == (b"", b"", "acknowledgement")
    assert evidence == {b""}
    assert keys == {None}
    assert [line.outcome for line in after.requests] == [line.outcome for line in before.requests]
    assert after.content_destroyed_at == clock()
    assert queries.audit(any_office) == ()


def test_whoever_reads_it_then_is_told_so_in_one_sentence(any_office: Office, clock: StillClock) -> None:
    ref = closed(any_office)
    clock.advance(CONTENT)
    desk.sweep(any_office, KEPT)

    with pytest.raises(ContentDestroyed, match="was destroyed when its time was up; the record remains"):
        desk.read(any_office, ref, STAFF1)
    assert desk.read_mail(any_office, 1, STAFF1).mails[0].text == str(ContentDestroyed())


def test_after_two_years_the_record_goes_whole_and_only_that_it_went_is_told(
    any_office: Office, clock: StillClock
) -> None:
    """Section 7101(a): at least 24 months."""
    ref = closed(any_office)
    lines = len(queries.history(any_office, ref))
    clock.advance(RECORD - timedelta(days=2))
    too_soon = desk.sweep(any_office, KEPT)
    clock.advance(timedelta(days=2))
    swept = desk.sweep(any_office, KEPT)
    with pytest.raises(NoSuchCase):
        queries.case(any_office, ref)
    left = everything(any_office)
    (line,) = told(any_office, Event.RECORD_PURGED)

    assert (too_soon.cases, too_soon.records) == (1, 0)
    assert swept == Sweep(records=1)
    assert {name for name, rows in left.items() if rows} == {"ledger", "purge", "bookmark"}
    assert {row[1] for row in left["ledger"]} == {DESK_CHAIN}
    assert f'"case": "{ref}", "chain": 1, ' in line
    assert f'"lines": {lines + 2}' in line
    assert queries.audit(any_office) == ()
    assert arrive(any_office).ref == "PR-1002"


def test_what_an_opt_out_promised_is_remembered_as_long_as_it_holds(any_office: Office, clock: StillClock) -> None:
    """CC 1798.135(c)(4): it ends before the record does; a correction stays for good."""
    closed(any_office)
    with any_office.database.writing() as session:
        promised = session.exec(select(Standing)).first()
        assert promised is not None
        promised.until = None
        session.add(promised)
    clock.advance(RECORD)
    desk.sweep(any_office, KEPT)
    case = queries.case(any_office, arrive(any_office).ref)
    left = rows(any_office, Standing)

    assert [(each.case_id, each.request_id) for each in left] == [(None, None)]
    assert [owed.ref for owed in case.promises] == [""]


def test_an_open_case_is_never_touched(any_office: Office, clock: StillClock) -> None:
    arrive(any_office)
    send_all(any_office)
    before = everything(any_office)
    clock.advance(timedelta(days=3_000))
    swept = desk.sweep(any_office, KEPT)

    assert swept == Sweep()
    assert everything(any_office) == before


def test_a_mail_that_waits_for_a_person_is_never_touched(any_office: Office, clock: StillClock) -> None:
    held = arrival()
    desk.hold(any_office, kept(any_office, held), held, reason="It was forwarded.")
    desk.quarantine(any_office, kept(any_office, arrival()), reason="It cannot be read.")
    clock.advance(timedelta(days=3_000))

    assert desk.sweep(any_office, KEPT) == Sweep()
    assert desk.read_mail(any_office, 1, STAFF1).address == ""


def test_a_case_with_a_letter_to_go_waits_for_it(any_office: Office, clock: StillClock) -> None:
    case = arrive(any_office, (Kind.OPT_OUT,))
    desk.claim(any_office, case.ref, STAFF1)
    desk.resolve(any_office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)
    clock.advance(CONTENT)
    waits = desk.sweep(any_office, KEPT)
    send_all(any_office)
    swept = desk.sweep(any_office, KEPT)

    assert (waits.cases, swept.cases) == (0, 1)


def test_a_word_of_the_consumer_puts_it_off(any_office: Office, clock: StillClock) -> None:
    ref = closed(any_office)
    clock.advance(timedelta(days=90))
    write_again(any_office, ref, "Thank you.")
    clock.advance(timedelta(days=20))
    put_off = desk.sweep(any_office, KEPT)
    clock.advance(timedelta(days=81))
    swept = desk.sweep(any_office, KEPT)

    assert (put_off.cases, swept.cases) == (0, 1)


def test_a_mail_of_no_case_goes_by_its_own_day_and_then_its_trace(any_office: Office, clock: StillClock) -> None:
    filed = arrival()
    desk.file(any_office, kept(any_office, filed), filed, reason="It is a list's.")
    clock.advance(CONTENT)
    swept = desk.sweep(any_office, KEPT)
    (mail,) = rows(any_office, Mail)
    clock.advance(RECORD)
    gone = desk.sweep(any_office, KEPT)
    with pytest.raises(NoSuchMail):
        queries.held_mail(any_office, 1)

    assert (swept.raw, swept.mails) == (1, 1)
    assert (mail.reading, mail.destroyed_at is not None, mail.reason) == (None, True, "It is a list's.")
    assert gone == Sweep(traces=1)


def test_a_mail_that_was_never_read_goes_whole_when_its_bytes_go(any_office: Office, clock: StillClock) -> None:
    mail_id = kept(any_office, arrival())
    desk.quarantine(any_office, mail_id, reason="It cannot be read.")
    desk.set_aside(any_office, mail_id, STAFF1)
    clock.advance(RAW)
    swept = desk.sweep(any_office, KEPT)

    assert swept == Sweep(raw=1)
    assert desk.read_mail(any_office, mail_id, STAFF1).mails[0].text == str(ContentDestroyed())


def test_a_signed_declaration_stays_with_the_record_and_goes_with_it(any_office: Office, clock: StillClock) -> None:
    """Section 7062(c): the declaration is kept as part of the record."""
    ref = closed(any_office)
    with any_office.database.writing() as session:
        session.add(Point(case_id=1, point="declaration", matched_by="U1", matched_at=clock(), mail_id=1))
    clock.advance(CONTENT)
    swept = desk.sweep(any_office, KEPT)
    declaration = desk.read_mail(any_office, 1, STAFF1).mails[0].text
    raw, _ = queries.raw_mail(any_office, 1)
    clock.advance(RECORD)
    gone = desk.sweep(any_office, KEPT)
    keys = rows(any_office, DataKey)

    assert (swept.cases, swept.raw, swept.mails) == (1, 0, 0)
    assert "please see to my request" in declaration
    assert raw.startswith(b"From: ")
    assert (gone.records, keys) == (1, [])
    assert ref == "PR-1001"


def test_an_agents_letter_stays_as_long_as_one_of_its_cases(any_office: Office, clock: StillClock) -> None:
    people = (Person("Ana Lind", "ana@example.net"), Person("Bo Ek", "bo@example.net"))
    listed = arrival((Kind.OPT_OUT,), sender="agent@agents.example", people=people)
    mail_id = kept(any_office, listed)
    desk.hold(any_office, mail_id, listed, reason="An agent asks for 2 people.")
    desk.open_each(any_office, mail_id, STAFF1)
    send_all(any_office)
    first, second = (queries.case(any_office, ref) for ref in ("PR-1001", "PR-1002"))
    for case in (first, second):
        desk.claim(any_office, case.ref, STAFF1)
    desk.resolve(any_office, first.ref, first.requests[0].id, Outcome.WITHDRAWN, STAFF1)
    send_all(any_office)
    clock.advance(RECORD)
    only_one = desk.sweep(any_office, KEPT)
    letter = desk.read(any_office, second.ref, STAFF1).mails[0].text
    desk.resolve(any_office, second.ref, second.requests[0].id, Outcome.WITHDRAWN, STAFF1)
    send_all(any_office)
    clock.advance(RECORD)
    all_of_it = desk.sweep(any_office, KEPT)

    assert (only_one.raw, only_one.cases, only_one.mails, only_one.records) == (0, 1, 0, 0)
    assert "please see to my request" in letter
    assert (all_of_it.cases, all_of_it.records) == (1, 2)
    assert queries.audit(any_office) == ()


def test_a_reply_to_a_destroyed_case_finds_no_thread_there(any_office: Office, clock: StillClock) -> None:
    ref = closed(any_office)
    message_id = str(letters(any_office, ref)[0]["Message-ID"])
    before = queries.case_of_thread(any_office, (), (message_id,), (), ROSA)
    clock.advance(CONTENT)
    desk.sweep(any_office, KEPT)
    late = arrival()
    mail_id = kept(any_office, late)

    assert before == (ref, True)
    assert queries.case_of_thread(any_office, (), (message_id,), (), ROSA) == (None, False)
    with pytest.raises(ContentDestroyed):
        desk.attach(any_office, mail_id, late, ref)


def test_a_destroyed_case_is_not_reopened(any_office: Office, clock: StillClock) -> None:
    ref = closed(any_office)
    clock.advance(CONTENT)
    desk.sweep(any_office, KEPT)

    with pytest.raises(ContentDestroyed):
        desk.reopen(any_office, ref, queries.case(any_office, ref).requests[0].id, "Sorry.", STAFF1)


def test_what_would_go_is_counted_and_nothing_is_changed(any_office: Office, clock: StillClock) -> None:
    closed(any_office)
    held = closed(any_office, sender="other@example.net")
    desk.hold_case(any_office, held, "A lawsuit.", MANAGER)
    clock.advance(CONTENT)
    before = everything(any_office)
    due = retention.due(any_office, KEPT)

    assert due == Sweep(raw=1, cases=1, held=1)
    assert everything(any_office) == before


def test_a_sweep_begins_once_a_day(any_office: Office, clock: StillClock) -> None:
    begun = [desk.begin_sweep(any_office) for _ in range(2)]
    clock.advance(timedelta(days=1))

    assert (begun, desk.begin_sweep(any_office)) == ([True, False], True)


@pytest.mark.parametrize("chain", [1, 0])
def test_no_line_goes_without_its_purge_and_the_desks_own_never_do(any_office: Office, chain: int) -> None:
    closed(any_office)
    filed = arrival()
    desk.file(any_office, kept(any_office, filed), filed, reason="It is a list's.")
    if chain == DESK_CHAIN:
        with any_office.database.writing() as session:
            session.add(Purge(chain=DESK_CHAIN, lines=1, last_digest="x", at=any_office.clock()))

    with pytest.raises(DBAPIError, match="the ledger is append-only"), any_office.database.writing() as session:
        session.connection().exec_driver_sql(f"DELETE FROM ledger WHERE chain = {chain}")  # noqa: S608


def test_a_purge_is_not_undone_and_its_chain_takes_no_line_again(any_office: Office, clock: StillClock) -> None:
    closed(any_office)
    clock.advance(RECORD)
    desk.sweep(any_office, KEPT)
    line = (
        "INSERT INTO ledger (chain, number, at, by, event, facts, previous, digest) "
        "VALUES (1, 1, '2027-01-12', '', '', '', '', '')"
    )

    for statement, refused in (
        ("DELETE FROM purge", "a purge is not undone"),
        ("UPDATE purge SET lines = 1", "a purge is not undone"),
        (line, "that chain was purged"),
    ):
        with pytest.raises(DBAPIError, match=refused), any_office.database.writing() as session:
            session.connection().exec_driver_sql(statement)


def test_a_chain_that_was_purged_behind_its_back_is_named(any_office: Office, clock: StillClock) -> None:
    closed(any_office)
    closed(any_office, sender="other@example.net")
    clock.advance(RECORD)
    desk.sweep(any_office, KEPT)
    third = arrive(any_office)
    with any_office.database.writing() as session:
        session.add(Purge(chain=third.id, lines=2, last_digest="0" * 64, at=clock()))
        session.flush()
        session.connection().exec_driver_sql(f"DELETE FROM ledger WHERE chain = {third.id}")  # noqa: S608

    assert queries.audit(any_office) == (Fault(third.id, 1, "is missing"),)


def test_nothing_of_what_went_is_left_in_sqlites_files(sqlite_url: str, clock: StillClock, business: Business) -> None:
    office = office_at(sqlite_url, clock, business)
    closed(office)
    with office.database.reading() as session:
        wrapped = [key for key in session.exec(select(DataKey.wrapped)) if key]
        sealed = [*session.exec(select(Mail.raw)), *session.exec(select(Letter.content))]
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    office.database.compact()
    before = b"".join(file.read_bytes() for file in folder.glob("rightsdesk.db*"))
    clock.advance(CONTENT)
    desk.sweep(office, KEPT)
    after = b"".join(file.read_bytes() for file in folder.glob("rightsdesk.db*"))
    office.close()

    assert all(each in before for each in wrapped)
    assert [each for each in [*wrapped, *sealed] if each[:200] in after] == []


def test_many_at_once_go_in_batches(any_office: Office, clock: StillClock) -> None:
    for number in range(3):
        closed(any_office, sender=f"consumer{number}@example.net")
    clock.advance(CONTENT)
    first, second, third = (desk.destroy_content(any_office, KEPT, 2) for _ in range(3))

    assert (first, second, third) == (2, 1, 0)


def test_a_record_kept_shorter_than_the_law_wants_is_refused_at_the_start(office: Office) -> None:
    """Section 7101(a)."""
    short = Retention(raw_days=30, content_days=100, record_months=12)

    with pytest.raises(ConfigurationError, match=r"retention\.record_months = 12: .* wants at least 24"):
        retention.check(office, short)
    retention.check(office, KEPT)


def test_times_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="let raw_days be no more than content_days"):
        load(Retention, {"retention": {"raw_days": 90, "content_days": 30}})


def test_a_purged_cases_number_means_nothing_to_the_others(any_office: Office, clock: StillClock) -> None:
    closed(any_office)
    clock.advance(timedelta(days=700))
    later = arrive(any_office, (Kind.OPT_OUT,))
    with any_office.database.writing() as session:
        request = session.get_one(Request, later.requests[0].id)
        request.first_case_id, request.appeal_of = 1, 1
        session.add(request)
        guessed = session.get_one(Mail, 2)
        guessed.guess_case_id = 1
        session.add(guessed)
    clock.advance(timedelta(days=40))
    swept = desk.sweep(any_office, KEPT)
    (request,), posts = rows(any_office, Request), {post.case_id for post in rows(any_office, Post)}

    assert swept.records == 1
    assert (request.first_case_id, request.appeal_of) == (None, None)
    assert posts == {2}
