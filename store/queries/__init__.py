"""Everything the doors ask without changing anything; each gives frozen values."""

from store.queries.cases import PAGE, Which, case, case_by_id, cases, entry, history
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
from store.queries.metrics import metrics
from store.queries.notes import outage, reminder, unreached
from store.queries.proofs import proof_mails
from store.queries.record import audit, ledger_lines, received_in, seal_of
from store.queries.review import corrections
from store.queries.why import why

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
    "ledger_lines",
    "mailbox",
    "mailboxes",
    "metrics",
    "open_case_of",
    "outage",
    "proof_mails",
    "raw_mail",
    "received_in",
    "reminder",
    "seal_of",
    "unreached",
    "unread_mails",
    "why",
]
