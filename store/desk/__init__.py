"""The verbs of the desk: the only writers. Each is one transaction with its ledger line; each speaks its refusals."""

from store.desk.approvals import ask_second, decline, lapse, sign
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
from store.desk.assigning import give_out
from store.desk.blocking import block_sender, block_sender_of, file_blocked, lift_block
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
from store.desk.idling import remind_idle
from store.desk.keeping import RawMail, keep, keep_all, mail_refused
from store.desk.laws import change_law
from store.desk.links import link
from store.desk.lists import open_each
from store.desk.mailboxes import mailbox_failed, mailbox_read
from store.desk.many import dismiss
from store.desk.merging import merge
from store.desk.newcomers import open_by_hand
from store.desk.noting import note
from store.desk.preferences import choose, open_home
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
from store.desk.searching import search_address
from store.desk.snoozing import snooze, wake
from store.desk.verification import ask_to_verify, reevaluate, verify
from store.desk.work import Verb

__all__ = [
    "RawMail",
    "Verb",
    "ask_second",
    "ask_to_verify",
    "assign",
    "attach",
    "begin_sweep",
    "block_sender",
    "block_sender_of",
    "bounce",
    "change_law",
    "choose",
    "claim",
    "decline",
    "destroy_content",
    "destroy_mails",
    "destroy_raw",
    "dismiss",
    "escalate_unreached",
    "export_case",
    "extend",
    "file",
    "file_blocked",
    "free_leases",
    "give_out",
    "hold",
    "hold_case",
    "keep",
    "keep_all",
    "lapse",
    "lease_letters",
    "lease_posts",
    "letter_delayed",
    "letter_sent",
    "lift_block",
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
    "open_home",
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
    "remind_idle",
    "remind_of_codes",
    "reopen",
    "replay",
    "replay_all",
    "reply",
    "resolve",
    "rotate_keys",
    "seal",
    "search_address",
    "set_aside",
    "sign",
    "snooze",
    "sweep",
    "verify",
    "wake",
]
