"""Section 7102: what a year's requests are counted as."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from store.rules.kinds import Kind
from store.rules.metrics import SUBSTANTIVE, Counted, Metrics, metrics
from store.rules.terms import Outcome

SPRING = date(2027, 4, 1)


def counted(*requests: Counted, always: Iterable[Kind] = (), on: date = SPRING) -> Metrics:
    return metrics(2026, requests, counted_on=on, always=tuple(always), titles={})


def test_a_year_without_requests_still_has_the_rows_that_the_law_wants_published() -> None:
    year = counted(always=(Kind.DELETE, Kind.KNOW_SPECIFIC))

    assert [row.name for row in year.rows] == ["Requests to know, both kinds", "Copy of the data", "Delete"]
    assert all(row.received == 0 and row.median_days is None and row.mean_days is None for row in year.rows)
    assert year.total.received == 0


def test_days_are_counted_to_a_substantive_answer_only() -> None:
    year = counted(
        Counted(Kind.DELETE, Outcome.COMPLIED_IN_FULL, (), 10),
        Counted(Kind.DELETE, Outcome.COMPLIED_IN_PART, ("exempt",), 20),
        Counted(Kind.DELETE, Outcome.DENIED, ("exempt", "not_verified"), 45),
        Counted(Kind.DELETE, Outcome.DENIED, ("not_verified",), 45),
        Counted(Kind.DELETE, Outcome.WITHDRAWN, (), 1),
        Counted(Kind.DELETE, Outcome.DUPLICATE, (), 0),
        Counted(Kind.DELETE, None, (), None),
    )
    (row,) = year.rows

    assert (row.received, row.waiting) == (7, 1)
    assert row.endings == {
        Outcome.COMPLIED_IN_FULL: 1,
        Outcome.COMPLIED_IN_PART: 1,
        Outcome.DENIED: 2,
        Outcome.WITHDRAWN: 1,
        Outcome.DUPLICATE: 1,
    }
    assert (row.median_days, row.mean_days) == (32.5, 30.0)
    assert row.bases == (("exempt", 2), ("not_verified", 2))


def test_days_are_rounded_to_a_tenth_and_the_grounds_given_most_stand_first() -> None:
    year = counted(
        Counted(Kind.DELETE, Outcome.DENIED, ("exempt",), 10),
        Counted(Kind.DELETE, Outcome.DENIED, ("not_verified",), 10),
        Counted(Kind.DELETE, Outcome.DENIED, ("not_verified", "no_data"), 11),
    )

    assert year.total.mean_days == 10.3
    assert year.total.bases == (("not_verified", 2), ("exempt", 1), ("no_data", 1))


def test_what_was_counted_is_said() -> None:
    titles = {"exempt": "Exempt"}
    year = metrics(2026, (), counted_on=SPRING, law="us-va", titles=titles)

    assert (year.year, year.law, year.counted_on, year.titles) == (2026, "us-va", SPRING, titles)
    assert (year.total.name, year.total.kinds) == ("All requests", tuple(Kind))


def test_requests_to_know_are_also_counted_together_and_once_in_all() -> None:
    year = counted(
        Counted(Kind.KNOW_SPECIFIC, Outcome.COMPLIED_IN_FULL, (), 4),
        Counted(Kind.KNOW_CATEGORIES, Outcome.DENIED, ("exempt",), 6),
        Counted(Kind.OPT_OUT, Outcome.COMPLIED_IN_FULL, (), 2),
    )
    know = year.rows[0]

    assert (know.received, know.median_days, know.bases) == (2, 5, (("exempt", 1),))
    assert [row.received for row in year.rows] == [2, 1, 1, 1]
    assert (year.total.received, year.total.median_days, year.total.mean_days) == (3, 4, 4)


def test_what_was_no_request_is_counted_nowhere_else() -> None:
    year = counted(Counted(Kind.DELETE, Outcome.NOT_A_REQUEST, (), 3))

    assert year.not_requests == 1
    assert year.rows == ()
    assert year.total.received == 0


def test_a_year_is_unfinished_until_it_is_over() -> None:
    assert counted(on=date(2026, 12, 31)).unfinished
    assert not counted(on=date(2027, 1, 1)).unfinished


REQUESTS = st.builds(
    Counted,
    kind=st.sampled_from(Kind),
    outcome=st.none() | st.sampled_from(Outcome),
    bases=st.just(()),
    days=st.integers(0, 120),
)


@given(st.lists(REQUESTS))
def test_every_request_stands_in_exactly_one_column(requests: list[Counted]) -> None:
    year = counted(*requests)
    parts = [row for row in year.rows if len(row.kinds) == 1]
    answered = [each.days for each in requests if each.outcome in SUBSTANTIVE]

    assert sum(row.received for row in parts) == year.total.received
    assert all(row.received == row.waiting + sum(row.endings.values()) for row in (*parts, year.total))
    assert year.total.received + year.not_requests == len(requests)
    assert (year.total.median_days is None) == (not answered)
