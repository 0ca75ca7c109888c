"""The metrics of section 7102, counted from the record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, update

from store import desk, queries
from store.models import Case
from store.office import Office
from store.packs import PackError
from store.rules.kinds import Kind
from store.rules.metrics import Row
from store.rules.outcomes import Outcome
from tests.builders import STAFF1, StillClock, arrive


def row(rows: tuple[Row, ...], kind: Kind) -> Row:
    return next(each for each in rows if each.kinds == (kind,))


def settle(office: Office, kind: Kind, outcome: Outcome, *bases: str) -> None:
    case = arrive(office, (kind,), sender=f"{kind}-{outcome}@example.net")
    desk.claim(office, case.ref, STAFF1)
    office.clock.advance(timedelta(days=4))  # type: ignore[attr-defined] # a clock that stands still
    desk.resolve(office, case.ref, case.requests[0].id, outcome, STAFF1, bases=bases)


def test_a_year_is_counted_by_right_outcome_ground_and_days(any_office: Office) -> None:
    settle(any_office, Kind.DELETE, Outcome.DENIED, "not_verified", "delete_security")
    settle(any_office, Kind.OPT_OUT, Outcome.COMPLIED_IN_FULL)
    settle(any_office, Kind.CORRECT, Outcome.NOT_A_REQUEST)
    arrive(any_office, (Kind.LIMIT,), sender="limit@example.net")
    year = queries.metrics(any_office)
    delete = row(year.rows, Kind.DELETE)

    assert year.year == 2027
    assert (delete.received, delete.endings[Outcome.DENIED], delete.median_days) == (1, 1, 4)
    assert [year.titles[basis] for basis, _ in delete.bases] == [
        "needed for security and integrity",
        "identity not verified",
    ]
    assert row(year.rows, Kind.LIMIT).waiting == 1
    assert (year.total.received, year.not_requests) == (3, 1)
    assert {kind for each in year.rows for kind in each.kinds} >= {Kind.KNOW_CATEGORIES, Kind.CORRECT}
    assert queries.metrics(any_office, 2026).total.received == 0


def test_the_year_and_the_days_are_the_business_s_own(office: Office, clock: StillClock) -> None:
    clock.move_to(datetime(2027, 1, 1, 7, 30, tzinfo=UTC))  # still New Year's Eve in Los Angeles
    case = arrive(office, (Kind.OPT_OUT,))
    desk.claim(office, case.ref, STAFF1)
    clock.advance(timedelta(hours=1))
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)
    old = queries.metrics(office, 2026)

    assert (old.total.received, old.total.median_days) == (1, 1)
    assert queries.metrics(office, 2027).total.received == 0


def test_one_law_can_be_counted_alone(office: Office) -> None:
    settle(office, Kind.DELETE, Outcome.WITHDRAWN)

    assert queries.metrics(office, 2027, "us-ca").total.received == 1
    assert queries.metrics(office, 2027, "eu-gdpr").total.received == 0
    with pytest.raises(PackError):
        queries.metrics(office, 2027, "us-zz")


def test_a_ground_of_a_law_that_is_gone_is_told_by_its_id(office: Office) -> None:
    settle(office, Kind.DELETE, Outcome.DENIED, "not_verified")
    with office.database.writing() as session:
        session.connection().execute(update(Case).where(col(Case.id) == 1).values(law="us-zz"))
    year = queries.metrics(office, 2027)

    assert dict(year.titles) == {"not_verified": "not_verified"}
