"""Moves that wait for a second person."""

from __future__ import annotations

from datetime import timedelta

from store import models
from store.errors import NoSuchApproval
from store.office import Office
from store.rules.kinds import Kind
from store.rules.lifecycle import Role
from store.rules.team import Signed
from store.signing import Approval, Deed


def approval(office: Office, approval_id: int) -> Approval:
    """A move that waits, or waited, for a second person.

    Raises:
        NoSuchApproval: there is none.
    """
    with office.database.reading() as session:
        row = session.get(models.Approval, approval_id)
        if row is None:
            raise NoSuchApproval
        request = session.get_one(models.Request, row.request_id) if row.request_id else None
        return Approval(
            id=approval_id,
            ref=session.get_one(models.Case, row.case_id).ref,
            deed=Deed(row.what),
            kind=Kind(request.kind) if request else None,
            asked_by=row.asked_by,
            asked_at=row.asked_at,
            until=row.asked_at + timedelta(hours=office.business.second_person_hours),
            needs=Role(office.business.second_person_role),
            verdict=Signed(row.verdict) if row.verdict else None,
            signed_by=row.signed_by,
        )
