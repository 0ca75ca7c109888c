"""Promises that an answer makes: not to invite back whoever opted out, and to keep what was corrected."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from sqlmodel import col, delete

from store.casefile import COMPLYING
from store.desk.work import Work
from store.models import Case, Request, Standing
from store.rules.deadlines import months_after
from store.rules.pack import Pack
from store.rules.requesters import Promise, Requester
from store.rules.terms import Measure

STAY_CORRECTED = "stay_corrected"
"""The duty of a law by which a correction stays when data is refreshed."""


def promise(work: Work, case: Case, request: Request) -> None:
    """Keep what the answer to a request promises under the law of its case; a refusal promises nothing."""
    if request.outcome not in COMPLYING:
        return
    for what, until in _promised(work.pack(case), request.kind, work.today):
        work.session.add(
            Standing(
                case_id=case.id or 0,
                request_id=request.id or 0,
                address_hash=_whose(work, case),
                promise=what,
                until=until,
                made_at=work.now,
            )
        )


def take_back(work: Work, requests: Iterable[Request]) -> None:
    """Drop what the answers to requests promised: they are looked at again."""
    ids = [request.id for request in requests]
    work.session.connection().execute(delete(Standing).where(col(Standing.request_id).in_(ids)))


def _promised(pack: Pack, kind: str, today: date) -> Iterable[tuple[Promise, date | None]]:
    window = pack.figure(Measure.RE_ASK)
    if window is not None and kind in window.kinds:
        yield Promise.NO_ASKING_AGAIN, months_after(today, window.value)
    if any(duty.id == STAY_CORRECTED and kind in duty.kinds for duty in pack.duties):
        yield Promise.STAYS_CORRECTED, None


def _whose(work: Work, case: Case) -> str:
    """The address to which it is owed: for an agent's case the client's, where the agent's letter told it."""
    if case.requester != Requester.AGENT:
        return case.address_hash
    address = ""
    if case.on_behalf_of is not None:
        said = work.box(case.key_id).open(f"case.on_behalf_of:{case.key_id}", case.on_behalf_of)
        address = json.loads(said)["address"]
    return work.office.vault.hash("address", address.strip().lower())
