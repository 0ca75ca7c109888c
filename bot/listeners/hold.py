"""A legal hold, set and lifted by managers: typed, with its reason, and answered to them alone."""

from __future__ import annotations

from bot.listeners.typed import divided
from bot.visit import Visit
from store import desk


async def hold(visit: Visit, words: list[str]) -> None:
    """`hold PR-1001 REASON`."""
    ref, reason = divided(words)
    case = await visit.desk(desk.hold_case, ref, reason, visit.actor)
    await visit.tell(f"{case.ref} is under a legal hold: nothing of it is destroyed until `unhold {case.ref}`.")


async def unhold(visit: Visit, words: list[str]) -> None:
    """`unhold PR-1001`."""
    case = await visit.desk(desk.lift_hold, divided(words)[0], visit.actor)
    await visit.tell(f"{case.ref} is under a legal hold no more; what is past its time goes at the next look.")
