from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from store.rules.kinds import Kind
from store.rules.rows import VerificationRule
from store.rules.verification import Level, Verification, reached, refusal, required

if TYPE_CHECKING:
    from store.rules.pack import Pack

TWO_POINTS = Verification(Level.REASONABLE, 2, declaration=False, citation="", confirmed=True)
THREE_AND_A_SIGNATURE = Verification(Level.REASONABLY_HIGH, 3, declaration=True, citation="", confirmed=True)


@pytest.mark.parametrize(
    ("points", "enough"),
    [
        ((), False),
        (("mailbox",), False),
        (("mailbox", "mailbox"), False),
        (("mailbox", "order_number"), True),
        (("mailbox", "order_number", "phone"), True),
    ],
)
def test_two_different_points_make_a_reasonable_match(
    points: tuple[str, ...],
    enough: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert reached(TWO_POINTS, points, declared=False) is enough


def test_three_points_are_not_enough_until_the_declaration_is_signed() -> None:
    points = ("mailbox", "order_number", "phone")

    assert not reached(THREE_AND_A_SIGNATURE, points, declared=False)
    assert reached(THREE_AND_A_SIGNATURE, points, declared=True)


def test_a_signature_does_not_replace_a_point() -> None:
    assert not reached(THREE_AND_A_SIGNATURE, ("mailbox", "order_number"), declared=True)


@pytest.mark.parametrize("kind", [Kind.OPT_OUT, Kind.LIMIT, Kind.ADMT_OPT_OUT, Kind.APPEAL])
def test_where_nothing_may_be_asked_nothing_is_missing(california: Pack, kind: Kind) -> None:
    assert reached(required(california, kind), (), declared=False)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (Kind.OPT_OUT, "An opt-out is never verified (Cal. Code Regs. tit. 11, § 7060(b))."),
        (
            Kind.LIMIT,
            "A request to limit the use of sensitive data is never verified (Cal. Code Regs. tit. 11, § 7060(b)).",
        ),
        (
            Kind.ADMT_OPT_OUT,
            "An opt-out of automated decisions is never verified (Cal. Code Regs. tit. 11, § 7060(b)).",
        ),
    ],
)
def test_staff_who_want_to_verify_an_opt_out_are_told_the_section(california: Pack, kind: Kind, sentence: str) -> None:
    assert refusal(california, kind) == sentence


@pytest.mark.parametrize("kind", [Kind.KNOW_SPECIFIC, Kind.KNOW_CATEGORIES, Kind.DELETE, Kind.CORRECT, Kind.APPEAL])
def test_no_section_forbids_to_verify_the_others(california: Pack, kind: Kind) -> None:
    assert refusal(california, kind) is None


def test_a_refusal_by_a_section_nobody_has_read_up_says_so(california: Pack) -> None:
    rule = VerificationRule(
        (Kind.OPT_OUT,), Level.FORBIDDEN, 0, declaration=False, citation="ORS 646A.576(5)(e)", confirmed=False
    )
    pack = replace(california, verification=(rule,))

    assert refusal(pack, Kind.OPT_OUT) == "An opt-out is never verified (ORS 646A.576(5)(e); not confirmed)."
    assert not required(pack, Kind.OPT_OUT).confirmed


def test_a_law_may_demand_that_opt_outs_are_verified(california: Pack) -> None:
    rule = VerificationRule(
        (Kind.OPT_OUT,), Level.REASONABLE, 1, declaration=False, citation="4 CCR 904-3, Rule 4.08", confirmed=True
    )
    pack = replace(california, verification=(rule,))

    assert refusal(pack, Kind.OPT_OUT) is None
    assert not reached(required(pack, Kind.OPT_OUT), (), declared=False)
    assert reached(required(pack, Kind.OPT_OUT), ("mailbox",), declared=False)


@pytest.mark.parametrize("kind", [Kind.DELETE, Kind.CORRECT])
def test_data_is_taken_for_ordinary_unless_somebody_says_that_it_is_sensitive(california: Pack, kind: Kind) -> None:
    assert required(california, kind) == required(california, kind, sensitive=False)
    assert required(california, kind) != required(california, kind, sensitive=True)


def test_sensitive_data_changes_nothing_where_the_law_makes_no_difference(california: Pack) -> None:
    for kind in (Kind.KNOW_CATEGORIES, Kind.OPT_OUT):
        assert required(california, kind, sensitive=True) == required(california, kind)


def test_the_order_of_the_rules_in_the_file_does_not_matter(california: Pack) -> None:
    turned = replace(california, verification=california.verification[::-1])

    for kind in Kind:
        assert required(turned, kind) == required(california, kind)
        assert required(turned, kind, sensitive=True) == required(california, kind, sensitive=True)


@pytest.mark.parametrize("points", [(), ("mailbox",)])
def test_12_6_on_doubt_a_person_may_be_asked_but_nothing_has_to_match(points: tuple[str, ...]) -> None:
    on_doubt = Verification(Level.ON_DOUBT, 1, declaration=False, citation="Art. 12(6)", confirmed=True)

    assert reached(on_doubt, points, declared=False)
    assert (on_doubt.level.asks, on_doubt.level.may_ask) == (False, True)


def test_what_is_forbidden_or_needless_may_not_be_asked() -> None:
    assert [level for level in Level if level.may_ask] == [Level.ON_DOUBT, Level.REASONABLE, Level.REASONABLY_HIGH]
