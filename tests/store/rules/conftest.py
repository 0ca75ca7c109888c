from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.calendars import holidays_of
from store.packs import law

if TYPE_CHECKING:
    from datetime import date

    from store.rules.pack import Pack


@pytest.fixture(scope="session")
def california() -> Pack:
    return law("us-ca")


@pytest.fixture(scope="session")
def holidays() -> frozenset[date]:
    """California's holidays of all the years that the examples are in."""
    return holidays_of("US-CA", 2023, 2031)
