"""Notes of the team: sealed, read with the mails, gone with the content."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from store import desk, queries
from store.errors import ContentDestroyed, NoteEmpty, RoleMissing
from store.ledger import Event
from store.models import Note
from store.office import Office
from store.rules.outcomes import Outcome
from store.settings import Retention
from tests.builders import READER, STAFF1, STAFF2, StillClock, arrive, everything

NOTE = "Rosa called from +1 555 0100 and was angry."
KEPT = Retention(raw_days=30, content_days=100, record_months=24)


def test_a_note_is_read_with_the_mails_and_stands_nowhere_else(any_office: Office) -> None:
    ref = arrive(any_office).ref
    desk.note(any_office, ref, f"  {NOTE}\n", STAFF1)
    desk.note(any_office, ref, "A second one.", STAFF2)
    read = desk.read(any_office, ref, STAFF2)

    assert [(note.by, note.text) for note in read.notes] == [(STAFF1.id, NOTE), (STAFF2.id, "A second one.")]
    assert "0100" not in str(everything(any_office))
    assert [line.facts for line in queries.history(any_office, ref) if line.event is Event.NOTED] == [{}, {}]


def test_there_is_nothing_to_note_without_words(office: Office) -> None:
    with pytest.raises(NoteEmpty):
        desk.note(office, arrive(office).ref, " \n ", STAFF1)


def test_only_staff_write_notes(office: Office) -> None:
    with pytest.raises(RoleMissing):
        desk.note(office, arrive(office).ref, NOTE, READER)


def test_notes_go_with_the_content_and_then_with_the_record(office: Office, clock: StillClock) -> None:
    case = arrive(office)
    desk.note(office, case.ref, NOTE, STAFF1)
    desk.claim(office, case.ref, STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)
    while jobs := desk.lease_letters(office, "postman"):
        for job in jobs:
            desk.letter_sent(office, job.id, "postman")
    clock.advance(timedelta(days=101))
    desk.sweep(office, KEPT)
    with office.database.reading() as session:
        contents = session.exec(select(Note.content)).all()
    with pytest.raises(ContentDestroyed):
        desk.note(office, case.ref, NOTE, STAFF1)
    clock.advance(timedelta(days=732))
    swept = desk.sweep(office, KEPT)

    assert contents == [b""]
    assert swept.records == 1
    assert queries.audit(office) == ()
    with office.database.reading() as session:
        assert session.exec(select(Note.id)).all() == []
