"""The table is the machine: every move of a case, from where, into what, who may, what must hold, what it owes.

The desk enforces this table, the card draws its buttons from it, the README prints it, the tests walk all of it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a case stands."""

    NEW = "new"
    CLAIMED = "claimed"
    VERIFYING = "verifying"
    VERIFIED = "verified"
    CLOSED = "closed"


class Role(StrEnum):
    """Who a person is to the desk, each including the ones before it."""

    READER = "reader"
    STAFF = "staff"
    MANAGER = "manager"

    def covers(self, other: Role) -> bool:
        """Yes or no: whoever has this role has the other one too."""
        ranks = tuple(Role)
        return ranks.index(self) >= ranks.index(other)


class Who(StrEnum):
    """Who may make a move."""

    DESK = "the desk itself"
    STAFF = "staff"
    OWNER = "the owner or a manager"
    MANAGER = "a manager"


class Move(StrEnum):
    """What can happen to a case."""

    OPEN = "open"
    ATTACH = "attach"
    READ = "read"
    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    GIVE = "give out"
    ASK = "ask to verify"
    MATCH = "match a code"
    VERIFY = "verify"
    EXTEND = "extend"
    REPLY = "reply"
    RESOLVE = "resolve"
    RECLASSIFY = "reclassify"
    CHANGE_LAW = "change the law"
    REEVALUATE = "reevaluate"
    LINK = "link"
    REOPEN = "reopen"
    RETURN = "reopen by a reply"
    CANCEL = "cancel"
    HOLD = "hold"
    LIFT = "lift a hold"
    NOTE = "note"
    SNOOZE = "snooze"
    WAKE = "wake"
    MERGE = "merge"


class Need(StrEnum):
    """What must hold for a move, told by the desk from the case."""

    UNOWNED = "nobody has it"
    OWNED = "somebody has it"
    ASKABLE = "the request is open and waits for a verification that the law allows"
    ALL_REACHED = "every open request has its level"
    EXTENDABLE = "the law extends this request"
    NOT_EXTENDED = "it was not extended before"
    IN_TIME = "its first date has not passed"
    REQUEST_OPEN = "the request is open"
    REQUEST_SETTLED = "the request is settled"
    LEVEL_REACHED = "the outcome needs no verification, or the request has its level"
    LAST_OPEN = "no other request is open"
    REEVALUABLE = "the request is not verified, and the law then evaluates it as another one"
    TWIN = "an older open case of the same address asks for the same"
    ALL_TWIN = "it asks for everything else that is open here too"
    HELD = "it is under a legal hold"
    NOT_HELD = "it is under no legal hold"
    SNOOZED = "it is snoozed"


class Letter(StrEnum):
    """What a move owes the consumer; each is a folder of `store/letters`."""

    ACKNOWLEDGEMENT = "acknowledgement"
    VERIFICATION = "verification"
    EXTENSION = "extension"
    REPLY = "reply"
    ANSWER = "answer"
    REEVALUATED = "reevaluated"
    REOPENED = "reopened"
    CANCELLED = "cancelled"


class Clocks(StrEnum):
    """What a move does to the dates."""

    KEEP = "unchanged"
    START = "started from the day of receipt"
    ADD = "started for a right newly invoked"
    EXTEND = "moved to the extended date"
    STOP = "stopped for the request"
    RESUME = "running again on the first dates"
    RECOMPUTE = "computed anew from the day of receipt"
    RECOMPUTE_ALL = "of all open requests computed anew from the day of receipt"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `into` of None means: the status stays."""

    move: Move
    source: tuple[Status, ...]
    into: Status | None
    who: Who
    needs: tuple[Need, ...] = ()
    letter: Letter | None = None
    clocks: Clocks = Clocks.KEEP


ANY = tuple(Status)
OPEN = (Status.NEW, Status.CLAIMED, Status.VERIFYING, Status.VERIFIED)
WORKED = (Status.CLAIMED, Status.VERIFYING, Status.VERIFIED)
CHECKED = (Status.VERIFYING, Status.VERIFIED)

EXTENSION_NEEDS = (Need.OWNED, Need.REQUEST_OPEN, Need.EXTENDABLE, Need.NOT_EXTENDED, Need.IN_TIME)
RESOLVE_NEEDS = (Need.OWNED, Need.REQUEST_OPEN, Need.LEVEL_REACHED)

TABLE: tuple[Row, ...] = (
    Row(Move.OPEN, (), Status.NEW, Who.DESK, letter=Letter.ACKNOWLEDGEMENT, clocks=Clocks.START),
    Row(Move.ATTACH, ANY, None, Who.DESK, clocks=Clocks.ADD),
    Row(Move.READ, ANY, None, Who.STAFF),
    Row(Move.CLAIM, (Status.NEW,), Status.CLAIMED, Who.STAFF, (Need.UNOWNED,)),
    Row(Move.CLAIM, CHECKED, None, Who.STAFF, (Need.UNOWNED,)),
    Row(Move.RELEASE, (Status.CLAIMED,), Status.NEW, Who.OWNER, (Need.OWNED,)),
    Row(Move.RELEASE, CHECKED, None, Who.OWNER, (Need.OWNED,)),
    Row(Move.ASSIGN, (Status.NEW, Status.CLAIMED), Status.CLAIMED, Who.OWNER),
    Row(Move.ASSIGN, CHECKED, None, Who.OWNER),
    Row(Move.GIVE, (Status.NEW,), Status.CLAIMED, Who.DESK, (Need.UNOWNED,)),
    Row(Move.GIVE, CHECKED, None, Who.DESK, (Need.UNOWNED,)),
    Row(Move.ASK, WORKED, Status.VERIFYING, Who.OWNER, (Need.OWNED, Need.ASKABLE), Letter.VERIFICATION),
    Row(Move.MATCH, CHECKED, Status.VERIFIED, Who.DESK, (Need.ALL_REACHED,)),
    Row(Move.MATCH, OPEN, None, Who.DESK),
    Row(Move.VERIFY, WORKED, Status.VERIFIED, Who.OWNER, (Need.OWNED, Need.ALL_REACHED)),
    Row(Move.VERIFY, WORKED, None, Who.OWNER, (Need.OWNED,)),
    Row(Move.EXTEND, WORKED, None, Who.OWNER, EXTENSION_NEEDS, Letter.EXTENSION, Clocks.EXTEND),
    Row(Move.REPLY, WORKED, None, Who.OWNER, (Need.OWNED,), Letter.REPLY),
    Row(
        Move.RESOLVE,
        WORKED,
        Status.CLOSED,
        Who.OWNER,
        (*RESOLVE_NEEDS, Need.LAST_OPEN),
        Letter.ANSWER,
        Clocks.STOP,
    ),
    Row(Move.RESOLVE, WORKED, None, Who.OWNER, RESOLVE_NEEDS, Letter.ANSWER, Clocks.STOP),
    Row(Move.RECLASSIFY, WORKED, None, Who.OWNER, (Need.OWNED, Need.REQUEST_OPEN), clocks=Clocks.RECOMPUTE),
    Row(Move.CHANGE_LAW, WORKED, None, Who.OWNER, (Need.OWNED,), clocks=Clocks.RECOMPUTE_ALL),
    Row(Move.REEVALUATE, WORKED, None, Who.OWNER, (Need.OWNED, Need.REEVALUABLE), Letter.REEVALUATED),
    Row(
        Move.LINK,
        (Status.NEW,),
        Status.CLOSED,
        Who.STAFF,
        (Need.UNOWNED, Need.TWIN, Need.ALL_TWIN),
        Letter.ANSWER,
        Clocks.STOP,
    ),
    Row(Move.LINK, (Status.NEW,), None, Who.STAFF, (Need.UNOWNED, Need.TWIN), Letter.ANSWER, Clocks.STOP),
    Row(
        Move.LINK,
        WORKED,
        Status.CLOSED,
        Who.OWNER,
        (Need.OWNED, Need.TWIN, Need.ALL_TWIN),
        Letter.ANSWER,
        Clocks.STOP,
    ),
    Row(Move.LINK, WORKED, None, Who.OWNER, (Need.OWNED, Need.TWIN), Letter.ANSWER, Clocks.STOP),
    Row(
        Move.REOPEN,
        (Status.CLOSED,),
        Status.CLAIMED,
        Who.STAFF,
        (Need.REQUEST_SETTLED,),
        Letter.REOPENED,
        Clocks.RESUME,
    ),
    Row(
        Move.RETURN,
        (Status.CLOSED,),
        Status.CLAIMED,
        Who.DESK,
        (Need.OWNED, Need.REQUEST_SETTLED),
        clocks=Clocks.RESUME,
    ),
    Row(Move.RETURN, (Status.CLOSED,), Status.NEW, Who.DESK, (Need.REQUEST_SETTLED,), clocks=Clocks.RESUME),
    Row(Move.CANCEL, OPEN, Status.CLOSED, Who.DESK, letter=Letter.CANCELLED, clocks=Clocks.STOP),
    Row(Move.HOLD, ANY, None, Who.MANAGER, (Need.NOT_HELD,)),
    Row(Move.LIFT, ANY, None, Who.MANAGER, (Need.HELD,)),
    Row(Move.NOTE, ANY, None, Who.STAFF),
    Row(Move.SNOOZE, (Status.NEW, *CHECKED), None, Who.STAFF, (Need.UNOWNED,)),
    Row(Move.SNOOZE, WORKED, None, Who.OWNER, (Need.OWNED,)),
    Row(Move.WAKE, OPEN, None, Who.STAFF, (Need.SNOOZED,)),
    Row(Move.MERGE, (Status.NEW,), Status.CLOSED, Who.STAFF, (Need.UNOWNED,), clocks=Clocks.STOP),
    Row(Move.MERGE, WORKED, Status.CLOSED, Who.OWNER, (Need.OWNED,), clocks=Clocks.STOP),
)


class NotAllowed(Exception):
    """The table has no such move from here.

    Args:
        move: what was tried.
        failed: the need that does not hold, the person it is reserved for, or None when no row starts at this status.
    """

    def __init__(self, move: Move, failed: Need | Who | None) -> None:
        super().__init__(f"{move}: {failed or 'no such move from this status'}")
        self.move = move
        self.failed = failed


def step(
    move: Move, status: Status | None, holds: Collection[Need], *, owner: str | None, by: str, role: Role | None
) -> Row:
    """The row by which this move is made.

    Args:
        move: what is to happen.
        status: where the case stands; None before it is opened.
        holds: the needs that hold now.
        owner: who has the case, by id; None for nobody.
        by: who makes the move, by id.
        role: that person's role; None for the desk itself.

    Raises:
        NotAllowed: naming what failed. Whoever is no staff is told that first, and so learns nothing about the case.
    """
    if not any(row.who is Who.DESK or _is_staff(role) for row in TABLE if row.move is move):
        raise NotAllowed(move, Who.STAFF)
    rows = [row for row in TABLE if row.move is move and (status in row.source or (status is None and not row.source))]
    if not rows:
        raise NotAllowed(move, None)
    fitting = next((row for row in rows if all(need in holds for need in row.needs)), None)
    if fitting is None:
        raise NotAllowed(move, next(need for need in rows[-1].needs if need not in holds))
    if not _may(fitting.who, owner, by, role):
        raise NotAllowed(move, fitting.who)
    return fitting


def offered(status: Status, holds: Collection[Need]) -> tuple[Move, ...]:
    """The moves a case offers now, whoever looks, in the table's order: what its card has buttons for."""
    moves = {
        row.move: None
        for row in TABLE
        if row.who is not Who.DESK and status in row.source and all(need in holds for need in row.needs)
    }
    return tuple(moves)


def printed() -> str:
    """The table as Markdown, for the README."""
    head = "| move | from | into | who | what must hold | letter | clocks |\n|---|---|---|---|---|---|---|"
    lines = (
        "| {} | {} | {} | {} | {} | {} | {} |".format(
            row.move,
            "any" if row.source == ANY else ", ".join(row.source) or "–",
            row.into or "stays",
            row.who,
            "; ".join(row.needs) or "–",
            row.letter or "–",
            row.clocks,
        )
        for row in TABLE
    )
    return "\n".join((head, *lines))


def _may(who: Who, owner: str | None, by: str, role: Role | None) -> bool:
    if who is Who.DESK:
        return role is None
    mine = who is Who.OWNER and owner == by
    return _is_staff(role) and (who is Who.STAFF or role is Role.MANAGER or mine)


def _is_staff(role: Role | None) -> bool:
    return role is not None and role.covers(Role.STAFF)
