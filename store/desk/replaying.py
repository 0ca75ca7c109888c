"""Mails that could not be read are given back to be read again, once the reading has been mended."""

from __future__ import annotations

from sqlmodel import col, select

from store.desk.mails import locked, settled_already
from store.desk.work import Verb, Work
from store.ledger import Event
from store.models import WITHOUT_RAW, Mail
from store.rules.states import MailState, PostKind
from store.values import THE_DESK


@Verb
def replay(work: Work, mail_id: int) -> None:
    """Give a quarantined mail back to be read again; its clock runs from its receipt all the while.

    Raises:
        NoSuchMail: there is none.
        MailSettled: it is not in quarantine.
    """
    mail = locked(work, mail_id)
    if mail.state != MailState.QUARANTINED:
        raise settled_already(mail)
    _give_back(work, mail)


@Verb
def replay_all(work: Work) -> tuple[int, ...]:
    """Give every quarantined mail back to be read again.

    Returns:
        Their ids, the oldest first.
    """
    quarantined = select(Mail).where(Mail.state == MailState.QUARANTINED).order_by(col(Mail.id))
    mails = work.session.exec(quarantined.options(WITHOUT_RAW).with_for_update()).all()
    for mail in mails:
        _give_back(work, mail)
    return tuple(mail.id or 0 for mail in mails)


def _give_back(work: Work, mail: Mail) -> None:
    mail.state, mail.reason = MailState.KEPT, ""
    mail.replays += 1
    work.session.add(mail)
    work.record_for_the_desk(Event.MAIL_REPLAYED, THE_DESK, mail=mail.id)
    work.mark(PostKind.HELD, str(mail.id))
