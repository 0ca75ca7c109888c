from __future__ import annotations

from collections.abc import Iterator

import pytest

from intake.settings import IntakeSettings
from store.office import Bridge, Office
from store.settings import load


@pytest.fixture
def bridge(office: Office) -> Iterator[Bridge]:
    """The way to the desk."""
    opened = Bridge(office)
    yield opened
    opened.close()


@pytest.fixture
def settings() -> IntakeSettings:
    """The mail door's: a listener on a free port, nothing else."""
    return load(IntakeSettings, {"intake": {"smtp_port": 0}})
