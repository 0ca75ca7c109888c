"""The table of odd mails by every road: each mail is kept, read, and ends up where the table says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlmodel import col, select

from intake.imap import Trouble
from intake.mime import content_hash
from intake.reader import Reader
from intake.settings import IntakeSettings
from store.models import Letter, Mail
from store.office import Bridge, Office
from store.rules.states import MailState
from store.settings import load
from tests.builders import arrive
from tests.intake.mailboxes import NO_DOVECOT, Folder, dovecot, has_dovecot, new_folder, read_on, readers
from tests.intake.odd_mails import BIG, ODD_MAILS, Odd
from tests.intake.peers import line, listening, mails

SOMEBODY = "somebody@example.com"


@pytest.fixture
def settings() -> IntakeSettings:
    return load(IntakeSettings, {"intake": {"most_bytes": BIG}})


@pytest.fixture
def box() -> Iterator[Folder]:
    """A folder in Dovecot, which holds any bytes; pymap's APPEND falls over some of these."""
    if not has_dovecot():
        pytest.skip(NO_DOVECOT)
    with dovecot() as port:
        yield new_folder(port)


@pytest.fixture(autouse=True)
def _a_case_to_be_named(office: Office) -> None:
    assert arrive(office, sender=SOMEBODY).ref == "PR-1001"


async def settled(bridge: Bridge, settings: IntakeSettings) -> dict[str, Mail]:
    """Everything that was kept, after it was read, by its content's hash."""
    await Reader(bridge, settings).drain()
    return {mail.content_hash: mail for mail in mails(bridge.office)[1:]}


def astray(found: dict[str, Mail], came: list[tuple[Odd, bytes]]) -> list[str]:
    """The mails of the table, each with its bytes as they came, that are not where they belong."""
    days = {mail.received_at.date() for mail in found.values()}
    wrong = []
    for odd, raw in came:
        mail = next((found[known] for day in days if (known := content_hash(raw, day)) in found), None)
        if mail is None:
            wrong.append(f"{odd.name}: lost")
        elif (mail.state, odd.why in mail.reason) != (odd.state, True):
            wrong.append(f"{odd.name}: {mail.state} ({mail.reason})")
    return wrong


def answered(office: Office) -> set[str]:
    """The masked addresses of the cases that a letter was written for."""
    with office.database.reading() as session:
        cases = select(Letter.case_id).distinct()
        opened = select(Mail).where(col(Mail.case_id).in_(cases))
        return {mail.state for mail in session.exec(opened)}


def test_the_table_is_as_long_as_was_promised() -> None:
    assert len(ODD_MAILS) >= 40
    assert len({odd.name for odd in ODD_MAILS}) == len({odd.raw for odd in ODD_MAILS}) == len(ODD_MAILS)


async def test_by_smtp(bridge: Bridge, settings: IntakeSettings) -> None:
    refused = []
    async with listening(bridge, most_bytes=BIG) as where:
        for odd in ODD_MAILS:
            async with line(where) as talk:
                await talk.until_data(odd.sender)
                answer = await talk.say(odd.raw.replace(b"\r\n.", b"\r\n..").removesuffix(b"\r\n") + b"\r\n.\r\n")
            if answer[:3] != (odd.refused or "250"):
                refused.append(f"{odd.name}: {answer}")
    found = await settled(bridge, settings)
    taken = [(odd, odd.raw) for odd in ODD_MAILS if odd.refused is None]

    assert refused == []
    assert astray(found, taken) == []
    assert len(found) == len(taken)
    assert answered(bridge.office) == {MailState.OPENED}


async def test_by_imap(box: Folder, bridge: Bridge, settings: IntakeSettings) -> None:
    for odd in ODD_MAILS:
        box.deliver(odd.raw, at=bridge.office.clock())
    folders = readers(bridge.office, box.settings(), BIG)
    for _ in range(10):
        with suppress(Trouble):  # what is not handed over at once is asked for again
            read_on(box.settings(), folders)
    found = await settled(bridge, settings)
    came = [(odd, raw) for odd, (raw, _) in zip(ODD_MAILS, box.contents(), strict=True) if len(raw) <= BIG]

    assert astray(found, came) == []
    assert [mail.state for mail in found.values() if "too large" in mail.reason] == [MailState.HELD]
    assert len(found) == len(ODD_MAILS)
    assert answered(bridge.office) == {MailState.OPENED}
