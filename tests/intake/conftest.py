from __future__ import annotations

from collections.abc import Iterator

import pytest

from intake.settings import IntakeSettings
from store.office import Bridge, Office
from store.settings import load
from tests.intake.mailboxes import NO_DOVECOT, Folder, dovecot, has_dovecot, new_folder, pymap


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


@pytest.fixture(scope="module", params=["pymap", "dovecot"])
def server(request: pytest.FixtureRequest) -> Iterator[int]:
    """The port of a real IMAP server."""
    if request.param == "dovecot" and not has_dovecot():
        pytest.skip(NO_DOVECOT)
    with pymap() if request.param == "pymap" else dovecot() as port:
        yield port


@pytest.fixture
def folder(server: int) -> Folder:
    """An empty folder there."""
    return new_folder(server)
