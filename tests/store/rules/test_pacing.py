"""When one more automatic answer may go to an address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.pacing import DAY, earliest, reached_at

NOW = datetime(2027, 1, 12, 18, tzinfo=UTC)
PAUSE = timedelta(hours=4)


def ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


@pytest.mark.parametrize(
    ("same", "others", "at"),
    [
        (None, [], NOW),
        (ago(5), [ago(5)], NOW),
        (ago(1), [ago(1)], ago(-3)),
        (ago(-3), [ago(1), ago(-3)], ago(-7)),
        (None, [ago(9), ago(8), ago(7)], ago(-15)),
        (None, [ago(9), ago(8)], NOW),
        (ago(1), [ago(23), ago(2), ago(1)], ago(-3)),
    ],
)
def test_the_same_waits_for_its_pause_and_all_together_for_their_day(
    same: datetime | None, others: list[datetime], at: datetime
) -> None:
    assert earliest(NOW, same, others, pause=PAUSE, per_day=3) == at


@pytest.mark.parametrize(
    ("address", "mailbox"),
    [
        ("Rosa+shop@Example.net", "rosa@example.net"),
        ("rosa@bücher.example", "rosa@xn--bcher-kva.example"),
        ("rosa@xn--bcher-kva.example", "rosa@xn--bcher-kva.example"),
        ("rosa@..", "rosa@.."),
        ('"rosa@home"@Example.net', '"rosa@home"@example.net'),
    ],
)
def test_one_mailbox_is_one_whatever_it_is_written_like(address: str, mailbox: str) -> None:
    assert reached_at(address) == mailbox


@given(moments=st.lists(st.integers(0, 20_000), max_size=60), per_day=st.integers(1, 5))
def test_whatever_comes_no_day_sees_more_than_it_may(moments: list[int], per_day: int) -> None:
    sent: list[datetime] = []
    for minutes in sorted(moments):
        now = NOW + timedelta(minutes=minutes)
        kept = [at for at in sorted(sent) if at > now - DAY]
        sent.append(earliest(now, max(sent, default=None), kept, pause=PAUSE, per_day=per_day))
    sent.sort()

    assert all(later - earlier >= PAUSE for earlier, later in pairwise(sent))
    assert all(sum(at <= other < at + DAY for other in sent) <= per_day for at in sent)
