"""A law as data: one TOML file, read once, checked as a whole, frozen.

Annotations are evaluated here, since `store.rules.reading` checks the file's values against them.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain

from store.rules.kinds import Kind
from store.rules.reading import PackError, Place, read
from store.rules.rows import (
    AgentRule,
    AppealRule,
    Basis,
    ClockRule,
    Duty,
    Fallback,
    Figure,
    NoRight,
    OutcomeRule,
    Point,
    Undisclosed,
    VerificationRule,
)
from store.rules.terms import Clock, Level, Measure, Outcome

__all__ = ["Pack", "PackError", "parse"]


@dataclass(frozen=True, slots=True)
class Pack:
    """All that one law says about requests.

    Attributes:
        law: its short name and its file's: "us-ca".
        name: what a person calls it.
        reviewed_on: the day on which somebody last compared it with the law.
        review_after_days: for how many days such a review is good.
        clocks: the limits of time.
        verification: how strongly each kind is verified; every kind has exactly one ordinary rule.
        points: the data points that can be matched.
        agents: what may be asked of agents.
        fallbacks: which right a request is evaluated as, where its own verification fails.
        outcomes: what the law asks of an ending.
        bases: the grounds of denial.
        figures: the numbers that are no clock of a case.
        undisclosed: what no answer may hold.
        duties: the rules without a number.
        appeal: how a refusal can be contested; None where the law gives no such right.
        not_given: the rights it does not give.
        holiday_calendar: whose holidays are no business days: a country, or a country and its part, "US-CA"; empty for
            a law of many countries, under which weekends alone are left out.
    """

    law: str
    name: str
    reviewed_on: date
    review_after_days: int
    clocks: tuple[ClockRule, ...] = field(metadata={"key": "clock"})
    verification: tuple[VerificationRule, ...]
    points: tuple[Point, ...] = field(metadata={"key": "point"})
    outcomes: tuple[OutcomeRule, ...] = field(metadata={"key": "outcome"})
    bases: tuple[Basis, ...] = field(metadata={"key": "basis"})
    agents: tuple[AgentRule, ...] = field(default=(), metadata={"key": "agent"})
    fallbacks: tuple[Fallback, ...] = field(default=(), metadata={"key": "fallback"})
    figures: tuple[Figure, ...] = field(default=(), metadata={"key": "figure"})
    undisclosed: tuple[Undisclosed, ...] = ()
    duties: tuple[Duty, ...] = field(default=(), metadata={"key": "duty"})
    appeal: AppealRule | None = None
    not_given: tuple[NoRight, ...] = field(default=(), metadata={"key": "no_right"})
    holiday_calendar: str = ""

    def stale(self, today: date) -> bool:
        """Whether the last review is as old as a review may get, on this day of the business."""
        return today - self.reviewed_on >= timedelta(days=self.review_after_days)

    def duty(self, name: str) -> Duty | None:
        """The law's duty of this id, or None where it has none."""
        return next((duty for duty in self.duties if duty.id == name), None)

    def figure(self, measure: Measure) -> Figure | None:
        """The law's figure for this measure, or None where it has none."""
        return next((figure for figure in self.figures if figure.measure is measure), None)

    def gives(self, kind: Kind) -> bool:
        """Whether the law gives this right, as far as the pack knows."""
        return not any(kind in rule.kinds for rule in self.not_given)


def parse(text: str, source: str) -> Pack:
    """Read a pack.

    Args:
        text: the file's content, TOML.
        source: the file's name, for the error's sentence.

    Returns:
        The pack, checked as a whole: no rule stands twice, none is missing, none contradicts another.

    Raises:
        PackError: something in it is wrong; the sentence names the file, the key, the value and the mend.
    """
    place = Place(source)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise place.error(f"this is no TOML: {error}. Mend that line.") from error
    pack = read(Pack, table, place)
    for problem in _problems(pack):
        raise place.error(problem)
    return pack


def _problems(pack: Pack) -> Iterator[str]:
    """What is wrong with a pack whose tables are right one by one."""
    return chain(
        _ill_formed(pack),
        _repeated(pack),
        _clocks_at_odds(pack),
        _appeals_at_odds(pack),
        _rights_at_odds(pack),
        _verification_at_odds(pack),
        _verification_unclear(pack),
        _agents_twice(pack),
        _endings_unsaid(pack),
    )


def _ill_formed(pack: Pack) -> Iterator[str]:
    if not re.fullmatch(r"[a-z]{2}-[a-z]{2,4}", pack.law):
        yield f"law is {pack.law!r}. Write two letters, a hyphen and two to four letters, such as 'us-ca'."
    if pack.holiday_calendar and not re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", pack.holiday_calendar):
        yield f"holiday_calendar is {pack.holiday_calendar!r}. Write a country or a country's part, such as 'US-CA'."


def _repeated(pack: Pack) -> Iterator[str]:
    names = {
        "[[point]] has the id": [point.id for point in pack.points],
        "[[basis]] has the id": [basis.id for basis in pack.bases],
        "[[undisclosed]] has the id": [each.id for each in pack.undisclosed],
        "[[duty]] has the id": [duty.id for duty in pack.duties],
        "[[fallback]] has the kind": [fallback.kind.value for fallback in pack.fallbacks],
        "[[outcome]] has the outcome": [rule.outcome.value for rule in pack.outcomes],
        "[[figure]] has the measure": [figure.measure.value for figure in pack.figures],
    }
    for what, values in names.items():
        for value in sorted({value for value in values if values.count(value) > 1}):
            yield f"more than one {what} {value!r}. Keep one of them."


def _clocks_at_odds(pack: Pack) -> Iterator[str]:
    seen: dict[tuple[Clock, Kind, date | None], ClockRule] = {}
    for rule in pack.clocks:
        for kind in rule.kinds:
            if (rule.clock, kind, rule.starts) in seen:
                yield f"more than one [[clock]] {rule.clock} names {kind} with the same from. Keep one of them."
            seen[rule.clock, kind, rule.starts] = rule
    for (clock, kind, starts), rule in seen.items():
        first = seen.get((Clock.RESPOND, kind, starts)) or seen.get((Clock.APPEAL, kind, starts))
        if clock is Clock.EXTENDED and first is None:
            yield f"[[clock]] extended names {kind}, which has no respond with the same from. Add one."
        elif clock is Clock.EXTENDED and first and first.unit is rule.unit and first.count >= rule.count:
            yield (
                f"[[clock]] extended gives {kind} {rule.count} {rule.unit}, which is not longer than {first.clock} "
                f"({first.count}). Write the whole time from receipt."
            )


def _appeals_at_odds(pack: Pack) -> Iterator[str]:
    decides = pack.appeal is not None and pack.appeal.to_business
    for rule in pack.clocks:
        if rule.clock is Clock.APPEAL and rule.kinds != (Kind.APPEAL,):
            yield f"[[clock]] appeal names {', '.join(rule.kinds)}. Name the kind appeal alone."
        if rule.clock is Clock.APPEAL and not decides:
            yield (
                "there is a [[clock]] appeal, but no [appeal] with to_business = true. Add one, or take the clock out."
            )


def _rights_at_odds(pack: Pack) -> Iterator[str]:
    for rule in pack.clocks:
        for kind in rule.kinds:
            if rule.clock is not Clock.ACKNOWLEDGE and not pack.gives(kind):
                yield f"[[no_right]] names {kind}, which has a [[clock]] {rule.clock}. Keep one of them."


def _verification_at_odds(pack: Pack) -> Iterator[str]:
    for kind in Kind:
        rules = [rule for rule in pack.verification if kind in rule.kinds]
        ordinary = [rule for rule in rules if not rule.sensitive]
        if not ordinary:
            yield f"no [[verification]] that is not sensitive names the kind {kind}. Add it to the kinds of one."
        if len(ordinary) > 1 or len(rules) - len(ordinary) > 1:
            yield f"more than one [[verification]] names the kind {kind}. Keep it in one of them."
        if len(rules) > 1 and any(rule.level is Level.FORBIDDEN for rule in rules):
            yield f"one [[verification]] forbids to verify {kind}, another one asks for it. Keep one of them."


def _verification_unclear(pack: Pack) -> Iterator[str]:
    for rule in pack.verification:
        if rule.level.may_ask != bool(rule.points):
            yield f"[[verification]] {rule.level} of {rule.kinds[0]} has points = {rule.points}. " + (
                "Write how many must match." if rule.level.may_ask else "Write 0: nothing is asked."
            )
        if rule.declaration and not rule.level.asks:
            yield f"[[verification]] {rule.level} of {rule.kinds[0]} has declaration = true. Write false."


def _agents_twice(pack: Pack) -> Iterator[str]:
    for kind in Kind:
        if sum(kind in rule.kinds for rule in pack.agents) > 1:
            yield f"more than one [[agent]] names the kind {kind}. Keep it in one of them."


def _endings_unsaid(pack: Pack) -> Iterator[str]:
    said = {rule.outcome for rule in pack.outcomes}
    for outcome in (Outcome.COMPLIED_IN_FULL, Outcome.COMPLIED_IN_PART, Outcome.DENIED):
        if outcome not in said:
            yield f"no [[outcome]] says what {outcome} asks for. Add one."
    for kind in Kind:
        if not any(kind in basis.kinds for basis in pack.bases):
            yield f"no [[basis]] names the kind {kind}, which could then never be denied. Add one."
