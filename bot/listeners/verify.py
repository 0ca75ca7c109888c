"""Asking the consumer to verify, recording what matched, and what becomes of a copy that cannot be verified."""

from __future__ import annotations

from collections.abc import Collection

from bot import modals
from bot.manners import Done, Faulty, Reply
from bot.modals import Answers, Matter, Preview
from bot.names import Field
from bot.names import View as Name
from bot.visit import Visit
from store import desk, queries
from store.desk.verification import AGENT_AUTHORITY
from store.findings import Findings
from store.rules.requesters import Permission
from store.values import CaseFile

OWN_CODE = "The code is made anew when the letter is sent, so the consumer gets another one than you see here."
NOTHING_TICKED = "Tick at least one point that matched."
NOTHING_DISCLOSED = "Nothing of what was asked for is disclosed. The request keeps its day of receipt."


async def open_ask(visit: Visit) -> None:
    """Ask to verify, pressed: the letter is shown first."""
    drafts = await visit.desk(desk.ask_to_verify.rehearse, visit.ref, visit.actor)
    remark = "" if any(draft.name == AGENT_AUTHORITY for draft in drafts) else OWN_CODE
    await visit.open(modals.preview(Preview(Name.ASK, "Ask to verify", drafts, remark), Matter(visit.ref)))


async def ask(visit: Visit) -> Reply:
    """The letter was seen and is to be sent."""
    await visit.desk(desk.ask_to_verify, visit.ref, visit.actor)
    return Done()


async def open_verify(visit: Visit) -> None:
    """Verify, pressed: the checklist. What may never be verified is refused here, with the section."""
    await visit.desk(desk.verify.rehearse, visit.ref, (), visit.actor)
    case = await visit.desk(queries.case, visit.ref)
    mails = await visit.desk(queries.proof_mails, visit.ref)
    office = visit.workplace.bridge.office
    await visit.open(modals.verify(case, office.pack(case.law), mails, office.business.zone))


async def verify(visit: Visit) -> Reply:
    """Points were ticked, or something else was found out."""
    fields = modals.inputs(visit.view)
    points = [point for field in fields if field.startswith(Field.POINTS) for point in visit.answers.many(field)]
    declared = bool(visit.answers.many(Field.DECLARATION))
    findings = _findings(visit.answers, fields)
    case = await visit.desk(queries.case, visit.ref)
    if not points and not declared and not _tells_something(findings, case):
        return Faulty({Field.POINTS if Field.POINTS in fields else fields[0]: NOTHING_TICKED})
    await visit.desk(desk.verify, visit.ref, points, visit.actor, declared=declared, findings=findings)
    return Done()


async def open_reevaluate(visit: Visit) -> None:
    """Evaluate as what the law puts in its place, pressed: the letter is shown first."""
    drafts = await visit.desk(desk.reevaluate.rehearse, visit.ref, visit.actor)
    shown = Preview(Name.REEVALUATE, "Evaluate anew", drafts, NOTHING_DISCLOSED)
    await visit.open(modals.preview(shown, Matter(visit.ref)))


async def reevaluate(visit: Visit) -> Reply:
    """The letter was seen and is to be sent."""
    await visit.desk(desk.reevaluate, visit.ref, visit.actor)
    return Done()


def _findings(answers: Answers, fields: Collection[str]) -> Findings:
    """What the fields say; one that was not shown leaves its thing as it is."""
    permission, declared_in = answers.one(Field.PERMISSION), answers.one(Field.DECLARED_IN)
    return Findings(
        sensitive=frozenset(map(int, answers.many(Field.SENSITIVE))) if Field.SENSITIVE in fields else None,
        disputed=answers.many(Field.DISPUTED) if Field.DISPUTED in fields else None,
        has_account=bool(answers.many(Field.ACCOUNT)) if Field.ACCOUNT in fields else None,
        permission=Permission(permission) if permission else None,
        guardian=bool(answers.many(Field.GUARDIAN)),
        declared_in=int(declared_in) if declared_in else None,
        proof=tuple(map(int, answers.many(Field.PROOF))),
    )


def _tells_something(found: Findings, case: CaseFile) -> bool:
    """Yes or no: anything is another than it stands in the case."""
    sensitive = {line.id for line in case.open_requests if line.sensitive}
    disputed = {point for line in case.open_requests for point in line.disputed}
    return (
        found.guardian
        or found.declared_in is not None
        or bool(found.proof)
        or found.sensitive not in (None, sensitive)
        or (found.disputed is not None and set(found.disputed) != disputed)
        or found.has_account not in (None, case.has_account)
        or found.permission not in (None, case.permission)
    )
