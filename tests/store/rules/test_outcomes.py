from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.rules.kinds import Kind
from store.rules.outcomes import Outcome, OutcomeError, bases_for, check

if TYPE_CHECKING:
    from store.rules.pack import Pack


@pytest.mark.parametrize("outcome", [Outcome.DENIED, Outcome.COMPLIED_IN_PART])
def test_nobody_is_denied_without_a_basis(california: Pack, outcome: Outcome) -> None:
    with pytest.raises(OutcomeError) as refused:
        check(california, Kind.DELETE, outcome, ())

    assert str(refused.value) == f"To end a request to delete as {outcome.plain}, name at least one basis."


@pytest.mark.parametrize("outcome", [Outcome.DENIED, Outcome.COMPLIED_IN_PART])
@pytest.mark.parametrize("bases", [("not_verified",), ("delete_legal_obligation", "delete_security")])
def test_a_denial_with_one_or_more_bases_of_its_kind_stands(
    california: Pack, outcome: Outcome, bases: tuple[str, ...]
) -> None:
    check(california, Kind.DELETE, outcome, bases)


@pytest.mark.parametrize("wrong", ["third_know_request", "because"])
def test_a_basis_of_another_kind_is_refused_with_the_ones_that_fit(california: Pack, wrong: str) -> None:
    with pytest.raises(OutcomeError) as refused:
        check(california, Kind.APPEAL, Outcome.DENIED, ("refusal_stands", wrong))

    assert str(refused.value) == (
        f"{wrong!r} is no basis for an appeal. Choose from: unfounded_or_excessive, refusal_stands."
    )


@pytest.mark.parametrize(
    "outcome", [Outcome.COMPLIED_IN_FULL, Outcome.WITHDRAWN, Outcome.DUPLICATE, Outcome.NOT_A_REQUEST]
)
def test_where_nothing_is_denied_no_basis_is_named(california: Pack, outcome: Outcome) -> None:
    check(california, Kind.DELETE, outcome, ())
    with pytest.raises(OutcomeError) as refused:
        check(california, Kind.DELETE, outcome, ("not_verified",))

    assert str(refused.value) == f"An ending as {outcome.plain} takes no basis. Leave 'not_verified' out."


def test_an_opt_out_cannot_be_denied_for_a_missing_verification(california: Pack) -> None:
    assert [basis.id for basis in bases_for(california, Kind.OPT_OUT)] == [
        "agent_not_authorised",
        "exempt",
        "unfounded_or_excessive",
        "other_law",
        "no_data",
        "documented_fraud",
        "service_provider",
    ]


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_can_be_denied_on_some_basis(california: Pack, kind: Kind) -> None:
    check(california, kind, Outcome.DENIED, [basis.id for basis in bases_for(california, kind)])


def test_a_card_says_how_a_request_ended() -> None:
    assert [outcome.plain for outcome in Outcome] == [
        "complied in full",
        "complied in part",
        "denied",
        "withdrawn",
        "duplicate of another request",
        "not a request",
    ]
