"""Looking for somebody by their address; that it was looked for is in the ledger, the address is not."""

from __future__ import annotations

from sqlmodel import col, select

from store.casefile import read_cases
from store.desk.work import Verb, Work
from store.errors import RoleMissing
from store.ledger import Event
from store.models import Case
from store.rules.lifecycle import Role
from store.values import Actor, CaseFile

MOST = 20


@Verb
def search_address(work: Work, address: str, by: Actor) -> tuple[CaseFile, ...]:
    """The cases of an address, exactly as written but for its case, the newest first, at most twenty.

    Looked up by its keyed hash. Who has a case here is personal, so each search is written down like a reading.

    Args:
        work: the transaction.
        address: as somebody typed it.
        by: who looks.

    Raises:
        RoleMissing: that person is no staff.
    """
    if by.role is None or not by.role.covers(Role.STAFF):
        raise RoleMissing(role=Role.STAFF)
    known = work.office.vault.hash("address", address.strip().lower())
    wanted = select(Case).where(Case.address_hash == known).order_by(col(Case.id).desc()).limit(MOST)
    found = work.session.exec(wanted).all()
    work.record_for_the_desk(Event.SEARCHED, by, found=len(found))
    return read_cases(work.office, work.session, found)
