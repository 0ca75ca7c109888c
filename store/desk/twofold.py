"""What one person alone may not do, where the business wants a second one."""

from __future__ import annotations

from store.desk.work import Work
from store.errors import SecondPersonNeeded
from store.models import Case
from store.rules.lifecycle import Role
from store.rules.team import Twofold
from store.values import Actor


def needs_second(work: Work, case: Case, what: Twofold) -> None:
    """Stop here unless somebody else has signed; a rehearsal goes on, so that the letter can be seen before.

    Raises:
        SecondPersonNeeded: the business wants a second person for this, and nobody has signed.
    """
    if work.keeps and work.signed_by is None and what in work.office.business.second_person:
        raise SecondPersonNeeded(ref=case.ref, what=what.plain)


def needs_second_for_managers(work: Work, case: Case, by: Actor) -> None:
    """The same for a letter that a manager writes in a case which is not theirs.

    Raises:
        SecondPersonNeeded: the business wants a second person for this, and nobody has signed.
    """
    if by.role is Role.MANAGER and case.owner != by.id:
        needs_second(work, case, Twofold.MANAGER_LETTERS)
