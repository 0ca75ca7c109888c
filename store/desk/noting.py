"""What the team writes down about a case for itself: sealed, read where the mails are read, never sent."""

from __future__ import annotations

from sqlmodel import col, select

from store.correspondence import NoteText
from store.desk.work import Verb, Work
from store.errors import ContentDestroyed, NoteEmpty
from store.ledger import Event
from store.models import Case, Note
from store.rules.lifecycle import Move
from store.values import Actor, CaseFile


@Verb
def note(work: Work, ref: str, text: str, by: Actor) -> CaseFile:
    """Write a note on a case. Its thread tells that there is one, and whose, and not what it says.

    Args:
        work: the transaction.
        ref: the case.
        text: sealed, since it may name people.
        by: who writes it.

    Raises:
        NoteEmpty: there is nothing in it.
        ContentDestroyed: the case's content is gone, so nothing is added to it.
        DeskError: there is no such case, or this is no staff.
    """
    case = work.case(ref)
    work.step(case, Move.NOTE, by)
    if not text.strip():
        raise NoteEmpty(ref=case.ref)
    if case.content_destroyed_at is not None:
        raise ContentDestroyed
    row = Note(case_id=case.id or 0, by=by.id, at=work.now, content=b"")
    work.session.add(row)
    work.session.flush()  # it is sealed to its place, which has a number now
    row.content = work.box(case.key_id).seal(_place(row), text.strip())
    work.session.add(row)
    work.record(case, Event.NOTED, by)
    return work.read(case)


def notes_on(work: Work, case: Case) -> tuple[NoteText, ...]:
    """A case's notes, opened, the oldest first."""
    rows = work.session.exec(select(Note).where(Note.case_id == case.id).order_by(col(Note.id))).all()
    box = work.box(case.key_id)
    return tuple(NoteText(row.by, row.at, box.open(_place(row), row.content).decode()) for row in rows)


def _place(row: Note) -> str:
    return f"note.content:{row.id}"
