from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.sandbox.world import World
from store.clock import MovableClock
from tests.journeys.demo import Demo
from tests.journeys.outside import Outside
from tests.journeys.private import shown_to_slack


@pytest.fixture(autouse=True)
def nothing_personal(tmp_path: Path) -> Iterator[None]:
    """After every journey: no consumer's word stood anywhere in Slack but in a modal."""
    yield
    strings, found = shown_to_slack(tmp_path)
    assert not found, f"{len(found)} messages hold one of {sorted(strings)}; the first: {found[0]}"


@pytest.fixture
def demo(tmp_path: Path, nothing_personal: None) -> Iterator[Demo]:  # noqa: ARG001 - walked when the desk is down
    """The whole desk in a process of its own."""
    running = Demo(tmp_path).start()
    yield running
    running.kill()


@pytest.fixture
async def outside(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    nothing_personal: None,  # noqa: ARG001 - walked when all is down
) -> AsyncIterator[Outside]:
    """Slack and the consumers' mail server; the two tokens are in the environment, as at a real company."""
    world = World(data=tmp_path / "outside", clock=MovableClock(), inbox="privacy@harbour.test")
    await world.start()
    found = Outside(world)
    for name, token in found.tokens.items():
        monkeypatch.setenv(name, token)
    yield found
    await world.stop()
