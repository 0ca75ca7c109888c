"""Which mails of a case may show who asks."""

from __future__ import annotations

from sqlmodel import col, select

from store import proofs
from store.casefile import number_of
from store.errors import NoSuchCase
from store.findings import ProofMail
from store.models import Case
from store.office import Office


def proof_mails(office: Office, ref: str) -> tuple[ProofMail, ...]:
    """The mails of a case that are still there, the newest first, without anything personal.

    Raises:
        NoSuchCase: there is none.
    """
    with office.database.reading() as session:
        case = session.exec(select(Case).where(col(Case.id) == number_of(ref))).one_or_none()
        if case is None:
            raise NoSuchCase(ref=ref[:20])
        return proofs.proof_mails(session, office.vault, case)
