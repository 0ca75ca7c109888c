"""The ledger is sealed after every day, by whichever process looks first."""

from __future__ import annotations

from datetime import timedelta

from scheduler.seals import make_due_seal
from store import queries
from store.office import Bridge, Office
from tests.builders import StillClock, arrive


async def test_the_ledger_is_sealed_after_midnight_and_once(office: Office, bridge: Bridge, clock: StillClock) -> None:
    arrive(office)
    made = []
    for _ in range(4):
        made.append(await make_due_seal(bridge))
        clock.advance(timedelta(hours=13, minutes=59))  # 10:00, 23:59, 13:58 and 03:57 in Los Angeles

    assert made == [False, False, True, True]
    assert queries.audit(office) == ()
