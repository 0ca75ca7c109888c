"""A year of a privacy desk, invented: people write, staff work or forget, letters bounce; then what must hold.

Everything follows from the seed. `python -m tests.year 10000` (or `make year`) plays a large one and says what broke.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from rich.progress import track

from store import desk, queries
from store.errors import DeskError
from store.findings import Findings
from store.ledger import Fault
from store.office import Office
from store.rules.kinds import Kind
from store.rules.lifecycle import Move, Role, Status
from store.rules.outcomes import Outcome
from store.rules.requesters import OwnWord, Permission, Requester
from store.rules.verification import MAILBOX
from store.values import Actor, CaseFile, Wish
from tests.builders import MANAGER, STAFF1, STAFF2, StillClock, arrive, code_in, letters, office_at, write_again

DAYS = 365
AFTERWARDS = 100
"""Days after the last mail, in which what was forgotten is overdue and warned of."""
FIRST_DAY = datetime(2027, 2, 1, 18, 0, tzinfo=UTC)
SHARE_WORKED = 0.25
"""How likely staff touch an open case on a day."""
FORGOTTEN = 0.03
"""The share of cases that nobody touches until the managers were told."""
SLIPS = 0.2
"""How often somebody does what does not fit."""
SELDOM = (Move.ASSIGN, Move.HOLD, Move.LIFT, Move.RELEASE, Move.RECLASSIFY, Move.CHANGE_LAW)
RARELY = 0.3
"""How often something may happen that seldom does."""
REMEMBERED = 3
"""Days after its date on which a forgotten case is remembered."""
BY = "year"
WORDS = ("Any news?", "It is ABCD-1234.")
NEVER_VERIFIED = ("opt_out", "limit", "admt_opt_out", "appeal")
ANSWERED = ("resolved", "linked", "cancelled")


@dataclass(slots=True)
class Year:
    """One play.

    Attributes:
        path: the database's file.
        cases: how many people write.
        seed: from which everything follows.
        tried: how often each thing was tried.
        refused: how often the desk said no, by the name of its refusal.
        faults: what is broken in the ledger afterwards.
    """

    path: Path
    cases: int
    seed: int = 7
    tried: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    faults: tuple[Fault, ...] = ()

    def play(self, *, shown: bool = False) -> None:
        """Let the year go by."""
        random, clock = Random(self.seed), StillClock(FIRST_DAY)
        office = office_at(f"sqlite:///{self.path}", clock)
        play = _Play(office, clock, random, self)
        try:
            for day in track(range(DAYS + AFTERWARDS), "a year", disable=not shown):
                play.one_day(day)
            self.faults = queries.audit(office)
        finally:
            office.close()


class _Play:
    """The people of a year and what they do."""

    def __init__(self, office: Office, clock: StillClock, random: Random, year: Year) -> None:
        self._office, self._clock, self._random, self._year = office, clock, random, year
        self._open: list[str] = []
        self._forgotten: set[str] = set()
        self._senders: list[str] = []
        self._laws = (None, *office.laws.names)

    def one_day(self, day: int) -> None:
        """Mails in the morning, work during the day, letters out, the desk's own look at the dates."""
        self._clock.move_to(FIRST_DAY + timedelta(days=day, minutes=self._random.randrange(300)))
        if day < DAYS:
            for _ in range(self._due_mails(day)):
                self._arrives()
        for ref in [ref for ref in self._open if self._random.random() < SHARE_WORKED]:
            self._is_worked_on(ref)
        self._letters_go_out()
        while desk.remind(self._office) == desk.dates.BATCH:
            pass
        while desk.remind_of_codes(self._office) == desk.codes.BATCH:
            pass
        desk.escalate_unreached(self._office)
        desk.seal(self._office)

    def _due_mails(self, day: int) -> int:
        return self._year.cases * (day + 1) // DAYS - self._year.cases * day // DAYS

    def _arrives(self) -> None:
        random = self._random
        again = self._senders and random.random() < 0.1
        sender = random.choice(self._senders) if again else f"person{len(self._senders)}@example.net"
        self._senders.append(sender)
        case = arrive(
            self._office,
            random.sample(list(Kind), random.choice((1, 1, 1, 2, 3))),
            sender,
            at=self._clock() - timedelta(hours=random.randrange(72)),
            law=random.choice(self._laws),
            language=random.choice(("en", "en", "es", "de")),
            requester=random.choice((Requester.CONSUMER, Requester.CONSUMER, Requester.AGENT, Requester.PARENT)),
        )
        if case.ref not in self._open:
            self._open.append(case.ref)
        if random.random() < FORGOTTEN:
            self._forgotten.add(case.ref)

    def _is_worked_on(self, ref: str) -> None:
        case = queries.case(self._office, ref)
        if ref in self._forgotten and case.due and (self._office.today() - case.due).days < REMEMBERED:
            return
        name, action = self._choice(case)
        self._year.tried[name] += 1
        try:
            action()
        except DeskError as refusal:
            self._year.refused[type(refusal).__name__] += 1
        if queries.case(self._office, ref).status is Status.CLOSED and self._random.random() < 0.95:
            self._open.remove(ref)

    def _choice(self, case: CaseFile) -> tuple[str, Callable[[], object]]:
        """What somebody does: mostly what the case offers, by whoever has it, and sometimes a slip."""
        random = self._random
        slips = random.random() < SLIPS
        by = random.choice((STAFF1, STAFF2, MANAGER)) if slips or case.owner is None else Actor(case.owner, Role.STAFF)
        everything = dict(self._actions(case, by))
        fitting = [move for move in case.offered if move in everything and move not in SELDOM]
        rare = ("writes again", "asks how far it is", "contests", Move.CANCEL, *SELDOM)
        again = ("sends the code", *(random.choice(rare),) * (random.random() < RARELY))
        likely = [*fitting, *(Move.RESOLVE,) * (4 * (Move.RESOLVE in fitting)), *again]
        name = random.choice(list(everything) if slips or not fitting else likely)
        return name, everything[name]

    def _actions(self, case: CaseFile, by: Actor) -> Iterator[tuple[str, Callable[[], object]]]:
        office, ref, random = self._office, case.ref, self._random
        line = random.choice(case.open_requests or case.requests)
        settled = random.choice([each for each in case.requests if not each.open] or [line])
        outcome = random.choice((Outcome.COMPLIED_IN_FULL, *Outcome))
        yield Move.CLAIM, lambda: desk.claim(office, ref, by)
        yield Move.RELEASE, lambda: desk.release(office, ref, by)
        yield Move.ASSIGN, lambda: desk.assign(office, ref, STAFF1, MANAGER)
        yield Move.ASK, lambda: desk.ask_to_verify(office, ref, by, line.id)
        yield Move.VERIFY, lambda: self._verifies(case, by)
        yield Move.EXTEND, lambda: desk.extend(office, ref, line.id, "The archive is slow.", by)
        yield Move.REPLY, lambda: desk.reply(office, ref, random.choice(("We are at it.", "")), by)
        yield Move.RECLASSIFY, lambda: desk.reclassify(office, ref, line.id, random.choice(list(Kind)), by)
        yield Move.CHANGE_LAW, lambda: desk.change_law(office, ref, random.choice(office.laws.names), by)
        yield Move.REEVALUATE, lambda: desk.reevaluate(office, ref, by, line.id)
        yield Move.LINK, lambda: desk.link(office, ref, by)
        yield Move.REOPEN, lambda: desk.reopen(office, ref, settled.id, "We look again.", by)
        yield Move.HOLD, lambda: desk.hold_case(office, ref, "A lawsuit.", MANAGER)
        yield Move.LIFT, lambda: desk.lift_hold(office, ref, MANAGER)
        yield Move.RESOLVE, lambda: self._resolves(case, line.id, outcome, by)
        yield "writes again", lambda: write_again(office, ref, random.choice(WORDS))
        yield "asks how far it is", lambda: write_again(office, ref, "status", own_word=OwnWord.STATUS)
        yield Move.CANCEL, lambda: write_again(office, ref, "cancel", own_word=OwnWord.CANCEL)
        yield "contests", lambda: write_again(office, ref, "I appeal.", wishes=(Wish(Kind.APPEAL, ("I appeal",)),))
        yield "sends the code", lambda: self._sends_the_code(ref)

    def _verifies(self, case: CaseFile, by: Actor) -> None:
        """Enough is shown for any law, and sometimes something is missing."""
        random = self._random
        points = [point.id for point in self._office.pack(case.law).points if point.id != MAILBOX]
        agent = case.requester is Requester.AGENT
        found = Findings(
            permission=Permission.DIRECT if agent and random.random() < 0.9 else None,
            guardian=case.requester is Requester.PARENT and random.random() < 0.9,
        )
        shown = points if random.random() < 0.9 else points[:1]
        desk.verify(self._office, case.ref, shown, by, declared=True, findings=found)

    def _resolves(self, case: CaseFile, request_id: int, outcome: Outcome, by: Actor) -> None:
        kind = next(line.kind for line in case.requests if line.id == request_id)
        fitting = [basis.id for basis in self._office.pack(case.law).bases if kind in basis.kinds]
        needs = outcome in {Outcome.DENIED, Outcome.COMPLIED_IN_PART}
        bases = self._random.sample(fitting, 1) if needs and fitting else ()
        desk.resolve(self._office, case.ref, request_id, outcome, by, bases=bases, note="This is why.")

    def _sends_the_code(self, ref: str) -> None:
        for letter in reversed(letters(self._office, ref)):
            with suppress(AssertionError):
                write_again(self._office, ref, f"It is {code_in(letter)}")
                return

    def _letters_go_out(self) -> None:
        while jobs := desk.lease_letters(self._office, BY):
            for job in jobs:
                if self._random.random() < 0.03:
                    desk.letter_delayed(self._office, job.id, BY, "451 try later")
                else:
                    desk.letter_sent(self._office, job.id, BY)


def broken(path: Path) -> Iterator[str]:
    """Every invariant that a desk's database breaks, in a sentence each; nothing when all hold.

    Args:
        path: an SQLite file.
    """
    with closing(sqlite3.connect(path)) as file:
        file.row_factory = sqlite3.Row
        for check in (_clocks, _endings, _told_letters, _opt_outs, _warnings):
            yield from check(file)


def _clocks(file: sqlite3.Connection) -> Iterator[str]:
    """No open request without a date and a next look at it."""
    for row in file.execute("SELECT * FROM request WHERE outcome IS NULL"):
        if row["respond_by"] is None or row["next_reminder_at"] is None:
            yield f"request {row['id']} is open and has no clock"


def _endings(file: sqlite3.Connection) -> Iterator[str]:
    """None closed without an answer or a reason."""
    told = {(row["chain"], row["event"]) for row in file.execute("SELECT DISTINCT chain, event FROM ledger")}
    for row in file.execute("SELECT * FROM case_file WHERE closed_at IS NOT NULL"):
        left = file.execute("SELECT count(*) FROM request WHERE case_id = ? AND outcome IS NULL", [row["id"]])
        if left.fetchone()[0]:
            yield f"case {row['id']} is closed with an open request"
        if not any((row["id"], event) in told for event in ANSWERED):
            yield f"case {row['id']} is closed and nothing says why"
        written = file.execute("SELECT count(*) FROM letter WHERE case_id = ?", [row["id"]]).fetchone()[0]
        if written < 2:  # the acknowledgement and the answer
            yield f"case {row['id']} is closed and was never answered"


def _told_letters(file: sqlite3.Connection) -> Iterator[str]:
    """No letter without its ledger line."""
    told = {
        json.loads(row["facts"])["id"]
        for row in file.execute("SELECT facts FROM ledger WHERE event = 'letter written'")
    }
    for row in file.execute("SELECT id, name FROM letter"):
        if row["id"] not in told:
            yield f"letter {row['id']} ({row['name']}) has no ledger line"


def _opt_outs(file: sqlite3.Connection) -> Iterator[str]:
    """No verification of an opt-out (section 7026(d)) nor of a request to limit (section 7027(e))."""
    for row in file.execute("SELECT id, facts FROM ledger WHERE event = 'verification asked'"):
        asked = set(json.loads(row["facts"]).get("kinds", ())) & set(NEVER_VERIFIED)
        if asked:
            yield f"ledger line {row['id']} asks to verify {', '.join(asked)}"


def _warnings(file: sqlite3.Connection) -> Iterator[str]:
    """No date missed without a warning before it."""
    reminders: dict[tuple[int, str], str] = {}
    for row in file.execute("SELECT request_id, due, min(made_at) AS first FROM reminder GROUP BY request_id, due"):
        reminders[row["request_id"], row["due"]] = row["first"]
    last = file.execute("SELECT max(at) FROM ledger").fetchone()[0]
    for row in file.execute("SELECT * FROM request"):
        due = row["extended_to"] or row["respond_by"]
        until = row["settled_at"] or last
        if due >= until[:10] or _came_too_late(file, row, due):
            continue
        first = reminders.get((row["id"], due))
        if first is None or first[:10] > due:
            yield f"request {row['id']} missed {due} and nobody was warned before it"


def _came_too_late(file: sqlite3.Connection, row: sqlite3.Row, due: str) -> bool:
    """Whether a request got its date only when this had passed: by a change of its kind or law, or a second look."""
    changes = "('reclassified', 'reopened', 'law changed', 'reevaluated', 'request added')"
    query = f"SELECT max(at) FROM ledger WHERE chain = ? AND event IN {changes}"  # noqa: S608 - our own words
    changed = file.execute(query, [row["case_id"]]).fetchone()[0]
    return changed is not None and date.fromisoformat(changed[:10]) >= date.fromisoformat(due)


def played(cases: int, seed: int) -> tuple[Counter[str], Counter[str], list[str]]:
    """A year played and looked at: what was tried, what the desk refused, and what is broken."""
    with tempfile.TemporaryDirectory() as folder:
        year = Year(Path(folder) / "year.db", cases, seed)
        year.play(shown=True)
        return year.tried, year.refused, [*map(str, year.faults), *broken(year.path)]


def main() -> int:
    """Play a year, as several businesses side by side, one a process, and print what was found.

    Returns:
        The exit code: 1 when an invariant is broken.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--businesses", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args()
    tried, refused, found = Counter[str](), Counter[str](), list[str]()
    sizes = [
        chosen.cases * (each + 1) // chosen.businesses - chosen.cases * each // chosen.businesses
        for each in range(chosen.businesses)
    ]
    with ProcessPoolExecutor(chosen.businesses) as pool:
        for one in pool.map(played, sizes, range(chosen.seed, chosen.seed + chosen.businesses)):
            tried, refused, found = tried + one[0], refused + one[1], found + one[2]
    for what, counted in (("tried", tried), ("refused", refused)):
        sys.stdout.write(f"{what}: {', '.join(f'{name} {times:,}' for name, times in counted.most_common())}\n")
    sys.stdout.write("\n".join(found[:50]) + "\n" if found else f"{chosen.cases:,} cases, nothing broken.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
