"""The disclosure guard over what people write: no letter leaves with a number or secret in it (section 7024(d))."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from store.desk.twofold import needs_second
from store.desk.work import Work
from store.errors import DisclosureRefused
from store.ledger import Event
from store.models import Case
from store.rules import guard
from store.rules.team import Twofold
from store.values import Draft

WRITTEN_BY_PEOPLE = ("text", "reason", "note", "explanation")
"""What in a letter's context is a person's own words; everything else is ours, or a masked subject."""


def guarded(work: Work, case: Case, draft: Draft, context: Mapping[str, Any], *, ours: Sequence[str]) -> Draft:
    """A letter with what the guard found in it.

    A rehearsal shows the findings. A letter that is to be sent is refused for them, unless a manager answers for it,
    which the ledger tells.

    Args:
        work: the transaction.
        case: whose consumer it goes to.
        draft: the letter.
        context: what it was composed of; without words of a person it holds nothing to be found.
        ours: what of it is ours and no secret of the consumer's.

    Raises:
        DisclosureRefused: something was found, and nobody answers for it.
        SecondPersonNeeded: the business wants a second person for that, and nobody has signed.
    """
    if not any(context.get(name) for name in WRITTEN_BY_PEOPLE):
        return draft
    found = guard.findings(draft.body, ours=ours)
    if found and work.answered_by is not None:
        needs_second(work, case, Twofold.DISCLOSURE)
        told = [[finding.what, finding.line] for finding in found]
        work.record(case, Event.DISCLOSURE_OVERRIDDEN, work.answered_by, letter=draft.name, found=told)
    elif found and work.keeps:
        raise DisclosureRefused(ref=case.ref, found=guard.told(found))
    return replace(draft, found=found)
