"""The table by itself: who may, what fails first, what a card offers, what the README prints."""

from __future__ import annotations

import pytest

from store.rules.lifecycle import (
    ANY,
    TABLE,
    Move,
    Need,
    NotAllowed,
    Role,
    Status,
    Who,
    offered,
    printed,
    step,
)

EVERYTHING = frozenset(Need)


def failed(
    move: Move, status: Status | None, holds: frozenset[Need], role: Role | None, owner: str | None = "U1"
) -> object:
    with pytest.raises(NotAllowed) as refused:
        step(move, status, holds, owner=owner, by="U2", role=role)
    assert refused.value.move is move
    assert str(refused.value) == f"{move}: {refused.value.failed or 'no such move from this status'}"
    return refused.value.failed


def test_a_role_includes_the_ones_before_it() -> None:
    covered = [(one, other) for one in Role for other in Role if one.covers(other)]

    assert covered == [
        (Role.READER, Role.READER),
        (Role.STAFF, Role.READER),
        (Role.STAFF, Role.STAFF),
        (Role.MANAGER, Role.READER),
        (Role.MANAGER, Role.STAFF),
        (Role.MANAGER, Role.MANAGER),
    ]


def test_every_move_is_in_the_table_and_no_row_stands_twice() -> None:
    assert {row.move for row in TABLE} == set(Move)
    assert len(set(TABLE)) == len(TABLE)


def test_a_case_is_opened_by_the_desk_alone() -> None:
    row = step(Move.OPEN, None, (), owner=None, by="rightsdesk", role=None)

    assert (row.into, row.who) == (Status.NEW, Who.DESK)
    assert failed(Move.OPEN, None, EVERYTHING, Role.MANAGER) is Who.DESK
    assert failed(Move.OPEN, Status.NEW, EVERYTHING, None) is None


@pytest.mark.parametrize("move", [row.move for row in TABLE if row.who is not Who.DESK])
@pytest.mark.parametrize("role", [None, Role.READER])
def test_who_is_no_staff_hears_that_first_whatever_else_is_wrong(move: Move, role: Role | None) -> None:
    for status in Status:
        assert failed(move, status, frozenset(), role) is Who.STAFF


@pytest.mark.parametrize("move", [row.move for row in TABLE if row.who is Who.OWNER])
def test_a_colleague_may_not_do_what_is_the_owners(move: Move) -> None:
    status = next(row.source[-1] for row in TABLE if row.move is move and row.who is Who.OWNER)

    holds = EVERYTHING - {Need.UNOWNED}

    assert failed(move, status, holds, Role.STAFF) is Who.OWNER
    assert step(move, status, holds, owner="U2", by="U2", role=Role.STAFF).move is move
    assert step(move, status, holds, owner="U1", by="U2", role=Role.MANAGER).move is move


def test_what_fails_is_named_in_the_order_of_the_row() -> None:
    holds = {Need.OWNED, Need.REQUEST_OPEN, Need.EXTENDABLE}

    assert failed(Move.EXTEND, Status.CLAIMED, frozenset(), Role.STAFF) is Need.OWNED
    assert failed(Move.EXTEND, Status.CLAIMED, frozenset(holds), Role.STAFF) is Need.NOT_EXTENDED
    assert failed(Move.EXTEND, Status.CLOSED, frozenset(holds), Role.STAFF) is None


def test_the_first_row_whose_needs_hold_is_taken() -> None:
    last = step(Move.RESOLVE, Status.CLAIMED, EVERYTHING, owner="U2", by="U2", role=Role.STAFF)
    another = step(Move.RESOLVE, Status.CLAIMED, EVERYTHING - {Need.LAST_OPEN}, owner="U2", by="U2", role=Role.STAFF)

    assert (last.into, another.into) == (Status.CLOSED, None)


def test_a_card_offers_what_the_table_allows_in_its_order() -> None:
    aside = (Move.NOTE, Move.SNOOZE, Move.MERGE)
    assert offered(Status.NEW, {Need.UNOWNED}) == (Move.READ, Move.CLAIM, Move.ASSIGN, *aside)
    assert offered(Status.CLOSED, {Need.OWNED, Need.REQUEST_SETTLED}) == (Move.READ, Move.REOPEN, Move.NOTE)
    assert Move.ATTACH not in offered(Status.CLAIMED, EVERYTHING)
    assert offered(Status.VERIFIED, EVERYTHING).count(Move.RESOLVE) == 1


def test_the_printed_table_has_a_line_for_every_row() -> None:
    head, _, *lines = printed().split("\n")

    assert head.count("|") == 8
    assert len(lines) == len(TABLE)
    assert lines[0] == ("| open | – | new | the desk itself | – | acknowledgement | started from the day of receipt |")
    assert all(
        f"| {'any' if row.source == ANY else ', '.join(row.source) or '–'} |" in line
        for row, line in zip(TABLE, lines, strict=True)
    )
