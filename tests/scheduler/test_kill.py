"""The postman is killed with -9 before and after each of his commits: every letter arrives, under one Message-ID."""

from __future__ import annotations

import asyncio
import shutil
import signal
from pathlib import Path

import pytest

from store import desk, queries
from store.office import Bridge
from store.rules.states import LetterState
from tests.builders import StillClock, arrive, office_at
from tests.killed import Death, When, begin, deliver
from tests.mailing import outside
from tests.scheduler.posting import letters_of, postman, states, write

LEAST_COMMITS = 6
"""Leases taken back; two letters leased and sent; the third leased and sent."""


@pytest.fixture
def prepared(tmp_path: Path, clock: StillClock) -> Path:
    """A database with three letters to send, two of them of one case."""
    file = tmp_path / "prepared" / "rightsdesk.db"
    office = office_at(f"sqlite:///{file}", clock)
    arrive(office)
    write(office, "PR-1001", "The second letter.")
    arrive(office, sender="tom@example.org")
    office.close()
    return file


@pytest.mark.parametrize("when", list(When))
async def test_every_letter_arrives_under_one_message_id_wherever_the_process_dies(
    prepared: Path, tmp_path: Path, clock: StillClock, when: When
) -> None:
    number, died = 0, True
    while died:
        number += 1
        file = tmp_path / f"{when}{number}" / "rightsdesk.db"
        shutil.copytree(prepared.parent, file.parent)
        url = f"sqlite:///{file}"
        async with outside() as sink:
            process = begin(deliver, url, Death(when, number), *sink.where)
            await asyncio.to_thread(process.join)
            died = process.exitcode == -signal.SIGKILL
            office = office_at(url, clock)
            desk.free_leases(office)
            bridge = Bridge(office)
            await postman(bridge, sink, "the next").drain()
            bridge.close()
            written = letters_of(office)

            assert process.exitcode in {0, -signal.SIGKILL}
            assert states(office) == [LetterState.SENT] * 3
            assert set(sink.message_ids) == {letter.message_id for letter in written}
            assert len({taken.content for taken in sink.taken}) == 3
            assert len(sink.taken) <= 3 + 2, "at most what was under way is sent again"
            assert sink.message_ids.index(written[0].message_id) < sink.message_ids.index(written[1].message_id)
            assert queries.audit(office) == ()
            office.close()

    assert number > LEAST_COMMITS
