"""What commands cost with a million cases beside ten thousand, and how long twenty presses at once take.

Run by hand (`make bench`): the lists are ratios, since machines differ; presses go through real sockets to the
stand-in, and want a machine that does nothing else.
"""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.app import SlackDoor
from bot.sandbox import presses
from store import desk, queries
from store.office import Office
from store.queries import Shelf, Which
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from tests.bot.conftest import MANAGER, REQUESTS, STAFF1, STAFF2, Floor, a_floor
from tests.builders import STAFF1 as SAM
from tests.builders import StillClock, arrive, office_at

FEW, MANY = 10_000, 1_000_000
ROUNDS = 60
PEOPLE = 20
HOW = {"within two seconds": 2.0, "in the same instant": 0.0}
"""How far apart the presses of twenty people are, in seconds from the first to the last."""
ADDRESS = "somebody@example.org"

Ask = Callable[[Office], object]


def main() -> None:
    """Measure and print."""
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        few, many = (_asked(Path(folder) / str(cases), cases) for cases in (FEW, MANY))
        for name, seconds in few.items():
            told = f"{seconds * 1e3:.2f} ms with {FEW:,} cases, {many[name] * 1e3:.2f} ms with {MANY:,}"
            console.print(f"{name}: {told}, {many[name] / seconds:.2f} times as long")
        for how, (acks, cards) in asyncio.run(_pressed(Path(folder) / "world")).items():
            ack, card = _percentile(acks, 99) * 1e3, _percentile(cards, 95) * 1e3
            console.print(f"{PEOPLE} people press {how}: ack p99 {ack:.0f} ms, redrawn card p95 {card:.0f} ms")


def _shelves() -> Iterator[tuple[str, Shelf]]:
    for which in Which:
        yield f"list {which}", Shelf(frozenset({which}))
    yield "list mine delete", Shelf(frozenset({Which.MINE}), (Kind.DELETE,))
    yield "search delete verifying", Shelf(frozenset({Which.ALL}), (Kind.DELETE,), (Status.VERIFYING,))


def _page(shelf: Shelf, *, next_one: bool) -> Ask:
    def ask(office: Office) -> object:
        first = queries.page(office, shelf, owner="U8")
        return queries.page(office, shelf, owner="U8", cursor=first.after) if next_one else first

    return ask


ASKS: dict[str, Ask] = {
    **{name: _page(shelf, next_one=False) for name, shelf in _shelves()},
    "list open, both pages": _page(Shelf(), next_one=True),
    "show": lambda office: queries.case(office, "PR-6001"),
    "search ADDRESS": lambda office: desk.search_address(office, ADDRESS, SAM),
}


def _asked(folder: Path, cases: int) -> dict[str, float]:
    """The median seconds of each question."""
    folder.mkdir()
    office = office_at(f"sqlite:///{folder}/rightsdesk.db", StillClock())
    try:
        arrive(office, (Kind.DELETE,), sender=ADDRESS)
        _multiply(folder / "rightsdesk.db", cases)
        return {name: _median(office, ask) for name, ask in ASKS.items()}
    finally:
        office.close()


def _median(office: Office, ask: Ask) -> float:
    ask(office)
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        ask(office)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _multiply(path: Path, cases: int) -> None:
    """Copies of the one case: half of them closed, a tenth without an owner, dates over four months, all the kinds."""
    shut = "n % 2 = 1"
    changed = {
        "case_file": {
            "token_hash": "token_hash || n",
            "address_hash": "'hash ' || (n / 3)",
            "owner": "CASE n % 10 WHEN 0 THEN NULL ELSE 'U' || (n % 40) END",
            "status": f"CASE WHEN {shut} THEN 'closed' WHEN n % 8 = 0 THEN 'verifying' ELSE 'claimed' END",
            "closed_at": f"CASE WHEN {shut} THEN datetime('2027-02-01', (n % 9973) || ' minutes') || '.000000' END",
            "last_word_at": "CASE n % 6 WHEN 0 THEN '2026-01-01 00:00:00.000000' ELSE last_word_at END",
        },
        "request": {
            "case_id": "n + 1",
            "kind": "CASE n % 8 WHEN 0 THEN 'delete' WHEN 1 THEN 'correct' WHEN 2 THEN 'know_specific' "
            "ELSE 'opt_out' END",
            "respond_by": "date('2027-01-02', (n * 7919 % 120) || ' days')",
            "outcome": f"CASE WHEN {shut} THEN 'complied_in_full' END",
            "settled_at": f"CASE WHEN {shut} THEN '2027-02-01 00:00:00.000000' END",
        },
        "letter": {"case_id": "n + 1", "name": "'reply'", "message_id": "message_id || n"},
    }
    with closing(sqlite3.connect(path)) as file:
        for table, values in changed.items():
            names = [name for _, name, *_ in file.execute(f"PRAGMA table_info({table})") if name != "id"]
            chosen = ", ".join(values.get(name, name) for name in names)
            file.execute(
                f"WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < {cases - 1}) "  # noqa: S608 - our own names
                f"INSERT INTO {table} ({', '.join(names)}) SELECT {chosen} FROM {table}, count WHERE {table}.id = 1"
            )
        file.commit()


@dataclass
class TimedRoad:
    """The way to the app, which notes how long each acknowledgement took."""

    road: Any
    taken: list[float] = field(default_factory=list)

    async def deliver(self, *what: Any, **more: Any) -> Any:
        start = time.perf_counter()
        try:
            return await self.road.deliver(*what, **more)
        finally:
            self.taken.append(time.perf_counter() - start)


async def _pressed(data: Path) -> dict[str, tuple[list[float], list[float]]]:
    """Twenty people claim a case each, then give it back: seconds to the acknowledgement, and to the card."""
    data.mkdir()
    clock = StillClock()
    office = office_at(f"sqlite:///{data}/rightsdesk.db", clock)
    async with a_floor(office, clock, data) as floor:
        door = SlackDoor(floor.bridge, floor.settings)
        await door.start()
        refs = [await _arrived(floor, number) for number in range(PEOPLE)]
        road = TimedRoad(floor.world.bench.road)
        floor.world.bench.road = road  # type: ignore[assignment]
        found = {}
        for how, seconds in HOW.items():
            road.taken, cards = [], []
            for action in ("claim", "release"):
                pauses = [number * seconds / PEOPLE for number in range(PEOPLE)]
                cards += await asyncio.gather(
                    *(_press(floor, number, ref, action, pauses[number]) for number, ref in enumerate(refs))
                )
                await asyncio.sleep(1)
            found[how] = (road.taken, cards)
        await door.stop()
    office.close()
    return found


async def _arrived(floor: Floor, number: int) -> str:
    """One case, once its card stands: Slack takes one message a second in a channel."""
    case = floor.arrives(Kind.DELETE, sender=f"p{number}@example.org")
    while not floor.cards(case.ref):
        await asyncio.sleep(0.05)
    await asyncio.sleep(1.2)
    return case.ref


async def _press(floor: Floor, number: int, ref: str, action: str, pause: float) -> float:
    """The seconds from a press, after a pause, until its card shows it."""
    await asyncio.sleep(pause)
    user = (STAFF1, STAFF2, MANAGER)[number % 3]
    before = floor.cards(ref)[0]["text"]
    ts = floor.cards(ref)[0]["ts"]
    start = time.perf_counter()
    value = None if action == "claim" else f"{action} {ref}"
    pressing = asyncio.create_task(
        presses.press(floor.world.bench, user, REQUESTS, ts, action if value is None else "more", value)
    )
    while floor.cards(ref)[0]["text"] == before:
        await asyncio.sleep(0.002)
    taken = time.perf_counter() - start
    await pressing
    return taken


def _percentile(taken: Sequence[float], percent: int) -> float:
    return sorted(taken)[max(0, -(-len(taken) * percent // 100) - 1)]


if __name__ == "__main__":
    main()
