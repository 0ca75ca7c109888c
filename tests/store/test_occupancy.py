"""SQLite is for one process: the second one is told, and a dead one stands in nobody's way."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import SecondProcess
from store.occupancy import occupy
from store.settings import StoreSettings, load


def settings(url: str) -> StoreSettings:
    return load(StoreSettings, {"store": {"database_url": url}})


def test_a_second_process_on_one_file_is_told(tmp_path: Path) -> None:
    here = settings(f"sqlite:///{tmp_path}/var/desk.db")
    lock = occupy(here)
    assert lock is not None

    with pytest.raises(SecondProcess, match=r"desk\.db"):
        occupy(here)
    lock.close()


def test_after_the_first_has_ended_the_next_may_begin(tmp_path: Path) -> None:
    here = settings(f"sqlite:///{tmp_path}/desk.db")
    for _ in range(2):
        lock = occupy(here)
        assert lock is not None
        lock.close()


@pytest.mark.parametrize("url", ["postgresql+psycopg://desk@db/desk", "sqlite:///"])
def test_where_there_is_no_file_there_is_nothing_to_lock(url: str) -> None:
    assert occupy(settings(url)) is None
