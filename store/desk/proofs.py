"""What was sent only to show who asks: marked, and destroyed once nothing waits for it (section 7060(d))."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from store.desk.retention import destroy_mail
from store.desk.work import Work
from store.errors import NoProof
from store.findings import ProofMail
from store.ledger import Event
from store.models import WITHOUT_RAW, Case, Mail, Point
from store.proofs import proof_mails
from store.values import THE_DESK, Arrival


def mark_code_mail(work: Work, mail: Mail, arrival: Arrival) -> None:
    """A mail that brought the code is proof, unless it also invokes a right: such a one is never destroyed as proof."""
    if not arrival.wishes:
        mail.is_proof = True
        work.session.add(mail)


def mark_proof(work: Work, case: Case, mail_ids: Sequence[int]) -> None:
    """Mark the mails of a case of which a person says that they only show who asks.

    Raises:
        NoProof: one is not in the case, or invokes a right.
    """
    markable = {mail.mail_id for mail in _mails(work, case) if not mail.is_request}
    for mail_id in mail_ids:
        if mail_id not in markable:
            raise NoProof(mail=mail_id, ref=case.ref)
        mail = work.session.get_one(Mail, mail_id, options=[WITHOUT_RAW])
        mail.is_proof = True
        work.session.add(mail)


def keep_declaration(work: Work, case: Case, mail_id: int) -> int:
    """The mail that holds the signed declaration: it stays with the record, whatever else it shows.

    Raises:
        NoProof: it is not in the case.
    """
    if mail_id not in {mail.mail_id for mail in _mails(work, case)}:
        raise NoProof(mail=mail_id, ref=case.ref)
    return mail_id


def destroy_proof(work: Work, case: Case) -> None:
    """Destroy the mails that only showed who asks, whole, once no open request of the case is verified by them.

    The signed declaration stays (section 7062(c)), and under a legal hold everything does.
    """
    if case.held_since is not None or any(line.verification.level.may_ask for line in work.read(case).open_requests):
        return
    kept = select(Point.mail_id).where(Point.case_id == case.id, col(Point.mail_id).is_not(None))
    proof = select(Mail).where(Mail.case_id == case.id, col(Mail.is_proof), col(Mail.destroyed_at).is_(None))
    mails = work.session.exec(proof.where(col(Mail.id).not_in(kept)).options(WITHOUT_RAW)).all()
    for mail in mails:
        destroy_mail(work, mail)
    if mails:
        work.record(case, Event.PROOF_DESTROYED, THE_DESK, mails=[mail.id for mail in mails])


def _mails(work: Work, case: Case) -> Sequence[ProofMail]:
    return proof_mails(work.session, work.office.vault, case)
