"""The verbs of the desk: the only writers. Each is one transaction with its ledger line; each speaks its refusals."""

from store.desk.arrivals import attach, file, hold, keep, open_case, place_as_new, place_in, quarantine, set_aside
from store.desk.claims import assign, claim, release
from store.desk.dates import make_digest, remind
from store.desk.decisions import extend, reclassify, reopen, reply, resolve
from store.desk.deliveries import (
    free_leases,
    lease_letters,
    lease_posts,
    letter_delayed,
    letter_sent,
    post_delayed,
    post_drawn,
    post_lost,
)
from store.desk.mailboxes import mailbox_failed, mailbox_read
from store.desk.reading import read, read_mail
from store.desk.verification import ask_to_verify, verify
from store.desk.work import Verb

__all__ = [
    "Verb",
    "ask_to_verify",
    "assign",
    "attach",
    "claim",
    "extend",
    "file",
    "free_leases",
    "hold",
    "keep",
    "lease_letters",
    "lease_posts",
    "letter_delayed",
    "letter_sent",
    "mailbox_failed",
    "mailbox_read",
    "make_digest",
    "open_case",
    "place_as_new",
    "place_in",
    "post_delayed",
    "post_drawn",
    "post_lost",
    "quarantine",
    "read",
    "read_mail",
    "reclassify",
    "release",
    "remind",
    "reopen",
    "reply",
    "resolve",
    "set_aside",
    "verify",
]
