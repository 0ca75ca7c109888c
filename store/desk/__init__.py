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
from store.desk.codes import remind_of_codes
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
from store.desk.exporting import export_case, note_export
from store.desk.holds import hold_case, lift_hold
from store.desk.keeping import RawMail, keep, keep_all, mail_refused
from store.desk.laws import change_law
from store.desk.links import link
from store.desk.lists import open_each
from store.desk.mailboxes import mailbox_failed, mailbox_read
from store.desk.merging import merge
from store.desk.newcomers import open_by_hand
from store.desk.noting import note
from store.desk.reading import read, read_mail
from store.desk.replaying import replay, replay_all
from store.desk.retention import (
    begin_sweep,
    destroy_content,
    destroy_mails,
    destroy_raw,
    purge_records,
    purge_traces,
    sweep,
)
from store.desk.returns import bounce, escalate_unreached
from store.desk.rotation import rotate_keys
from store.desk.sealing import seal
from store.desk.snoozing import snooze, wake
from store.desk.verification import ask_to_verify, reevaluate, verify
from store.desk.work import Verb

__all__ = [
    "RawMail",
    "Verb",
    "ask_to_verify",
    "assign",
    "attach",
    "begin_sweep",
    "bounce",
    "change_law",
    "claim",
    "destroy_content",
    "destroy_mails",
    "destroy_raw",
    "escalate_unreached",
    "export_case",
    "extend",
    "file",
    "free_leases",
    "hold",
    "hold_case",
    "keep",
    "keep_all",
    "lease_letters",
    "lease_posts",
    "letter_delayed",
    "letter_sent",
    "lift_hold",
    "link",
    "mail_refused",
    "mailbox_failed",
    "mailbox_read",
    "make_digest",
    "merge",
    "note",
    "note_export",
    "open_by_hand",
    "open_case",
    "open_each",
    "place_as_new",
    "place_in",
    "post_delayed",
    "post_drawn",
    "post_lost",
    "purge_records",
    "purge_traces",
    "quarantine",
    "read",
    "read_mail",
    "reclassify",
    "reevaluate",
    "release",
    "remind",
    "remind_of_codes",
    "reopen",
    "replay",
    "replay_all",
    "reply",
    "resolve",
    "rotate_keys",
    "seal",
    "set_aside",
    "snooze",
    "sweep",
    "verify",
    "wake",
]
