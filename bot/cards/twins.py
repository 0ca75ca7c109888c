"""The same person again: what the cards of the first case and of the later ones say of one another."""

from __future__ import annotations

from slack_sdk.models.blocks import ButtonElement

from bot.blocks import button, confirm
from bot.names import Action
from bot.words import escape, listed
from store.casefile import COMPLYING, number_of
from store.rules.lifecycle import Move, Status
from store.rules.requesters import Bond
from store.values import CaseFile

SHOWN = 5


def warnings(case: CaseFile) -> tuple[str, ...]:
    """What whoever works on the case must not miss: that it repeats another one, or that others hang on its refusal."""
    return tuple(filter(None, [_repeats(case), _hangs_on_it(case)]))


def linked(case: CaseFile) -> tuple[str, ...]:
    """The case that this one was linked to, and those that were linked to it."""
    first, later = _first(case), _later(case)
    return tuple(
        filter(
            None,
            [
                first and f"Linked to {first}, which keeps its date",
                later and f"Linked to it as duplicates: {later}",
            ],
        )
    )


def link_button(case: CaseFile) -> tuple[ButtonElement, ...]:
    """The one button that links a case to its twin."""
    if case.twin is None or Move.LINK not in case.offered:
        return ()
    told = (
        f"What {case.ref} and {case.twin} both ask for ends here as a duplicate, and the consumer is told. "
        f"{case.twin} keeps its date and is not changed. What only {case.ref} asks for stays open. Reopen undoes it."
    )
    sure = confirm(f"Link {case.ref} to {case.twin}?", told, "Link")
    value = f"{case.ref} {case.twin}"
    return (button(f"Link to {case.twin}", Action.LINK, value, says=f"Link {case.ref} to {case.twin}", confirm=sure),)


def _repeats(case: CaseFile) -> str:
    if case.twin is None:
        return ""
    kinds = listed([line.kind.plain for line in case.open_requests if line.asked_before])
    return f"Probably a duplicate of {escape(case.twin)} (same address, same right: {kinds})."


def _hangs_on_it(case: CaseFile) -> str:
    """Whoever was told that the answer comes here got none: staff must think of them."""
    later = _later(case)
    refused = any(line.outcome not in COMPLYING for line in case.requests)
    if case.status is not Status.CLOSED or not later or not refused:
        return ""
    return f"Not complied with, while others wait for its answer as duplicates ({later}): see whether to reopen them."


def _first(case: CaseFile) -> str:
    return next((escape(ref) for ref in _duplicates(case) if number_of(ref) < case.id), "")


def _later(case: CaseFile) -> str:
    refs = [escape(ref) for ref in _duplicates(case) if number_of(ref) > case.id]
    return listed([*refs[:SHOWN], *([f"{len(refs) - SHOWN} more"] if len(refs) > SHOWN else [])])


def _duplicates(case: CaseFile) -> tuple[str, ...]:
    return tuple(link.ref for link in case.links if link.bond is Bond.DUPLICATE)
