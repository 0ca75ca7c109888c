"""One verb, one transaction, one ledger line: what every verb of the desk is built with."""

from __future__ import annotations

import functools
import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, select, text

from store import ledger, outbox
from store.casefile import needs, number_of, read_cases, ref_of
from store.desk.refusals import refusal
from store.errors import NoSuchCase, NoSuchRequest, RoleMissing
from store.ledger import Event
from store.models import Bookmark, Case, DataKey, Request
from store.office import KEY_CHECK, Office
from store.rules import lifecycle
from store.rules.lifecycle import Move, NotAllowed, Role
from store.rules.outcomes import Outcome
from store.rules.pack import Pack
from store.rules.states import PostKind
from store.values import Actor, CaseFile, Draft, RequestLine
from store.vault import FIRST_MASTER, LOOK_UP, Box
from store.wishes import covering

P = ParamSpec("P")
R = TypeVar("R")


class Work:
    """One transaction of the desk.

    Args:
        office: database, vault, clock, business.
        session: the open, writing transaction.
    """

    def __init__(self, office: Office, session: Session) -> None:
        self.office = office
        self.session = session
        self.now: datetime = office.clock()
        self.today: date = office.today()
        self.drafts: list[Draft] = []
        self.keeps = True  # with False all of it is undone: a rehearsal
        self.answered_by: Actor | None = None  # the manager who lets letters go although the guard found something
        self.signed_by: Actor | None = None  # the second person, where one has signed
        self.leaves_work = False  # for the doors: something to draw, to send or to read
        self._boxes: dict[str, Box] = {}
        self._marked: set[tuple[PostKind, str]] = set()

    @classmethod
    @contextmanager
    def begin(cls, office: Office, *, keep: bool = True, answered_by: Actor | None = None) -> Iterator[Work]:
        """Open a transaction, commit it at the end of the block and wake the doors when it left them something to do.

        Args:
            office: database, vault, clock, business.
            keep: with False everything is undone at the end: a rehearsal.
            answered_by: the manager who lets letters go although the disclosure guard found something in them.

        Raises:
            RoleMissing: that person is no manager.
        """
        if answered_by and not (answered_by.role and answered_by.role.covers(Role.MANAGER)):
            raise RoleMissing(role=Role.MANAGER)
        with office.database.writing() as session:
            work = cls(office, session)
            work.keeps, work.answered_by = keep, answered_by
            yield work
            session.flush()
            if not keep:
                session.rollback()
        if keep and work.leaves_work:
            office.bell.ring()

    def take_turns(self, key: str) -> None:
        """Wait for whoever else is at work on the same, by its keyed hash; SQLite has one writer anyway."""
        if not self.office.database.is_sqlite:
            number = int(key[:15], 16)
            self.session.connection().execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})

    def case(self, ref: str) -> Case:
        """The case of that reference, its row locked until the end of the transaction.

        Raises:
            NoSuchCase: there is none.
        """
        return self.case_by_id(number_of(ref))

    def case_by_id(self, case_id: int) -> Case:
        """The case of that id, its row locked."""
        case = self.session.exec(select(Case).where(col(Case.id) == case_id).with_for_update()).one_or_none()
        if case is None:
            raise NoSuchCase(ref=ref_of(case_id))
        return case

    def _acting(self, case: Case, by: Actor) -> str | None:
        """Whose the case is for this person: the owner's, or theirs while they cover for the owner."""
        if case.owner is None or case.owner == by.id or by.role is None:
            return case.owner
        return by.id if covering(self.session, case.owner, self.today) == by.id else case.owner

    def request(self, line: RequestLine) -> Request:
        """The row of a request that `step` gave."""
        return self.session.get_one(Request, line.id)

    def step(
        self, case: Case, move: Move, by: Actor, request_id: int | None = None, outcome: Outcome | None = None
    ) -> RequestLine:
        """Make a move by the table: check it, and put the case where the table says.

        Args:
            case: its row, locked.
            move: what is to happen.
            by: who does it.
            request_id: the request it is about; without one, any for which it is allowed.
            outcome: the outcome wanted, when the move is to resolve.

        Returns:
            The request the move is about, as it was before.

        Raises:
            DeskError: the table does not allow it; the class says why.
        """
        file = self.read(case)
        lines = [line for line in file.requests if request_id in (None, line.id)]
        lines.sort(key=lambda line: (not line.open, not line.verification.level.asks))
        if not lines:
            raise NoSuchRequest(ref=case.ref)
        refused: NotAllowed | None = None
        for line in lines:
            holds = needs(case, file.requests, self.pack(case), self.today, line, outcome)
            try:
                row = lifecycle.step(move, file.status, holds, owner=self._acting(case, by), by=by.id, role=by.role)
            except NotAllowed as verdict:
                refused = refused or verdict
                continue
            case.status = row.into or case.status
            self.session.add(case)
            return line
        raise refusal(refused, file, lines[0], self.pack(case)) from refused

    def pack(self, case: Case) -> Pack:
        """The law in force for the case."""
        return self.office.pack(case.law)

    def box(self, key_id: str) -> Box:
        """What the data key of that id opens."""
        if key_id not in self._boxes:
            key = self.session.get(DataKey, key_id)
            self._boxes[key_id] = self.office.vault.open_box(key_id, key.wrapped if key else None)
        return self._boxes[key_id]

    def new_box(self) -> tuple[str, Box]:
        """A fresh data key, kept: its id, and what it opens."""
        key_id = secrets.token_hex(16)
        self._boxes[key_id], wrapped = self.office.vault.new_box(key_id, self.master)
        self.session.add(DataKey(id=key_id, wrapped=wrapped, master=self.master))
        self.session.flush()
        return key_id, self._boxes[key_id]

    @functools.cached_property
    def master(self) -> str:
        """The id of the master key in force, under which data keys are kept; no rotation changes it meanwhile."""
        if not self.office.database.is_sqlite:  # SQLite has one writer anyway
            self.session.get(Bookmark, KEY_CHECK, with_for_update={"read": True})
        kept = self.session.get(Bookmark, LOOK_UP)
        return str(json.loads(kept.value)["master"]) if kept else FIRST_MASTER

    def record(self, case: Case, event: Event, by: Actor, *, told: bool = True, **facts: Any) -> int:
        """Write the ledger, mark the card and, when people are to be told, the line in its thread; the entry's id."""
        entry_id = ledger.append(self.session, case, event, by=by.id, at=self.now, facts=facts)
        self.mark(PostKind.CARD, str(case.id), case.id)
        if told:
            self.mark(PostKind.LINE, str(entry_id), case.id, new=True)
        return entry_id

    def record_for_the_desk(self, event: Event, by: Actor, **facts: Any) -> None:
        """Write into the desk's own chain what belongs to no case."""
        ledger.append(self.session, None, event, by=by.id, at=self.now, facts=facts)

    def mark(
        self,
        kind: PostKind,
        subject: str,
        case_id: int | None = None,
        *,
        new: bool = False,
        at: datetime | None = None,
    ) -> None:
        """Have something drawn in Slack after the commit, once, however often it was marked before it.

        Args:
            kind: what it shows.
            subject: which one.
            case_id: the case whose thread it stands in.
            new: it never stood there before.
            at: not before then, aware; now, without it.
        """
        if (kind, subject) not in self._marked:
            outbox.mark(self.session, kind, subject, case_id=case_id, at=at or self.now, new=new)
            self._marked.add((kind, subject))
            self.leaves_work = True

    def insert_missing(self, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
        """Insert rows, but none whose unique key is there, even if another process was faster with it by a moment.

        Args:
            table: which one.
            rows: every column of each: they go past the session, whose bookkeeping costs more than they do.
        """
        self.session.connection().execute(_into(table, on_sqlite=self.office.database.is_sqlite), rows)

    def read(self, case: Case) -> CaseFile:
        """The case as it stands in this transaction."""
        return self.read_all([case])[0]

    def read_all(self, cases: Sequence[Case]) -> tuple[CaseFile, ...]:
        """Several cases as they stand in this transaction, at the cost of one."""
        self.session.flush()
        return read_cases(self.office, self.session, cases)


@functools.cache
def _into(table: type[SQLModel], *, on_sqlite: bool) -> Insert:
    into: Table = table.__table__  # type: ignore[attr-defined] # every table has one
    if on_sqlite:
        return sqlite.insert(into).on_conflict_do_nothing()
    return postgresql.insert(into).on_conflict_do_nothing()


class Verb(Generic[P, R]):
    """A function of the desk that does one thing in one transaction of its own.

    Called with the office and its arguments it commits; `rehearse` runs the very same code, commits nothing, and gives
    the letters it would have written, so that what a person previews is what is sent.
    """

    def __init__(self, function: Callable[Concatenate[Work, P], R]) -> None:
        self._function = function
        functools.update_wrapper(self, function)

    def __call__(self, office: Office, *args: P.args, **kwargs: P.kwargs) -> R:
        """Do it."""
        with Work.begin(office) as work:
            return self._function(work, *args, **kwargs)

    def within(self, work: Work, /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Do it as a part of another verb, in its transaction."""
        return self._function(work, *args, **kwargs)

    def rehearse(self, office: Office, *args: P.args, **kwargs: P.kwargs) -> tuple[Draft, ...]:
        """Do it, undo it, and give the letters that it wrote."""
        with Work.begin(office, keep=False) as work:
            self._function(work, *args, **kwargs)
            return tuple(work.drafts)

    def answered_for(self, by: Actor) -> Callable[Concatenate[Office, P], R]:
        """The verb for a manager who answers for what the disclosure guard finds in its letters.

        Args:
            by: the manager; the ledger names them where anything was found.

        Returns:
            What is called like the verb, and raises `RoleMissing` for whoever is no manager.
        """

        def verb(office: Office, /, *args: P.args, **kwargs: P.kwargs) -> R:
            with Work.begin(office, answered_by=by) as work:
                return self._function(work, *args, **kwargs)

        return verb
