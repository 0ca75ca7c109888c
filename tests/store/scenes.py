"""Every kind of situation that a case can be in, made with the desk's own verbs, and what holds in it, told by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

from store import desk, queries
from store.casefile import ref_of
from store.office import Office
from store.rules.kinds import Kind
from store.rules.lifecycle import CHECKED, Need, Status
from store.rules.outcomes import Outcome
from store.rules.requesters import OwnWord
from store.values import CaseFile
from tests.builders import MANAGER, MORNING, STAFF1, StillClock, arrive, office_at, write_again

SENDER = "consumer@example.net"
ELDER = "elder@example.net"
TWO_POINTS = ("order_number", "postal_address")


@dataclass(frozen=True, slots=True)
class Scene:
    """A situation. A move is tried on the request of the first kind, or on the one added later."""

    name: str
    status: Status
    owned: bool
    kinds: tuple[Kind, ...] = (Kind.DELETE,)
    added: Kind | None = None
    on_added: bool = False
    extended: bool = False
    late: bool = False
    settled: bool = False
    twin: bool = False
    held: bool = False
    snoozed: bool = False

    def __str__(self) -> str:
        return f"{self.status}, {'owned' if self.owned else 'unowned'}, {self.name}"

    @property
    def verifies(self) -> bool:
        """The request is of a kind that the law lets us verify."""
        return self.on_added or self.kinds[0] is not Kind.OPT_OUT

    @property
    def reached(self) -> bool:
        """The request has its level."""
        return not self.verifies or (self.status is Status.VERIFIED and not self.on_added)

    @property
    def closed(self) -> bool:
        """All is settled."""
        return self.status is Status.CLOSED

    def holds(self) -> frozenset[Need]:
        """The needs that hold, before anything is tried."""
        is_open = not (self.settled or self.closed)
        one_waits = not (self.settled or self.closed) and (self.status is not Status.VERIFIED or self.added is not None)
        claims = {
            Need.UNOWNED: not self.owned,
            Need.OWNED: self.owned,
            Need.ASKABLE: is_open and not self.reached,
            Need.ALL_REACHED: not one_waits,
            Need.EXTENDABLE: self.verifies,
            Need.NOT_EXTENDED: not self.extended,
            Need.IN_TIME: not self.late,
            Need.REQUEST_OPEN: is_open,
            Need.REQUEST_SETTLED: not is_open,
            Need.LEVEL_REACHED: self.reached,
            Need.REEVALUABLE: is_open and self.on_added and not self.reached,
            Need.TWIN: self.twin and is_open,
            Need.ALL_TWIN: not self.twin or len(self.kinds) == 1,
            Need.HELD: self.held,
            Need.NOT_HELD: not self.held,
            Need.SNOOZED: self.snoozed,
            Need.LAST_OPEN: self.closed or (len(self.kinds) == 1 and self.added is None),
        }
        return frozenset(need for need, holds in claims.items() if holds)


def _scenes() -> Iterator[Scene]:
    for status, owned in product(Status, (True, False)):
        if status not in CHECKED and owned is (status is Status.NEW):
            continue  # a new case is nobody's, a claimed or closed one is somebody's
        plain = Scene("a request to delete", status, owned)
        yield plain
        yield replace(plain, name="an opt-out beside another", kinds=(Kind.OPT_OUT, Kind.KNOW_CATEGORIES))
        yield replace(plain, name="a request to delete beside an opt-out", kinds=(Kind.DELETE, Kind.OPT_OUT))
        yield replace(plain, name="another right added later", added=Kind.KNOW_SPECIFIC)
        yield replace(plain, name="the right added later", added=Kind.KNOW_SPECIFIC, on_added=True)
        yield replace(plain, name="under a legal hold", held=True)
        if not plain.closed:
            yield replace(plain, name="snoozed", snoozed=True)
        if owned or status is Status.NEW:
            yield replace(plain, name="past its date", late=True)
        if not plain.closed:
            yield replace(plain, name="asked before", twin=True)
            yield replace(plain, name="asked before beside an opt-out", kinds=(Kind.DELETE, Kind.OPT_OUT), twin=True)
        if owned:
            yield replace(plain, name="extended", extended=True)
            yield replace(plain, name="one of two settled", kinds=(Kind.DELETE, Kind.OPT_OUT), settled=True)
    yield Scene("taken back by the consumer", Status.CLOSED, owned=False)


SCENES = tuple(_scenes())


class Stage:
    """Where scenes are played, again and again from their beginning, on one database file.

    Args:
        folder: where the file goes.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "stage.db"
        self.clock = StillClock()
        self.office = office_at(f"sqlite:///{self.path}", self.clock)
        self.before: CaseFile
        self.tried = 0
        self._empty = self._remembered()
        self._beginning = self._empty

    def set(self, scene: Scene) -> None:
        """Build a scene."""
        self.clock.move_to(MORNING)
        _copy(self._empty, self.path)
        self.before = _set(scene, self.office, self.clock)
        self.tried = -1 if scene.on_added else 0
        self._beginning = self._remembered()

    def rewind(self) -> None:
        """Go back to the scene's beginning."""
        _copy(self._beginning, self.path)

    @property
    def ref(self) -> str:
        """The case's reference."""
        return self.before.ref

    @property
    def elder(self) -> str:
        """The reference of an older open case, of another right and another address."""
        return ref_of(1)

    @property
    def request(self) -> int:
        """The request that is tried on."""
        return self.before.requests[self.tried].id

    def case(self) -> CaseFile:
        """The case as it stands."""
        return queries.case(self.office, self.ref)

    def rows(self) -> dict[str, list[Any]]:
        """All rows of all tables."""
        return all_rows(self.path)

    def _remembered(self) -> sqlite3.Connection:
        memory = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(self.path)) as file:
            file.backup(memory)
        return memory


def _copy(memory: sqlite3.Connection, path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        memory.backup(file)


def letters_in(rows: dict[str, list[Any]]) -> list[str]:
    """The names of the letters written so far."""
    return [name for _id, _case, name, *_ in rows["letter"]]


def news_in(rows: dict[str, list[Any]]) -> list[str]:
    """What the ledger tells, in order."""
    return [event for _id, _chain, _number, _at, _by, event, *_ in rows["ledger"]]


def drawings_in(rows: dict[str, list[Any]]) -> int:
    """How often the card was marked."""
    return sum(wanted for _id, kind, _subject, _case, _token, wanted, *_ in rows["post"] if kind == "card")


def all_rows(path: Path) -> dict[str, list[Any]]:
    """All rows of all tables of a SQLite file."""
    with closing(sqlite3.connect(path)) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: file.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608 - our tables


def _set(scene: Scene, office: Office, clock: StillClock) -> CaseFile:  # noqa: C901 - one line a trait
    arrive(office, (Kind.LIMIT,), ELDER)  # an older case, of another right and address, into which one may be merged
    if scene.twin:
        arrive(office, scene.kinds[:1], SENDER)
    case = arrive(office, scene.kinds, SENDER)
    first = case.requests[0].id
    if scene.status is not Status.NEW and (scene.owned or not scene.closed):
        _work_on(scene, office, case.ref, first)
    if scene.added:
        write_again(office, case.ref, "And one thing more.", sender=SENDER, kinds=(scene.added,))
    if scene.settled:
        desk.resolve(office, case.ref, first, Outcome.WITHDRAWN, STAFF1)
    if scene.closed and not scene.owned:
        write_again(office, case.ref, "cancel", sender=SENDER, own_word=OwnWord.CANCEL)
    elif scene.closed:
        for line in queries.case(office, case.ref).open_requests:
            desk.resolve(office, case.ref, line.id, Outcome.WITHDRAWN, STAFF1)
    if scene.held:
        desk.hold_case(office, case.ref, "A lawsuit.", MANAGER)
    if not (scene.owned or scene.closed or scene.status is Status.NEW):
        desk.release(office, case.ref, STAFF1)
    if scene.snoozed:
        desk.snooze(office, case.ref, office.today() + timedelta(days=9), MANAGER)
    clock.advance(timedelta(days=50) if scene.late else timedelta(minutes=1))  # so that what follows is told apart
    return queries.case(office, case.ref)


def _work_on(scene: Scene, office: Office, ref: str, request_id: int) -> None:
    desk.claim(office, ref, STAFF1)
    if scene.extended:
        desk.extend(office, ref, request_id, "The archive is slow.", STAFF1)
    if scene.status in CHECKED:
        desk.ask_to_verify(office, ref, STAFF1)
    if scene.status is Status.VERIFIED:
        desk.verify(office, ref, TWO_POINTS, STAFF1)
