"""A case read from its rows into a frozen value, and the needs that hold for it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, func, or_, select

from store import promises, ties
from store.errors import NoSuchCase
from store.models import FIRST_REFERENCE, Case, Letter, Point, Request
from store.office import Office
from store.rules import deadlines, reminders, verification
from store.rules.deadlines import Clock
from store.rules.kinds import Kind
from store.rules.lifecycle import Move, Need, Status, offered
from store.rules.outcomes import Outcome
from store.rules.pack import Pack
from store.rules.reminders import Aim
from store.rules.requesters import Permission, Priority, Requester
from store.rules.states import LetterState
from store.rules.team import Manner
from store.ties import Twin
from store.values import CaseFile, Link, RequestLine

DECLARATION = verification.DECLARATION
COMPLYING = (Outcome.COMPLIED_IN_FULL, Outcome.COMPLIED_IN_PART)


def number_of(ref: str) -> int:
    """The id behind a reference as people write it: PR-1001, pr 1001, #1001, 1001.

    Raises:
        NoSuchCase: it is no reference.
    """
    digits = ref.strip().upper().removeprefix("PR").lstrip("-# ")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9 and int(digits) >= FIRST_REFERENCE):  # noqa: PLR2004 - more fit no integer column
        raise NoSuchCase(ref=ref[:20])
    return int(digits) - FIRST_REFERENCE + 1


def ref_of(case_id: int) -> str:
    """How people call the case of that id."""
    return f"PR-{FIRST_REFERENCE - 1 + case_id}"


def read_case(office: Office, session: Session, case: Case) -> CaseFile:
    """The whole case as a frozen value."""
    return read_cases(office, session, [case])[0]


def read_cases(office: Office, session: Session, cases: Sequence[Case]) -> tuple[CaseFile, ...]:
    """Several cases at the cost of six queries (more where one has a twin or an appeal), in the order given."""
    ids = [case.id or 0 for case in cases]
    requests = session.exec(select(Request).where(col(Request.case_id).in_(ids)).order_by(col(Request.id))).all()
    points = session.exec(select(Point).where(col(Point.case_id).in_(ids)).order_by(col(Point.matched_at))).all()
    letters = session.exec(
        select(Letter.case_id, Letter.state, func.count(), func.max(Letter.unreached_at))
        .where(
            col(Letter.case_id).in_(ids),
            or_(col(Letter.state) != LetterState.SENT, col(Letter.unreached_at).is_not(None)),
        )
        .group_by(col(Letter.case_id), col(Letter.state))
    ).all()
    repeats = ties.twins(session, ids, office.vault.hash("address", ""))
    linked = ties.links(session, ids)
    owed = promises.promises(session, ids, office.vault.hash("address", ""), office.today())
    contested = _contested(session, requests)
    unsent = {(case_id, state): count for case_id, state, count, _ in letters}
    returned = {(case_id, at) for case_id, state, _, at in letters if state != LetterState.PARKED}
    files = (
        _file(
            office,
            case,
            [request for request in requests if request.case_id == case.id],
            [point.point for point in points if point.case_id == case.id],
            _Letters(
                unsent.get((case.id or 0, LetterState.WAITING), 0),
                unsent.get((case.id or 0, LetterState.PARKED), 0),
                came_back=any(case_id == case.id and is_unheard_of(case, at) for case_id, at in returned),
            ),
            twin=repeats.get(case.id or 0),
            links=tuple(Link(ref_of(other), bond) for other, bond in linked[case.id or 0]),
            contested=contested,
        )
        for case in cases
    )
    return tuple(replace(file, promises=owed[file.id]) for file in files)


def needs(
    case: Case, lines: Sequence[RequestLine], pack: Pack, today: date, request: RequestLine, outcome: Outcome | None
) -> frozenset[Need]:
    """What holds for a move about one request of a case.

    Args:
        case: the row.
        lines: all its requests.
        pack: the law in force for it.
        today: the day in the business's zone.
        request: the one that the move is about.
        outcome: the outcome wanted, when the move is to resolve.
    """
    waiting = [line for line in lines if line.open and line.verification.level.asks and not line.reached]
    others_open = any(line.open for line in lines if line.id != request.id)
    claims = {
        Need.UNOWNED: case.owner is None,
        Need.OWNED: case.owner is not None,
        Need.ASKABLE: request.may_be_asked,
        Need.ALL_REACHED: not waiting,
        Need.EXTENDABLE: extension(pack, request.kind, request.received_on, frozenset()) is not None,
        Need.NOT_EXTENDED: request.extended_to is None,
        Need.IN_TIME: today <= request.respond_by,
        Need.REQUEST_OPEN: request.open,
        Need.REQUEST_SETTLED: not request.open,
        Need.LEVEL_REACHED: request.reached or (outcome is not None and outcome not in COMPLYING),
        Need.LAST_OPEN: not others_open,
        Need.REEVALUABLE: request in waiting and verification.fallback(pack, request.kind) is not None,
        Need.TWIN: request.asked_before,
        Need.ALL_TWIN: all(line.asked_before for line in lines if line.open and line.id != request.id),
        Need.HELD: case.held_since is not None,
        Need.NOT_HELD: case.held_since is None,
        Need.SNOOZED: is_snoozed(case, today),
    }
    return frozenset(need for need, holds in claims.items() if holds)


def is_snoozed(case: Case, today: date) -> bool:
    """Yes or no: only what cannot wait is told of it today; on the day it is snoozed until, it is awake."""
    return case.closed_at is None and case.snoozed_until is not None and today < case.snoozed_until


def masked(address: str) -> str:
    """An address as a channel may show it: `r•••@e•••.net`."""
    local, _, domain = address.strip().lower().rpartition("@")
    name, _, ending = domain.rpartition(".")
    if not local or not name:
        return f"{address[:1]}•••"
    return f"{local[0]}•••@{name[0]}•••.{ending}"


def is_unheard_of(case: Case, since: datetime | None) -> bool:
    """Yes or no: a letter did not arrive at that moment, and nobody has written since, nor closed the case."""
    if since is None or case.last_word_at > since:
        return False
    return case.closed_at is None or case.closed_at <= since  # the very answer that closed it may come back


def extension(pack: Pack, kind: Kind, received: date, holidays: frozenset[date]) -> deadlines.Due | None:
    """The extended date of a request; None when the law extends no such request."""
    clocks = deadlines.clocks(pack, kind, received, holidays)
    return next((due for due in clocks if due.clock is deadlines.Clock.EXTENDED), None)


def aim_of(office: Office, law: str, request: Request) -> Aim:
    """What the reminders of a request aim at, under the law of its case."""
    pack, received = office.pack(law), request.received_on
    holidays = office.holidays(pack, received)
    dues = deadlines.clocks(pack, Kind(request.kind), received, holidays)
    counted = next((due for due in dues if due.due == request.due and due.clock is not Clock.ACKNOWLEDGE), None)
    return reminders.aim(request.due, counted, received, holidays)


def _contested(session: Session, requests: Sequence[Request]) -> Mapping[int, tuple[str, Kind]]:
    """The refusals that appeals contest, by their ids: the case of each, and the right that was refused."""
    ids = [request.appeal_of for request in requests if request.appeal_of is not None]
    if not ids:
        return {}
    refused = session.exec(select(Request.id, Request.case_id, Request.kind).where(col(Request.id).in_(ids))).all()
    return {request_id or 0: (ref_of(case_id), Kind(kind)) for request_id, case_id, kind in refused}


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters of a case that reached nobody: how many wait, how many were given up, whether one came back."""

    waiting: int
    parked: int
    came_back: bool


def _file(
    office: Office,
    case: Case,
    requests: Sequence[Request],
    points: Sequence[str],
    letters: _Letters,
    *,
    twin: Twin | None,
    links: tuple[Link, ...],
    contested: Mapping[int, tuple[str, Kind]],
) -> CaseFile:
    pack, today, status = office.pack(case.law), office.today(), Status(case.status)
    shared = twin.kinds if twin else frozenset()
    bare = [
        replace(_line(request, case, pack, points, shared), contests=contested.get(request.appeal_of or 0))
        for request in requests
    ]
    lines = tuple(replace(line, offered=_offered(status, needs(case, bare, pack, today, line, None))) for line in bare)
    return CaseFile(
        id=case.id or 0,
        ref=case.ref,
        status=status,
        law=case.law,
        language=case.language,
        masked_address=case.masked_address,
        owner=case.owner,
        owned_since=case.owned_since,
        received_at=case.received_at,
        closed_at=case.closed_at,
        last_word_at=case.last_word_at,
        requests=lines,
        points=tuple(points),
        offered=tuple(move for move in Move if any(move in line.offered for line in lines)),
        waiting_letters=letters.waiting,
        parked_letters=letters.parked,
        came_back=letters.came_back,
        twin=ref_of(twin.case_id) if twin else None,
        links=links,
        requester=Requester(case.requester),
        priority=Priority(case.priority),
        priority_reason=case.priority_reason,
        law_named=case.law_named,
        held_since=case.held_since,
        held_by=case.held_by,
        content_destroyed_at=case.content_destroyed_at,
        permission=Permission(case.permission),
        has_account=case.has_account,
        manner=Manner(case.manner),
        has_address=case.address_hash != office.vault.hash("address", ""),
        snoozed_until=case.snoozed_until if is_snoozed(case, today) else None,
        snoozed_by=case.snoozed_by if is_snoozed(case, today) else None,
    )


def _offered(status: Status, holds: frozenset[Need]) -> tuple[Move, ...]:
    """The moves for one request. Resolving needs no level here: which outcome is wanted is not known yet."""
    moves = offered(status, holds | {Need.LEVEL_REACHED})
    return tuple(move for move in moves if move is not Move.VERIFY or Need.ASKABLE in holds)


def _line(request: Request, case: Case, pack: Pack, points: Sequence[str], shared: Collection[Kind]) -> RequestLine:
    """One request; which moves it offers is told by the whole case."""
    requester, disputed = Requester(case.requester), tuple(json.loads(request.disputed))
    required = verification.required(
        pack,
        Kind(request.kind),
        sensitive=request.sensitive,
        requester=requester,
        has_account=case.has_account,
    )
    matched = verification.proving(points, disputed=disputed, requester=requester)
    lacks = verification.lacking(
        required,
        matched,
        declared=DECLARATION in points,
        permitted=case.permission != Permission.NONE,
        guardian=verification.GUARDIAN in points,
    )
    return RequestLine(
        id=request.id or 0,
        kind=Kind(request.kind),
        received_on=request.received_on,
        acknowledge_by=request.acknowledge_by,
        respond_by=request.respond_by,
        extended_to=request.extended_to,
        outcome=Outcome(request.outcome) if request.outcome else None,
        bases=tuple(json.loads(request.bases)),
        settled_at=request.settled_at,
        verification=required,
        matched=len(matched),
        reached=not lacks,
        offered=(),
        score=request.score,
        asked_before=request.outcome is None and request.kind in shared,
        lacks=lacks,
        sensitive=request.sensitive,
        disputed=disputed,
        reevaluated_from=Kind(request.reevaluated_from) if request.reevaluated_from else None,
        first=ref_of(request.first_case_id) if request.first_case_id else "",
        denial_proposed=request.denial_proposed_at is not None and request.outcome is None and bool(lacks),
    )
