"""The mails of a case as proof of who asks: which of them may be destroyed once they have served (section 7060(d))."""

from __future__ import annotations

from sqlmodel import Session, col, select

from store.findings import ProofMail
from store.models import WITHOUT_RAW, Case, DataKey, Mail, Point
from store.rules.states import MailState
from store.values import Arrival
from store.vault import Vault

MOST_MAILS = 50


def proof_mails(session: Session, vault: Vault, case: Case) -> tuple[ProofMail, ...]:
    """The mails of a case that are still there, the newest first.

    Args:
        session: open.
        vault: opens what was read of them, to see what they invoke and how many attachments they have.
        case: whose.
    """
    theirs = select(Mail).where(Mail.case_id == case.id, col(Mail.reading).is_not(None))
    newest = theirs.order_by(col(Mail.id).desc()).limit(MOST_MAILS).options(WITHOUT_RAW)
    kept = set(session.exec(select(Point.mail_id).where(Point.case_id == case.id)))
    return tuple(_proof_mail(session, vault, mail, is_declaration=mail.id in kept) for mail in session.exec(newest))


def _proof_mail(session: Session, vault: Vault, mail: Mail, *, is_declaration: bool) -> ProofMail:
    key = session.get_one(DataKey, mail.key_id)
    box = vault.open_box(mail.key_id, key.wrapped)
    arrival = Arrival.from_json(box.open(f"mail.reading:{mail.key_id}", mail.reading or b""))
    return ProofMail(
        mail_id=mail.id or 0,
        received_at=mail.received_at,
        attachments=len(arrival.attachments),
        is_request=mail.state != MailState.ATTACHED or bool(arrival.wishes),
        is_proof=mail.is_proof,
        is_declaration=is_declaration,
    )
