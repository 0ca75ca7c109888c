"""Blocking a sender: that address alone, or everybody at its domain."""

from __future__ import annotations

from bot.blocks import JSON, context, option, section
from bot.modals.frame import Matter, choice, modal
from bot.names import Field
from bot.names import View as Name
from bot.words import escape, fit
from store.values import HeldMail

ADDRESS, DOMAIN = "address", "domain"
SHOWN = 120


def block(mail: HeldMail) -> JSON:
    """Ask how far a block goes.

    Args:
        mail: held, from whoever is to be blocked.
    """
    sender = escape(fit(mail.masked_sender, SHOWN)) or "an unknown sender"
    kept = "No mail is lost: each is kept, filed and counted, and waits for a person again when the block is lifted."
    near = option("This address alone", ADDRESS)
    far = option("Everybody at its domain", DOMAIN, "Never a mail provider's: consumers write from there.")
    blocks = [
        section(f"Mail {mail.mail_id}, from {sender}, is filed, and so are later ones that belong to no case."),
        choice(Field.SCOPE, "Who is blocked", [near, far], chosen=ADDRESS),
        context(kept, "`/privacy blocked` shows how often a block was used, and lifts it."),
    ]
    return modal(Name.BLOCK, "Block sender", blocks, Matter(mail=mail.mail_id), submit="Block", close="Cancel")
