"""What a person found out about who asks, and what it changes in how strongly that is verified."""

from __future__ import annotations

import json
from typing import Any

from store.desk.challenges import match_point
from store.desk.proofs import mark_proof
from store.desk.work import Work
from store.errors import NoAgent, UnknownPoint, VerificationForbidden
from store.findings import Findings
from store.ledger import Event
from store.models import Case
from store.rules.kinds import Kind
from store.rules.requesters import Permission, Requester
from store.rules.verification import GUARDIAN, agent_rule, is_stricter_where_sensitive
from store.values import Actor, CaseFile


def take_findings(work: Work, case: Case, found: Findings, by: Actor) -> None:
    """Write down what was found out.

    Raises:
        UnknownPoint: a disputed point is none of the law's.
        NoAgent: a permission was shown, but no agent asks.
        VerificationForbidden: the law does not let the consumer be asked directly (section 7063).
        NoProof: a mail is not in the case, or invokes a right.
    """
    before = work.read(case)
    _set_requests(work, case, before, found)
    if found.has_account is not None:
        case.has_account = found.has_account
        work.session.add(case)
    after = work.read(case)
    if _as_set(after) != _as_set(before):
        work.record(case, Event.VERIFICATION_SET, by, **_as_set(after))
    if found.permission not in (None, before.permission):
        _show_permission(work, case, before, found.permission or Permission.NONE, by)
    if found.guardian:
        if before.requester is not Requester.PARENT:
            raise UnknownPoint(point=GUARDIAN)
        match_point(work, case, GUARDIAN, by)
    mark_proof(work, case, found.proof)


def _set_requests(work: Work, case: Case, before: CaseFile, found: Findings) -> None:
    pack = work.pack(case)
    known = {point.id for point in pack.points}
    for point in found.disputed or ():
        if point not in known:
            raise UnknownPoint(point=point)
    for line in before.open_requests:
        request = work.request(line)
        if found.sensitive is not None and is_stricter_where_sensitive(pack, line.kind):
            request.sensitive = line.id in found.sensitive
        if found.disputed is not None and line.kind is Kind.CORRECT:
            request.disputed = json.dumps(sorted(set(found.disputed)))
        work.session.add(request)


def _as_set(case: CaseFile) -> dict[str, Any]:
    """How strongly is verified, as the ledger tells it."""
    return {
        "sensitive": [line.kind.value for line in case.open_requests if line.sensitive],
        "disputed": [point for line in case.open_requests for point in line.disputed],
        "account": case.has_account,
    }


def _show_permission(work: Work, case: Case, before: CaseFile, permission: Permission, by: Actor) -> None:
    if before.requester is not Requester.AGENT:
        raise NoAgent(ref=case.ref)
    if permission is Permission.DIRECT:
        rules = [agent_rule(work.pack(case), line.kind) for line in before.open_requests]
        if not any(rule.direct_check for rule in rules if rule):
            sections = ", ".join(sorted({rule.citation for rule in rules if rule})) or "the law in force"
            raise VerificationForbidden(why=f"The consumer is not asked directly for these requests ({sections}).")
    case.permission = permission
    work.session.add(case)
    work.record(case, Event.PERMISSION_SHOWN, by, permission=permission)
