"""How far each mailbox was read, and how it is."""

from __future__ import annotations

from store.desk.work import Verb, Work
from store.models import Mailbox


@Verb
def mailbox_read(work: Work, name: str, *, uidvalidity: int | None = None, last_uid: int = 0) -> None:
    """Say that a mailbox was read to its end just now (or that a listener takes mail).

    Args:
        work: the transaction.
        name: which one: "smtp", or a mailbox's name and folder.
        uidvalidity: the folder's UIDVALIDITY (RFC 3501, 2.3.1.1).
        last_uid: the highest UID whose mail is safely kept.
    """
    mailbox = work.session.get(Mailbox, name) or Mailbox(name=name)
    mailbox.uidvalidity, mailbox.last_uid, mailbox.read_at = uidvalidity, last_uid, work.now
    mailbox.failing_since, mailbox.trouble = None, ""
    work.session.add(mailbox)


@Verb
def mailbox_failed(work: Work, name: str, trouble: str) -> None:
    """Say that a mailbox could not be read, and why, impersonally."""
    mailbox = work.session.get(Mailbox, name) or Mailbox(name=name)
    mailbox.failing_since = mailbox.failing_since or work.now
    mailbox.trouble = trouble[:200]
    work.session.add(mailbox)
