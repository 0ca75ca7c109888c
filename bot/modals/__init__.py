"""Every modal, each a pure function of frozen values; what they carry along is never personal."""

from bot.blocks import JSON
from bot.modals.aside import merge, note, snooze
from bot.modals.block import block
from bot.modals.decide import extend, reclassify, reopen, reply, resolve
from bot.modals.frame import CONFIRMED, Answers, Matter, closed_home, inputs, modal, notice
from bot.modals.letter import Preview, Retyped, digest_of, preview
from bot.modals.many import many, many_sure
from bot.modals.move import CASE, assign, attach_held, case, new_from_held, open_each
from bot.modals.new import new
from bot.modals.read import read
from bot.modals.settings import ANY_LANGUAGE, settings
from bot.modals.verify import verify
from bot.modals.why import change_law, why

__all__ = [
    "ANY_LANGUAGE",
    "CASE",
    "CONFIRMED",
    "JSON",
    "Answers",
    "Matter",
    "Preview",
    "Retyped",
    "assign",
    "attach_held",
    "block",
    "case",
    "change_law",
    "closed_home",
    "digest_of",
    "extend",
    "inputs",
    "many",
    "many_sure",
    "merge",
    "modal",
    "new",
    "new_from_held",
    "note",
    "notice",
    "open_each",
    "preview",
    "read",
    "reclassify",
    "reopen",
    "reply",
    "resolve",
    "settings",
    "snooze",
    "verify",
    "why",
]
