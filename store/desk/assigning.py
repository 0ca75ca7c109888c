"""Giving cases out by themselves: in turn, or to whoever has the fewest."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, func, select

from store.desk.cases import requests_of
from store.desk.claims import give_to
from store.desk.work import Verb, Work
from store.ledger import Event
from store.models import Bookmark, Case, Preference
from store.office import INSTALLED_AT
from store.rules.assigning import Assigning, Team, chosen, suited
from store.rules.kinds import Kind
from store.rules.lifecycle import Move, Role, Status
from store.values import THE_DESK, Actor, CaseFile
from store.wishes import covering, of_row

LAST_GIVEN = "last given to"


@Verb
def give_out(work: Work, ref: str, people: Sequence[Actor], assigning: Assigning) -> CaseFile | None:
    """Give a case that nobody has to somebody of the team, by the business's rule.

    Args:
        work: the transaction.
        ref: the case.
        people: of the team, with the roles they have now; whoever is no staff is passed over.
        assigning: how.

    Returns:
        The case; None when nobody is there who could have it.

    Raises:
        DeskError: somebody has it by now, or it is closed.
    """
    work.session.get(Bookmark, INSTALLED_AT, with_for_update=True)  # always there: processes take turns at it
    case = work.case(ref)
    kinds = [Kind(request.kind) for request in requests_of(work, case) if request.outcome is None]
    pool = suited(assigning, _team(work, people), kinds, case.language)
    if not pool:
        return None
    work.step(case, Move.GIVE, THE_DESK)
    last = work.session.get(Bookmark, LAST_GIVEN)
    to = chosen(assigning.rule, pool, _loads(work, pool), last.value if last else "")
    work.session.merge(Bookmark(name=LAST_GIVEN, value=to))
    give_to(work, case, to)
    work.record(case, Event.GIVEN, THE_DESK, to=to, rule=assigning.rule)
    return work.read(case)


def _team(work: Work, people: Sequence[Actor]) -> Team:
    staff = [actor.id for actor in people if actor.role is not None and actor.role.covers(Role.STAFF)]
    rows = work.session.exec(select(Preference).where(col(Preference.user).in_(staff))).all()
    away = [row.user for row in rows if of_row(row).is_away(work.today)]
    covers = {user: covering(work.session, user, work.today) for user in away}
    readers = {row.language: [each.user for each in rows if each.language == row.language] for row in rows}
    there = {user: cover if cover in staff else "" for user, cover in covers.items()}
    return Team(staff, there, {language: users for language, users in readers.items() if language})


def _loads(work: Work, pool: Sequence[str]) -> dict[str, int]:
    counted = select(Case.owner, func.count()).where(Case.status != Status.CLOSED, col(Case.owner).in_(pool))
    return {owner or "": count for owner, count in work.session.exec(counted.group_by(col(Case.owner)))}
