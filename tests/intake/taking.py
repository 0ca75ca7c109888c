"""Mails that reach the inbox, and what became of them."""

from __future__ import annotations

from sqlmodel import col, func, select

from intake.reader import read_one
from intake.receive import receive
from intake.settings import IntakeSettings
from store import queries
from store.models import Case, Mail
from store.office import Office
from store.settings import load
from tests.intake.peers import mails
from tests.mailing import INBOX, ROSA

SETTINGS = load(IntakeSettings)


def keep(office: Office, raw: bytes, *, to: str = INBOX, sender: str | None = ROSA) -> int:
    """A mail reaches the inbox and is kept; gives its id."""
    return receive(office, raw, road="smtp", sender=sender, recipients=(to,), received_at=office.clock()).mail_id


def take(
    office: Office, raw: bytes, *, to: str = INBOX, sender: str | None = ROSA, settings: IntakeSettings = SETTINGS
) -> Mail:
    """A mail reaches the inbox and is read; gives what became of it."""
    mail_id = keep(office, raw, to=to, sender=sender)
    read_one(office, mail_id, settings)
    return next(each for each in mails(office) if each.id == mail_id)


def cases(office: Office) -> int:
    """How many cases there are."""
    with office.database.reading() as session:
        return session.exec(select(func.count(col(Case.id)))).one()


def guess(office: Office, held: Mail) -> str | None:
    """The case that a held mail most likely belongs to."""
    return queries.held_mail(office, held.id or 0).guess
