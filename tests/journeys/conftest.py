from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.sandbox.world import World
from store.clock import MovableClock
from tests.journeys.demo import Demo
from tests.journeys.outside import Outside


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """The whole desk in a process of its own."""
    running = Demo(tmp_path).start()
    yield running
    running.kill()


@pytest.fixture
async def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Outside]:
    """Slack and the consumers' mail server; the two tokens are in the environment, as at a real company."""
    world = World(data=tmp_path / "outside", clock=MovableClock(), inbox="privacy@harbour.test")
    await world.start()
    found = Outside(world)
    for name, token in found.tokens.items():
        monkeypatch.setenv(name, token)
    yield found
    await world.stop()
