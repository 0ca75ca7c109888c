"""The card of a mail that a person must place: held because it is in doubt, or quarantined as unreadable."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from bot.blocks import Message, actions, button, confirm, context, fields, header, message, section
from bot.names import Action
from bot.understood import MARK, language, urgent
from bot.words import escape, fit, listed, mention, moment, without_addresses
from store.rules.requesters import MOST_PEOPLE, SEVERAL, Requester
from store.values import HeldMail

KEPT, HELD, QUARANTINED = "kept", "held", "quarantined"
KNOWN = (Requester.AGENT, Requester.PARENT, Requester.EMPLOYEE)
WAITING = (HELD, QUARANTINED)
SHOWN = 120
BLOCKED = "its sender is blocked"


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
    guess = _guess(mail)
    told = f"Mail {mail.mail_id} from {_sender(mail)}, received {received}, waits for a person. {why} {guess}"
    title = f"Mail {mail.mail_id}: " + ("unreadable" if mail.state == QUARANTINED else "where does it belong?")
    clock = context("The clock of a request in it runs from its receipt, whatever is decided here.")
    return message(told, [header(title), facts, section(f"{why}\n{guess}", limit=1_500)], [], [clock, _moves(mail)])


def _why(mail: HeldMail) -> str:
    reason = _reason(mail)
    if mail.state == QUARANTINED:
        return f"It could not be read: {reason}." if reason else "It could not be read."
    said = f"{reason[:1].upper()}{reason[1:]}." if reason else "The desk cannot tell where it belongs."
    return " ".join(filter(None, [said, _list(mail), _understood(mail)]))


def _list(mail: HeldMail) -> str:
    """What can be done with an agent's list, where the reason does not tell of it already."""
    if mail.people > MOST_PEOPLE:
        return f"Ask the agent for letters of at most {MOST_PEOPLE} people each."
    return ""


def _understood(mail: HeldMail) -> str:
    """How soon to look, and in which language it is."""
    spoken = language(mail.language)
    high = urgent(mail)
    return " ".join(filter(None, [high and f"{MARK} {high}", spoken and f"Language: {spoken}."]))


def _reason(mail: HeldMail) -> str:
    return escape(fit(without_addresses(mail.reason), 400)).strip().rstrip(".")


def _guess(mail: HeldMail) -> str:
    asked = listed([kind.plain for kind in mail.wishes])
    perhaps = listed([kind.plain for kind in mail.possible if kind not in mail.wishes])
    reads = f" It seems to ask for: {asked}." if asked else ""
    reads += f" It may ask for: {perhaps}." if perhaps else ""
    reads += f" It comes from {mail.requester.plain}." if mail.requester in KNOWN else ""
    if mail.guess:
        return f"Best guess: it belongs to {escape(mail.guess)}.{reads}"
    return f"No case fits it.{reads}"


def _ending(mail: HeldMail) -> str:
    who = mention(mail.settled_by) if mail.settled_by else "The desk"
    match mail.state:
        case "opened" if mail.linked:
            return f"{who} opened {mail.linked} linked cases for it; {escape(mail.case or 'a case')} is the first."
        case "opened":
            return f"{who} opened {escape(mail.case or 'a case')} for it."
        case "attached":
            return f"{who} added it to {escape(mail.case or 'a case')}."
        case "filed" if mail.settled_by and mail.reason.startswith(BLOCKED):
            return f"{who} blocked its sender, so it is filed."
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
    each = [_open_each(mail)] if mail.state == HELD and SEVERAL <= mail.people <= MOST_PEOPLE else []
    sure = confirm("Not a request?", "It is filed with this reason, and nobody is answered.", "File it")
    aside = button("Not a request", Action.SET_ASIDE, value, says=f"Not a request: file {named}", confirm=sure)
    block = [button("Block sender…", Action.BLOCK, value, says=f"Block the sender of {named}")] if readable else []
    read = button("Read", Action.READ_HELD, value, says=f"Read {named}")
    return actions(read, *each, *attach, *readable, aside, *block, name=f"held {value}")


def _open_each(mail: HeldMail) -> ButtonElement:
    """One case for each person; where no right was recognised, the modal asks for them, and nothing else before."""
    text = f"Open {mail.people} linked cases" + ("" if mail.wishes else "…")
    asked = f"Each of the {mail.people} people gets a case, and the agent an acknowledgement for each."
    sure = confirm(f"Open {mail.people} cases?", asked, "Open them") if mail.wishes else None
    says = f"{text} for mail {mail.mail_id}"
    return button(text, Action.OPEN_EACH, str(mail.mail_id), says=says, style="primary", confirm=sure)


def _sender(mail: HeldMail) -> str:
    return escape(fit(mail.masked_sender, SHOWN)) or "an unknown sender"


def _size(size: int) -> str:
    return f"{size / 1024:.0f} kB" if size >= 1024 else f"{size} bytes"  # noqa: PLR2004 - bytes in a kB
