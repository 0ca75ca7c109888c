"""Every modal, each a pure function of frozen values; what they carry along is never personal."""

from bot.modals.decide import extend, reclassify, reopen, reply, resolve
from bot.modals.frame import Answers, Matter, closed_home, inputs, modal, notice
from bot.modals.letter import Preview, Retyped, digest_of, preview
from bot.modals.move import CASE, assign, attach_held, case, new_from_held, open_each
from bot.modals.read import read
from bot.modals.verify import verify
from bot.modals.why import change_law, why

__all__ = [
    "CASE",
    "Answers",
    "Matter",
    "Preview",
    "Retyped",
    "assign",
    "attach_held",
    "case",
    "change_law",
    "closed_home",
    "digest_of",
    "extend",
    "inputs",
    "modal",
    "new_from_held",
    "notice",
    "open_each",
    "preview",
    "read",
    "reclassify",
    "reopen",
    "reply",
    "resolve",
    "verify",
    "why",
]
