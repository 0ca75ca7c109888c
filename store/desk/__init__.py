"""The verbs of the desk: the only writers. Each is one transaction with its ledger line; each speaks its refusals."""

from store.desk.arrivals import (
    attach,
    file,
    hold,
    open_case,
    place_as_new,
    place_in,
    quarantine,
    set_aside,
)
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
from store.desk.keeping import RawMail, keep, keep_all, mail_refused
from store.desk.links import link
from store.desk.lists import open_each
from store.desk.mailboxes import mailbox_failed, mailbox_read
from store.desk.reading import read, read_mail
from store.desk.replaying import replay, replay_all
from store.desk.returns import bounce, escalate_unreached
from store.desk.verification import ask_to_verify, verify
from store.desk.work import Verb

__all__ = [
    "RawMail",
    "Verb",
    "ask_to_verify",
    "assign",
    "attach",
    "bounce",
    "claim",
    "escalate_unreached",
    "extend",
    "file",
    "free_leases",
    "hold",
    "keep",
    "keep_all",
    "lease_letters",
    "lease_posts",
    "letter_delayed",
    "letter_sent",
    "link",
    "mail_refused",
    "mailbox_failed",
    "mailbox_read",
    "make_digest",
    "open_case",
    "open_each",
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
    "replay",
    "replay_all",
    "reply",
    "resolve",
    "set_aside",
    "verify",
]
