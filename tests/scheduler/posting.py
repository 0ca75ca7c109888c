"""A postman and what he leaves in the database."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col, select

from scheduler.postman import Postman
from scheduler.settings import PostSettings
from store import desk, queries
from store.models import Letter
from store.office import Bridge, Office
from store.settings import load
from tests.builders import STAFF1, StillClock
from tests.mailing import Sink

TWO_MINUTES = timedelta(minutes=2)


def postman(bridge: Bridge, where: Sink | tuple[str, int], name: str = "first", **said: object) -> Postman:
    """A postman who knows that mail server.

    Args:
        bridge: the way to the desk.
        where: the server, or its address and port.
        name: his, for the leases.
        said: any other key of `[post]`.
    """
    host, port = where.where if isinstance(where, Sink) else where
    fields = {"host": host, "port": port, "security": "none", "timeout_seconds": 5, **said}
    return Postman(bridge, load(PostSettings, {"post": fields}), name)


def letters_of(office: Office) -> list[Letter]:
    """Every letter's row, the oldest first."""
    with office.database.reading() as session:
        found = list(session.exec(select(Letter).order_by(col(Letter.id))))
        session.expunge_all()
        return found


def states(office: Office) -> list[str]:
    """Whether each letter waits, was sent, or was parked."""
    return [letter.state for letter in letters_of(office)]


def events(office: Office, ref: str = "PR-1001") -> list[str]:
    """What the ledger tells of a case, in its order."""
    return [line.event for line in queries.history(office, ref)]


def write(office: Office, ref: str, text: str) -> None:
    """Staff write one more letter to the consumer of a case."""
    if queries.case(office, ref).owner is None:
        desk.claim(office, ref, STAFF1)
    desk.reply(office, ref, text, STAFF1)


async def later(clock: StillClock, man: Postman, times: int = 1) -> None:
    """Let time pass and have him try again, so many times."""
    for _ in range(times):
        clock.advance(timedelta(hours=9))
        await man.drain()
