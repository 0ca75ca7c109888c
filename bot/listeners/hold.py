"""A legal hold, set and lifted by managers: typed, with its reason, and answered to them alone."""

from __future__ import annotations

from bot.visit import Visit
from store import desk


async def hold(visit: Visit, words: list[str]) -> None:
    """`hold PR-1001 REASON`."""
    ref, reason = _divided(words)
    case = await visit.desk(desk.hold_case, ref, reason, visit.actor)
    await visit.tell(f"{case.ref} is under a legal hold: nothing of it is destroyed until `unhold {case.ref}`.")


async def unhold(visit: Visit, words: list[str]) -> None:
    """`unhold PR-1001`."""
    case = await visit.desk(desk.lift_hold, _divided(words)[0], visit.actor)
    await visit.tell(f"{case.ref} is under a legal hold no more; what is past its time goes at the next look.")


def _divided(words: list[str]) -> tuple[str, str]:
    """The reference, which may be written as two words, and the rest."""
    length = 2 if words[:1] and words[0].lower() == "pr" else 1
    return " ".join(words[:length]), " ".join(words[length:])
