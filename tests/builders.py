"""What tests of every package begin with: people, a clock that stands still, an office, a case that has arrived."""

from __future__ import annotations

import base64
import email
import hashlib
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from itertools import count
from typing import Any

from sqlmodel import SQLModel, col, select

from store import desk
from store.clock import Clock, MovableClock
from store.models import Case, DataKey, Letter
from store.office import Office, open_office
from store.rules.kinds import Kind
from store.rules.lifecycle import Role
from store.settings import Business, StoreSettings, load
from store.values import Actor, Arrival, CaseFile, Wish

STAFF1 = Actor("U0STAFF1", Role.STAFF)
STAFF2 = Actor("U0STAFF2", Role.STAFF)
MANAGER = Actor("U0MANAGER", Role.MANAGER)
READER = Actor("U0READER", Role.READER)
OUTSIDER = Actor("U0OUTSIDER")

MORNING = datetime(2027, 1, 12, 18, 0, tzinfo=UTC)
"""Ten in the morning of a Tuesday in Los Angeles; every rule of California's is in force."""

MASTER_KEY = base64.b64encode(b"a key that only tests may have..").decode()
ROSA = "rosa.alvarez@example.net"

_numbers = count(1)


class StillClock(MovableClock):
    """A clock that stands still until it is set.

    Args:
        moment: where it stands, aware.
    """

    def __init__(self, moment: datetime = MORNING) -> None:
        super().__init__()
        self.moment = moment

    def __call__(self) -> datetime:
        """The moment at which it stands, aware, in UTC."""
        return self.moment

    def advance(self, by: timedelta) -> None:
        """Set it ahead by that much (back, when negative)."""
        self.moment += by

    def move_to(self, moment: datetime) -> None:
        """Set it to an aware moment."""
        self.moment = moment.astimezone(UTC)


def office_at(url: str, clock: Clock, business: Business | None = None, *, key: str = MASTER_KEY) -> Office:
    """An office on that database, its tables up to date; the caller closes it.

    Args:
        url: the database.
        clock: the time, steered or not.
        business: whose; the example shop in Los Angeles without it.
        key: the master key, base64.
    """
    settings = load(StoreSettings, {"store": {"database_url": url, "master_key": key}})
    return open_office(settings, business or load(Business), clock)


def arrival(kinds: Sequence[Kind] = (), sender: str = ROSA, **said: Any) -> Arrival:
    """A mail that was read: from Rosa, unless something else is said.

    Args:
        kinds: the rights it invokes.
        sender: its address.
        said: any other field of `Arrival`.
    """
    number = next(_numbers)
    text = "Hello, please see to my request. Thank you, Rosa"
    fields: dict[str, Any] = {
        "sender": sender,
        "name": "Rosa Alvarez",
        "subject": "My personal data",
        "message_id": f"<mail-{number}@mail.example.net>",
        "text": said.get("reply", text),
        "reply": text,
        "wishes": tuple(Wish(kind, (f"words for {kind}",)) for kind in kinds),
    }
    return Arrival(**{**fields, **said})


def kept(office: Office, arrived: Arrival, at: datetime | None = None) -> int:
    """Keep the bytes of a mail.

    Args:
        office: where.
        arrived: the mail as it will be read.
        at: when it reached the inbox, aware; now, without it.

    Returns:
        Its id.
    """
    raw = f"From: {arrived.sender}\r\nMessage-ID: {arrived.message_id}\r\n\r\n{arrived.text}\r\n".encode()
    envelope = json.dumps({"from": arrived.sender, "to": [office.business.inbox]})
    known_by = hashlib.sha256(raw).hexdigest()
    return desk.keep(office, raw, known_by, road="smtp", envelope=envelope, received_at=at or office.clock()).mail_id


def arrive(
    office: Office,
    kinds: Sequence[Kind] = (Kind.DELETE,),
    sender: str = ROSA,
    at: datetime | None = None,
    **said: Any,
) -> CaseFile:
    """A consumer writes: the mail is kept, its case opened and acknowledged.

    Args:
        office: where.
        kinds: the rights the mail invokes.
        sender: its address.
        at: when it reached the inbox, aware; now, without it.
        said: any other field of `Arrival`.
    """
    arrived = arrival(kinds, sender, **said)
    return desk.open_case(office, kept(office, arrived, at), arrived)


def write_again(office: Office, ref: str, reply: str, **said: Any) -> CaseFile:
    """The consumer writes once more, and the mail is added to the case."""
    arrived = arrival(reply=reply, **said)
    return desk.attach(office, kept(office, arrived), arrived, ref)


class Sent(EmailMessage):
    """A letter as it went out; its content is its plain part, which says the same as the other one."""

    def get_content(self, *args: Any, **said: Any) -> Any:
        plain = self.get_body(("plain",))
        return super(Sent, plain or self).get_content(*args, **said)


def letters(office: Office, ref: str) -> list[EmailMessage]:
    """Every letter to the consumer of a case, the oldest first, as it is or will be sent."""
    with office.database.reading() as session:
        case = session.exec(select(Case).where(col(Case.id) == int(ref.removeprefix("PR-")) - 1000)).one()
        box = office.vault.open_box(case.key_id, session.get_one(DataKey, case.key_id).wrapped)
        rows = session.exec(select(Letter).where(Letter.case_id == case.id).order_by(col(Letter.id))).all()
        contents = [box.open(f"letter.content:{row.message_id}", row.content) for row in rows]
    return [email.message_from_bytes(content, _class=Sent, policy=default) for content in contents]


def code_in(letter: EmailMessage) -> str:
    """The one-time code of a verification letter."""
    found = re.search(r"^ {4}(\S{4}-\S{4})\r?$", letter.get_content(), re.MULTILINE)
    assert found, "there is no code in this letter"
    return found[1]


def everything(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, to see what has changed."""
    with office.database.reading() as session:
        return {
            table.name: sorted(tuple(row) for row in session.connection().execute(table.select()))
            for table in SQLModel.metadata.sorted_tables
        }
