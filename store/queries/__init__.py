"""Everything the doors ask without changing anything; each gives frozen values."""

from store.queries.cases import PAGE, Which, audit, case, case_by_id, cases, entry, history
from store.queries.digest import digest
from store.queries.mailboxes import mailbox, mailboxes
from store.queries.mails import (
    case_of_recipient,
    case_of_thread,
    held_mail,
    is_ours,
    open_case_of,
    raw_mail,
    unread_mails,
)
from store.queries.notes import outage, reminder, unreached
from store.queries.review import corrections

__all__ = [
    "PAGE",
    "Which",
    "audit",
    "case",
    "case_by_id",
    "case_of_recipient",
    "case_of_thread",
    "cases",
    "corrections",
    "digest",
    "entry",
    "held_mail",
    "history",
    "is_ours",
    "mailbox",
    "mailboxes",
    "open_case_of",
    "outage",
    "raw_mail",
    "reminder",
    "unreached",
    "unread_mails",
]
