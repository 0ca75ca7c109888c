"""The mail door is killed with -9 before and after each of its commits: nothing is lost, nothing is doubled."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import signal
from pathlib import Path

import aiosmtplib
import pytest

from intake.door import IntakeDoor
from intake.settings import IntakeSettings
from store import queries
from store.office import Bridge, Office
from store.rules.states import MailState
from store.settings import load
from tests.builders import ROSA, StillClock, arrive, letters, office_at
from tests.intake.peers import mails
from tests.killed import FORKS, Death, When, begin, take_mail_in
from tests.mailing import mail, send, until

LEAST_COMMITS = 5
"""The listener's note that it listens; each of two mails kept and read."""


@pytest.fixture
def prepared(tmp_path: Path, clock: StillClock) -> Path:
    """A database with one case, whose consumer has the acknowledgement."""
    file = tmp_path / "prepared" / "rightsdesk.db"
    office = office_at(f"sqlite:///{file}", clock)
    arrive(office)
    office.close()
    return file


@pytest.mark.parametrize("when", list(When))
async def test_every_mail_is_one_case_or_one_addition_wherever_the_process_dies(
    prepared: Path, tmp_path: Path, clock: StillClock, when: When
) -> None:
    number, died = 0, True
    while died:
        number += 1
        file = tmp_path / f"{when}{number}" / "rightsdesk.db"
        shutil.copytree(prepared.parent, file.parent)
        office = office_at(f"sqlite:///{file}", clock)
        (letter,) = letters(office, "PR-1001")
        sent = [mail(sender="tom@example.org"), mail("Thank you.", sender=ROSA, In_Reply_To=letter["Message-ID"])]
        accepted, died = await _send_to_one_who_dies(office, sent, Death(when, number))
        await _finish(office, [each for each in sent if each not in accepted])

        _is_once_and_whole(office)
        office.close()

    assert number > LEAST_COMMITS


async def _send_to_one_who_dies(office: Office, sent: list[bytes], death: Death) -> tuple[list[bytes], bool]:
    """Send the mails to a process that dies; give those that it answered with 250, and whether it died."""
    ours, theirs = FORKS.Pipe()
    process = begin(take_mail_in, office.database.engine.url.render_as_string(), death, theirs)
    theirs.close()
    accepted = []
    with contextlib.suppress(EOFError, ConnectionError, aiosmtplib.SMTPException):
        where = await asyncio.to_thread(ours.recv)
        for raw in sent:
            code, _ = await send(raw, where)
            assert code == 250
            accepted.append(raw)
        await until(lambda: not process.is_alive() or not queries.unread_mails(office))
    ours.close()
    await asyncio.to_thread(process.join)
    return accepted, process.exitcode == -signal.SIGKILL


async def _finish(office: Office, missing: list[bytes]) -> None:
    """Start again, have what was not accepted sent again, and read everything."""
    bridge = Bridge(office)
    door = IntakeDoor(bridge, load(IntakeSettings, {"intake": {"smtp_port": 0}}))
    await door.start()
    assert door.smtp_address
    for raw in missing:
        code, _ = await send(raw, door.smtp_address)
        assert code == 250
    await until(lambda: not queries.unread_mails(office))
    await door.stop()
    bridge.close()


def _is_once_and_whole(office: Office) -> None:
    assert sorted(each.state for each in mails(office)) == [MailState.ATTACHED, MailState.OPENED, MailState.OPENED]
    assert len(queries.cases(office)) == 2
    assert [line.event for line in queries.history(office, "PR-1001")].count("attached") == 1
    assert len(letters(office, "PR-1001")) == 1
    assert [letter["To"] for letter in letters(office, "PR-1002")] == ["tom@example.org"]
    assert queries.audit(office) == ()
