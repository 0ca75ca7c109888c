"""Everything the doors ask without changing anything; each gives frozen values."""

from store.queries.approvals import approval
from store.queries.blocks import blocked_senders, is_blocked
from store.queries.cases import PAGE, case, case_by_id, entry, history, never_owned
from store.queries.digest import digest
from store.queries.home import home, home_openers, last_change, wishes
from store.queries.lists import Page, Shelf, Which, cases, page
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
from store.queries.notes import outage, reminder, told_directly, told_of, unreached
from store.queries.picking import pick
from store.queries.proofs import proof_mails
from store.queries.record import audit, ledger_lines, received_in, seal_of
from store.queries.replies import templates
from store.queries.review import corrections
from store.queries.why import why

__all__ = [
    "PAGE",
    "Page",
    "Shelf",
    "Which",
    "approval",
    "audit",
    "blocked_senders",
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
    "home",
    "home_openers",
    "is_blocked",
    "is_ours",
    "last_change",
    "ledger_lines",
    "mailbox",
    "mailboxes",
    "metrics",
    "never_owned",
    "open_case_of",
    "outage",
    "page",
    "pick",
    "proof_mails",
    "raw_mail",
    "received_in",
    "reminder",
    "seal_of",
    "templates",
    "told_directly",
    "told_of",
    "unreached",
    "unread_mails",
    "why",
    "wishes",
]
