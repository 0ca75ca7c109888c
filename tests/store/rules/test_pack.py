from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from store.rules.deadlines import Due
from store.rules.kinds import Kind
from store.rules.pack import Pack, PackError, parse
from store.rules.reading import Place
from store.rules.rows import ClockRule, OutcomeRule
from store.rules.terms import Clock, Level, Measure, Outcome, Unit
from store.rules.verification import Verification

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = resources.files("store.rules").joinpath("packs/us-ca.toml").read_text(encoding="utf-8")

SMALL = Path(__file__).with_name("small.toml").read_text(encoding="utf-8")


def test_a_law_of_months_without_agents_figures_or_duties_is_a_pack_too() -> None:
    pack = parse(SMALL, "eu-gdpr.toml")

    assert (pack.agents, pack.figures, pack.undisclosed, pack.duties) == ((), (), (), ())
    assert pack.clocks[1] == ClockRule(
        Clock.EXTENDED,
        (Kind.KNOW_SPECIFIC, Kind.DELETE),
        3,
        Unit.MONTHS,
        "Art. 12(3)",
        confirmed=True,
        starts=date(2026, 1, 1),
    )
    assert pack.clocks[0].starts is None
    assert [rule.level for rule in pack.verification] == [Level.REASONABLE, Level.NONE]
    assert [rule.note for rule in pack.verification] == ["Only on reasonable doubt.", ""]
    assert pack.outcomes[2] == OutcomeRule(
        Outcome.DENIED, needs_basis=True, letter="the reasons", citation="Art. 12(4)", confirmed=True
    )


def test_a_duty_is_found_by_its_name_and_by_no_other() -> None:
    pack = parse(SOURCE, "us-ca.toml")
    found = {duty.id: pack.duty(duty.id) for duty in pack.duties}

    assert all(duty is not None and duty.id == name for name, duty in found.items())
    assert pack.duty("no such duty") is None


def test_a_law_without_a_figure_says_none() -> None:
    assert parse(SMALL, "eu-gdpr.toml").figure(Measure.RE_ASK) is None


@pytest.mark.parametrize(
    ("today", "stale"), [("2026-11-23", False), ("2027-02-20", False), ("2027-02-21", True), ("2027-05-01", True)]
)
def test_a_pack_nobody_has_reviewed_for_90_days_is_stale(today: str, stale: bool) -> None:  # noqa: FBT001 - a column of the table
    assert parse(SMALL, "eu-gdpr.toml").stale(date.fromisoformat(today)) is stale


@pytest.mark.parametrize("harm", [str.upper, lambda text: text.replace("[[", "["), lambda text: text[: len(text) // 2]])
def test_no_harm_done_to_the_file_ends_in_anything_but_a_sentence(harm: Callable[[str], str]) -> None:
    with pytest.raises(PackError, match=r"^us-ca\.toml: .+\.$"):
        parse(harm(SOURCE), "us-ca.toml")


@pytest.mark.parametrize("value", [Pack, ClockRule, Due, Verification, Place])
def test_what_the_rules_give_cannot_be_changed_by_accident(value: Any) -> None:
    assert value.__dataclass_params__.frozen
