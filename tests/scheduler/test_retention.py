"""Once a day, what is past its time goes by itself."""

from __future__ import annotations

from datetime import timedelta

from scheduler.retention import sweep_once_a_day
from store import desk, queries
from store.office import Bridge, Office
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.settings import Retention
from tests.builders import STAFF1, StillClock, arrive


async def test_it_goes_on_the_first_look_of_a_day_and_no_other_look_is_had(office: Office, clock: StillClock) -> None:
    case = arrive(office, (Kind.OPT_OUT,))
    desk.claim(office, case.ref, STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)
    while jobs := desk.lease_letters(office, "postman"):
        for job in jobs:
            desk.letter_sent(office, job.id, "postman")
    bridge = Bridge(office)
    looks = [await sweep_once_a_day(bridge, Retention())]
    clock.advance(timedelta(days=400))
    looks += [await sweep_once_a_day(bridge, Retention()) for _ in range(2)]
    bridge.close()

    assert looks == [0, 2, 0]
    assert queries.case(office, case.ref).content_destroyed_at == clock()
