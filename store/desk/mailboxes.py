"""How far each mailbox was read, and how it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from store.desk.work import Verb, Work
from store.models import Mailbox
from store.rules.states import PostKind

ALARM_AFTER = timedelta(minutes=2)
"""How long a mailbox may fail, as servers do now and then, before the managers are told."""


@Verb
def mailbox_read(work: Work, name: str, *, uidvalidity: int | None = None, last_uid: int = 0) -> None:
    """Say that a mailbox was read to its end just now (or that a listener takes mail).

    Args:
        work: the transaction.
        name: which one: "smtp", or a mailbox's name and folder.
        uidvalidity: the folder's UIDVALIDITY (RFC 3501, 2.3.1.1).
        last_uid: the highest UID whose mail is safely kept.
    """
    mailbox = _mailbox(work, name)
    mailbox.uidvalidity, mailbox.last_uid, mailbox.read_at = uidvalidity, last_uid, work.now
    if mailbox.alarmed and mailbox.failing_since is not None:
        work.mark(PostKind.ALARM, outage(name, mailbox.failing_since))
    mailbox.failing_since, mailbox.trouble, mailbox.alarmed = None, "", False
    work.session.add(mailbox)


@Verb
def mailbox_failed(work: Work, name: str, trouble: str) -> None:
    """Say that a mailbox could not be read, and why, impersonally; one that goes on failing is told to the managers."""
    mailbox = _mailbox(work, name)
    mailbox.failing_since = mailbox.failing_since or work.now
    mailbox.trouble = trouble[:200]
    if not mailbox.alarmed and work.now - mailbox.failing_since >= ALARM_AFTER:
        mailbox.alarmed = True
        work.mark(PostKind.ALARM, outage(name, mailbox.failing_since))
    work.session.add(mailbox)


def outage(name: str, since: datetime) -> str:
    """What the post about one outage is called; the next outage is another post, since an edited one pings nobody."""
    return f"{since.isoformat()} {name}"


def _mailbox(work: Work, name: str) -> Mailbox:
    """The row of that mailbox, locked: several desks may tell of one at the same moment."""
    work.insert_missing(Mailbox, [Mailbox(name=name).model_dump()])
    return work.session.get_one(Mailbox, name, with_for_update=True)
