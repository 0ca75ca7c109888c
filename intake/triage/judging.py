"""What the weights make of a mail's stretches: how likely each output is, and which stretch says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from intake.triage.learned import Output, Weights
from intake.triage.weighing import Stretch
from intake.triage.windows import Window

ANY: Final = "request"
"""The output that any right is invoked."""
REPLY: Final = "reply"
"""The output that a mail answers us, or follows up on a case."""


class Judgement:
    """What is likely of a mail.

    Args:
        weights: what was learned.
        stretches: of the mail; without any, nothing holds.
    """

    def __init__(self, weights: Weights, stretches: Sequence[Stretch]) -> None:
        self._weights = weights
        self._scored = [(stretch.window, weights.scores(stretch.features)) for stretch in stretches]
        self.chances: Final = self._chances(self._scored)

    def kinds(self) -> list[str]:
        """The kinds that hold, the likeliest first."""
        return self._kinds(self.chances)

    def possible(self) -> list[str]:
        """The kinds that may hold, the likeliest first."""
        return _ordered(self.chances, [each.name for each in self._of_kinds() if self.chances[each.name] >= each.floor])

    def without(self, title: int) -> list[str]:
        """The kinds that hold without the words of the title.

        Args:
            title: letters of it.
        """
        return self._kinds(self._chances([each for each in self._scored if each[0].start > title]))

    def is_reply(self) -> bool:
        """Whether it answers us."""
        return any(each.name == REPLY and self.chances[REPLY] >= each.threshold for each in self._weights.outputs)

    def best(self, kind: str) -> Window:
        """The stretch that says most for a kind; the shortest of equals."""
        at = next(number for number, each in enumerate(self._weights.outputs) if each.name == kind)
        return max(self._scored, key=lambda each: (each[1][at], each[0].start - each[0].end))[0]

    def _kinds(self, chances: Mapping[str, float]) -> list[str]:
        """Where a request is likely and no kind is likely enough by itself, the nearest one is taken."""
        held = [each.name for each in self._of_kinds() if chances[each.name] >= each.threshold]
        sure = next(each.threshold for each in self._weights.outputs if each.name == ANY)
        if not held and chances[ANY] >= sure:
            held = [max(self._of_kinds(), key=lambda each: chances[each.name] / each.threshold).name]
        return _ordered(chances, held)

    def _of_kinds(self) -> list[Output]:
        return [each for each in self._weights.outputs if each.name not in {ANY, REPLY}]

    def _chances(self, scored: Sequence[tuple[Window, Sequence[float]]]) -> dict[str, float]:
        if not scored:
            return dict.fromkeys((each.name for each in self._weights.outputs), 0.0)
        return self._weights.chances([max(column) for column in zip(*(row for _, row in scored), strict=True)])


def _ordered(chances: Mapping[str, float], kinds: Sequence[str]) -> list[str]:
    return sorted(kinds, key=lambda kind: (-chances[kind], kind))
