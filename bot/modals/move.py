"""Where things go: a case to somebody, a held mail to its case; and a case seen alone."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from bot.blocks import JSON, context, option, section
from bot.cards.case import parts
from bot.modals.frame import Matter, modal, person, several, word_field
from bot.names import Field
from bot.names import View as Name
from bot.words import escape, fit, mention
from store.rules.kinds import Kind
from store.rules.pack import Pack
from store.values import CaseFile, HeldMail

CASE = Name.CASE


def case(file: CaseFile, pack: Pack, today: date, zone: ZoneInfo) -> JSON:
    """A case in a modal, with the buttons of its card."""
    head, body, tail = parts(file, pack, today, zone)
    return modal(Name.CASE, file.ref, [*head[1:], *body, *tail], Matter(file.ref))


def assign(file: CaseFile) -> JSON:
    """To whom a case is handed."""
    owner = f"It is with {mention(file.owner)} now." if file.owner else "Nobody has it yet."
    to = person(Field.ASSIGNEE, "Hand it to", hint="Somebody of the privacy team.")
    return modal(Name.ASSIGN, f"Assign {file.ref}", [section(owner), to], Matter(file.ref), submit="Assign")


def new_from_held(mail: HeldMail) -> JSON:
    """Which rights a held mail invokes."""
    told = context("The clocks start on the day of receipt, and the consumer gets the acknowledgement.")
    shown = [_from(mail), _asks(mail), told]
    return modal(Name.NEW_FROM_HELD, "New case", shown, Matter(mail=mail.mail_id), submit="Open case")


def open_each(mail: HeldMail) -> JSON:
    """Which rights an agent's letter invokes for each of the people whom it names."""
    told = context(
        f"Each of the {mail.people} people gets a case, linked to the first. The clocks start on the day of receipt, "
        "and the agent gets an acknowledgement for each."
    )
    shown = [_from(mail), _asks(mail), told]
    submit = f"Open {mail.people} cases"
    return modal(Name.OPEN_EACH, "Linked cases", shown, Matter(mail=mail.mail_id), submit=submit)


def attach_held(mail: HeldMail) -> JSON:
    """Which case a held mail belongs to."""
    reference = word_field(Field.REFERENCE, "Case", hint="Its reference, such as PR-1001 or 1001.")
    told = context("The sender of a held mail is in doubt, so a code in it is not matched.")
    return modal(
        Name.ATTACH_HELD, "Attach to a case", [_from(mail), reference, told], Matter(mail=mail.mail_id), submit="Attach"
    )


def _asks(mail: HeldMail) -> Block:
    kinds = [option(kind.plain, kind.value) for kind in Kind]
    return several(Field.KINDS, "It asks for", kinds, chosen=[kind.value for kind in mail.wishes or mail.possible])


def _from(mail: HeldMail) -> Block:
    return section(f"Mail {mail.mail_id} from {escape(fit(mail.masked_sender, 120)) or 'an unknown sender'}")
