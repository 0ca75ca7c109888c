"""A mail whose reading ends the program: it is put aside after some tries, and the mail behind it is read."""

from __future__ import annotations

import subprocess
import sys

from intake.reader import Reader
from intake.settings import IntakeSettings
from store import desk, queries
from store.models import MailState
from store.office import Bridge, Office
from tests.intake.taking import keep
from tests.mailing import mail

DEADLY = """
import asyncio, os, sys
from intake.reader import Reader
from intake.reading import read
from intake.settings import IntakeSettings
from store.office import Bridge
from store.settings import load
from tests.builders import StillClock, office_at

def die_of_the_first(raw, **said):
    if b"deadly" in raw:
        os._exit(137)
    return read(raw, **said)

bridge = Bridge(office_at(sys.argv[1], StillClock()))
asyncio.run(Reader(bridge, load(IntakeSettings), die_of_the_first).drain())
"""


def start(url: str) -> int:
    """Start what dies of a certain mail; gives how it ended."""
    return subprocess.run([sys.executable, "-c", DEADLY, url], check=False, timeout=60, capture_output=True).returncode


def test_a_mail_that_kills_whoever_reads_it_holds_up_no_other(office: Office, sqlite_url: str) -> None:
    deadly = keep(office, mail("This is a deadly mail."))
    behind = keep(office, mail())
    ends = [start(sqlite_url) for _ in range(3)]

    assert ends == [137, 137, 0]
    assert queries.held_mail(office, deadly).state == MailState.QUARANTINED
    assert queries.held_mail(office, behind).state == MailState.OPENED


async def test_what_another_process_has_settled_meanwhile_is_left_alone(
    bridge: Bridge, settings: IntakeSettings
) -> None:
    office = bridge.office
    mail_id = keep(office, mail())
    reader = Reader(bridge, settings)
    desk.quarantine(office, mail_id, reason="Another process was faster.")
    await reader.drain()

    assert queries.held_mail(office, mail_id).state == MailState.QUARANTINED
