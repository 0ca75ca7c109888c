"""A rule: a pattern that says a right is invoked, tried only where one of its trigger words stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


# A blank of a pattern, outside brackets, and not repeated by itself.
_BLANK: Final = re.compile(r"(?<!\[)(?<!\\) (?![*+?{\]])")


@dataclass(frozen=True, slots=True)
class Rule:
    """A way of asking.

    The pattern runs over one sentence at a time (at most `sentences.LONGEST` letters) and repeats only within small
    bounds, so that its cost is bounded too.
    """

    kind: str
    weight: float
    triggers: frozenset[str]
    source: str
    negatable: bool = True
    also: tuple[str, ...] = ()

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled at its first use: compiling all of them would make every start slow."""
        return _compiled(self.source)


def rule(kind: str, weight: float, triggers: str, pattern: str, *, negatable: bool = True, also: str = "") -> Rule:
    """Make a rule.

    Args:
        kind: the right it speaks of.
        weight: how sure it is when it stands alone (0 to 1).
        triggers: lower-case words or stems separated by "|", one of which must stand in the text.
        pattern: a regular expression for text in lower case; blanks in it match any white space.
        negatable: whether "not" before it turns it off.
        also: like the triggers; one of these must stand in the sentence, too. It only saves time.
    """
    return Rule(kind, weight, frozenset(triggers.split("|")), pattern, negatable, tuple(filter(None, also.split("|"))))


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(_BLANK.sub(r"\\s{1,4}", source))


class Book:
    """All rules, by the words that wake them."""

    __slots__ = ("_rules", "_woken", "triggers")

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._woken: dict[str, list[int]] = {}
        for number, each in enumerate(self._rules):
            for trigger in each.triggers:
                self._woken.setdefault(trigger, []).append(number)
        self.triggers: Final = frozenset(self._woken)

    def woken(self, triggers: Iterable[str], low: str) -> list[Rule]:
        """The rules that can match in a sentence, in their order.

        Args:
            triggers: those that stand in it.
            low: the sentence in lower case.
        """
        near = [self._rules[number] for number in sorted({each for one in triggers for each in self._woken[one]})]
        return [each for each in near if not each.also or any(map(low.__contains__, each.also))]


# "Not" in the languages whose rules can be negated, up to four words before what is asked; it does not reach over
# a comma or a "but", and "not only", "don't hesitate" and "why don't you" deny nothing.
_NEGATION: Final = re.compile(
    r"(?:\b(?:do|does|did|would|should|could|must|shall|will|can|am|is|are|was) not|\b(?:don|didn|doesn"
    r"|wouldn|shouldn|won|can|couldn|mustn|isn|aren)['’]?t|\bdont|\bnot|\bnever|\bcannot|\bwithout"
    r"|\brather than|\binstead of|\bthank(?:s| you)(?: \w{1,8}){0,3}? for|\baccidentally|\bby mistake"
    r"|\bno|\bnunca|\bjamás|\bsin|\ben vez de|\ben lugar de|\bnicht|\bkeine?|\bne|\bnão|\bnon|\bniet|\bgeen)"
    r"(?:\s{1,4}[^\s,;:]{1,20}){0,5}\s{0,4}$"
)
_DENIES_NOTHING: Final = re.compile(
    r"\bnot (?:only|just|merely|yet)\b|\bhesitate\b|\bwhy (?:do|have|did|can|won)|\bno(?:t)? later"
    r"|\bno longer\b|\bhaven|\bhave not\b|\bhas not\b|\bhasn|\bno solo|\bpor qué no\b|\bfailed\b"
    r"|\bcan you not\b|\bcould you not\b|\bnicht nur\b"
)
_BREAK: Final = re.compile(
    r"[,;:—]|\b(?:but|please|then|just|so|and|pero|sino|por favor|entonces|y|aber|sondern|und|mais|mas|ma)\b"
)


def is_negated(sentence: str, start: int) -> bool:
    """Whether what begins at `start` of a sentence in lower case is denied by the words before it in its clause."""
    before = sentence[max(0, start - 90) : start]
    breaks = list(_BREAK.finditer(before))
    clause = before[breaks[-1].end() :] if breaks else before
    return _NEGATION.search(clause) is not None and _DENIES_NOTHING.search(clause) is None
