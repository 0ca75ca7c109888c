"""All of the lifecycle table, walked with the real verbs on a real database: what it allows happens, the rest does not.

What is expected is worked out here from the table's rows and from what holds in each scene, told by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from store import desk, errors, queries
from store.errors import DeskError
from store.ledger import Event
from store.office import Office
from store.rules.assigning import Assigning, Rule
from store.rules.kinds import Kind
from store.rules.lifecycle import CHECKED, TABLE, Clocks, Letter, Move, Need, Role, Row, Status, Who
from store.rules.outcomes import Outcome
from store.rules.requesters import OwnWord
from store.settings import Business, load
from store.values import THE_DESK, Actor, CaseFile
from tests.builders import MANAGER, OUTSIDER, READER, STAFF1, STAFF2, arrive, code_in, letters, write_again
from tests.store.scenes import SCENES, SENDER, TWO_POINTS, Scene, Stage, drawings_in, letters_in, news_in

PEOPLE = (OUTSIDER, READER, STAFF2, STAFF1, MANAGER)
"""Nobody, somebody who may only look, a colleague, the owner (where there is one), a manager."""

IN_TURN = Assigning(Rule.ROUND_ROBIN)
BY_THE_DESK = {Move.GIVE, Move.ATTACH, Move.MATCH, Move.RETURN, Move.CANCEL}

Rows = dict[str, list[Any]]
Attempt = Callable[[Stage, Actor], Any]


@dataclass(frozen=True, slots=True)
class Try:
    """One way of making a move, and the needs that hold because of how it is made."""

    move: Move
    attempt: Attempt
    brings: frozenset[Need] = frozenset()


def _code(stage: Stage, _by: Actor) -> None:
    asked = [letter for letter in letters(stage.office, stage.ref) if "write this code" in letter.get_content()]
    write_again(stage.office, stage.ref, f"Here it is: {code_in(asked[-1])}", sender=SENDER)


def reopening(office: Office) -> Office:
    """The same office, of a business whose closed cases are reopened by a reply."""
    return replace(office, business=load(Business, {"business": {"reply_to_closed": "reopen"}}))


TRIES = (
    Try(Move.ATTACH, lambda stage, _by: write_again(stage.office, stage.ref, "One word more.")),
    Try(Move.MATCH, _code),
    Try(Move.READ, lambda stage, by: desk.read(stage.office, stage.ref, by)),
    Try(Move.CLAIM, lambda stage, by: desk.claim(stage.office, stage.ref, by)),
    Try(Move.RELEASE, lambda stage, by: desk.release(stage.office, stage.ref, by)),
    Try(Move.ASSIGN, lambda stage, by: desk.assign(stage.office, stage.ref, STAFF2, by)),
    Try(Move.GIVE, lambda stage, _by: desk.give_out(stage.office, stage.ref, (STAFF2,), IN_TURN)),
    Try(Move.ASK, lambda stage, by: desk.ask_to_verify(stage.office, stage.ref, by, stage.request)),
    Try(Move.VERIFY, lambda stage, by: desk.verify(stage.office, stage.ref, ["phone"], by)),
    Try(
        Move.VERIFY,
        lambda stage, by: desk.verify(stage.office, stage.ref, [*TWO_POINTS, "birth_year"], by, declared=True),
        frozenset({Need.ALL_REACHED}),
    ),
    Try(Move.EXTEND, lambda stage, by: desk.extend(stage.office, stage.ref, stage.request, "Slow.", by)),
    Try(Move.REPLY, lambda stage, by: desk.reply(stage.office, stage.ref, "We are at it.", by)),
    Try(
        Move.RESOLVE,
        lambda stage, by: desk.resolve(stage.office, stage.ref, stage.request, Outcome.COMPLIED_IN_FULL, by),
    ),
    Try(
        Move.RESOLVE,
        lambda stage, by: desk.resolve(stage.office, stage.ref, stage.request, Outcome.WITHDRAWN, by),
        frozenset({Need.LEVEL_REACHED}),
    ),
    Try(
        Move.RECLASSIFY,
        lambda stage, by: desk.reclassify(stage.office, stage.ref, stage.request, Kind.CORRECT, by),
    ),
    Try(Move.CHANGE_LAW, lambda stage, by: desk.change_law(stage.office, stage.ref, "us-va", by)),
    Try(Move.REEVALUATE, lambda stage, by: desk.reevaluate(stage.office, stage.ref, by, stage.request)),
    Try(Move.HOLD, lambda stage, by: desk.hold_case(stage.office, stage.ref, "A lawsuit.", by)),
    Try(Move.LIFT, lambda stage, by: desk.lift_hold(stage.office, stage.ref, by)),
    Try(Move.NOTE, lambda stage, by: desk.note(stage.office, stage.ref, "They called.", by)),
    Try(
        Move.SNOOZE,
        lambda stage, by: desk.snooze(stage.office, stage.ref, stage.office.today() + timedelta(days=5), by),
    ),
    Try(Move.WAKE, lambda stage, by: desk.wake(stage.office, stage.ref, by)),
    Try(Move.MERGE, lambda stage, by: desk.merge(stage.office, stage.ref, stage.elder, by, sure=True)),
    Try(Move.LINK, lambda stage, by: desk.link(stage.office, stage.ref, by)),
    Try(Move.REOPEN, lambda stage, by: desk.reopen(stage.office, stage.ref, stage.request, "Sorry.", by)),
    Try(Move.RETURN, lambda stage, _by: write_again(reopening(stage.office), stage.ref, "That is not so.")),
    Try(
        Move.CANCEL,
        lambda stage, _by: write_again(stage.office, stage.ref, "cancel", sender=SENDER, own_word=OwnWord.CANCEL),
    ),
)

REFUSED = {
    Need.UNOWNED: errors.AlreadyClaimed,
    Need.OWNED: errors.NotClaimed,
    Need.EXTENDABLE: errors.NoExtension,
    Need.NOT_EXTENDED: errors.AlreadyExtended,
    Need.IN_TIME: errors.TooLateToExtend,
    Need.REQUEST_OPEN: errors.AlreadySettled,
    Need.LEVEL_REACHED: errors.NotVerifiedYet,
    Need.REEVALUABLE: errors.NotReevaluable,
    Need.TWIN: errors.NoTwin,
    Need.HELD: errors.NotHeld,
    Need.NOT_HELD: errors.AlreadyHeld,
    Need.SNOOZED: errors.NotSnoozed,
    Need.ALL_REACHED: errors.WrongStatus,
}

TOLD = {
    Move.ATTACH: Event.ATTACHED,
    Move.MATCH: Event.POINT_MATCHED,
    Move.READ: Event.READ,
    Move.CLAIM: Event.CLAIMED,
    Move.RELEASE: Event.RELEASED,
    Move.ASSIGN: Event.ASSIGNED,
    Move.GIVE: Event.GIVEN,
    Move.ASK: Event.VERIFICATION_ASKED,
    Move.VERIFY: Event.POINT_MATCHED,
    Move.EXTEND: Event.EXTENDED,
    Move.REPLY: Event.REPLIED,
    Move.RESOLVE: Event.RESOLVED,
    Move.RECLASSIFY: Event.RECLASSIFIED,
    Move.CHANGE_LAW: Event.LAW_CHANGED,
    Move.REEVALUATE: Event.REEVALUATED,
    Move.LINK: Event.LINKED,
    Move.HOLD: Event.HELD,
    Move.NOTE: Event.NOTED,
    Move.SNOOZE: Event.SNOOZED,
    Move.WAKE: Event.WOKEN,
    Move.MERGE: Event.MERGED,
    Move.LIFT: Event.HOLD_LIFTED,
    Move.REOPEN: Event.REOPENED,
    Move.RETURN: Event.REOPENED,
    Move.CANCEL: Event.CANCELLED,
}

ANSWERS = {"complied_in_full", "opt_out_processed", "withdrawn", "duplicate"}

IMPLIED = {
    (Move.CLAIM, Need.UNOWNED, Status.CLAIMED): "a new case is nobody's",
    (Move.GIVE, Need.UNOWNED, Status.CLAIMED): "a new case is nobody's",
    (Move.LINK, Need.UNOWNED, Status.CLOSED): "a new case is nobody's",
    (Move.MERGE, Need.UNOWNED, Status.CLOSED): "a new case is nobody's",
    (Move.LINK, Need.UNOWNED, None): "a new case is nobody's",
    (Move.RELEASE, Need.OWNED, Status.NEW): "a claimed case is somebody's",
    (Move.RESOLVE, Need.REQUEST_OPEN, Status.CLOSED): "where no other request is open, this one is",
    (Move.REOPEN, Need.REQUEST_SETTLED, Status.CLAIMED): "in a closed case every request is settled",
    (Move.RETURN, Need.REQUEST_SETTLED, Status.CLAIMED): "in a closed case every request is settled",
    (Move.RETURN, Need.REQUEST_SETTLED, Status.NEW): "in a closed case every request is settled",
    (Move.RETURN, Need.OWNED, Status.CLAIMED): "where nobody has it, it is new again",
}
"""Needs that cannot fail where their row starts: the table says them for whoever reads it."""


def expected(tried: Try, scene: Scene, by: Actor) -> Row | type[DeskError]:
    """What the table says must come of it: the row by which it happens, or how it is refused."""
    move, holds = tried.move, scene.holds() | tried.brings
    rows = [row for row in TABLE if row.move is move and scene.status in row.source]
    if by.role in {None, Role.READER} and by is not THE_DESK:
        return errors.RoleMissing
    if not rows:
        return _refused_at(move, scene)
    fitting = [row for row in rows if holds >= set(row.needs)]
    if not fitting:
        failed = next(need for need in rows[-1].needs if need not in holds)
        if failed is Need.ASKABLE:
            return errors.NothingToVerify if scene.verifies else errors.VerificationForbidden
        return REFUSED[failed]
    row = fitting[0]
    if row.who is Who.MANAGER and by is not MANAGER:
        return errors.RoleMissing
    if row.who is Who.OWNER and by is not MANAGER and not (by is STAFF1 and scene.owned):
        return errors.NotYours if scene.owned else errors.RoleMissing
    nothing_waits = Need.ALL_REACHED in scene.holds()
    if move is Move.VERIFY and nothing_waits:
        return errors.VerificationForbidden if scene.settled else errors.NothingToVerify  # an opt-out is left alone
    return row


def _refused_at(move: Move, scene: Scene) -> type[DeskError]:
    if move is Move.CLAIM and scene.owned:
        return errors.AlreadyClaimed
    return errors.NotClaimed if scene.status is Status.NEW and move is not Move.REOPEN else errors.WrongStatus


def walks(scene: Scene) -> Iterator[tuple[Try, Actor]]:
    """Everything that is tried in a scene, and by whom."""
    for tried in TRIES:
        if tried.move is Move.MATCH and (scene.late or scene.status not in CHECKED):
            continue  # no code has been sent yet, or it is good no more
        if tried.move is Move.SNOOZE and scene.late:
            continue  # its last safe day has passed
        if tried.move is Move.RETURN and not scene.closed:
            continue  # a reply to an open case returns nothing
        if tried.move is Move.CANCEL and scene.closed:
            continue  # there it is answered like the word "status"
        yield from ((tried, by) for by in ((THE_DESK,) if tried.move in BY_THE_DESK else PEOPLE))


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One database file for all scenes: what SQLAlchemy has compiled once need not be compiled again."""
    set_up = Stage(tmp_path_factory.mktemp("stage"))
    yield set_up
    set_up.office.close()


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_what_the_table_allows_happens_and_nothing_else(scene: Scene, stage: Stage) -> None:
    stage.set(scene)
    before = stage.rows()
    for tried, by in walks(scene):
        match expected(tried, scene, by):
            case Row() as row:
                _it_happens(stage, before, tried, by, row)
                stage.rewind()
            case refusal:
                _it_is_refused(stage, tried, by, refusal)
                assert stage.rows() == before, f"{tried.move} by {by.id} was refused and changed something"


def test_opening_starts_the_clocks_and_owes_the_acknowledgement(stage: Stage) -> None:
    (row,) = (row for row in TABLE if row.move is Move.OPEN)
    stage.set(SCENES[0])
    case = stage.case()

    assert case.status is row.into
    assert letters_in(stage.rows()) == [row.letter] * 2  # the older case's too
    assert [line.event for line in queries.history(stage.office, stage.ref)] == [Event.OPENED, Event.LETTER_WRITTEN]
    assert case.requests[0].respond_by > case.requests[0].received_on


@pytest.mark.parametrize(
    "row", [row for row in TABLE if row.move is not Move.OPEN], ids=lambda row: f"{row.move} {row.into}"
)
def test_every_row_is_walked_from_every_status_it_starts_at(row: Row) -> None:
    walked = {scene.status for scene in SCENES for tried, by in walks(scene) if expected(tried, scene, by) is row}

    assert walked, f"no scene makes the move: {row}"
    assert walked >= set(row.source) or row.move is Move.MATCH


@pytest.mark.parametrize(
    ("row", "need"),
    [(row, need) for row in TABLE for need in row.needs if (row.move, need, row.into) not in IMPLIED],
    ids=str,
)
def test_every_need_is_seen_to_fail_alone(row: Row, need: Need) -> None:
    alone = [
        scene
        for scene in SCENES
        for tried, _by in walks(scene)
        if tried.move is row.move
        and scene.status in row.source
        and set(row.needs) - scene.holds() - tried.brings == {need}
    ]

    assert alone, f"nowhere does {row.move} fail for this alone: {need}"


def test_who_is_no_staff_learns_nothing_of_a_case(stage: Stage) -> None:
    stage.set(next(scene for scene in SCENES if scene.owned))

    for by in (OUTSIDER, READER):
        with pytest.raises(errors.RoleMissing) as refused:
            desk.claim(stage.office, stage.ref, by)
        assert STAFF1.id not in str(refused.value)
        assert stage.ref not in str(refused.value)


def _it_happens(stage: Stage, rows: Rows, tried: Try, by: Actor, row: Row) -> None:
    before = stage.before
    tried.attempt(stage, by)
    after, left = stage.case(), stage.rows()
    news = news_in(left)[len(news_in(rows)) :]
    what = f"{row.move} by {by.id}"

    assert after.status is (row.into or before.status), what
    assert TOLD[row.move] in news, what
    assert (Event.CLOSED in news) is (row.into is Status.CLOSED), what
    assert drawings_in(left) > drawings_in(rows), what
    _the_letter_is_written(row, letters_in(left)[len(letters_in(rows)) :], what)
    tried_on = -1 if row.move in {Move.RETURN, Move.CANCEL, Move.MERGE} else stage.tried  # the last, which is open
    _the_clocks_obey(row, tried_on, before, after, what)


def _the_letter_is_written(row: Row, written: list[str], what: str) -> None:
    match row.letter:
        case None:
            assert written == [], what
        case Letter.ANSWER:
            assert len(written) == 1, what
            assert set(written) <= ANSWERS, what
        case _:
            assert written == [row.letter], what


def _the_clocks_obey(row: Row, tried: int, before: CaseFile, after: CaseFile, what: str) -> None:
    if row.clocks is Clocks.RECOMPUTE_ALL:
        for line in before.requests:
            found, took = after.request(line.id), timedelta(days=45)
            assert found.respond_by == (line.received_on + took if line.open else line.respond_by), what
            assert (found.extended_to is None) == (line.extended_to is None), what
        return
    was, now = before.requests[tried], after.request(before.requests[tried].id)
    others = [line for line in before.requests if line.id != was.id]
    assert [after.request(line.id).due for line in others] == [line.due for line in others], what
    match row.clocks:
        case Clocks.EXTEND:
            assert (now.extended_to or was.due) > was.due, what
            assert now.respond_by == was.respond_by, what
        case Clocks.STOP:
            assert (was.open, now.open, now.due) == (True, False, was.due), what
        case Clocks.RESUME:
            assert (was.open, now.open, now.due) == (False, True, was.due), what
        case Clocks.RECOMPUTE:
            kept = (now.kind, now.extended_to is None, now.received_on)
            assert kept == (Kind.CORRECT, was.extended_to is None, was.received_on), what
            assert (now.respond_by - now.received_on).days == 45, what
        case _:
            assert (now.due, now.open, now.acknowledge_by) == (was.due, was.open, was.acknowledge_by), what


def _it_is_refused(stage: Stage, tried: Try, by: Actor, refusal: type[DeskError]) -> None:
    what = f"{tried.move} by {by.id}"
    with pytest.raises(DeskError) as told:
        tried.attempt(stage, by)
    assert type(told.value) is refusal, what
    assert "{" not in str(told.value), what
    assert "None" not in str(told.value), what


def test_a_right_newly_invoked_starts_its_own_clock(stage: Stage) -> None:
    stage.set(SCENES[0])
    (attaches,) = (row for row in TABLE if row.move is Move.ATTACH)
    case = write_again(stage.office, stage.ref, "And do not sell it.", sender=SENDER, kinds=(Kind.OPT_OUT,))

    assert attaches.clocks is Clocks.ADD
    assert [line.kind for line in case.requests] == [Kind.DELETE, Kind.OPT_OUT]
    assert case.requests[1].due < case.requests[0].due
    assert arrive(stage.office).ref != case.ref
