"""Why a case's dates are those dates: the rules that gave them, and what the ledger tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import col, select

from store import ledger
from store.casefile import aim_of, number_of
from store.errors import NoSuchCase
from store.ledger import Event, Line
from store.models import Case, Entry, Request
from store.office import Office
from store.rules.deadlines import Clock, answer_clock, clocks
from store.rules.kinds import Kind
from store.why import Change, Extended, Reason, Why

TELLING = (Event.EXTENDED, Event.LAW_CHANGED, Event.RECLASSIFIED, Event.REEVALUATED)
"""What moves a date."""


def why(office: Office, ref: str) -> Why:
    """Why a case's dates are those dates.

    Args:
        office: database, clock, business.
        ref: the case.

    Raises:
        NoSuchCase: there is none of that reference.
    """
    with office.database.reading() as session:
        case = session.get(Case, number_of(ref))
        if case is None:
            raise NoSuchCase(ref=ref)
        requests = session.exec(select(Request).where(Request.case_id == case.id).order_by(col(Request.id))).all()
        told = select(Entry).where(Entry.chain == case.id, col(Entry.event).in_(TELLING)).order_by(col(Entry.number))
        lines = [ledger.line_of(entry) for entry in session.exec(told)]
        pack = office.pack(case.law)
        return Why(
            ref=case.ref,
            law=case.law,
            law_name=pack.name,
            reviewed_on=pack.reviewed_on,
            zone=office.business.timezone,
            received_at=case.received_at,
            requests=tuple(_reason(office, case, request, lines) for request in requests),
        )


def _reason(office: Office, case: Case, request: Request, lines: Sequence[Line]) -> Reason:
    pack, kind, received = office.pack(case.law), Kind(request.kind), request.received_on
    dues = clocks(pack, kind, received, office.holidays(pack, received))
    longer = next((due for due in dues if due.clock is Clock.EXTENDED), None)
    aim = aim_of(office, case.law, request)
    changes = _changes(request, lines)
    return Reason(
        kind=kind,
        received_on=received,
        due=request.due,
        open=request.outcome is None,
        clocks=dues,
        counted=longer if request.extended_to else answer_clock(dues),
        extended=_extended(request, lines, {kind, *(change.was for change in changes if change.what == "kind")}),
        safe=aim.safe,
        strict=aim.strict,
        changes=changes,
    )


def _extended(request: Request, lines: Sequence[Line], kinds: set[str]) -> Extended | None:
    taken = [line for line in lines if line.event is Event.EXTENDED and line.facts["kind"] in kinds]
    if request.extended_to is None or not taken:
        return None
    return Extended(taken[-1].at, request.extended_to)


def _changes(request: Request, lines: Sequence[Line]) -> tuple[Change, ...]:
    """Followed back from what the request is now to what it was read as."""
    found, kind = [], request.kind
    for line in reversed(lines):
        for change in _of(line, kind):
            found.append(change)
            kind = change.was if change.what == "kind" else kind
    return tuple(reversed(found))


def _of(line: Line, kind: str) -> Iterator[Change]:
    """What a line tells of a request that was of that kind since then."""
    facts = line.facts
    match line.event:
        case Event.LAW_CHANGED:
            dates = [each for each in facts["dates"] if each["kind"] == kind]
            for each in dates:
                yield Change(line.at, "law", facts["was"], facts["law"], date.fromisoformat(each["was"]))
        case Event.RECLASSIFIED | Event.REEVALUATED if facts.get("to") == kind:
            yield Change(line.at, "kind", facts["kind"], kind)
