"""The digest: one a day, at nine where the business is, whatever the clocks of the country do."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlmodel import col, select

from scheduler.digests import last_slot, make_due_digest
from store.models import Post
from store.office import Bridge, Office
from store.rules.states import PostKind
from tests.builders import StillClock, office_at

NINE = time(9)
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
ZONES = [
    ZoneInfo(name)
    for name in ("America/Los_Angeles", "Europe/Berlin", "Asia/Kolkata", "Pacific/Apia", "America/Havana", "UTC")
]

moments = st.datetimes(datetime(2010, 1, 3), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


def local(moment: datetime, zone: ZoneInfo = LOS_ANGELES) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def digests(office: Office) -> list[str]:
    """The days whose digests were made."""
    with office.database.reading() as session:
        return list(session.exec(select(Post.subject).where(Post.kind == PostKind.DIGEST).order_by(col(Post.id))))


class TestTheLastSlot:
    @pytest.mark.parametrize(
        ("now", "slot"),
        [
            ("2027-01-12 08:59", "2027-01-11 09:00"),
            ("2027-01-12 09:00", "2027-01-12 09:00"),
            ("2027-01-12 23:59", "2027-01-12 09:00"),
            ("2027-03-14 03:00", "2027-03-13 09:00"),  # the night that is an hour short
            ("2027-03-14 09:00", "2027-03-14 09:00"),
            ("2027-11-07 08:59", "2027-11-06 09:00"),  # the night that is an hour long
            ("2027-11-07 09:00", "2027-11-07 09:00"),
        ],
    )
    def test_it_is_todays_nine_oclock_or_yesterdays(self, now: str, slot: str) -> None:
        moment = datetime.strptime(now, "%Y-%m-%d %H:%M").replace(tzinfo=LOS_ANGELES)

        assert local(last_slot(moment, LOS_ANGELES, NINE)) == slot

    @given(now=moments, zone=st.sampled_from(ZONES), at=st.times())
    @example(now=datetime(2011, 12, 30, 10, 5, tzinfo=UTC), zone=ZoneInfo("Pacific/Apia"), at=NINE)
    def test_it_is_never_ahead_and_never_older_than_a_day_of_that_country(
        self, now: datetime, zone: ZoneInfo, at: time
    ) -> None:
        slot = last_slot(now, zone, at)

        assert slot <= now
        assert now - slot < timedelta(days=3 if zone.key == "Pacific/Apia" else 1, hours=2)
        assert last_slot(slot, zone, at) == slot

    @given(now=moments, later=st.timedeltas(timedelta(0), timedelta(days=3)), zone=st.sampled_from(ZONES))
    def test_it_never_goes_back(self, now: datetime, later: timedelta, zone: ZoneInfo) -> None:
        assert last_slot(now, zone, NINE) <= last_slot(now + later, zone, NINE)


class TestOnceADay:
    async def test_many_looks_and_restarts_make_one_digest_a_day(self, any_office: Office, any_url: str) -> None:
        clock = any_office.clock
        assert isinstance(clock, StillClock)
        made = []
        for _ in range(4):
            again = office_at(any_url, clock, any_office.business)
            bridge = Bridge(again)
            for _ in range(8):
                clock.advance(timedelta(hours=3))
                made.append(await make_due_digest(bridge, NINE))
                made.append(await make_due_digest(bridge, NINE))
            bridge.close()
            again.close()

        assert sum(made) == 4
        assert digests(any_office) == ["2027-01-13", "2027-01-14", "2027-01-15", "2027-01-16"]

    async def test_a_week_that_was_slept_through_is_one_digest_and_not_seven(
        self, office: Office, clock: StillClock
    ) -> None:
        bridge = Bridge(office)
        clock.advance(timedelta(days=7))
        await make_due_digest(bridge, NINE)
        await make_due_digest(bridge, NINE)
        bridge.close()

        assert digests(office) == ["2027-01-19"]

    async def test_the_nine_oclock_before_the_installation_is_nobodys(self, office: Office) -> None:
        bridge = Bridge(office)
        made = await make_due_digest(bridge, NINE)
        bridge.close()

        assert not made
        assert digests(office) == []
