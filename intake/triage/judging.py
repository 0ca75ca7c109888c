"""What the weights make of a mail's stretches: how likely each output is, and which stretch says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from intake.triage import others
from intake.triage.clues import Said
from intake.triage.learned import Output, Weights
from intake.triage.weighing import Evidence, Stretch
from intake.triage.windows import Window

ANY: Final = "request"
"""The output that any right is invoked."""
WITHDRAW: Final = "withdraw"
REPLY: Final = "reply"
"""The output that a mail answers us, or follows up on a case."""


SURE: Final = 0.5
"""From this score on a rule's word counts, whatever the weights say."""
LEAST: Final = 0.5
"""The chance below which no weights open a case, whatever the thresholds: ordinary mail is more varied than ours."""
CALM: Final = 0.6
"""The same for a mail on an everyday subject, such as an order, where no rule finds anything in it."""
NEAREST: Final = 0.1
"""The chance that a kind must have to be taken as the nearest one, where only a request is sure."""
POSSIBLE: Final = 0.1
"""The chance from which on a kind is possible, at the least."""
PITCH_FACTOR: Final = 0.4


class Judgement:
    """What is likely of a mail.

    Args:
        weights: what was learned.
        stretches: of the mail.
        ruled: the score that rules give to each kind, 0 to 1.
        calm: whether the mail is about something else, such as an order.
        title: letters of its title.
    """

    def __init__(
        self, weights: Weights, stretches: Sequence[Stretch], ruled: Mapping[str, float], *, calm: bool, title: int
    ) -> None:
        self._weights, self._title = weights, title
        self._scored = [(stretch.window, weights.scores(stretch.features)) for stretch in stretches]
        self._ruled = {kind: score for kind, score in ruled.items() if score >= SURE}
        self._calm = calm and not self._ruled
        self._chances = self._all_chances()

    def score(self, kind: str) -> float:
        """How sure a kind is, 0 to 1."""
        return max(self._chances.get(kind, 0.0), self._ruled.get(kind, 0.0))

    def kinds(self) -> list[str]:
        """The kinds that hold, the likeliest first.

        Where a request is likely and no kind is likely enough by itself, the nearest one is taken, unless it stands in
        the title only: many a mail is called "My data".
        """
        least = CALM if self._calm else LEAST
        kinds, chances = self._of_kinds(), self._chances
        held = {each.name for each in kinds if chances[each.name] >= max(least, each.threshold)} | {*self._ruled}
        if not held and not self._calm and chances[ANY] >= max(least, self._output(ANY).threshold):
            nearest = max(kinds, key=lambda each: chances[each.name] / each.threshold).name
            held = {nearest} if chances[nearest] >= NEAREST and self._is_in_the_text(nearest) else set()
        return self._ordered(held)

    def possible(self) -> list[str]:
        """The kinds that may hold, the likeliest first."""
        return self._ordered(
            each.name for each in self._of_kinds() if self._chances[each.name] >= max(POSSIBLE, each.floor)
        )

    def plainly(self) -> frozenset[str]:
        """The kinds that rules find, whatever the weights say."""
        return frozenset(self._ruled)

    def is_reply(self) -> bool:
        """Whether it answers us."""
        return self._chances[REPLY] >= self._output(REPLY).threshold

    def best(self, kind: str) -> Window | None:
        """The stretch that says most for a kind; the shortest of equals; None of a mail without any."""
        at = self._weights.outputs.index(self._output(kind))
        return max(self._scored, key=lambda each: (each[1][at], each[0].start - each[0].end), default=(None,))[0]

    def _is_in_the_text(self, kind: str) -> bool:
        best = self.best(kind)
        return best is not None and best.end > self._title

    def _ordered(self, kinds: Iterable[str]) -> list[str]:
        return sorted(kinds, key=lambda kind: (-self.score(kind), kind))

    def _of_kinds(self) -> list[Output]:
        return [each for each in self._weights.outputs if each.name not in {ANY, REPLY}]

    def _output(self, name: str) -> Output:
        return next(each for each in self._weights.outputs if each.name == name)

    def _all_chances(self) -> dict[str, float]:
        if not self._scored:
            return dict.fromkeys((each.name for each in self._weights.outputs), 0.0)
        return self._weights.chances([max(column) for column in zip(*(row for _, row in self._scored), strict=True)])


def ruled(said: Said, evidence: Sequence[Evidence]) -> dict[str, float]:
    """One score a kind: each piece of evidence takes away a part of the doubt that is left.

    What is taken back ("cancel my request to delete") does not count.

    Args:
        said: the mail.
        evidence: what the rules found in it.
    """
    back = [each for each in evidence if each.kind == WITHDRAW]
    doubt: dict[str, float] = {}
    for each in evidence:
        if each.kind == WITHDRAW or not any(one.start <= each.start and each.end <= one.end for one in back):
            doubt[each.kind] = doubt.get(each.kind, 1.0) * (1.0 - each.weight)
    factor = PITCH_FACTOR if others.is_pitch(said) else 1.0
    return {kind: (1.0 - left) * factor for kind, left in doubt.items()}
