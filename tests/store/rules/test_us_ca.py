"""Every number of California's law, by its section: a slip in the pack is a missed date or a fine."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from store.rules.deadlines import Clock, Unit, clocks
from store.rules.kinds import Kind
from store.rules.rows import Point
from store.rules.terms import Level, Measure, Outcome
from store.rules.verification import Verification, required

if TYPE_CHECKING:
    from store.rules.pack import Pack

REGULATIONS = "Cal. Code Regs. tit. 11, "
CODE = "Cal. Civ. Code "
ADMT_STARTS = date(2027, 1, 1)
ASKED = (Kind.KNOW_SPECIFIC, Kind.KNOW_CATEGORIES, Kind.DELETE, Kind.CORRECT, Kind.ADMT_ACCESS)
EVERY_KIND = set(Kind)


def limit(pack: Pack, kind: Kind, clock: Clock, received: date = ADMT_STARTS) -> tuple[int, Unit, str, bool]:
    (due,) = (due for due in clocks(pack, kind, received, ()) if due.clock is clock)
    return due.count, due.unit, due.citation, due.confirmed


@pytest.mark.parametrize("kind", ASKED)
def test_7021a_a_request_is_acknowledged_within_10_business_days(california: Pack, kind: Kind) -> None:
    assert limit(california, kind, Clock.ACKNOWLEDGE) == (10, Unit.BUSINESS_DAYS, f"{REGULATIONS}§ 7021(a)", True)


@pytest.mark.parametrize("kind", ASKED)
def test_7021b_a_request_is_answered_within_45_calendar_days(california: Pack, kind: Kind) -> None:
    citation = f"{REGULATIONS}§ 7021(b); {CODE}§ 1798.130(a)(2)(A)"

    assert limit(california, kind, Clock.RESPOND) == (45, Unit.DAYS, citation, True)


@pytest.mark.parametrize("kind", ASKED)
def test_7021b_an_extension_reaches_to_90_days_from_receipt(california: Pack, kind: Kind) -> None:
    citation = f"{REGULATIONS}§ 7021(b); {CODE}§ 1798.145(h)(1)"

    assert limit(california, kind, Clock.EXTENDED) == (90, Unit.DAYS, citation, True)


@pytest.mark.parametrize(
    ("kind", "section"), [(Kind.OPT_OUT, "§ 7026(f)"), (Kind.LIMIT, "§ 7027(g)"), (Kind.ADMT_OPT_OUT, "§ 7221")]
)
def test_7026f_7027g_7221_an_opt_out_is_obeyed_within_15_business_days(
    california: Pack, kind: Kind, section: str
) -> None:
    assert limit(california, kind, Clock.RESPOND) == (15, Unit.BUSINESS_DAYS, REGULATIONS + section, True)


@pytest.mark.parametrize("kind", [Kind.OPT_OUT, Kind.LIMIT, Kind.ADMT_OPT_OUT])
def test_7026f_an_opt_out_is_neither_acknowledged_nor_extended(california: Pack, kind: Kind) -> None:
    assert [due.clock for due in clocks(california, kind, ADMT_STARTS, ())] == [Clock.RESPOND]


@pytest.mark.parametrize("kind", [Kind.ADMT_ACCESS, Kind.ADMT_OPT_OUT])
def test_7221_duties_on_automated_decisions_start_with_2027(california: Pack, kind: Kind) -> None:
    assert clocks(california, kind, date(2026, 12, 31), ()) == ()
    assert clocks(california, kind, date(2027, 1, 1), ()) != ()


def test_california_sets_no_time_for_an_appeal(california: Pack) -> None:
    assert clocks(california, Kind.APPEAL, ADMT_STARTS, ()) == ()


@pytest.mark.parametrize(
    "row",
    [
        (Measure.RE_ASK, 12, "months", f"{CODE}§ 1798.135(c)(4)", {Kind.OPT_OUT, Kind.LIMIT}),
        (Measure.KEEP_RECORD, 24, "months", f"{REGULATIONS}§ 7101(a)", EVERY_KIND),
        (Measure.KNOW_ANSWERED, 2, "requests", f"{CODE}§ 1798.130(b)", {Kind.KNOW_SPECIFIC, Kind.KNOW_CATEGORIES}),
        (Measure.KNOW_WINDOW, 12, "months", f"{CODE}§ 1798.130(b)", {Kind.KNOW_SPECIFIC, Kind.KNOW_CATEGORIES}),
        (
            Measure.LOOK_BACK,
            12,
            "months",
            f"{REGULATIONS}§§ 7020(e), 7024(h)",
            {Kind.KNOW_SPECIFIC, Kind.KNOW_CATEGORIES},
        ),
        (
            Measure.LOOK_BACK_SINCE,
            2022,
            "year",
            f"{REGULATIONS}§§ 7020(e), 7024(h)",
            {Kind.KNOW_SPECIFIC, Kind.KNOW_CATEGORIES},
        ),
        (Measure.MINOR_UNDER, 13, "years of age", f"{REGULATIONS}§ 7070", EVERY_KIND),
    ],
    ids=lambda row: row[0],
)
def test_the_figures_that_are_no_clock(california: Pack, row: tuple[Measure, int, str, str, set[Kind]]) -> None:
    figure = california.figure(row[0])

    assert figure
    assert (figure.measure, figure.value, figure.unit, figure.citation, set(figure.kinds)) == row
    assert figure.confirmed


def test_7102_who_handles_ten_million_consumers_publishes_by_the_first_of_july(california: Pack) -> None:
    consumers, due = (california.figure(measure) for measure in (Measure.METRICS_CONSUMERS, Measure.METRICS_DUE))

    assert consumers
    assert due
    assert (consumers.value, consumers.citation) == (10_000_000, f"{REGULATIONS}§ 7102")
    assert (due.value, due.unit, due.citation) == (7, "month of the year", f"{REGULATIONS}§ 7102")


@pytest.mark.parametrize(
    "row",
    [
        (Kind.KNOW_CATEGORIES, False, Level.REASONABLE, 2, False, "§ 7062(b)"),
        (Kind.KNOW_SPECIFIC, False, Level.REASONABLY_HIGH, 3, True, "§ 7062(c)"),
        (Kind.ADMT_ACCESS, False, Level.REASONABLY_HIGH, 3, True, "§ 7062(c)"),
        (Kind.DELETE, False, Level.REASONABLE, 2, False, "§ 7062(d), (b)"),
        (Kind.DELETE, True, Level.REASONABLY_HIGH, 3, True, "§ 7062(d), (c)"),
        (Kind.CORRECT, False, Level.REASONABLE, 2, False, "§ 7062(d), (b)"),
        (Kind.CORRECT, True, Level.REASONABLY_HIGH, 3, True, "§ 7062(d), (c)"),
        (Kind.OPT_OUT, False, Level.FORBIDDEN, 0, False, "§ 7060(b)"),
        (Kind.LIMIT, False, Level.FORBIDDEN, 0, False, "§ 7060(b)"),
        (Kind.ADMT_OPT_OUT, False, Level.FORBIDDEN, 0, False, "§ 7060(b)"),
    ],
)
def test_7062_7060b_each_kind_is_verified_as_strongly_as_the_law_says(
    california: Pack, row: tuple[Kind, bool, Level, int, bool, str]
) -> None:
    kind, sensitive, level, points, declaration, section = row

    needed = required(california, kind, sensitive=sensitive)

    assert needed == Verification(level, points, declaration, REGULATIONS + section, confirmed=True)


def test_an_appeal_needs_no_verification(california: Pack) -> None:
    needed = required(california, Kind.APPEAL)

    assert (needed.level, needed.points_needed, needed.declaration) == (Level.NONE, 0, False)


def test_7063_an_agent_of_an_opt_out_shows_a_permission_and_the_consumer_is_left_alone(california: Pack) -> None:
    asked = {kind: (rule.signed_permission, rule.direct_check) for rule in california.agents for kind in rule.kinds}

    assert asked == {
        Kind.KNOW_SPECIFIC: (True, True),
        Kind.KNOW_CATEGORIES: (True, True),
        Kind.DELETE: (True, True),
        Kind.CORRECT: (True, True),
        Kind.OPT_OUT: (True, False),
        Kind.LIMIT: (True, False),
    }
    assert {rule.citation for rule in california.agents} == {f"{REGULATIONS}§ 7063"}


@pytest.mark.parametrize(
    ("basis", "citation", "kinds"),
    [
        ("not_verified", f"{REGULATIONS}§ 7021(b)", set(ASKED)),
        (
            "agent_not_authorised",
            f"{REGULATIONS}§ 7063",
            {*ASKED, Kind.OPT_OUT, Kind.LIMIT} - {Kind.ADMT_ACCESS},
        ),
        ("third_know_request", f"{CODE}§ 1798.130(b)", {Kind.KNOW_SPECIFIC, Kind.KNOW_CATEGORIES}),
        ("unfounded_or_excessive", f"{CODE}§ 1798.145(h)(3)", EVERY_KIND),
        ("disproportionate", f"{REGULATIONS}§ 7024(h)", {Kind.KNOW_SPECIFIC, Kind.KNOW_CATEGORIES}),
    ],
)
def test_a_confirmed_basis_belongs_to_its_kinds(california: Pack, basis: str, citation: str, kinds: set[Kind]) -> None:
    (found,) = (each for each in california.bases if each.id == basis)

    assert (found.citation, set(found.kinds), found.confirmed) == (citation, kinds, True)


@pytest.mark.parametrize(
    ("basis", "kinds"),
    [
        ("exempt", EVERY_KIND - {Kind.APPEAL}),
        ("other_law", EVERY_KIND - {Kind.APPEAL}),
        ("no_data", EVERY_KIND - {Kind.APPEAL}),
        ("service_provider", EVERY_KIND - {Kind.APPEAL}),
        ("accurate", {Kind.CORRECT}),
        ("documented_fraud", {Kind.OPT_OUT}),
    ],
)
def test_a_basis_whose_section_nobody_has_read_up_says_so(california: Pack, basis: str, kinds: set[Kind]) -> None:
    (found,) = (each for each in california.bases if each.id == basis)

    assert (set(found.kinds), found.confirmed) == (kinds, False)


def test_1798_105d_each_of_the_eight_exemptions_from_deletion_is_named(california: Pack) -> None:
    exemptions = [basis for basis in california.bases if "1798.105(d)" in basis.citation]

    assert [basis.citation for basis in exemptions] == [f"{CODE}§ 1798.105(d)({number})" for number in range(1, 9)]
    assert {basis.kinds for basis in exemptions} == {(Kind.DELETE,)}
    assert {basis.confirmed for basis in exemptions} == {False}


def test_a_denial_in_whole_or_in_part_needs_a_basis(california: Pack) -> None:
    assert {rule.outcome: rule.needs_basis for rule in california.outcomes} == {
        Outcome.COMPLIED_IN_FULL: False,
        Outcome.COMPLIED_IN_PART: True,
        Outcome.DENIED: True,
    }


def test_7024d_no_answer_holds_any_of_seven_things(california: Pack) -> None:
    assert [each.id for each in california.undisclosed] == [
        "social_security",
        "government_id",
        "financial_account",
        "health_id",
        "password",
        "security_question",
        "biometric",
    ]
    assert {(each.citation, each.confirmed) for each in california.undisclosed} == {(f"{REGULATIONS}§ 7024(d)", True)}


@pytest.mark.parametrize(
    ("duty", "citation", "confirmed"),
    [
        ("wrong_way", f"{REGULATIONS}§ 7020(e)", False),
        ("unverified_know", f"{REGULATIONS}§ 7024(a)", True),
        ("delete_record_kept", f"{REGULATIONS}§ 7022(e)", True),
        ("delete_downstream", f"{REGULATIONS}§ 7022", False),
        ("delete_offer_opt_out", f"{REGULATIONS}§ 7022(g)", True),
        ("disputed_field", f"{REGULATIONS}§ 7060(h)", True),
        ("stay_corrected", f"{REGULATIONS}§ 7023", False),
        ("confirm_processed", f"{REGULATIONS}§ 7026(g)", True),
        ("no_burden", f"{REGULATIONS}§§ 7060, 7061", True),
        ("delete_proof", f"{REGULATIONS}§ 7060(d)", True),
        ("account_holder", f"{REGULATIONS}§ 7061", True),
        ("no_household", f"{CODE}§ 1798.145(p)", True),
        ("suspected_fraud", f"{REGULATIONS}§ 7060", False),
        ("refuse_in_time", f"{CODE}§ 1798.145(h)(2)", True),
        ("training", f"{REGULATIONS}§ 7100", True),
        ("records_for_compliance_only", f"{REGULATIONS}§ 7101(d)", True),
    ],
)
def test_each_duty_has_its_section(
    california: Pack,
    duty: str,
    citation: str,
    confirmed: bool,  # noqa: FBT001 - a column of the table
) -> None:
    (found,) = (each for each in california.duties if each.id == duty)

    assert (found.citation, found.confirmed) == (citation, confirmed)


def test_every_rule_tells_where_the_law_says_so(california: Pack) -> None:
    rows = [row for field in fields(california) for row in _rows(getattr(california, field.name))]
    citations = [row.citation for row in rows if not isinstance(row, Point)]

    assert len(citations) > 60
    assert all(citation.startswith((REGULATIONS, CODE, "none: California")) for citation in citations)


def _rows(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def test_the_points_to_match_are_such_as_a_shop_holds_and_no_government_document(california: Pack) -> None:
    assert [point.id for point in california.points] == [
        "mailbox",
        "account_login",
        "order_number",
        "customer_number",
        "purchase_date",
        "purchase_amount",
        "phone",
        "postal_address",
        "birth_year",
    ]


def test_the_pack_is_californias_with_its_holidays_and_the_day_of_its_review(california: Pack) -> None:
    assert (california.law, california.name) == ("us-ca", "California (CCPA)")
    assert california.holiday_calendar == "US-CA"
    assert california.reviewed_on == date(2026, 11, 23)
