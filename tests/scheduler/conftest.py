from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from store.office import Bridge, Office
from tests.mailing import Sink, outside


@pytest.fixture
def bridge(office: Office) -> Iterator[Bridge]:
    """The way to the desk."""
    opened = Bridge(office)
    yield opened
    opened.close()


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    """A mail server of the outside world."""
    async with outside() as opened:
        yield opened
