"""The card of a mail that a person must place: held because it is in doubt, or quarantined as unreadable."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import ActionsBlock

from bot.blocks import Message, actions, button, confirm, context, fields, header, message, section
from bot.names import Action
from bot.words import escape, fit, listed, mention, moment, without_addresses
from store.values import HeldMail

KEPT, HELD, QUARANTINED = "kept", "held", "quarantined"
WAITING = (HELD, QUARANTINED)
SHOWN = 120


def held(mail: HeldMail, zone: ZoneInfo) -> Message:
    """Draw a held or quarantined mail, or who settled it and how.

    Args:
        mail: as it is now; a quarantined one may have been given back to be read again.
        zone: the business's time zone.
    """
    received = moment(mail.received_at, zone)
    facts = fields(f"*From*\n{_sender(mail)}", f"*Received*\n{received}", f"*Size*\n{_size(mail.size)}")
    if mail.state not in WAITING:
        ended = _ending(mail)
        told = f"Mail {mail.mail_id} from {_sender(mail)}, received {received}: {ended}"
        title = "being read again" if mail.state == KEPT else "settled"
        return message(told, [header(f"Mail {mail.mail_id}: {title}"), facts, section(ended)])
    why = _why(mail)
    told = f"Mail {mail.mail_id} from {_sender(mail)}, received {received}, waits for a person. {why} {_guess(mail)}"
    title = f"Mail {mail.mail_id}: " + ("unreadable" if mail.state == QUARANTINED else "where does it belong?")
    clock = context("The clock of a request in it runs from its receipt, whatever is decided here.")
    return message(
        told, [header(title), facts, section(f"{why}\n{_guess(mail)}", limit=1_000)], [], [clock, _moves(mail)]
    )


def _why(mail: HeldMail) -> str:
    reason = _reason(mail)
    if mail.state == QUARANTINED:
        return f"It could not be read: {reason}." if reason else "It could not be read."
    return f"{reason[:1].upper()}{reason[1:]}." if reason else "The desk cannot tell where it belongs."


def _reason(mail: HeldMail) -> str:
    return escape(fit(without_addresses(mail.reason), 400)).strip().rstrip(".")


def _guess(mail: HeldMail) -> str:
    asked = listed([kind.plain for kind in mail.wishes])
    reads = f" It seems to ask for: {asked}." if asked else ""
    if mail.guess:
        return f"Best guess: it belongs to {escape(mail.guess)}.{reads}"
    return f"No case fits it.{reads}"


def _ending(mail: HeldMail) -> str:
    who = mention(mail.settled_by) if mail.settled_by else "The desk"
    match mail.state:
        case "opened":
            return f"{who} opened {escape(mail.case or 'a case')} for it."
        case "attached":
            return f"{who} added it to {escape(mail.case or 'a case')}."
        case "filed" if mail.settled_by:
            return f"{who} filed it: not a request."
        case "filed":
            return f"{who} filed it: {_reason(mail) or 'it needs nothing'}."
        case _:
            return "The reading has been mended, so the desk reads it again. Its clock runs from its receipt."


def _moves(mail: HeldMail) -> ActionsBlock:
    value = str(mail.mail_id)
    named = f"mail {mail.mail_id}"
    attach = (
        [button(f"Attach to {mail.guess}", Action.ATTACH_TO_GUESS, f"{value} {mail.guess}", style="primary")]
        if mail.guess and mail.state == HELD
        else []
    )
    readable = (
        [
            button("Attach to…", Action.ATTACH_HELD, value, says=f"Attach {named} to another case"),
            button("New case…", Action.NEW_FROM_HELD, value, says=f"Open a new case for {named}"),
        ]
        if mail.state == HELD
        else []
    )
    sure = confirm("Not a request?", "It is filed with this reason, and nobody is answered.", "File it")
    aside = button("Not a request", Action.SET_ASIDE, value, says=f"File {named} as no request", confirm=sure)
    read = button("Read", Action.READ_HELD, value, says=f"Read {named}")
    return actions(read, *attach, *readable, aside, name=f"held {value}")


def _sender(mail: HeldMail) -> str:
    return escape(fit(mail.masked_sender, SHOWN)) or "an unknown sender"


def _size(size: int) -> str:
    return f"{size / 1024:.0f} kB" if size >= 1024 else f"{size} bytes"  # noqa: PLR2004 - bytes in a kB
